// restore FILE --to DIR --key P12 --certificate CRT --passphrase-file FILE [--org-ca PEM]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/identity/opener.h"
#include "core/identity/people.h"
#include "core/vault/backup.h"
#include "core/vault/scrub.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct RestoreArguments {
  std::string file, to, key, certificate, passphrase, org_ca;
};

Result<RestoreOutcome> restore(const RestoreArguments& arguments, const Clock& clock) {
  GZ_TRY_ASSIGN(const Secret passphrase, read_secret(arguments.passphrase));
  GZ_TRY_ASSIGN(const auto archive, make_file_opener(arguments.certificate, arguments.key, passphrase));
  RestoreRequest request;
  request.archive = archive.get();
  request.now = clock.wall();
  if (!arguments.org_ca.empty()) { GZ_TRY_ASSIGN(request.org_pem, read_text(arguments.org_ca, 1u << 20)); }
  return restore_backup(arguments.file, arguments.to, request);
}

// Whose station it is: that of the policy in the backup, or a practice desk. Nobody logs in; no key is made.
Result<PolicyDesk> restored_desk(const fs::path& home, const Clock& clock) {
  PolicyDesk desk;
  desk.home = home;
  std::error_code ec;
  if (fs::exists(home / "policy/policy.toml", ec)) {
    GZ_TRY_ASSIGN(desk.policy, read_policy(home / "policy/policy.toml"));
    GZ_TRY_ASSIGN(desk.bureau, open_bureau(desk.policy, clock));
    return desk;
  }
  if (!fs::is_directory(bureau_folder(home), ec)) return fail(ErrorKind::NotFound, "the backup holds neither a policy nor a practice bureau: put the station's policy in place, then run scrub with it");
  GZ_TRY_ASSIGN(desk.bureau, open_desk(home, clock));
  return desk;
}

void run(const RestoreArguments& arguments, Program& program) {
  const auto done = restore(arguments, program.clock);
  if (!done) return program.could_not("没有恢复", "Nothing was restored", done.error());
  program.print(std::string(program.say("已恢复，逐个文件与清单相符：", "Restored, each file as the manifest says: ")) + arguments.to + " (" + std::to_string(done->files) + ")");
  program.print(std::string(program.say("备份由此证书签名：", "The backup was signed by: ")) + done->signer + "  " + done->signer_sha256);
  const fs::path desk = fs::path(arguments.to) / "desk";
  const auto vault = Vault::open(fs::path(arguments.to) / "vault", program.clock);
  const auto station = restored_desk(desk, program.clock);
  if (!vault || !station) return program.could_not("已恢复，但打不开", "Restored, but it cannot be opened", vault ? station.error() : vault.error());
  const Bureau* const bureau = &station->bureau;
  const auto same = check_same_station(fs::path(arguments.to) / "vault", *bureau);
  if (!same) program.could_not("已恢复，但密钥不是这些证据的工作站的", "Restored, but the keys are not those of the evidence's station", same.error());
  for (const auto& untold : same ? *same : std::vector<std::string>())
    program.complain(std::string(program.say("已恢复，但不能确认由本工作站封存：", "Restored, but not known to be sealed by this station: ")) + untold);
  // each package as it lies, without opening what is encrypted
  ScrubRequest request;
  request.roots = {bureau->org_root_pem, bureau->tsa_root_pem, bureau->org_crl_pem};
  request.anew = true;                       // what a scrub noted before the backup says nothing of the files that are here now
  const auto looked = scrub(**vault, program.clock, request);
  if (!looked) return program.could_not("已恢复，但复查没有完成", "Restored, but the scrub did not come to its end", looked.error());
  std::size_t bad = looked->gone.size();
  for (const auto& one : looked->packages) bad += one.result == "damaged" ? 1 : 0;
  program.print(std::string(program.say("复查：", "Scrubbed: ")) + std::to_string(looked->packages.size()) + std::string(program.say(" 个包，损坏 ", " packages, damaged ")) + std::to_string(bad));
  if (const auto kept = journal(*station, program.clock, "op.restore", Json{{"damaged", bad}, {"files", done->files}, {"signer", done->signer_sha256}}); !kept)
    program.complain(kept.error().what);
  if (bad > 0) program.exit_code = kDamaged;
}

}  // namespace

void add_restore(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("restore");
  const auto arguments = std::make_shared<RestoreArguments>();
  command->add_option("FILE", arguments->file)->required();
  command->add_option("--to", arguments->to)->required();
  command->add_option("--key", arguments->key)->required();
  command->add_option("--certificate", arguments->certificate)->required();
  command->add_option("--passphrase-file", arguments->passphrase)->required();
  command->add_option("--org-ca", arguments->org_ca);
  set_manual(*command, "restore", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
