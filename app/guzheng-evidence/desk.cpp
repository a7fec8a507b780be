#include "app/guzheng-evidence/desk.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "app/guzheng-evidence/passphrase.h"
#include "core/base/file.h"
#include "core/custody/oplog.h"
#include "core/seal/package_reader.h"
#ifdef GUZHENG_WITH_VAULT
#include "core/vault/by_policy.h"
#include "core/vault/log_stamps.h"
#include "core/vault/second_copy.h"
#endif

namespace guzheng::evidence {

namespace fs = std::filesystem;

fs::path default_desk() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = data && *data ? fs::path(data) : fs::path(home ? home : ".") / ".local/share";
  return base / "guzheng/practice";
}

Status write_roots(const fs::path& desk, const Bureau& bureau) {
  GZ_TRY(make_private_folder(desk / "roots"));
  GZ_TRY(write_atomically(desk / "roots/org.pem", as_bytes(bureau.org_root_pem)));
  return write_atomically(desk / "roots/tsa.pem", as_bytes(bureau.tsa_root_pem));
}

Result<Bureau> open_desk(const fs::path& desk, const Clock& clock) {
  GZ_TRY(make_private_folder(desk));
  GZ_TRY_ASSIGN(auto bureau, open_practice_bureau(bureau_folder(desk), clock));
  GZ_TRY(write_roots(desk, bureau));
  return bureau;
}

Status journal(const fs::path& desk, const Bureau& bureau, const Clock& clock, std::string_view kind, Json body) {
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(desk), clock));
  body["who"] = bureau.officers.empty() ? bureau.name : bureau.officers[0]->info().subject_cn;
  if (const auto line = log->append(kind, body); !line) return fail(line.error().in("operation log"));
  return ok();
}

namespace {

Status note_opening(const fs::path& desk, const Bureau& bureau, const fs::path& package, std::string_view what, const std::string& reason,
                    const Clock& clock) {
  GZ_TRY_ASSIGN(const auto files, open_package(package, nullptr));
  if (!files->encrypted()) return ok();
  if (reason.empty()) return fail(ErrorKind::Invalid, "encrypted evidence is opened with a reason only, which the operation log keeps: --reason TEXT");
  return journal(desk, bureau, clock, "op.open", Json{{"package", files->id()}, {"reason", reason}, {"what", what}});
}

}  // namespace

#ifdef GUZHENG_WITH_VAULT
std::string waiting_for(const LogStamp& head, const Program& program) {
  const double hours = static_cast<double>(head.lag_ms(program.clock.wall())) / 3'600'000;
  return fmt::format("{}{}{}{:.1f}{}", program.say("操作日志 ", "Operation log of "), head.day, program.say(" 待时间戳，已等 ", ": time stamp to come, waiting for "), hours,
                     program.say(" 小时", " h"));
}
#endif

void add_people_options(CLI::App& command, PeopleOptions& options, bool second) {
  auto* policy = command.add_option("--policy", options.policy);
  auto* officer = command.add_option("--officer", options.officer)->needs(policy);
  policy->needs(officer);
  command.add_option("--passphrase-file", options.passphrase_file)->needs(officer);
  if (!second) return;
  auto* other = command.add_option("--second", options.second)->needs(officer);
  command.add_option("--second-passphrase-file", options.second_passphrase_file)->needs(other);
}

namespace {

#ifdef GUZHENG_WITH_VAULT
constexpr std::chrono::seconds kForTheLog{2};      // the work is done; nobody is kept waiting for an authority that hangs

void stamp_the_log(const fs::path& log, const Bureau& bureau, Program& program) {
  if (!log_stamp_due(log, program.clock)) return;
  StampDesk desk(bureau, program.clock);
  desk.close_within(kForTheLog);
  const auto done = stamp_log(log, desk, program.clock, bureau.station);
  if (!done) return program.complain(std::string(program.say("操作日志没有盖时间戳：", "The operation log was not stamped: ")) + done.error().what);
  if (done->pending.empty()) return;
  program.complain(waiting_for(done->pending.front(), program) + std::string(program.say("；已排队，下次运行再取：", "; queued, the next run asks again: ")) + done->problem.what);
}
#endif

// The day's first program has the log's head stamped, once its own work is done.
void stamp_at_end([[maybe_unused]] const PolicyDesk& desk, [[maybe_unused]] Program& program) {
#ifdef GUZHENG_WITH_VAULT
  Bureau asked;                                    // who stamps; keys are not kept for it
  asked.station = desk.bureau.station;
  asked.authorities = desk.bureau.authorities;
  asked.tsa_root_pem = desk.bureau.tsa_root_pem;
  program.at_end = [log = log_file(desk.home), asked = std::move(asked), &program] { stamp_the_log(log, asked, program); };
#endif
}

// What is wrong, what it means, what to do.
std::string sentence(const LoginAnswer& answer, const std::string& badge, const Program& program) {
  const std::string who = answer.name.empty() ? badge : answer.name + " " + badge;
  const auto say = [&](std::string_view chinese, std::string_view english) { return who + std::string(program.say(chinese, english)); };
  const std::string wait = std::to_string(answer.wait_seconds), day = format_day(answer.valid_until);
  switch (answer.problem) {
    case LoginProblem::None: return {};
    case LoginProblem::UnknownOfficer: return say("：策略的人员文件夹中没有这个执法证号", ": no officer of the policy has this badge");
    case LoginProblem::NoKey: return say("：密钥不在本机，不能在这里签名", ": no key here, so no signature on this machine");
    case LoginProblem::NotYetValid: return say("：证书尚未生效", ": the certificate is not yet valid");
    case LoginProblem::Expired: return say("：证书已于 " + day + " 过期，请续签", ": the certificate expired on " + day + ": have it renewed");
    case LoginProblem::Revoked: return say("：证书已被吊销", ": the certificate is revoked");
    case LoginProblem::Untrusted: return say("：证书不是本单位根证书签发的", ": the bureau's root does not vouch for the certificate");
    case LoginProblem::NoList: return say("：吊销列表已过期或不属于本单位根证书，请取得新的吊销列表", ": the revocation list is out of date or not the root's: get a new one");
    case LoginProblem::Wait: return say("：口令输错过，请等待 " + wait + " 秒再试", ": after a wrong passphrase, wait " + wait + " seconds");
    case LoginProblem::WrongPassphrase: return say("：口令错误，" + wait + " 秒后可再试", ": wrong passphrase; try again after " + wait + " seconds");
    case LoginProblem::Broken: break;
  }
  return say("：不能登录：", ": could not log in: ") + answer.what;
}

// Who logged in, and whose attempt failed, as the window notes it. An attempt that was refused because it came too soon tried nothing.
Status note_login(const PolicyDesk& desk, const std::string& badge, const LoginAnswer& answer, const Clock& clock) {
  if (answer.problem == LoginProblem::Wait) return ok();
  Json body{{"badge", badge}, {"who", answer.name.empty() ? badge : answer.name}};
  if (!answer) body["why"] = answer.problem == LoginProblem::WrongPassphrase ? "wrong passphrase" : answer.what;
  GZ_TRY(make_private_folder(desk.home));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(desk.home), clock));
  if (const auto line = log->append(answer ? "op.login" : "op.login-failed", body); !line) return fail(line.error().in("operation log"));
  return ok();
}

Result<std::shared_ptr<Signer>> enter(PolicyDesk& desk, const std::string& badge, const std::string& file, Program& program) {
  GZ_TRY_ASSIGN(const auto passphrase, read_passphrase(program, file, badge, false));
  const LoginAnswer answer = desk.login->login(desk.bureau, badge, passphrase);
  const Status noted = note_login(desk, badge, answer, program.clock);
  if (!answer) return fail(ErrorKind::Cancelled, sentence(answer, badge, program));
  if (!noted) {
    desk.login->logout(desk.bureau, badge);
    return fail(noted.error());
  }
  const std::int64_t days = (answer.valid_until.ms - program.clock.wall().ms) / 86'400'000;
  if (days < desk.policy.expiry_warning_days)
    program.complain(answer.name + std::string(program.say("：证书即将到期，剩余天数 ", ": the certificate expires soon, days left: ")) + std::to_string(days));
  for (const auto& signer : desk.bureau.officers)
    if (signer->info().badge == badge) return signer;
  return fail(ErrorKind::Bug, "logged in without a signer");
}

// Known by certificate only: it must be good today, and evidence is encrypted for it too.
Status name_second(PolicyDesk& desk, const std::string& badge, Program& program) {
  GZ_TRY_ASSIGN(const auto person, find_person(desk.policy.people, badge));
  const auto good = [&](const PersonKey& key) {
    const auto standing = standing_under(desk.policy, key.pem, program.clock.wall());
    return standing && *standing == Standing::Good;
  };
  for (const auto& key : person.signing)
    if (desk.officer2_certificate_pem.empty() && good(key)) desk.officer2_certificate_pem = key.pem;
  if (desk.officer2_certificate_pem.empty())
    return fail(ErrorKind::Cancelled, person.name + " " + badge + std::string(program.say("：没有有效的签名证书（未生效、已过期或已吊销）", ": no signing certificate that is good now (not yet valid, expired or revoked)")));
  for (const auto& key : person.encryption)
    if (good(key)) return desk.bureau.officer_encryption_pems.push_back(key.pem), ok();
  return ok();
}

}  // namespace

Result<PolicyDesk> open_policy_desk(const PeopleOptions& options, Program& program) {
  PolicyDesk desk;
  GZ_TRY_ASSIGN(desk.policy, read_policy(options.policy.empty() ? std::filesystem::path(kPolicyFile) : std::filesystem::path(options.policy)));
  GZ_TRY_ASSIGN(desk.bureau, open_bureau(desk.policy, program.clock));
  desk.home = desk.policy.state;
  desk.login = std::make_unique<Login>(desk.policy, program.clock);
  GZ_TRY_ASSIGN(desk.officer1, enter(desk, options.officer, options.passphrase_file, program));
  stamp_at_end(desk, program);
  if (options.second.empty()) return desk;
  if (options.second_passphrase_file.empty()) GZ_TRY(name_second(desk, options.second, program));
  else { GZ_TRY_ASSIGN(desk.officer2, enter(desk, options.second, options.second_passphrase_file, program)); }
  return desk;
}

void add_desk_options(CLI::App& command, DeskChoice& choice, bool second) {
  auto* practice = command.add_option("--desk", choice.desk);
  add_people_options(command, choice.people, second);
  practice->excludes(command.get_option("--policy"));
}

Result<PolicyDesk> open_chosen_desk(const DeskChoice& choice, Program& program) {
  if (!choice.people.policy.empty()) return open_policy_desk(choice.people, program);
  PolicyDesk desk;
  desk.home = choice.desk.empty() ? default_desk() : fs::path(choice.desk);
  GZ_TRY_ASSIGN(desk.bureau, open_desk(desk.home, program.clock));
  if (!desk.bureau.officers.empty()) desk.officer1 = desk.bureau.officers.front();
  stamp_at_end(desk, program);
  return desk;
}

Result<PolicyDesk> open_for_reading(const DeskChoice& choice, const fs::path& package, std::string_view what, const std::string& reason,
                                    Program& program) {
  GZ_TRY_ASSIGN(auto desk, open_chosen_desk(choice, program));
  GZ_TRY(note_opening(desk.home, desk.bureau, package, what, reason, program.clock));
  return desk;
}

Status journal(const PolicyDesk& desk, const Clock& clock, std::string_view kind, Json body) {
  GZ_TRY(make_private_folder(desk.home));
  return journal(desk.home, desk.bureau, clock, kind, std::move(body));
}

Status note_opening(const PolicyDesk& desk, const fs::path& package, const Opening& why, const Clock& clock) {
  GZ_TRY(make_private_folder(desk.home));
  return note_opening(desk.home, desk.bureau, package, why.what, std::string(why.reason), clock);
}

void note_done(const PolicyDesk& desk, Program& program, std::string_view kind, Json body) {
  if (const auto kept = journal(desk, program.clock, kind, std::move(body)); !kept)
    program.complain(std::string(program.say("已办理，但没有记入操作日志：", "Done, but the operation log could not be written: ")) + kept.error().what);
}

void follow_copy([[maybe_unused]] const fs::path& package, [[maybe_unused]] Program& program) {
#ifdef GUZHENG_WITH_VAULT
  std::error_code ec;
  const fs::path whole = fs::absolute(package, ec);
  if (const auto copied = copy_follows(ec ? package : whole); !copied)
    program.complain(package.filename().string() + std::string(program.say("：副本没有跟上，稍后运行 vault --catch-up：", ": the second copy did not follow, run vault --catch-up later: ")) + copied.error().what);
#endif
}

#ifdef GUZHENG_WITH_VAULT
Result<std::unique_ptr<Vault>> open_vault(const fs::path& folder, const PolicyDesk& desk, const Clock& clock) {
  GZ_TRY_ASSIGN(auto vault, Vault::open(folder, clock));
  GZ_TRY(apply_policy(*vault, desk.policy));
  vault->serve(&desk.bureau);
  return vault;
}

bool encrypt_package(Vault& vault, const PolicyDesk& desk, const std::string& id, Program& program) {
  const auto done = vault.encrypt(id);
  if (!done) {
    note_done(desk, program, "op.encrypt", Json{{"failed", done.error().what}, {"package", id}});
    program.could_not("未能加密 " + id + "，已封存的内容完好，仍是明文，稍后运行 vault --encrypt",
                      "Could not encrypt " + id + ": what was sealed is whole and lies in plain bytes, run vault --encrypt later", done.error());
    return false;
  }
  Json body{{"bytes", done->bytes}, {"left_out", done->left_out}, {"package", id}, {"parts", done->parts}};
  if (done->copy_behind) body["copy"] = done->copy_behind->what;
  note_done(desk, program, "op.encrypt", std::move(body));
  for (const auto& badge : done->left_out)
    program.complain(badge + std::string(program.say("：本机没有其有效的加密证书，此人打不开这个包（归档密钥可以）", ": no good encryption certificate is known here, this officer cannot open the package (the archive can)")));
  if (!done->people_unread.empty() && done->parts > 0)
    program.complain(id + std::string(program.say("：读不出办案人员名单，只有归档和入库密钥打得开：", ": its officers could not be read, only the archive and the ingest can open what was encrypted now: ")) + done->people_unread);
  if (done->copy_behind)
    program.complain(id + std::string(program.say("：副本没有跟上，现在只有一份，稍后运行 vault --catch-up：", ": the second copy did not follow, there is one only now, run vault --catch-up later: ")) + done->copy_behind->what);
  program.print(std::string(program.say("已加密：", "Encrypted: ")) + id + " (" + std::to_string(done->parts) + ", " + std::to_string(done->bytes) + " B)");
  return true;
}

void add_leave_plain(CLI::App& command, bool& leave_plain) {
  command.add_flag("--leave-plain", leave_plain)->excludes(command.get_option("--policy"));
}

void put_away(Vault& vault, const PolicyDesk& desk, const std::string& id, bool leave_plain, Program& program) {
  if (leave_plain && desk.bureau.practice) return;
  encrypt_package(vault, desk, id, program);
}
#endif

}  // namespace guzheng::evidence
