// tasks move|import|export|analyse|calendar FILE|rule RULE: what changes the book, and what is written out of it as a table.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/guzheng-evidence/cmd_tasks.h"
#include "core/base/file.h"
#include "core/tables/table_writer.h"
#include "core/tasks/feedback.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostText = 1u << 20, kMostDocument = 32u << 20;

Result<Day> day_given(const std::string& text) {
  const auto day = day_from(text);
  if (!day) return fail(ErrorKind::Invalid, "\"" + text + "\" is no day; expected: 2026-09-16");
  return *day;
}

std::string sheet_title(const std::string& form) {
  if (form == "clue-table") return "违法线索表";
  if (form == "subject-list") return "网络经营主体清单";
  if (form == "report") return "网络交易监测报告";
  return "监测电商平台个次";
}

}  // namespace

Result<CountedName> platform_rounds(const std::string& text) {
  const auto at = text.rfind('=');
  CountedName out{text.substr(0, at), 0};
  if (at != std::string::npos) {
    const auto read = std::from_chars(text.data() + at + 1, text.data() + text.size(), out.count);
    if (read.ptr != text.data() + text.size()) out.count = 0;
  }
  if (out.name.empty() || out.count < 1) return fail(ErrorKind::Invalid, "\"" + text + "\" is not PLATFORM=ROUNDS");
  return out;
}

Status TaskRun::take_notice() {
  GZ_TRY_ASSIGN(const auto text, read_text(given_.file, kMostText));
  const auto reading = read_notices(text);
  for (const auto& one : reading.problems) program_.complain(fmt::format("{}:{}: {}: {}", given_.file, one.line, to_string(one.trouble), one.text));
  if (!reading.problems.empty()) return fail(ErrorKind::Invalid, "the notice has mistakes; nothing was taken");
  GZ_TRY_ASSIGN(const auto who, hand());
  GZ_TRY_ASSIGN(const auto moved, book_->import_notices(reading.notices, who));
  for (const auto& notice : reading.notices) program_.print(fmt::format("{}\t{}", notice.year, notice.source));
  for (const auto id : moved) program_.print(fmt::format("{}{}", program_.say("期限待重算的监测结果：", "Results whose day is to be counted anew: "), id));
  return ok();
}

Status TaskRun::set_rule() {
  GZ_TRY_ASSIGN(const auto who, hand());
  GZ_TRY(book_->set_number_rule({given_.rule}, who));
  return show_rule();
}

Result<MoveOrder> TaskRun::order_given() {
  MoveOrder order;
  order.move = *flow_move(given_.move);
  order.reason = given_.reason;
  order.basis = given_.basis;
  order.text = given_.text;
  order.unit = given_.unit;
  order.package = given_.package;
  if (const auto outcome = clue_outcome(given_.outcome)) order.outcome = *outcome;
  for (const auto& one : given_.measures)
    if (const auto known = measure(one)) order.measures.insert(*known);
  order.extension = extension_reason(given_.extension);
  order.feedback = feedback_kind(given_.feedback);
  if (!given_.until.empty()) { GZ_TRY_ASSIGN(order.until, day_given(given_.until)); }
  if (!given_.target.empty()) { GZ_TRY_ASSIGN(order.target, task_called(given_.target)); }      // of a merge: a result's id, which is no number
  for (const auto& file : given_.documents) {
    GZ_TRY_ASSIGN(const auto bytes, read_file(file, kMostDocument));
    GZ_TRY_ASSIGN(auto document, book_->add_document(fs::path(file).filename().string(), bytes));
    order.documents.push_back(std::move(document));
  }
  return order;
}

Status TaskRun::make_move() {
  const auto kind = *flow_kind(given_.kind);
  GZ_TRY_ASSIGN(const auto id, item_called(kind));
  GZ_TRY_ASSIGN(const auto who, hand());
  GZ_TRY_ASSIGN(const auto order, order_given());
  GZ_TRY_ASSIGN(const auto after, book_->move(kind, id, order, who));
  program_.print(fmt::format("{}\t{}\t{}\t{}", id, to_string(after.state), after.unit.empty() ? "-" : after.unit, due_text(after.due)));
  return ok();
}

std::vector<ImportRow> TaskRun::import_troubles(const ResultFile& read) const {
  std::vector<ImportRow> out{{std::string(program_.say("行", "row")), std::string(program_.say("问题", "trouble")), std::string(program_.say("内容", "content"))}};
  for (const auto& one : read.reading.problems) {
    std::string what(to_string(one.trouble));
    if (one.trouble == ImportTrouble::BadCell) what += " " + std::string(to_string(one.cell.field)) + " " + std::string(to_string(one.cell.trouble));
    if (one.trouble == ImportTrouble::Duplicate) what += " " + std::to_string(one.other_row);
    out.push_back({std::to_string(one.row), what, one.text});
  }
  for (const auto& one : read.damaged) out.push_back({std::to_string(one.row), std::string(to_string(one.problem.kind)), one.problem.what});
  std::stable_sort(out.begin() + 1, out.end(), [](const ImportRow& a, const ImportRow& b) { return std::stoull(a[0]) < std::stoull(b[0]); });
  if (!read.broken_off.empty()) out.push_back({"-", "broken-off", read.broken_off});
  return out;
}

// What is good is entered, what is not is told row by row: by whoever imports, in one go.
Status TaskRun::import_results() {
  GZ_TRY_ASSIGN(const auto task, task_called(given_.task));
  GZ_TRY_ASSIGN(const auto entry, book_->task(task));
  GZ_TRY_ASSIGN(const auto read, read_result_file(*book_, task, given_.file, given_.found_by));
  const auto troubles = import_troubles(read);
  for (std::size_t i = 1; i < troubles.size(); ++i) program_.complain(fmt::format("{}:{}: {}: {}", given_.file, troubles[i][0], troubles[i][1], troubles[i][2]));
  if (!given_.report.empty()) {
    GZ_TRY_ASSIGN(const auto writer, make_table_writer(given_.report, std::string(program_.say("导入问题", "troubles"))));
    for (const auto& row : troubles) GZ_TRY(writer->write(row));
    GZ_TRY(writer->finish());
  }
  std::size_t entered = 0;
  if (!given_.look_only && !read.reading.results.empty()) {
    GZ_TRY_ASSIGN(const auto who, hand());
    GZ_TRY_ASSIGN(const auto ids, book_->add_results(task, read.reading.results, who));
    entered = ids.size();
  }
  program_.print(fmt::format("{}\t{}{}\t{}{}\t{}{}", entry.number.empty() ? std::to_string(task) : entry.number, program_.say("可录入 ", "good "), read.reading.results.size(), program_.say("已录入 ", "entered "), entered,
                             program_.say("问题 ", "troubles "), troubles.size() - 1));
  if (!read.is_whole()) program_.exit_code = kIncomplete;
  return ok();
}

Result<Feedback> TaskRun::feedback_of(std::int64_t id) {
  GZ_TRY_ASSIGN(const auto task, book_->task(id));
  GZ_TRY_ASSIGN(const auto results, book_->results_of(id));
  return make_feedback(task, results, day_of(program_.clock.wall()));
}

Status TaskRun::write_table(const std::vector<ImportRow>& table, const std::string& sheet) {
  GZ_TRY_ASSIGN(const auto writer, make_table_writer(given_.output, sheet));
  for (const auto& row : table) GZ_TRY(writer->write(row));
  GZ_TRY(writer->finish());
  std::error_code ec;
  program_.print(fs::absolute(given_.output, ec).string());
  return ok();
}

Status TaskRun::write_feedback() {
  GZ_TRY_ASSIGN(const auto task, task_called(given_.task));
  GZ_TRY_ASSIGN(const auto feedback, feedback_of(task));
  std::vector<CountedName> rounds;
  for (const auto& text : given_.visits) {
    GZ_TRY_ASSIGN(auto one, platform_rounds(text));
    rounds.push_back(std::move(one));
  }
  const auto& form = given_.form;
  const auto table = form == "clue-table" ? clue_rows(feedback) : form == "subject-list" ? subject_rows(feedback) : form == "report" ? report_rows(feedback) : platform_rows(feedback, rounds);
  return write_table(table, sheet_title(form));
}

Result<AnalysisFilter> TaskRun::filter_given() {
  AnalysisFilter filter;
  filter.limit = kMostCount;
  filter.unit = given_.unit;
  if (!given_.task.empty()) { GZ_TRY_ASSIGN(filter.task, task_called(given_.task)); }
  if (!given_.from.empty()) { GZ_TRY_ASSIGN(filter.from, day_given(given_.from)); }
  if (!given_.until.empty()) { GZ_TRY_ASSIGN(filter.until, day_given(given_.until)); }
  return filter;
}

// Tab between cells on the screen; a PDF, CSV or XLSX with -o.
Status TaskRun::show_analysis() {
  GZ_TRY_ASSIGN(const auto filter, filter_given());
  const bool pdf = fs::path(given_.output).extension() == ".pdf";
  std::vector<ImportRow> table;
  if (given_.by == "risk") {
    if (pdf) return fail(ErrorKind::Invalid, "the printed analysis has the risk of subjects in it whatever it is by: --by violation, …");
    if (filter.task || !filter.unit.empty() || filter.from || filter.until) return fail(ErrorKind::Invalid, "the risk of a subject is made of all its results of the rule's months: no --task, --unit, --from, --until");
    GZ_TRY_ASSIGN(const auto risks, subject_risks(*book_, {}, kMostCount));
    table = risk_table(risks);
  } else {
    const auto by = *analysis_by(given_.by);
    GZ_TRY_ASSIGN(auto rows, guzheng::analyse(*book_, by, filter));
    if (pdf) {
#ifdef GUZHENG_WITH_REPORT
      return print_analysis_of(filter, by, std::move(rows));
#else
      return fail(ErrorKind::Unsupported, "this program was built without printing");
#endif
    }
    table = analysis_table(by, rows);
  }
  if (!given_.output.empty()) return write_table(table, "监测分析");
  for (const auto& row : table) {
    std::string line;
    for (const auto& cell : row) line += (&cell == &row.front() ? "" : "\t") + cell;
    program_.print(line);
  }
  return ok();
}

}  // namespace guzheng::evidence
