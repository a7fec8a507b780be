// patrol [--most N] [--at-once N] [--rules FILE] [--phone SERIAL [--adb HOST:PORT] [--phone-script FILE] [--server FILE]] [--list]: are the entries of the subject library still there and clean? (A-5.2b, A-5.2c)
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <memory>
#include <thread>

#include "app/guzheng-evidence/library.h"
#include "core/base/file.h"
#include "core/patrol/patrol.h"
#include "core/patrol/spool.h"
#ifdef GUZHENG_WITH_SESSION
#include "app/guzheng-evidence/phone_server.h"
#include "core/session/practice_run.h"
#include "core/visit/phone_look.h"
#endif

namespace guzheng::evidence {

namespace {

struct PatrolArguments {
  std::int64_t most = 10'000;
  int at_once = 8;
  std::string rules, phone, adb = "127.0.0.1:5037", phone_script, server;
  bool list = false;
  DeskChoice desk;
};

constexpr int kDeliverTries = 150;
constexpr std::chrono::milliseconds kDeliverEach{200};

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
    return given_.rules.empty() ? library_patrol_rules(library_folder(desk_)) : read_patrol_rules(given_.rules);
  }

  // Without --phone: none. The scripts lie beside the library; --phone-script is for a trial.
  Result<OtherLook> other_look([[maybe_unused]] const PatrolRules& rules) {
#ifdef GUZHENG_WITH_SESSION
    if (given_.phone.empty()) return OtherLook();
    const auto colon = given_.adb.rfind(':');
    const long port = colon == std::string::npos ? 0 : std::strtol(given_.adb.c_str() + colon + 1, nullptr, 10);
    if (port <= 0 || port > 65535) return fail(ErrorKind::Invalid, "--adb " + given_.adb + " is not HOST:PORT");
    const auto file = given_.phone_script.empty() ? phone_looks_file(library_folder(desk_)) : std::filesystem::path(given_.phone_script);
    GZ_TRY_ASSIGN(auto scripts, read_phone_looks(file));
    GZ_TRY_ASSIGN(const auto phone, find_phone({given_.adb.substr(0, colon), static_cast<std::uint16_t>(port), given_.phone, {}}));
    PhoneLookOptions options;
    // before the first look, not at the first text: only scripts that type need the file
    if (types_text(scripts) || !given_.server.empty()) GZ_TRY(choose_phone_server(*phone.link, given_.server, desk_, options.screen));
    options.stopped = [] { return patrol_stopped.load(); };
    options.cannot_tell = [this](const Entry& entry, const CannotTell& why) { program_.complain(fmt::format("{}：{}（{}）", say("手机上无法判定", "Cannot tell on the phone"), entry.name, why.detail)); };
    return look_by_phone(phone.link, std::move(scripts), rules, std::move(options));
#else
    return OtherLook();
#endif
  }

  Status act() {
    GZ_TRY_ASSIGN(desk_, open_chosen_desk(given_.desk, program_));
    GZ_TRY_ASSIGN(const auto by, rules());
    GZ_TRY(make_ready());
    GZ_TRY_ASSIGN(const auto store, SubjectStore::open_beside(library_folder(desk_), program_.clock));
    if (given_.list) return list(*store);
    std::signal(SIGINT, [](int) { patrol_stopped = true; });
    std::signal(SIGTERM, [](int) { patrol_stopped = true; });
    PatrolOptions options;
    options.most = given_.most;
    options.at_once = given_.at_once;
    options.stopped = [] { return patrol_stopped.load(); };
    GZ_TRY_ASSIGN(auto other, other_look(by));
    const auto act = act_at(desk_, "巡检");
    GZ_TRY_ASSIGN(const auto spool, FindingSpool::begin(library_folder(desk_), *store, act, by.failures));
    Patrol patrol(*store, [&](const PatrolFinding& one) { return spool->put(one); }, by, options, std::move(other));
    const auto run = patrol.run(act, [&](const PatrolFinding& one) { tell(*store, one); }, [](const PatrolCounts&) { return !patrol_stopped; });
    GZ_TRY(spool->close());
    GZ_TRY(deliver(spool->written()));                 // also of a run that broke off
    if (!run) return fail(run.error());
    const auto& counts = *run;
    note_done(desk_, program_, "op.patrol", patrol_line(counts));
    program_.print(fmt::format("{} {}  {} {}  {} {}  {} {}  {} {}  {} {}  {} {}", say("到期", "due"), counts.due, say("已检", "checked"), counts.checked, say("正常", "reachable"), counts.reachable, say("打不开", "unreachable"), counts.unreachable,
                               say("已消失", "gone"), counts.gone, say("内容违规", "bad content"), counts.bad, say("移入异常库", "moved to the abnormal library"), counts.moved_in));
    if (counts.moved_back > 0) program_.print(fmt::format("{} {}", say("移回", "moved back"), counts.moved_back));
    if (counts.not_web > 0) program_.complain(fmt::format("{} {}", counts.not_web, say("个应用、小程序或账号没有网址，须在手机上查看，仍列为到期。", "apps, mini-programs or accounts have no web address: look at them on a phone; they stay due.")));
    return ok();
  }

  // Makes the library, or brings it up to this program's version, unless another program has it open: then it is.
  Status make_ready() {
    const auto store = open_library(desk_, program_);
    return store || store.error().kind == ErrorKind::Exists ? ok() : Status(fail(store.error()));
  }

  // The run holds no lock on the library, so that a workstation may be open, started and closed meanwhile. Whoever has it open takes the findings in: the
  // workstation, or this program when nobody has.
  Status deliver(const std::vector<std::filesystem::path>& files) {
    const auto left = [&] { return std::any_of(files.begin(), files.end(), [](const auto& file) { std::error_code ec; return std::filesystem::exists(file, ec); }); };
    for (int i = 0; i < kDeliverTries && left(); ++i) {
      const auto store = open_library(desk_, program_);      // which takes them in
      if (store) return follow(**store);
      if (store.error().kind != ErrorKind::Exists) return fail(store.error());
      std::this_thread::sleep_for(kDeliverEach);
    }
    if (left()) program_.complain(program_.say("主体库被另一程序占用，检查结果已保存在 subjects/patrol-spool，下次打开主体库时记入。", "Another program has the library open: the findings are kept in subjects/patrol-spool and taken in when it is opened next."));
    else if (!files.empty()) program_.print(program_.say("工作站开着，检查结果已由它记入主体库。", "The workstation is open and has taken the findings in."));
    return ok();
  }

  Status follow(SubjectStore& store) {
    for (std::int64_t behind = 1; behind > 0;) {
      GZ_TRY_ASSIGN(const auto progress, store.follow());
      behind = progress.behind;
    }
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
#ifdef GUZHENG_WITH_SESSION
  auto* phone = command->add_option("--phone", arguments->phone);
  command->add_option("--adb", arguments->adb)->needs(phone);
  command->add_option("--phone-script", arguments->phone_script)->check(CLI::ExistingFile)->needs(phone);
  command->add_option("--server", arguments->server)->needs(phone);
#endif
  command->add_flag("--list", arguments->list);
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "patrol", program.language);
  command->callback([arguments, &program] { PatrolRun(*arguments, program).run(); });
}

}  // namespace guzheng::evidence
