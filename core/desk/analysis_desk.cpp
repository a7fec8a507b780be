#include "core/desk/analysis_desk.h"

#include <algorithm>
#include <map>

#include "core/base/file.h"
#include "core/report/task_forms.h"
#include "core/tables/table_writer.h"

namespace guzheng {
namespace {

constexpr std::uint64_t kMostDrawn = 256u << 20;

Result<AnalysisChoices> read_choices(TaskBook& book) {
  AnalysisChoices out;
  TaskFilter all;
  all.limit = kMostCount;
  GZ_TRY_ASSIGN(const auto page, book.tasks(all, ""));
  for (const auto& line : page.lines) out.tasks.emplace_back(line.id, line.number.empty() ? line.name : line.number + " " + line.name);
  GZ_TRY_ASSIGN(const auto units, analyse(book, AnalysisBy::Unit));
  for (const auto& row : units)
    if (!row.key.empty()) out.units.push_back(row.key);
  std::sort(out.units.begin(), out.units.end());
  return out;
}

// Written beside it and put in its place whole.
Status write_whole_table(const std::vector<ImportRow>& table, const std::filesystem::path& file) {
  const auto beside = file.parent_path() / ("." + file.stem().string() + ".new" + file.extension().string());
  std::error_code ec;
  std::filesystem::remove(beside, ec);
  GZ_TRY_ASSIGN(const auto writer, make_table_writer(beside, "监测分析"));
  for (const auto& row : table) GZ_TRY(writer->write(row));
  GZ_TRY(writer->finish());
  std::filesystem::rename(beside, file, ec);
  if (!ec) return ok();
  std::error_code gone;
  std::filesystem::remove(beside, gone);
  return fail(ErrorKind::Io, file.string() + ": " + ec.message());
}

Status copy_drawn(const std::filesystem::path& drawn, const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(drawn, kMostDrawn));
  return write_atomically(file, bytes);
}

// Proposals of one tag and turn are one act.
std::vector<TagPlan> plans_of(const std::vector<TagProposal>& proposals) {
  std::map<std::tuple<std::string, std::string, bool>, TagPlan> plans;
  for (const auto& one : proposals) {
    auto& plan = plans[{one.tag.group, one.tag.name, one.on}];
    plan.tag = one.tag;
    plan.on = one.on;
    plan.subjects.push_back(one.subject);
  }
  std::vector<TagPlan> out;
  for (auto& [key, plan] : plans) out.push_back(std::move(plan));
  return out;
}

}  // namespace

AnalysisDesk::AnalysisDesk(BookOf book, SubjectDesk& subjects) : book_(std::move(book)), subjects_(subjects), tags_(subjects), form_(subjects.station().options().programs, nullptr) { reads_.setMaxThreadCount(1); }

AnalysisDesk::~AnalysisDesk() { stop(); }

void AnalysisDesk::stop() {
  stopped_ = true;
  form_.stop();
  reads_.waitForDone();
}

template <typename Work, typename T>
void AnalysisDesk::read(Work work, QObject* to, Told<T> told) {
  auto book = book_();
  if (!book || stopped_) return;
  run_then(reads_, this, [work = std::move(work), book = std::move(book)] { return work(*book); }, [to = QPointer<QObject>(to), told = std::move(told)](const Result<T>& value) {
    if (to && told) told(value);
  });
}

void AnalysisDesk::choices(QObject* to, Told<AnalysisChoices> told) { read([](TaskBook& book) { return read_choices(book); }, to, std::move(told)); }

void AnalysisDesk::analyse(AnalysisBy by, const AnalysisFilter& filter, QObject* to, Told<std::vector<AnalysisRow>> told) {
  read([by, filter](TaskBook& book) { return guzheng::analyse(book, by, filter); }, to, std::move(told));
}

void AnalysisDesk::risks(const RiskRule& rule, QObject* to, Told<std::vector<SubjectRisk>> told) {
  read([rule](TaskBook& book) { return subject_risks(book, rule); }, to, std::move(told));
}

void AnalysisDesk::proposals(const RiskRule& rule, QObject* to, Told<TagProposals> told) {
  if (!subjects_.is_open()) return;
  read([rule, today = today(), store = subjects_.store()](TaskBook& book) { return propose_tags(book, *store, today, rule); }, to, std::move(told));
}

void AnalysisDesk::apply(const std::vector<TagProposal>& proposals, QObject* to, Told<void> told) { tags_.apply(plans_of(proposals), to, std::move(told)); }

void AnalysisDesk::note(const char* act, const std::filesystem::path& file) {
  subjects_.station().record("op.task-analysis", Json{{"act", act}, {"file", file.filename().string()}});
}

void AnalysisDesk::export_table(const std::vector<ImportRow>& table, const std::filesystem::path& file, QObject* to, Told<void> told) {
  if (stopped_) return;
  run_then(reads_, this, [table, file] { return write_whole_table(table, file); }, [this, file, to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
    if (done && !stopped_) note("export", file);
    if (to && told) told(done);
  });
}

void AnalysisDesk::print(AnalysisForm form, const std::filesystem::path& file, QObject* to, Told<void> told) {
  if (stopped_) return;
  if (form_.is_drawing()) {
    if (told) told(fail(ErrorKind::Exists, "an analysis is being printed"));
    return;
  }
  const auto& station = subjects_.station();
  form.made = today();
  form.made_by = station.card().bureau;
  if (station.card().practice) form.practice_mark = "练习 — 不得作为证据";
  const auto values = station.private_folder() / "analysis.json";
  const auto written = write_atomically(values, as_bytes(pack_task_form(TaskForm::Analysis, analysis_form_values(form))));
  if (!written) {
    if (told) told(written);
    return;
  }
  // drawn into the private folder, then put where it was wanted, whole
  const auto drawn = station.private_folder() / "analysis.pdf";
  std::error_code ec;
  std::filesystem::remove(drawn, ec);
  form_.draw(values, drawn, [this, values, drawn, file, to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
    const auto put = done ? copy_drawn(drawn, file) : done;
    std::error_code gone;
    for (const auto& one : {values, drawn}) std::filesystem::remove(one, gone);
    if (put) note("print", file);
    if (to && told) told(put);
  });
}

}  // namespace guzheng
