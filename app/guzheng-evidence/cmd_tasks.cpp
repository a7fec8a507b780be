// tasks list|route|check|calendar|print|form … [--desk DIR | --policy FILE --officer BADGE]: the station's monitoring tasks without a window
#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/identity/signer.h"
#include "core/tasks/task_book.h"
#ifdef GUZHENG_WITH_REPORT
#include "core/report/task_forms.h"
#endif

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct TaskArguments {
  std::string kind = "sheet", words, file, form = "sheet", output, made_by, conclusion;
  std::vector<std::string> visits;
  std::int64_t id = 0;
  bool results = false, overdue = false, soon = false;
  DeskChoice desk;
};

class TaskRun {
 public:
  TaskRun(const TaskArguments& arguments, Program& program) : given_(arguments), program_(program) {}

  void list() {
    opened([&] { return given_.results ? list_results() : list_tasks(); });
  }
  void route() {
    opened([&] { return show_route(); });
  }
  void check() {
    opened([&] { return check_all(); });
  }
  void calendar() {
    opened([&] { return take_notice(); });
  }
#ifdef GUZHENG_WITH_REPORT
  void print() {
    opened([&] { return print_form(); });
  }
#endif

 private:
  template <typename Do>
  void opened(Do work) {
    const auto told = [&]() -> Status {
      GZ_TRY_ASSIGN(desk_, open_chosen_desk(given_.desk, program_));
      GZ_TRY(make_private_folder(desk_.home));
      GZ_TRY_ASSIGN(log_, OperationLog::open(log_file(desk_.home), program_.clock));
      GZ_TRY_ASSIGN(book_, TaskBook::open(desk_.home, program_.clock, *log_));
      return work();
    }();
    if (!told && told.error().kind != ErrorKind::Cancelled) program_.could_not("没有办成", "It was not done", told.error());
    else if (!told) program_.exit_code = kCouldNotRun;
  }

  [[nodiscard]] DueFilter due() const { return given_.overdue ? DueFilter::Overdue : given_.soon ? DueFilter::Soon : DueFilter::Any; }

  [[nodiscard]] std::string due_text(const std::optional<Day>& day) const {
    if (!day) return "-";
    const auto standing = deadline_standing(book_->calendar(), *day, day_of(program_.clock.wall()));
    std::string text = day_text(*day);
    if (standing.standing == DueStanding::Overdue) text += fmt::format("{}{}", program_.say(" 逾期工作日 ", " overdue, working days "), standing.days);
    else text += fmt::format("{}{}", program_.say(" 剩余工作日 ", " working days left "), standing.days);
    return text + std::string(standing.provisional ? program_.say("（暂定）", " (provisional)") : "");
  }

  Status list_tasks() {
    TaskFilter filter;
    filter.due = due();
    filter.words = given_.words;
    filter.limit = kMostCount;
    GZ_TRY_ASSIGN(const auto page, book_->tasks(filter, ""));
    for (const auto& one : page.lines)
      program_.print(fmt::format("{}\t{}\t{}\t{}\t{}\t{}/{}\t{}", one.id, one.number.empty() ? "-" : one.number, one.category ? to_string(*one.category) : "-", to_string(one.state), due_text(one.due),
                                 one.open_results, one.results, one.name));
    return ok();
  }

  Status list_results() {
    ResultFilter filter;
    filter.due = due();
    filter.words = given_.words;
    filter.limit = kMostCount;
    if (given_.id > 0) filter.task = given_.id;
    GZ_TRY_ASSIGN(const auto page, book_->results(filter, ""));
    for (const auto& one : page.lines)
      program_.print(fmt::format("{}\t{}-{}\t{}\t{}\t{}\t{}\t{}\t{}", one.id, one.task, one.serial, to_string(one.state), due_text(one.due), one.unit.empty() ? "-" : one.unit, one.operator_name, one.violation,
                                 one.platform));
    return ok();
  }

  Status show_route() {
    const auto kind = flow_kind(given_.kind);
    GZ_TRY_ASSIGN(const auto steps, book_->route(*kind, given_.id));
    if (steps.empty()) return fail(ErrorKind::NotFound, "there is no " + given_.kind + " " + std::to_string(given_.id));
    for (const auto& step : steps) {
      const auto& m = step.move;
      std::string said;
      for (const auto* text : {&m.order.unit, &m.order.reason, &m.order.basis, &m.order.text, &m.order.package})
        if (!text->empty()) said += (said.empty() ? "" : "; ") + *text;
      program_.print(fmt::format("{}\t{}\t{} → {}\t{} {} {}\t{}\t{}", m.number, format_time(m.at), to_string(m.from), to_string(m.to), to_string(m.order.move), m.name, m.badge, m.due ? day_text(*m.due) : "-", said));
    }
    return ok();
  }

  Status check_all() {
    const auto signed_by = [&](ByteView signature, ByteView act, const std::string& badge) -> Status {
      GZ_TRY_ASSIGN(const auto who, who_signed(signature, act, desk_.bureau.org_root_pem));
      return who.badge == badge ? ok() : Status(fail(ErrorKind::Tampered, "it is the signature of badge " + who.badge));
    };
    std::size_t routes = 0, troubles = 0;
    for (const auto kind : {FlowKind::Sheet, FlowKind::Result, FlowKind::Clue}) {
      GZ_TRY_ASSIGN(const auto ids, book_->items_with_routes(kind));
      for (const auto id : ids) {
        GZ_TRY_ASSIGN(const auto found, book_->check_route(kind, id, signed_by));
        for (const auto& one : found) program_.print(fmt::format("{} {}\t{}\t{}", to_string(kind), id, one.number, one.what));
        ++routes;
        troubles += found.size();
      }
    }
    program_.print(fmt::format("{}{}{}{}", program_.say("已核对流转 ", "Routes checked: "), routes, program_.say(" 条，问题 ", ", troubles: "), troubles));
    if (troubles > 0) program_.exit_code = kDamaged;
    return ok();
  }

  Status take_notice() {
    GZ_TRY_ASSIGN(const auto text, read_text(given_.file, 1u << 20));
    const auto reading = read_notices(text);
    for (const auto& one : reading.problems) program_.complain(fmt::format("{}:{}: {}: {}", given_.file, one.line, to_string(one.trouble), one.text));
    if (!reading.problems.empty()) return fail(ErrorKind::Invalid, "the notice has mistakes; nothing was taken");
    if (!desk_.officer1) return fail(ErrorKind::Denied, "nobody at this desk could sign");
    const auto info = desk_.officer1->info();
    GZ_TRY_ASSIGN(const auto moved, book_->import_notices(reading.notices, {{info.badge, info.subject_cn, info.unit, {}}, desk_.officer1}));
    for (const auto& notice : reading.notices) program_.print(fmt::format("{}\t{}", notice.year, notice.source));
    for (const auto id : moved) program_.print(fmt::format("{}{}", program_.say("期限待重算的监测结果：", "Results whose day is to be counted anew: "), id));
    return ok();
  }

#ifdef GUZHENG_WITH_REPORT
  // "练习商城=3"
  static Result<PlatformVisits> visits_in(const std::string& text) {
    const auto at = text.rfind('=');
    PlatformVisits out{text.substr(0, at), 0};
    if (at != std::string::npos) std::from_chars(text.data() + at + 1, text.data() + text.size(), out.rounds);
    if (out.platform.empty() || out.rounds < 1) return fail(ErrorKind::Invalid, "\"" + text + "\" is not PLATFORM=ROUNDS");
    return out;
  }

  Status print_form() {
    GZ_TRY_ASSIGN(const auto task, book_->task(given_.id));
    GZ_TRY_ASSIGN(const auto results, book_->results_of(given_.id));
    TaskFormRequest request;
    request.form = *task_form(given_.form);
    request.feedback = make_feedback(task, results, day_of(program_.clock.wall()));
    request.made_by = given_.made_by;
    if (!given_.conclusion.empty()) { GZ_TRY_ASSIGN(request.conclusion, read_text(given_.conclusion, 1u << 20)); }
    for (const auto& text : given_.visits) {
      GZ_TRY_ASSIGN(auto visits, visits_in(text));
      request.visits.push_back(std::move(visits));
    }
    if (desk_.bureau.practice) request.practice_mark = "练习 — 不得作为证据";
    std::error_code ec;
    request.output = fs::absolute(given_.output, ec);
    if (fs::exists(request.output, ec)) return fail(ErrorKind::Exists, given_.output + " is there already");
    static std::string name = "guzheng-evidence";
    char* argv[] = {name.data(), nullptr};
    GZ_TRY(run_task_form_app(1, argv, request));
    program_.print(request.output.string());
    return ok();
  }
#endif

  const TaskArguments& given_;
  Program& program_;
  PolicyDesk desk_;
  std::unique_ptr<OperationLog> log_;
  std::unique_ptr<TaskBook> book_;
};

#ifdef GUZHENG_WITH_REPORT
// The window's helper (core/desk/task_paper_desk.h): neither book nor key, only what it was given. Its own file is replaced.
Status print_packed(const TaskArguments& given) {
  GZ_TRY_ASSIGN(const auto packed, read_text(given.file, 64u << 20));
  static std::string name = "guzheng-evidence";
  char* argv[] = {name.data(), nullptr};
  std::error_code ec;
  return run_packed_form_app(1, argv, packed, fs::absolute(given.output, ec));
}
#endif

}  // namespace

void add_tasks(CLI::App& app, Program& program) {
  auto* tasks = app.add_subcommand("tasks");
  tasks->require_subcommand(1);
  set_manual(*tasks, "tasks", program.language);
  const auto arguments = std::make_shared<TaskArguments>();
  const auto add = [&](const char* name, void (TaskRun::*act)()) {
    auto* command = tasks->add_subcommand(name);
    add_desk_options(*command, arguments->desk);
    set_manual(*command, "tasks", program.language);
    command->callback([arguments, act, &program] { (TaskRun(*arguments, program).*act)(); });
    return command;
  };
  auto* list = add("list", &TaskRun::list);
  list->add_flag("--results", arguments->results);
  list->add_option("--task", arguments->id)->check(CLI::PositiveNumber);
  list->add_option("--words", arguments->words);
  auto* overdue = list->add_flag("--overdue", arguments->overdue);
  list->add_flag("--soon", arguments->soon)->excludes(overdue);
  auto* route = add("route", &TaskRun::route);
  route->add_option("KIND", arguments->kind)->required()->check(CLI::IsMember({"sheet", "result", "clue"}));
  route->add_option("ID", arguments->id)->required();
  add("check", &TaskRun::check);
  add("calendar", &TaskRun::calendar)->add_option("FILE", arguments->file)->required();
#ifdef GUZHENG_WITH_REPORT
  auto* print = add("print", &TaskRun::print);
  print->add_option("ID", arguments->id)->required();
  print->add_option("--form", arguments->form)->check(CLI::IsMember({"sheet", "clue-table", "subject-list", "report", "platform-count"}));
  print->add_option("-o,--output", arguments->output)->required();
  print->add_option("--made-by", arguments->made_by);
  print->add_option("--conclusion", arguments->conclusion);
  print->add_option("--visit", arguments->visits);
  auto* form = tasks->add_subcommand("form");
  form->add_option("FILE", arguments->file)->required();
  form->add_option("-o,--output", arguments->output)->required();
  set_manual(*form, "tasks", program.language);
  form->callback([arguments, &program] {
    if (const auto done = print_packed(*arguments); !done) program.could_not("没有打印", "It was not printed", done.error());
  });
#endif
}

}  // namespace guzheng::evidence
