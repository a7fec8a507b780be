// ui. 监测任务, right: the route of a sheet, a result or a clue as a timeline — steps done solid with who signed, later ones dotted with what they
// require —, the deadline with a square for each working day, and the moves that the state machine allows to whoever sits here.
#pragma once

#include <QPointer>

#include "core/desk/task_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

class DayBar;
class FlowLayout;

class RouteCard : public Card {
  Q_OBJECT
 public:
  explicit RouteCard(TaskDesk& desk, QWidget* parent = nullptr);
  void show_nothing();
  void show_sheet(const TaskView& view);
  void show_result(const ResultView& view);
  void show_clue(const ClueEntry& clue, const std::vector<RouteStep>& route);
  void press_main();                       // the one solid button, if there is one

 signals:
  void move_wanted(guzheng::FlowKind kind, qint64 id, guzheng::FlowMove move);
  void package_wanted(const std::string& id);
  void document_wanted(const guzheng::Document& document);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void begin(const QString& title, const QString& what, const QString& small);
  void add_deadline(const ResultView& view);
  QVBoxLayout* add_step(const std::string& look, const QString& title, bool last);
  void add_said(QVBoxLayout* column, const MoveRecord& move, bool in_one_line);
  void add_done(const RouteStep& step, bool last);
  void add_stages(const ResultView& view);
  void add_history(const std::vector<RouteStep>& route, bool more_follows);
  void add_moves(const FlowItem& item);
  void show_newest();

  TaskDesk& desk_;
  QLabel *what_, *small_;
  QFrame* due_;
  QLabel *due_word_, *due_small_, *due_icon_;
  DayBar* bar_;
  QPushButton* all_;
  QScrollArea* course_;
  QVBoxLayout* steps_;
  QPointer<QWidget> newest_;               // the last step that is not still to come, and …
  bool follow_ = true;                     // … whether it is kept in sight: until the person scrolls
  QFrame* foot_line_;
  QWidget* foot_;
  FlowLayout* moves_;
  QPushButton* main_ = nullptr;
  std::optional<ResultView> result_;
  bool everything_ = false;
};

}  // namespace guzheng::ui
