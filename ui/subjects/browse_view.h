// ui. 主体, first view: the search box, the filters, the table that shows results while typing, the chosen subject's summary.
#pragma once

#include <QLineEdit>
#include <QTimer>

#include "core/desk/subject_search.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class FilterCard;
class SubjectTable;
class SummaryCard;

class BrowseView : public QWidget {
  Q_OBJECT
 public:
  BrowseView(SubjectDesk& desk, SubjectSearch& search, QWidget* parent = nullptr);
  void focus_search();
  void focus_table();
  void show_notices(std::int64_t unseen);  // on their button
  // What is ticked, else the one that is chosen.
  [[nodiscard]] std::vector<SubjectId> chosen() const;
  [[nodiscard]] SubjectId current() const;
  [[nodiscard]] SubjectTable& table() { return *table_; }

 signals:
  void open_wanted(qint64 subject);
  void capture_wanted(qint64 subject);
  void add_wanted();
  void import_wanted();
  void tags_wanted(const std::vector<guzheng::SubjectId>& ids);          // for these, else all that is found
  void library_wanted();                   // the tag library
  void export_wanted();
  void undo_wanted();
  void notices_wanted();
  void patrol_wanted();
  void push_wanted();
  void marks_wanted();

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* build_search();
  void build_acts(QHBoxLayout* into);
  QWidget* build_table();
  QWidget* build_foot();
  void ask();
  void show_counts();
  void show_foot();
  void fold();

  SubjectDesk& desk_;
  SubjectSearch& search_;
  FilterCard* filters_;
  SubjectTable* table_;
  SummaryCard* summary_;
  QLineEdit* words_;
  QLabel *found_, *all_, *took_, *ticked_, *empty_, *behind_;
  QPushButton *fold_, *clear_, *untick_, *tag_, *undo_, *capture_, *notices_;
  QTimer soon_;
};

}  // namespace guzheng::ui
