// Program guzheng-evidence, command tasks: what its subcommands are given, and one run of them. One run, one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/tasks/analysis_table.h"
#include "core/tasks/feedback.h"
#include "core/tasks/result_file.h"
#include "core/tasks/task_book.h"

namespace guzheng::evidence {

struct TaskArguments {
  std::string kind = "sheet", words, number, file, form = "sheet", output, made_by, conclusion;
  std::string task;                        // id, or 编号
  std::string item;                        // id; of a sheet also 编号
  std::vector<std::string> visits;
  bool results = false, overdue = false, soon = false;
  // import
  std::string found_by, report;
  bool look_only = false;
  // move
  std::string move, reason, basis, text, unit, outcome, extension, until, target, package, feedback;
  std::vector<std::string> measures, documents;
  // analyse
  std::string by = "violation", from;
  // rule
  std::string rule;
  DeskChoice desk;
};

class TaskRun {
 public:
  TaskRun(const TaskArguments& arguments, Program& program) : given_(arguments), program_(program) {}

  // Each opens the desk and its book, and says what went wrong.
  void list() { opened([&] { return given_.results ? list_results() : list_tasks(); }); }
  void route() { opened([&] { return show_route(); }); }
  void check() { opened([&] { return check_all(); }); }
  void calendar() { opened([&] { return given_.file.empty() ? list_years() : take_notice(); }); }
  void rule() { opened([&] { return given_.rule.empty() ? show_rule() : set_rule(); }); }
  void duties() { opened([&] { return list_duties(); }); }
  void move() { opened([&] { return make_move(); }); }
  void import_table() { opened([&] { return import_results(); }); }
  void export_feedback() { opened([&] { return write_feedback(); }); }
  void analyse() { opened([&] { return show_analysis(); }); }
#ifdef GUZHENG_WITH_REPORT
  void print() { opened([&] { return print_form(); }); }
  void form();                             // no desk: values that another program has put together
#endif

 private:
  template <typename Do>
  void opened(Do work) {
    const auto told = [&]() -> Status {
      GZ_TRY(open());
      return work();
    }();
    if (!told && told.error().kind != ErrorKind::Cancelled) program_.could_not("没有办成", "It was not done", told.error());
    else if (!told) program_.exit_code = kCouldNotRun;
  }
  Status open();
  [[nodiscard]] Result<SigningHand> hand() const;                // Denied: nobody at this desk could sign
  [[nodiscard]] const Policy* policy() const { return desk_.login ? &desk_.policy : nullptr; }
  [[nodiscard]] DueFilter due() const { return given_.overdue ? DueFilter::Overdue : given_.soon ? DueFilter::Soon : DueFilter::Any; }
  [[nodiscard]] std::string due_text(const std::optional<Day>& day) const;
  Result<std::int64_t> task_called(const std::string& text);     // a number wins over an id
  Result<std::int64_t> item_called(FlowKind kind);
  Result<Feedback> feedback_of(std::int64_t task);

  Status list_tasks();
  Status list_results();
  Status show_route();
  Status check_all();
  Status take_notice();
  Status list_years();
  Status show_rule();
  Status set_rule();
  Status list_duties();
  Result<MoveOrder> order_given();
  Status make_move();
  Status import_results();
  [[nodiscard]] std::vector<ImportRow> import_troubles(const ResultFile& read) const;
  Status write_feedback();
  Status write_table(const std::vector<ImportRow>& table, const std::string& sheet);
  Result<AnalysisFilter> filter_given();
  Status show_analysis();
#ifdef GUZHENG_WITH_REPORT
  Status print_form();
  Status print_analysis_of(const AnalysisFilter& filter, AnalysisBy by, std::vector<AnalysisRow> rows);
  [[nodiscard]] Result<std::filesystem::path> new_output() const;
#endif

  const TaskArguments& given_;
  Program& program_;
  PolicyDesk desk_;
  std::unique_ptr<OperationLog> log_;
  std::unique_ptr<TaskBook> book_;
};

// "练习商城=3": platform and rounds.
Result<CountedName> platform_rounds(const std::string& text);

}  // namespace guzheng::evidence
