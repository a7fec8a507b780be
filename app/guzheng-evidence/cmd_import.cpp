// import --list FILE --vault DIR [--desk DIR | --policy FILE --officer BADGE [--second BADGE]] [--incomplete-reason TEXT] [--result FILE]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/session/import.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct ImportArguments {
  std::string list, vault, incomplete_reason, result;
  DeskChoice desk;
  bool leave_plain = false;
};

// Per file one line, from the thread that imports.
class ImportTeller final : public SessionListener {
 public:
  explicit ImportTeller(const Program& program) : program_(program) {}
  void on_event(const TimelineEvent& event) override {
    if (event.type != TimelineEvent::Type::Capture) return;
    program_.print(std::string(program_.say("已导入第 ", "imported file ")) + std::to_string(event.item) + std::string(program_.say(" 项，SHA-256 ", ", SHA-256 ")) + event.digest);
  }
  void on_phase(SessionPhase) override {}
  void on_trouble(const Error& error) override { program_.complain(std::string(program_.say("导入过程中出现问题：", "Trouble: ")) + error.what); }

 private:
  const Program& program_;
};

Result<SealedPackage> import(const ImportArguments& arguments, Program& program, bool& practice) {
  GZ_TRY_ASSIGN(const auto text, read_text(arguments.list, 4u << 20));
  std::error_code ec;
  auto order = parse_import(text, fs::absolute(arguments.list, ec).parent_path());
  if (!order) return fail(order.error().in(arguments.list));
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  GZ_TRY_ASSIGN(const auto vault, open_vault(arguments.vault, desk, program.clock));
  practice = desk.bureau.practice;
  ImportTeller teller(program);
  ImportSetup setup;
  setup.bureau = &desk.bureau;
  setup.officer1 = desk.officer1;
  setup.officer2 = practice ? nullptr : desk.officer2;
  setup.vault = vault.get();
  setup.clock = &program.clock;
  setup.software_version = GUZHENG_VERSION;
  setup.listener = &teller;
  auto done = import_evidence(*order, setup, arguments.incomplete_reason);
  if (!done) {
    note_done(desk, program, "op.import", Json{{"order", order->order.order_no}, {"result", "failed"}, {"why", done.error().what}});
    return done;
  }
  note_done(desk, program, "op.import", Json{{"files", order->items.size()}, {"fingerprint", done->seal.fingerprint}, {"order", order->order.order_no},
                                             {"package", done->id}, {"result", done->incomplete.empty() ? "complete" : "incomplete"}});
  put_away(*vault, desk, done->id, arguments.leave_plain, program);
  return done;
}

Status write_result(const std::string& path, const SealedPackage& package, bool practice) {
  const Json result{{"fingerprint", package.seal.fingerprint}, {"id", package.id}, {"incomplete", package.incomplete},
                    {"package", package.folder.string()},      {"practice", practice}};
  return write_atomically(path, as_bytes(result.dump(2) + "\n"));
}

// A bag that bears its seal and could not be moved to where sealed ones rest; "" when there is none.
std::string sealed_but_not_stored(const fs::path& vault) {
  std::error_code ec;
  for (fs::directory_iterator it(vault / "open", ec), end; !ec && it != end; it.increment(ec))
    if (std::error_code none; fs::exists(it->path() / "seal/seal.txt", none)) return it->path().filename().string();
  return {};
}

void run(const ImportArguments& arguments, Program& program) {
  bool practice = false;
  const auto sealed = import(arguments, program, practice);
  if (!sealed) {
    program.could_not("没有导入", "Nothing was imported", sealed.error());
    if (const auto stands = sealed_but_not_stored(arguments.vault); !stands.empty())
      return program.complain(std::string(program.say("但证据库中有已封存而尚未归档的证据包，请勿重复导入；用 guzheng-evidence recover 归档：",
                                                      "But a sealed package waits in the vault to be put away: do not import again, run guzheng-evidence recover: ")) + stands);
    return program.complain(program.say("原文件没有被改动，证据库中没有留下未完成的证据包。", "The originals were not changed, and no half package stays in the vault."));
  }
  program.print(std::string(program.say("证据包：", "Package: ")) + sealed->folder.string());
  program.print(std::string(program.say("封签指纹：", "Fingerprint: ")) + sealed->seal.fingerprint);
  for (const auto& reason : sealed->incomplete) program.complain(std::string(program.say("不完整：", "incomplete: ")) + reason);
  if (!sealed->seal.stamped) program.complain(program.say("待时间戳：时间戳机构没有应答，稍后补。", "The seal's time stamp is still to come."));
  if (practice) program.print(program.say("练习 — 不得作为证据", "Practice: no evidence"));
  if (!arguments.result.empty()) {
    if (const auto written = write_result(arguments.result, *sealed, practice); !written)
      return program.could_not("证据包已封存，但写不出 " + arguments.result, "The package is sealed, but the result file could not be written", written.error());
  }
  program.exit_code = practice ? kPractice : sealed->incomplete.empty() ? kWhole : kIncomplete;
}

}  // namespace

void add_import(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("import");
  const auto arguments = std::make_shared<ImportArguments>();
  command->add_option("--list", arguments->list)->required();
  command->add_option("--vault", arguments->vault)->required();
  add_desk_options(*command, arguments->desk, true);
  add_leave_plain(*command, arguments->leave_plain);
  command->add_option("--incomplete-reason", arguments->incomplete_reason);
  command->add_option("--result", arguments->result);
  set_manual(*command, "import", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
