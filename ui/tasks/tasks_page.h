// ui. Page 监测任务: inbox, the sheet with its results and the clues, and the route of what is chosen.
#pragma once

#include <QStackedWidget>
#include <vector>

#include "core/desk/analysis_desk.h"
#include "core/desk/report_desk.h"
#include "core/desk/task_desk.h"
#include "core/desk/task_paper_desk.h"
#include "core/desk/task_settings_desk.h"
#include "ui/tasks/move_window.h"

class QButtonGroup;

namespace guzheng::ui {

class CluesView;
class InboxCard;
class MessageBar;
class ResultsView;
class RouteCard;
class SheetForm;

struct TaskDesks {
  TaskDesk& tasks;
  TaskPaperDesk& papers;
  AnalysisDesk& analysis;
  TaskSettingsDesk& settings;
};

class TasksPage : public QWidget {
  Q_OBJECT
 public:
  TasksPage(TaskDesks desks, SubjectDesk& subjects, ReportDesk& pages, QWidget* parent = nullptr);
  [[nodiscard]] QString title() const;
  void show_task(std::int64_t task);
  void show_result(std::int64_t task, std::int64_t result);
  void show_clues();
  // One more tab of the middle card, behind those that are there; Alt and its place turn to it.
  void add_tab(const QString& name, QWidget* view);

 signals:
  void title_changed();
  void capture_wanted(const guzheng::CaptureOrder& order);
  void package_wanted(const std::string& id);
  void subject_wanted(qint64 subject);     // of the library

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum Tab { Sheet, Results, Clues };     // the first of the tabs
  QWidget* build_middle();
  void add_analysis(AnalysisDesk& analysis);
  void add_keys();
  void connect_views();
  void turn_to(int tab);
  void fold();                             // what a narrow window shows: list or route beside the middle, not both
  void see_route(bool route);
  void load(std::int64_t task);
  void load_result(std::int64_t result);
  void load_clue(const ClueEntry& clue);
  void show_view(const TaskView& view);
  void show_route();
  void new_task();
  void add_result();
  void edit_result(std::int64_t result);
  void print_sheet(std::int64_t task);
  void make_paper(std::int64_t task, FeedbackKind kind);
  void show_paper(const PrintedPaper& paper);
  void deliver(const PrintedPaper& paper);
  void save_document(const Document& document);
  void import_results();
  void dispatch_all();
  void capture(std::int64_t result);
  void add_clue();
  // `with`: documents that the order has from the beginning.
  void ask_move(FlowKind kind, std::int64_t id, FlowMove move, std::optional<FeedbackKind> feedback = {}, const std::vector<Document>& with = {});
  void make_move(const FlowItem& item, const MoveOrder& order, MoveWindow* window);
  [[nodiscard]] std::optional<FlowItem> item(FlowKind kind, std::int64_t id) const;

  TaskDesk& desk_;
  TaskPaperDesk& papers_;
  SubjectDesk& subjects_;
  ReportDesk& pages_;
  MessageBar* messages_;
  InboxCard* inbox_;
  Card* middle_;
  QButtonGroup* group_;
  std::vector<QPushButton*> tabs_;
  QStackedWidget* views_;
  SheetForm* sheet_;
  ResultsView* results_;
  CluesView* clues_;
  RouteCard* route_;
  QLabel* version_;
  QPushButton* other_side_;                // of a narrow window: to the route, and back to the list
  bool narrow_ = false, sees_route_ = false;
  std::optional<TaskView> view_;
  std::int64_t wanted_ = 0, wanted_result_ = 0;
  bool focus_fresh_ = false;
};

}  // namespace guzheng::ui
