// tasks list|route|check|calendar|rule|duties|move|import|export|analyse|print … [--desk DIR | --policy FILE --officer BADGE]: the station's
// monitoring tasks without a window. Here: what they are given, and what is read; cmd_tasks_work.cpp changes, cmd_tasks_print.cpp prints.
#include "app/guzheng-evidence/cmd_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/file.h"
#include "core/identity/people.h"
#include "core/identity/signer.h"
#include "core/tasks/calendar_years.h"
#include "core/tasks/duties.h"

namespace guzheng::evidence {

namespace {

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t out = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || out < 1) return {};
  return out;
}

std::string duty_names(const std::set<Duty>& duties) {
  std::string out;
  for (const auto one : duties) out += (out.empty() ? "" : ",") + std::string(to_string(one));
  return out.empty() ? "-" : out;
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace

Status TaskRun::open() {
  GZ_TRY_ASSIGN(desk_, open_chosen_desk(given_.desk, program_));
  GZ_TRY(make_private_folder(desk_.home));
  GZ_TRY_ASSIGN(log_, OperationLog::open(log_file(desk_.home), program_.clock));
  GZ_TRY_ASSIGN(book_, TaskBook::open(desk_.home, program_.clock, *log_, first_rule(policy() == nullptr)));
  return ok();
}

Result<SigningHand> TaskRun::hand() const {
  if (!desk_.officer1) return fail(ErrorKind::Denied, "nobody at this desk could sign");
  const auto info = desk_.officer1->info();
  return SigningHand{actor_under(policy(), info.badge, info.subject_cn, info.unit), desk_.officer1};
}

std::string TaskRun::due_text(const std::optional<Day>& day) const {
  if (!day) return "-";
  const auto standing = deadline_standing(book_->calendar(), *day, day_of(program_.clock.wall()));
  std::string text = day_text(*day);
  if (standing.standing == DueStanding::Overdue) text += fmt::format("{}{}", program_.say(" 逾期工作日 ", " overdue, working days "), standing.days);
  else text += fmt::format("{}{}", program_.say(" 剩余工作日 ", " working days left "), standing.days);
  return text + std::string(standing.provisional ? program_.say("（暂定）", " (provisional)") : "");
}

Result<std::int64_t> TaskRun::task_called(const std::string& text) {
  auto numbered = book_->task_numbered(text);
  if (numbered || numbered.error().kind != ErrorKind::NotFound) return numbered;
  if (const auto id = whole_number(text)) return *id;
  return numbered;
}

Result<std::int64_t> TaskRun::item_called(FlowKind kind) {
  if (kind == FlowKind::Sheet) return task_called(given_.item);
  if (const auto id = whole_number(given_.item)) return *id;
  return fail(ErrorKind::Invalid, "\"" + given_.item + "\" is no id");
}

Status TaskRun::list_tasks() {
  TaskFilter filter;
  filter.due = due();
  filter.words = given_.words;
  filter.limit = kMostCount;
  TaskPage page;
  if (given_.number.empty()) {
    GZ_TRY_ASSIGN(page, book_->tasks(filter, ""));
  } else {
    GZ_TRY_ASSIGN(const auto id, book_->task_numbered(given_.number));
    filter.words = given_.number;
    GZ_TRY_ASSIGN(page, book_->tasks(filter, ""));
    std::erase_if(page.lines, [&](const TaskLine& line) { return line.id != id; });
  }
  for (const auto& one : page.lines)
    program_.print(fmt::format("{}\t{}\t{}\t{}\t{}\t{}/{}\t{}\t{}", one.id, or_dash(one.number), one.category ? to_string(*one.category) : "-", to_string(one.state), due_text(one.due), one.open_results,
                               one.results, one.name, or_dash(one.source)));
  return ok();
}

Status TaskRun::list_results() {
  ResultFilter filter;
  filter.due = due();
  filter.words = given_.words;
  filter.limit = kMostCount;
  const auto& of_task = given_.number.empty() ? given_.task : given_.number;
  if (!of_task.empty()) { GZ_TRY_ASSIGN(filter.task, task_called(of_task)); }
  GZ_TRY_ASSIGN(const auto page, book_->results(filter, ""));
  for (const auto& one : page.lines)
    program_.print(fmt::format("{}\t{}-{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}", one.id, one.task, one.serial, to_string(one.state), due_text(one.due), or_dash(one.unit), one.operator_name, one.violation, one.platform,
                               or_dash(one.task_number + (one.task_number.empty() ? "" : " ") + one.task_name)));
  return ok();
}

Status TaskRun::show_route() {
  const auto kind = flow_kind(given_.kind);
  GZ_TRY_ASSIGN(const auto id, item_called(*kind));
  GZ_TRY_ASSIGN(const auto steps, book_->route(*kind, id));
  if (steps.empty()) return fail(ErrorKind::NotFound, "there is no " + given_.kind + " " + given_.item);
  for (const auto& step : steps) {
    const auto& m = step.move;
    std::string said;
    for (const auto* text : {&m.order.unit, &m.order.reason, &m.order.basis, &m.order.text, &m.order.package})
      if (!text->empty()) said += (said.empty() ? "" : "; ") + *text;
    program_.print(fmt::format("{}\t{}\t{} → {}\t{} {} {}\t{}\t{}", m.number, format_time(m.at), to_string(m.from), to_string(m.to), to_string(m.order.move), m.name, m.badge, m.due ? day_text(*m.due) : "-", said));
  }
  return ok();
}

Status TaskRun::check_all() {
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

Status TaskRun::list_years() {
  for (const auto& one : calendar_years(book_->calendar(), day_of(program_.clock.wall())))
    program_.print(fmt::format("{}\t{}\t{}\t{}\t{}", one.year, one.provisional ? "provisional" : "notice", one.holidays, one.make_up,
                               one.provisional ? std::string(program_.say("暂定：通知还没有导入", "no notice yet: days may move")) : one.source));
  return ok();
}

Status TaskRun::show_rule() {
  GZ_TRY_ASSIGN(const auto rule, book_->number_rule());
  const std::chrono::year_month_day today(day_of(program_.clock.wall()));
  program_.print(rule.text + "\t" + number_by(rule, static_cast<int>(today.year()), static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()), 1));
  return ok();
}

// Whom the policy gives what: each person it knows, and each badge that it names without a person.
Status TaskRun::list_duties() {
  if (policy() == nullptr || !policy()->duties)
    program_.print(std::string(program_.say("策略没有写 [duties]：每名执法人员都可办理全部环节", "The policy has no [duties]: every officer has every duty")));
  std::set<std::string> known;
  if (policy() != nullptr) {
    GZ_TRY_ASSIGN(const auto people, read_people(policy()->people));
    for (const auto& person : people) {
      known.insert(person.badge);
      program_.print(fmt::format("{}\t{}\t{}\t{}", person.badge, person.name, or_dash(person.unit), duty_names(duties_of(policy(), person.badge))));
    }
    if (!policy()->duties) return ok();
    for (const auto& [name, badges] : *policy()->duties)
      for (const auto& badge : badges)
        if (badge != kEveryOfficer && !known.contains(badge))
          program_.complain(badge + std::string(program_.say("：策略的 duties." + name + " 写了此证号，人员文件夹里没有这个人", ": named in duties." + name + " of the policy, no certificate of this badge among its people")));
    return ok();
  }
  for (const auto& signer : desk_.bureau.officers) {
    const auto info = signer->info();
    program_.print(fmt::format("{}\t{}\t{}\t{}", info.badge, info.subject_cn, or_dash(info.unit), duty_names(duties_of(nullptr, info.badge))));
  }
  return ok();
}

void add_tasks(CLI::App& app, Program& program) {
  auto* tasks = app.add_subcommand("tasks");
  tasks->require_subcommand(1);
  set_manual(*tasks, "tasks", program.language);
  const auto arguments = std::make_shared<TaskArguments>();
  auto& given = *arguments;
  const auto add_plain = [&](const char* name, void (TaskRun::*act)()) {
    auto* command = tasks->add_subcommand(name);
    set_manual(*command, "tasks", program.language);
    command->callback([arguments, act, &program] { (TaskRun(*arguments, program).*act)(); });
    return command;
  };
  const auto add = [&](const char* name, void (TaskRun::*act)()) {
    auto* command = add_plain(name, act);
    add_desk_options(*command, arguments->desk);
    return command;
  };
  const auto kinds = CLI::IsMember({"sheet", "result", "clue"});
  auto* list = add("list", &TaskRun::list);
  list->add_flag("--results", given.results);
  auto* task = list->add_option("--task", given.task);
  list->add_option("--number", given.number)->excludes(task);
  list->add_option("--words", given.words);
  auto* overdue = list->add_flag("--overdue", given.overdue);
  list->add_flag("--soon", given.soon)->excludes(overdue);
  auto* route = add("route", &TaskRun::route);
  route->add_option("KIND", given.kind)->required()->check(kinds);
  route->add_option("ID", given.item)->required();
  add("check", &TaskRun::check);
  add("calendar", &TaskRun::calendar)->add_option("FILE", given.file);
  add("rule", &TaskRun::rule)->add_option("RULE", given.rule);
  add("duties", &TaskRun::duties);
  auto* move = add("move", &TaskRun::move);
  move->add_option("KIND", given.kind)->required()->check(kinds);
  move->add_option("ID", given.item)->required();
  move->add_option("MOVE", given.move)->required()->check([](const std::string& text) { return flow_move(text) && text != "create" ? std::string() : "no such move: " + text; });
  for (auto& [name, text] : std::initializer_list<std::pair<const char*, std::string*>>{{"--reason", &given.reason}, {"--basis", &given.basis}, {"--text", &given.text}, {"--unit", &given.unit},
                                                                                        {"--target", &given.target}, {"--package", &given.package}})
    move->add_option(name, *text);
  move->add_option("--outcome", given.outcome)->check(CLI::IsMember({"violation", "no-violation"}));
  move->add_option("--measure", given.measures)->check(CLI::IsMember({"guidance", "correction", "penalty", "credit-discipline"}));
  move->add_option("--document", given.documents);
  move->add_option("--extension", given.extension)->check(CLI::IsMember({"case-filing", "credit-discipline", "appraisal", "assistance"}));
  move->add_option("--until", given.until);
  move->add_option("--feedback", given.feedback)->check(CLI::IsMember({"report", "clue-table", "subject-list", "platform-count"}));
  auto* table = add("import", &TaskRun::import_table);
  table->add_option("TASK", given.task)->required();
  table->add_option("FILE", given.file)->required();
  table->add_option("--found-by", given.found_by);
  table->add_option("--report", given.report);
  table->add_flag("--look", given.look_only);
  auto* out = add("export", &TaskRun::export_feedback);
  out->add_option("TASK", given.task)->required();
  out->add_option("--form", given.form)->required()->check(CLI::IsMember({"clue-table", "subject-list", "report", "platform-count"}));
  out->add_option("-o,--output", given.output)->required();
  out->add_option("--visit", given.visits);
  auto* analyse = add("analyse", &TaskRun::analyse);
  analyse->add_option("--by", given.by)->check(CLI::IsMember({"task", "unit", "violation", "platform", "field", "month", "risk"}));
  analyse->add_option("--task", given.task);
  analyse->add_option("--unit", given.unit);
  analyse->add_option("--from", given.from);
  analyse->add_option("--until", given.until);
  analyse->add_option("-o,--output", given.output);
#ifdef GUZHENG_WITH_REPORT
  auto* print = add("print", &TaskRun::print);
  print->add_option("TASK", given.task)->required();
  print->add_option("--form", given.form)->check(CLI::IsMember({"sheet", "clue-table", "subject-list", "report", "platform-count"}));
  print->add_option("-o,--output", given.output)->required();
  print->add_option("--made-by", given.made_by);
  print->add_option("--conclusion", given.conclusion);
  print->add_option("--visit", given.visits);
  auto* form = add_plain("form", &TaskRun::form);
  form->add_option("FILE", given.file)->required();
  form->add_option("-o,--output", given.output)->required();
#endif
}

}  // namespace guzheng::evidence
