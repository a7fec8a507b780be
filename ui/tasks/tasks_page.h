// ui. Page 监测任务: inbox, the sheet with its results and the clues, and the route of what is chosen.
#pragma once

#include <QStackedWidget>
#include <array>

#include "core/desk/task_desk.h"
#include "ui/tasks/move_window.h"

namespace guzheng::ui {

class CluesView;
class InboxCard;
class MessageBar;
class ResultsView;
class RouteCard;
class SheetForm;

class TasksPage : public QWidget {
  Q_OBJECT
 public:
  TasksPage(TaskDesk& desk, SubjectDesk& subjects, QWidget* parent = nullptr);
  [[nodiscard]] QString title() const;
  void show_task(std::int64_t task);
  void show_result(std::int64_t task, std::int64_t result);
  void show_clues();

 signals:
  void title_changed();
  void capture_wanted(const guzheng::CaptureOrder& order);
  void package_wanted(const std::string& id);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum Tab { Sheet, Results, Clues };
  QWidget* build_middle();
  void add_keys();
  void turn_to(Tab tab);
  void load(std::int64_t task);
  void load_result(std::int64_t result);
  void show_view(const TaskView& view);
  void show_route();
  void new_task();
  void add_result();
  void import_results();
  void dispatch_all();
  void capture(std::int64_t result);
  void add_clue();
  void ask_move(FlowKind kind, std::int64_t id, FlowMove move, std::optional<FeedbackKind> feedback = {});
  void make_move(const FlowItem& item, const MoveOrder& order, MoveWindow* window);
  [[nodiscard]] std::optional<FlowItem> item(FlowKind kind, std::int64_t id) const;

  TaskDesk& desk_;
  SubjectDesk& subjects_;
  MessageBar* messages_;
  InboxCard* inbox_;
  Card* middle_;
  std::array<QPushButton*, 3> tabs_{};
  QStackedWidget* views_;
  SheetForm* sheet_;
  ResultsView* results_;
  CluesView* clues_;
  RouteCard* route_;
  QLabel* version_;
  std::optional<TaskView> view_;
  std::int64_t wanted_ = 0, wanted_result_ = 0;
  bool focus_fresh_ = false;
};

}  // namespace guzheng::ui
