// ui. The chosen subject beside the table of 主体: who it is, its tags, its mobile-commerce entries with their last checks, what came last.
#pragma once

#include <QTimer>

#include "core/desk/subject_desk.h"
#include "ui/base/parts.h"

class QGridLayout;

namespace guzheng::ui {

class FlowLayout;

class SummaryCard : public QFrame {
  Q_OBJECT
 public:
  explicit SummaryCard(SubjectDesk& desk, QWidget* parent = nullptr);
  void show_line(const SubjectLine* line);               // null: nothing is chosen
  [[nodiscard]] SubjectId subject() const { return id_; }

 signals:
  void open_wanted(qint64 subject);
  void capture_wanted(qint64 subject);
  void tags_wanted(qint64 subject);

 private:
  void ask();
  void show_sheet(const SubjectSheet& sheet);
  void show_entries(const SubjectSheet& sheet);
  void show_recent(const SubjectSheet& sheet);
  void show_tags(const std::vector<Tag>& tags);
  QWidget* build_head();
  QWidget* build_foot();

  SubjectDesk& desk_;
  SubjectId id_ = 0;
  QTimer soon_;                            // whoever scrolls with the arrow keys does not ask for each row
  QLabel *name_, *code_, *state_, *address_, *category_, *unit_, *empty_;
  QLabel* state_sign_;
  QPushButton *copy_, *add_tag_, *open_, *capture_;
  QWidget *whole_, *tags_;
  FlowLayout* tag_row_;
  QLabel* numbers_[4]{};
  QVBoxLayout* entries_;
  QVBoxLayout* recent_;
};

}  // namespace guzheng::ui
