// subjects preview|import|resume|undo|list|result|search|index|table|profile|marks [WHAT] [FILE] …: the subject library without a window
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>

#include "app/guzheng-evidence/library.h"
#include "core/base/file.h"
#include "core/intake/code_files.h"
#include "core/intake/import.h"
#include "core/registry/marks.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct SubjectsArguments {
  std::string act, what, file, profile, rules, library, out, reason, on_match, sheet;
  std::int64_t rows = 10;
  bool progress = false;
  DeskChoice desk;
};

std::atomic<bool> interrupted{false};                  // set by the signal handler

class SubjectsRun {
 public:
  SubjectsRun(const SubjectsArguments& given, Program& program) : given_(given), program_(program) {}

  void run() {
    if (needs_what() == given_.what.empty()) return usage(needs_what() ? "还缺少一项：见 --help。" : "多了一项：见 --help。", needs_what() ? "Something is missing: see --help." : "That is one too many: see --help.");
    const Status done = act();
    if (!done) program_.could_not("主体库：未能完成", "Subject library: not done", done.error());
  }

 private:
  [[nodiscard]] bool needs_what() const { return given_.act != "list" && given_.act != "index" && given_.act != "resume"; }
  void usage(std::string_view chinese, std::string_view english) {
    program_.complain(program_.say(chinese, english));
    program_.exit_code = kUsage;
  }
  [[nodiscard]] std::string say(std::string_view chinese, std::string_view english) const { return std::string(program_.say(chinese, english)); }

  Status act() {
    if (given_.act == "profile") return propose();
    auto desk = open_chosen_desk(given_.desk, program_);
    if (!desk) return fail(desk.error());
    desk_ = std::move(*desk);
    library_ = given_.library.empty() ? library_folder(desk_) : fs::path(given_.library);
    if (given_.act == "preview") return preview();
    if (given_.act == "table") return table();
    if (given_.act == "result") return result();
    GZ_TRY(open());
    if (given_.act == "import") return import();
    if (given_.act == "resume") return resume();
    if (given_.act == "undo") return undo();
    if (given_.act == "search") return search();
    if (given_.act == "index") return index();
    if (given_.act == "marks") return marks();
    return list();
  }

  Status open() {
    GZ_TRY_ASSIGN(store_, open_library(desk_, program_, library_));
    return ok();
  }

  Result<MappingProfile> profile() {
    MappingProfile out;
    out.name = say("命令行", "command line");
    std::vector<RuleProblem> problems;
    if (!given_.profile.empty()) {
      auto read = read_profile(given_.profile, problems);
      for (const auto& problem : problems)
        program_.complain(fmt::format("{}:{}: {}{}{}", given_.profile, problem.line, problem.where, problem.where.empty() ? "" : ": ", program_.say(problem.chinese, problem.english)));
      if (!read) return read;
      out = std::move(*read);
    }
    if (!given_.sheet.empty()) out.sheet = given_.sheet;
    if (!given_.on_match.empty()) out.on_match = given_.on_match == "update" ? OnMatch::Update : given_.on_match == "skip" ? OnMatch::Skip : OnMatch::Fill;
    return out;
  }

  Result<ImportRequest> request() {
    ImportRequest out;
    out.file = given_.what;
    GZ_TRY_ASSIGN(out.profile, profile());
    if (!given_.rules.empty()) { GZ_TRY_ASSIGN(out.cleaning, read_text(given_.rules, 1u << 20)); }
    out.act = by();
    return out;
  }

  [[nodiscard]] Act by() const { return act_at(desk_, given_.reason); }

  Result<ImportPlace> place() {
    ImportPlace out{*store_, library_, program_.clock, {}, {}};
    GZ_TRY_ASSIGN(out.tables, load_code_tables(library_));
    out.notice_words = [this](const ImportHit& hit) { return fmt::format("{}{}{}{}：{}", say("导入“", "Import of \""), hit.source, say("”第 ", "\", line "), hit.line, hit.title.empty() ? say("与重点主体匹配：", "is a watched subject: ") + hit.watched : hit.title); };
    return out;
  }

  ImportWatch watch() {
    std::signal(SIGINT, [](int) { interrupted = true; });
    std::signal(SIGTERM, [](int) { interrupted = true; });
    return [this](const ImportProgress& progress) {
      if (given_.progress) tell(progress);
      return !interrupted;
    };
  }

  void tell(const ImportProgress& progress) const {
    const std::string phase = progress.phase == ImportProgress::Phase::Checking     ? say("核对文件", "checking")
                              : progress.phase == ImportProgress::Phase::Indexing   ? say("建索引", "indexing")
                              : progress.phase == ImportProgress::Phase::TakingBack ? say("撤回", "taking back")
                                                                                    : say("导入", "importing");
    const auto percent = progress.of > 0 ? progress.done * 100 / progress.of : 0;
    const auto& counts = progress.counts;
    program_.complain(fmt::format("{} {}%  {} {}  {} {}  {} {}  {} {}{}", phase, percent, say("行", "rows"), counts.rows, say("新增", "added"), counts.added, say("合并", "merged"), counts.merged,
                                  say("剔除", "dropped"), counts.dropped, progress.seconds_left ? fmt::format("  {} {} s", say("剩余", "left"), *progress.seconds_left) : ""));
  }

  Status preview() {
    GZ_TRY_ASSIGN(const auto tables, load_code_tables(library_));
    GZ_TRY_ASSIGN(const auto asked, request());
    GZ_TRY_ASSIGN(const auto shown, preview_import(tables, asked, static_cast<std::size_t>(given_.rows)));
    program_.print(fmt::format("{} {} {} {}", to_string(shown.facts.kind), to_string(shown.facts.encoding), say("表头在第", "header on line"), shown.header_line));
    for (const auto& [header, field] : shown.profile.columns) program_.print(fmt::format("  {} → {}", header, program_.say(chinese_name(field), english_name(field))));
    for (const auto& row : shown.rows) {
      program_.print(fmt::format("{}  {}  {}  {}", row.cleaned.line, row.cleaned.dropped ? say("剔除", "dropped") : say("收下", "taken"), row.cleaned.values[kName], row.cleaned.values[kCreditCode]));
      for (const auto& item : row.cleaned.items) program_.print("    " + words(item));
    }
    return ok();
  }

  [[nodiscard]] std::string words(const NoteItem& item) const {
    const bool hidden = item.field == intake_fields()[kPhone] || item.field == intake_fields()[kIdentity];
    return fmt::format("{}{}{}{}", item.doubt ? say("存疑：", "doubt: ") : "", program_.say(note_chinese(item.reason), note_english(item.reason)), item.field.empty() ? "" : " " + item.field,
                       hidden || item.before == item.after ? "" : fmt::format(": {} → {}", item.before, item.after));
  }

  Status import() {
    GZ_TRY_ASSIGN(const auto asked, request());
    GZ_TRY_ASSIGN(const auto where, place());
    GZ_TRY_ASSIGN(const auto done, run_import(where, asked, watch()));
    return told(done, given_.what);
  }

  Status resume() {
    GZ_TRY_ASSIGN(const auto open, open_imports(*store_));
    if (open.empty()) return program_.print(program_.say("没有中断的导入。", "No import was broken off.")), ok();
    std::int64_t which = open.front().id;
    if (!given_.what.empty()) { GZ_TRY_ASSIGN(which, number(given_.what)); }
    GZ_TRY_ASSIGN(const auto where, place());
    GZ_TRY_ASSIGN(const auto done, resume_import(where, which, watch()));
    return told(done, open.front().source);
  }

  Status told(const ImportResult& done, const std::string& source) {
    const auto& counts = done.counts;
    note_done(desk_, program_, "op.subjects", Json{{"act", "import"}, {"batch", done.batch}, {"source", fs::path(source).filename().string()}, {"rows", counts.rows}, {"added", counts.added}, {"merged", counts.merged}, {"dropped", counts.dropped}});
    program_.print(fmt::format("{} {}：{} {}，{} {}，{} {}，{} {}，{} {}，{} {}", say("导入", "Import"), done.batch, say("共", "rows"), counts.rows, say("新增", "added"), counts.added, say("合并", "merged"), counts.merged,
                               say("剔除", "dropped"), counts.dropped, say("改正", "corrected"), counts.corrected, say("存疑", "doubted"), counts.doubted));
    if (counts.dropped > 0) program_.exit_code = kIncomplete;
    if (!given_.out.empty()) { GZ_TRY(write_result(done.batch)); }
    return index();
  }

  Status index() {
    while (!interrupted) {
      GZ_TRY_ASSIGN(const auto behind, store_->follow());
      if (behind.behind == 0) return ok();
      if (given_.progress) program_.complain(fmt::format("{} {} / {}", say("建索引", "indexing"), behind.indexed, behind.indexed + behind.behind));
    }
    return ok();
  }

  Result<std::int64_t> number(const std::string& text) const {
    if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return fail(ErrorKind::Invalid, "\"" + text + "\" is no number of an import (see: subjects list)");
    return static_cast<std::int64_t>(std::stoll(text));
  }

  Status undo() {
    GZ_TRY_ASSIGN(const auto which, number(given_.what));
    GZ_TRY_ASSIGN(const auto where, place());
    GZ_TRY_ASSIGN(const auto report, undo_import(where, which, by(), watch()));
    note_done(desk_, program_, "op.subjects", Json{{"act", "undo"}, {"batch", which}, {"removed", report.removed}, {"restored", report.restored}, {"kept", report.kept_count}, {"why", given_.reason}});
    program_.print(fmt::format("{} {}：{} {}，{} {}，{} {}", say("已撤回导入", "Taken back: import"), which, say("删除", "removed"), report.removed, say("恢复", "restored"), report.restored, say("此后另有改动而保留", "kept, changed since"), report.kept_count));
    return index();
  }

  Status list() {
    GZ_TRY_ASSIGN(const auto all, store_->batches());
    for (const auto& batch : all) {
      if (batch.kind != BatchKind::Import) continue;
      const std::string state = batch.state == BatchState::Done ? say("完成", "done") : batch.state == BatchState::Undone ? say("已撤回", "taken back") : say("中断", "broken off");
      program_.print(fmt::format("{}  {}  {}  {}  {} {}  {} {}  {}", batch.id, format_time(batch.begun).substr(0, 19), state, batch.source, say("新增", "added"), batch.added, say("变更", "changed"), batch.changed, batch.who));
    }
    GZ_TRY_ASSIGN(const auto bounds, store_->bounds());
    program_.print(fmt::format("{} {}", say("主体总数", "Subjects"), bounds.count));
    return ok();
  }

  Status result() {
    GZ_TRY_ASSIGN(const auto which, number(given_.what));
    if (!given_.out.empty()) return write_result(which);
    return read_notes(notes_file(library_, which), [&](const RowNote& note) {
      const std::string outcome = note.outcome == RowOutcome::Dropped ? say("剔除", "dropped") : note.outcome == RowOutcome::Merged ? say("合并", "merged") : say("导入", "imported");
      for (const auto& item : note.items) program_.print(fmt::format("{}  {}  {}  {}", note.line, outcome, note.name, words(item)));
      return true;
    });
  }

  Status write_result(std::int64_t batch) {
    GZ_TRY_ASSIGN(const auto facts, export_notes(notes_file(library_, batch), given_.out, program_.language == Language::English));
    program_.print(fmt::format("{}：{} {}", given_.out, facts.rows - 1, say("条", "lines")));
    return ok();
  }

  Status search() {
    SubjectQuery query;
    query.text = given_.what;
    query.limit = static_cast<int>(given_.rows);
    GZ_TRY_ASSIGN(const auto answer, store_->search(query));
    for (const auto& hit : answer.hits) program_.print(fmt::format("{}  {}  {}  {}", hit.subject.id, hit.subject.name, hit.subject.credit_code.empty() ? hit.subject.number : hit.subject.credit_code, hit.subject.address));
    program_.print(fmt::format("{} {}{}{}", say("共", "Found"), answer.count, answer.capped ? "+" : "", answer.behind > 0 ? fmt::format("（{} {}）", say("未建索引", "not indexed yet"), answer.behind) : ""));
    return ok();
  }

  // "show" tells what the marked subjects agree on and what was decided at the window, "apply" marks the others by what holds and was not refused there, and
  // by what was agreed there.
  Status marks() {
    if (given_.what != "show" && given_.what != "apply") return fail(ErrorKind::Invalid, "subjects marks show, or subjects marks apply");
    GZ_TRY(index());
    GZ_TRY_ASSIGN(const auto survey, survey_marks(*store_, {}, [](std::int64_t) { return !interrupted; }));
    std::vector<MarkRule> rules;
    for (const auto& [rule, bare, choice] : survey.proposals) {
      const bool category = rule.by == MarkRule::By::Category;
      const std::string state = choice ? (choice->agreed ? say("已确认", "agreed") : say("不采用", "refused")) : rule.holds ? say("可用", "holds") : say("样本少或不一致，不用", "too few or not agreeing: not used");
      program_.print(fmt::format("{} {}  {} {}  {} {} / {}  {}", category ? say("品类", "category") : say("地区", "region"), rule.value, category ? say("数据级别", "level") : say("数据地域", "data region"),
                                 category ? level_word(rule.sensitivity) : rule.data_region, say("样本", "samples"), rule.agree, rule.samples, state));
      if (choice ? !choice->agreed : !rule.holds) continue;
      rules.push_back(rule);
      rules.back().holds = true;
    }
    if (given_.what == "show") return ok();
    std::signal(SIGINT, [](int) { interrupted = true; });
    GZ_TRY_ASSIGN(const auto done, mark_alike(*store_, {}, rules, by(), [](std::int64_t) { return !interrupted; }));
    note_done(desk_, program_, "op.subjects", Json{{"act", "marks"}, {"batch", done.batch}, {"marked", done.marked}, {"why", given_.reason}});
    program_.print(fmt::format("{} {}，{} {}（{} subjects undo {}）", say("已标识主体", "Marked subjects:"), done.marked, say("批次", "batch"), done.batch, say("撤回：", "to take back:"), done.batch));
    return index();
  }

  [[nodiscard]] std::string level_word(Sensitivity level) const {
    switch (level) {
      case Sensitivity::Open: return say("公开", "open");
      case Sensitivity::Internal: return say("内部", "internal");
      case Sensitivity::Sensitive: return say("敏感", "sensitive");
      case Sensitivity::Core: return say("核心", "core");
      case Sensitivity::Unmarked: break;
    }
    return "";
  }

  Status table() {
    if (given_.file.empty()) return fail(ErrorKind::Invalid, "which file? subjects table NAME FILE");
    GZ_TRY_ASSIGN(const auto made, import_code_table(library_, given_.what, given_.file, by().who, program_.clock.wall()));
    program_.print(fmt::format("{}：{} {}", given_.what, made.entries().size(), say("个代码", "codes")));
    return ok();
  }

  // A profile to begin with: the columns whose headers are known.
  Status propose() {
    if (given_.out.empty()) return fail(ErrorKind::Invalid, "where to? -o PROFILE.json");
    std::error_code ec;
    if (fs::exists(given_.out, ec)) return fail(ErrorKind::Exists, given_.out + " is there already");
    GZ_TRY_ASSIGN(const auto tables, load_code_tables({}));
    GZ_TRY_ASSIGN(auto asked, request());
    asked.profile.name = fs::path(given_.what).stem().string();
    GZ_TRY_ASSIGN(const auto shown, preview_import(tables, asked, 1));
    GZ_TRY(save_profile(given_.out, shown.profile));
    program_.print(fmt::format("{}：{} / {} {}", given_.out, shown.profile.columns.size(), shown.headers.size(), say("列", "columns")));
    return ok();
  }

  const SubjectsArguments& given_;
  Program& program_;
  PolicyDesk desk_;
  fs::path library_;
  std::unique_ptr<SubjectStore> store_;
};

}  // namespace

void add_subjects(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("subjects");
  const auto arguments = std::make_shared<SubjectsArguments>();
  command->add_option("ACT", arguments->act)->required()->check(CLI::IsMember({"preview", "import", "resume", "undo", "list", "result", "search", "index", "table", "profile", "marks"}));
  command->add_option("WHAT", arguments->what);
  command->add_option("FILE", arguments->file);
  command->add_option("--profile", arguments->profile);
  command->add_option("--rules", arguments->rules);
  command->add_option("--sheet", arguments->sheet);
  command->add_option("--on-match", arguments->on_match)->check(CLI::IsMember({"fill", "update", "skip"}));
  command->add_option("--rows", arguments->rows)->check(CLI::Range(1, 1000));
  command->add_option("-o,--out", arguments->out);
  command->add_option("--reason", arguments->reason);
  command->add_option("--library", arguments->library);
  command->add_flag("--progress", arguments->progress);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "subjects", program.language);
  command->callback([arguments, &program] { SubjectsRun(*arguments, program).run(); });
}

}  // namespace guzheng::evidence
