// scrub VAULT [--desk DIR | --policy FILE --officer BADGE] [--reason TEXT] [--quiet]
#include <csignal>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/vault/scrub.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct ScrubArguments {
  std::string vault, reason;
  DeskChoice desk;
  bool quiet = false;
};

volatile std::sig_atomic_t stopped = 0;
void stop(int) { stopped = 1; }

std::string left(std::int64_t ms, const Program& program) {
  if (ms < 0) return {};
  return std::string(program.say("，约剩 ", ", about ")) + std::to_string((ms + 59'999) / 60'000) + std::string(program.say(" 分钟", " min left"));
}

void tell(const ScrubbedPackage& one, const Program& program) {
  const bool good = one.result == "good", repaired = one.result == "repaired", plain = one.result == "plain";
  const auto word = good ? program.say("完好", "good") : repaired ? program.say("已用副本修复", "repaired from the other copy")
                    : plain ? program.say("完好，尚未加密", "good, not encrypted yet") : program.say("已损坏", "damaged");
  program.print(one.id + "  " + std::string(word) + (one.verdict.empty() ? "" : "  " + one.verdict));
  for (const auto& file : one.damaged) {
    const bool mended = std::find(one.repaired.begin(), one.repaired.end(), file) != one.repaired.end();
    program.complain(std::string(mended ? program.say("  已修复：", "  repaired: ") : program.say("  损坏：", "  damaged: ")) + file);
  }
  if (!one.problem.empty()) program.complain("  " + one.problem);
}

void run(const ScrubArguments& arguments, Program& program) {
  std::error_code ec;
  if (!fs::is_directory(arguments.vault, ec)) return program.could_not("无法打开证据库", "Could not open the vault", {ErrorKind::NotFound, arguments.vault + ": no such folder"});
  const auto desk = open_chosen_desk(arguments.desk, program);
  if (!desk) return program.could_not("无法打开工作台", "Could not open the desk", desk.error());
  const auto vault = open_vault(arguments.vault, *desk, program.clock);
  if (!vault) return program.could_not("无法打开证据库", "Could not open the vault", vault.error());
  ScrubRequest request;
  request.roots = {desk->bureau.org_root_pem, desk->bureau.tsa_root_pem, desk->bureau.org_crl_pem};
  // without a reason nothing is opened: parts are held against their signed lists
  if (!arguments.reason.empty()) {
    request.opening = [&](const std::string& id) {
      return journal(*desk, program.clock, "op.open", Json{{"package", id}, {"reason", arguments.reason}, {"what", "scrub"}});
    };
    request.opener = desk->bureau.opener.get();
  }
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  std::uint64_t said = 0;
  request.progress = [&](const ScrubProgress& at) {
    const std::uint64_t percent = at.total == 0 ? 0 : at.done * 100 / at.total;
    if (!arguments.quiet && percent >= said + 10) {
      said = percent;
      program.print(std::to_string(percent) + " %  " + std::to_string(at.package + 1) + "/" + std::to_string(at.packages) + left(at.left_ms, program));
    }
    return stopped == 0;
  };
  request.done = [&](const ScrubbedPackage& one) {
    tell(one, program);
    if (one.damaged.empty() && one.problem.empty()) return;
    if (const auto kept = journal(*desk, program.clock, one.repaired.empty() ? "op.damage" : "op.repair", log_body(one)); !kept)
      program.complain(kept.error().what);
  };
  const auto done = scrub(**vault, program.clock, request);
  if (!done && done.error().kind == ErrorKind::Cancelled) {
    program.complain(program.say("复查已停止；下次从停下处继续。", "Stopped; the next scrub goes on from here."));
    program.exit_code = kCouldNotRun;
    return;
  }
  if (!done) return program.could_not("复查没有完成", "The scrub did not come to its end", done.error());
  for (const auto& id : done->restored) program.complain(std::string(program.say("证据库中已不见，从第二份取回：", "Gone from the vault, brought back from the second copy: ")) + id);
  for (const auto& id : done->behind) program.complain(std::string(program.say("第二份中还没有，请运行 vault --catch-up：", "Not on the second copy yet, run vault --catch-up: ")) + id);
  if (!done->copy_problem.empty())
    program.complain(std::string(program.say("没有查看第二份，只查看了证据库：", "The second copy was not looked at, only the vault was: ")) + done->copy_problem);
  if (!done->catalogue_problem.empty())
    program.complain(std::string(program.say("结果没有记入目录：", "The results could not be noted in the catalogue: ")) + done->catalogue_problem);
  if (done->resumed)
    program.print(std::string(program.say("这一次没有查看的包（上次停下前已查看，据其未签名的记录）：", "Packages not looked at this time (an earlier run had, by its unsigned note): ")) +
                  std::to_string(done->earlier) + std::string(program.say("，那次开始于 ", ", that run began at ")) + format_time(done->earlier_since, program.clock.zone_minutes()));
  for (const auto& id : done->gone) program.complain(std::string(program.say("目录中有而证据库和第二份中都不见了：", "In the catalogue, but neither in the vault nor on the second copy: ")) + id);
  const ScrubCount count = count_of(*done);
  if (const auto kept = journal(*desk, program.clock, "op.scrub", log_body(*done)); !kept) program.complain(kept.error().what);
  program.print(std::string(program.say("复查完成：", "Scrubbed: ")) + std::to_string(count.packages) + std::string(program.say(" 个包，修复 ", " packages, repaired ")) +
                std::to_string(count.repaired) + std::string(program.say("，损坏 ", ", damaged ")) + std::to_string(count.damaged));
  if (count.damaged > 0) program.exit_code = kDamaged;
  else if (!done->copy_problem.empty() || !done->catalogue_problem.empty() || !done->behind.empty()) program.exit_code = kIncomplete;
}

}  // namespace

void add_scrub(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("scrub");
  const auto arguments = std::make_shared<ScrubArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  add_desk_options(*command, arguments->desk);
  command->add_option("--reason", arguments->reason);
  command->add_flag("--quiet", arguments->quiet);
  set_manual(*command, "scrub", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
