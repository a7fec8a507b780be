// patrol [--most N] [--at-once N] [--rules FILE] [--list]: are the entries of the subject library still there and clean? (A-5.2b, A-5.2c)
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <memory>

#include "app/guzheng-evidence/library.h"
#include "core/base/file.h"
#include "core/patrol/patrol.h"

namespace guzheng::evidence {

namespace {

struct PatrolArguments {
  std::int64_t most = 10'000;
  int at_once = 8;
  std::string rules;
  bool list = false;
  DeskChoice desk;
};

std::atomic<bool> patrol_stopped{false};               // set by the signal handler

class PatrolRun {
 public:
  PatrolRun(const PatrolArguments& given, Program& program) : given_(given), program_(program) {}

  void run() {
    const Status done = act();
    if (!done) program_.could_not("巡检：未能完成", "Check: not done", done.error());
  }

 private:
  [[nodiscard]] std::string say(std::string_view chinese, std::string_view english) const { return std::string(program_.say(chinese, english)); }

  // The bureau's own rules lie beside the library; --rules is for a trial.
  Result<PatrolRules> rules() const {
    const auto own = library_folder(desk_) / "patrol-rules.json";
    std::error_code ec;
    const std::filesystem::path file = given_.rules.empty() ? own : std::filesystem::path(given_.rules);
    if (given_.rules.empty() && !std::filesystem::exists(own, ec)) return shipped_patrol_rules();
    GZ_TRY_ASSIGN(const auto text, read_text(file, 1u << 20));
    auto parsed = parse_patrol_rules(text);
    if (!parsed) return fail(parsed.error().kind, file.string() + ": " + parsed.error().what);
    return parsed;
  }

  Status act() {
    GZ_TRY_ASSIGN(desk_, open_chosen_desk(given_.desk, program_));
    GZ_TRY_ASSIGN(const auto by, rules());
    GZ_TRY_ASSIGN(const auto store, open_library(desk_, program_));
    if (given_.list) return list(*store);
    std::signal(SIGINT, [](int) { patrol_stopped = true; });
    std::signal(SIGTERM, [](int) { patrol_stopped = true; });
    PatrolOptions options;
    options.most = given_.most;
    options.at_once = given_.at_once;
    Patrol patrol(*store, by, options);
    GZ_TRY_ASSIGN(const auto counts, patrol.run(act_at(desk_, "巡检"), [&](const PatrolFinding& one) { tell(*store, one); }, [](const PatrolCounts&) { return !patrol_stopped; }));
    for (std::int64_t behind = 1; behind > 0;) {
      GZ_TRY_ASSIGN(const auto progress, store->follow());
      behind = progress.behind;
    }
    note_done(desk_, program_, "op.patrol", Json{{"bad", counts.bad}, {"checked", counts.checked}, {"due", counts.due}, {"gone", counts.gone}, {"moved_back", counts.moved_back}, {"moved_in", counts.moved_in}, {"unreachable", counts.unreachable}});
    program_.print(fmt::format("{} {}  {} {}  {} {}  {} {}  {} {}  {} {}  {} {}", say("到期", "due"), counts.due, say("已检", "checked"), counts.checked, say("正常", "reachable"), counts.reachable, say("打不开", "unreachable"), counts.unreachable,
                               say("已消失", "gone"), counts.gone, say("内容违规", "bad content"), counts.bad, say("移入异常库", "moved to the abnormal library"), counts.moved_in));
    if (counts.moved_back > 0) program_.print(fmt::format("{} {}", say("移回", "moved back"), counts.moved_back));
    if (counts.not_web > 0) program_.complain(fmt::format("{} {}", counts.not_web, say("个应用、小程序或账号没有网址，须在手机上查看，仍列为到期。", "apps, mini-programs or accounts have no web address: look at them on a phone; they stay due.")));
    return ok();
  }

  void tell(const SubjectStore& store, const PatrolFinding& one) const {
    const auto subject = store.get(one.subject);
    const std::string move = one.move == PatrolMove::In ? say("→ 异常库", "→ abnormal") : one.move == PatrolMove::Back ? say("← 移回", "← back") : "";
    program_.print(fmt::format("{}  {}  {}  {} {}", subject ? subject->name : "", one.entry.name, one.entry.link, one.judgement.why, move));
  }

  Status list(const SubjectStore& store) const {
    for (const bool abnormal : {false, true}) {
      GZ_TRY_ASSIGN(const auto due, store.overdue(abnormal, static_cast<int>(std::min<std::int64_t>(given_.most, 1'000'000))));
      for (const auto& at : due) program_.print(fmt::format("{}  {}  {}  {}", abnormal ? say("异常库", "abnormal") : say("主体库", "library"), at.entry.name, at.entry.link, at.entry.checked.ms == 0 ? say("从未检查", "never") : format_time(at.entry.checked)));
    }
    return ok();
  }

  const PatrolArguments& given_;
  Program& program_;
  PolicyDesk desk_;
};

}  // namespace

void add_patrol(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("patrol");
  const auto arguments = std::make_shared<PatrolArguments>();
  command->add_option("--most", arguments->most)->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}));
  command->add_option("--at-once", arguments->at_once)->check(CLI::Range(1, 64));
  command->add_option("--rules", arguments->rules)->check(CLI::ExistingFile);
  command->add_flag("--list", arguments->list);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "patrol", program.language);
  command->callback([arguments, &program] { PatrolRun(*arguments, program).run(); });
}

}  // namespace guzheng::evidence
