// ui. 标识: marks for data level and data region that samples propose, with their reasons; an officer agrees to them, refuses them, or makes a rule; then what has no
// mark yet is marked by what was agreed. A window of its own that stops nobody.
#pragma once

#include "core/desk/mark_desk.h"
#include "ui/base/parts.h"

class QComboBox;
class QProgressBar;

namespace guzheng::ui {

class MessageBar;
class RowList;

class MarksWindow : public QWidget {
  Q_OBJECT
 public:
  MarksWindow(SubjectDesk& desk, MarkDesk& marks, QWidget* parent);

 private:
  QWidget* build_proposals();
  QWidget* build_own();
  QLayout* build_acts();
  [[nodiscard]] const MarkProposal* chosen() const;
  [[nodiscard]] MarkRule own_rule() const;
  void decide(MarkDesk::Decision decision);
  void add_own();
  void undo();
  void show_survey();
  void show_progress();
  void refresh();

  SubjectDesk& desk_;
  MarkDesk& marks_;
  MessageBar* messages_;
  QLabel* state_ = nullptr;
  RowList* list_ = nullptr;
  QPushButton *agree_ = nullptr, *refuse_ = nullptr, *open_ = nullptr;
  QComboBox *by_ = nullptr, *level_ = nullptr;
  QLineEdit *value_ = nullptr, *region_ = nullptr;
  QPushButton *add_ = nullptr, *undo_ = nullptr, *cancel_ = nullptr, *mark_ = nullptr;
  QProgressBar* bar_ = nullptr;
  std::optional<MarkRule> keep_on_;        // the row that the mark stays on, whatever comes before it
};

}  // namespace guzheng::ui
