// ca init|issue|renew|revoke|crl|list|import|policy DIR …: the bureau's certificates
#include <fmt/format.h>

#include <memory>
#include <set>

#include "app/guzheng-evidence/passphrase.h"
#include "core/identity/ca.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct CaArguments {
  std::string folder, role, bureau, name, badge, serial, reason = "unspecified", root_key = "rsa";
  std::string passphrase_file, key_passphrase_file, source_passphrase_file;
  std::string existing_root, existing_crl, signing, signing_key, encryption, encryption_key;
  std::string department, system_name, system_owner, station, central;
  std::vector<std::vector<std::string>> authorities;
  int days = 0, crl_days = kCrlDays, warn_days = 30;
};

class Tool {
 public:
  Tool(CaArguments arguments, Program& program) : in_(std::move(arguments)), program_(program), now_(program.clock.wall()) {}

  // Root, archive, station and policy in one go, as far as what they need was given.
  Status init() {
    if (!in_.existing_root.empty()) {
      GZ_TRY_ASSIGN(const auto root, read_text(in_.existing_root, 1u << 20));
      GZ_TRY_ASSIGN(const auto crl, read_text(in_.existing_crl));
      GZ_TRY(CertificateTool::adopt(in_.folder, in_.bureau, root, crl, now_));
      return said("已采用现有根证书：", "The existing root is adopted: ", in_.folder);
    }
    GZ_TRY_ASSIGN(const auto passphrase, root_passphrase(true));
    GZ_TRY_ASSIGN(const auto archive, read_passphrase(program_, in_.key_passphrase_file, std::string(program_.say("归档密钥", "archive key")), true));
    GZ_TRY(CertificateTool::found(in_.folder, in_.bureau, in_.root_key == "p256" ? KeyKind::P256 : KeyKind::Rsa3072, passphrase, now_));
    GZ_TRY_ASSIGN(auto tool, CertificateTool::open(in_.folder));
    GZ_TRY(tool.unlock(passphrase));
    GZ_TRY_ASSIGN(const auto made, tool.issue({Role::Archive, "", "", 0}, archive, now_));
    GZ_TRY(said("已建立根证书和归档证书：", "Root and archive certificate made: ", in_.folder));
    if (in_.station.empty()) return ok();
    GZ_TRY_ASSIGN(const auto station, tool.issue({Role::Station, "", in_.station, 0}, "", now_));
    tell(station);
    return in_.authorities.empty() ? ok() : put_policy(tool);
  }

  Status issue() {
    const auto role = role_from(in_.role);
    if (!role) return fail(ErrorKind::Invalid, "'" + in_.role + "' is no role");
    GZ_TRY_ASSIGN(auto tool, unlocked());
    GZ_TRY_ASSIGN(const auto passphrase, key_passphrase(*role));
    GZ_TRY_ASSIGN(const auto made, tool.issue({*role, in_.name, in_.badge, in_.days}, passphrase, now_));
    tell(made);
    return ok();
  }

  Status renew() {
    GZ_TRY_ASSIGN(auto tool, unlocked());
    GZ_TRY_ASSIGN(const auto which, chosen(tool));
    GZ_TRY_ASSIGN(const auto passphrase, key_passphrase(which.back().role));
    GZ_TRY_ASSIGN(const auto made, tool.renew(which.back(), passphrase, in_.days, now_));
    tell(made);
    return ok();
  }

  Status revoke() {
    const auto reason = reason_from(in_.reason);
    if (!reason) return fail(ErrorKind::Invalid, "'" + in_.reason + "' is no reason");
    GZ_TRY_ASSIGN(auto tool, unlocked());
    GZ_TRY_ASSIGN(const auto which, chosen(tool));
    std::vector<std::string> serials;
    for (const auto& entry : which) serials.push_back(entry.serial);
    GZ_TRY(tool.revoke(serials, *reason, now_, in_.crl_days));
    for (const auto& entry : which) GZ_TRY(said("已吊销：", "Revoked: ", entry.name + " " + entry.use + " " + entry.serial));
    return list_written(tool);
  }

  Status crl() {
    GZ_TRY_ASSIGN(auto tool, unlocked());
    GZ_TRY(tool.write_crl(now_, in_.crl_days));
    return list_written(tool);
  }

  Status list() {
    GZ_TRY_ASSIGN(const auto tool, CertificateTool::open(in_.folder));
    program_.print(tool.list().bureau);
    for (const auto& entry : tool.list().entries) {
      program_.print(fmt::format("{}  {:<10} {:<12} {} {}  {} — {}  {}", entry.serial, to_string(entry.role), entry.use, entry.name, entry.badge,
                                 format_day(entry.not_before), format_day(entry.not_after), state_of(entry, tool)));
    }
    return ok();
  }

  Status import() {
    const auto role = role_from(in_.role);
    if (!role) return fail(ErrorKind::Invalid, "'" + in_.role + "' is no role");
    GZ_TRY_ASSIGN(auto tool, CertificateTool::open(in_.folder));
    CaImportRequest request{*role, in_.signing, in_.signing_key, in_.encryption, in_.encryption_key, {}};
    if (!in_.source_passphrase_file.empty()) {
      GZ_TRY_ASSIGN(request.source_passphrase, read_passphrase(program_, in_.source_passphrase_file, "", false));
    }
    Secret passphrase;                       // certificates without keys need none
    if (!in_.key_passphrase_file.empty() || !in_.source_passphrase_file.empty()) {
      GZ_TRY_ASSIGN(passphrase, read_passphrase(program_, in_.key_passphrase_file, std::string(program_.say("本人密钥", "the person's key")), true));
    }
    GZ_TRY_ASSIGN(const auto made, tool.import(request, passphrase, now_));
    tell(made);
    return ok();
  }

  Status policy() {
    GZ_TRY_ASSIGN(const auto tool, CertificateTool::open(in_.folder));
    return put_policy(tool);
  }

 private:
  Status said(std::string_view chinese, std::string_view english, const std::string& rest) const {
    program_.print(std::string(program_.say(chinese, english)) + rest);
    return ok();
  }
  void tell(const std::vector<Registered>& made) const {
    for (const auto& entry : made)
      program_.print(fmt::format("{}{} {} {}  {}  {}", program_.say("已登记：", "Registered: "), entry.name, entry.badge, entry.use, entry.serial, in_.folder + "/" + entry.files + ".crt"));
  }
  Status list_written(const CertificateTool& tool) const {
    return said("吊销列表已写，请送到每台工作站：", "Revocation list written, bring it to every station: ",
                (tool.station_folder() / "org.crl").string() + " #" + std::to_string(tool.list().crl_number));
  }
  Result<Secret> root_passphrase(bool fresh) const {
    return read_passphrase(program_, in_.passphrase_file, std::string(program_.say("根密钥", "root key")), fresh);
  }
  Result<Secret> key_passphrase(Role role) const {
    if (role == Role::Station || role == Role::Central || role == Role::Server) return Secret();      // made by the tool
    return read_passphrase(program_, in_.key_passphrase_file, std::string(program_.say("本人密钥", "the person's key")), true);
  }
  Result<CertificateTool> unlocked() const {
    GZ_TRY_ASSIGN(auto tool, CertificateTool::open(in_.folder));
    GZ_TRY_ASSIGN(const auto passphrase, root_passphrase(false));
    GZ_TRY(tool.unlock(passphrase));
    return tool;
  }
  Result<std::vector<Registered>> chosen(const CertificateTool& tool) const {
    std::vector<Registered> out;
    for (const auto& entry : tool.list().entries) {
      const bool wanted = !in_.serial.empty() ? entry.serial == in_.serial
                          : !in_.badge.empty() ? entry.badge == in_.badge
                                               : !in_.role.empty() && to_string(entry.role) == in_.role;
      if (wanted && !entry.revoked_at) out.push_back(entry);
    }
    if (out.empty()) return fail(ErrorKind::NotFound, "no certificate that is not revoked fits --badge, --serial or --role");
    return out;
  }
  Status put_policy(const CertificateTool& tool) const {
    PolicyDraft draft{in_.department, in_.system_name, in_.system_owner, in_.station, {}, in_.central};
    for (const auto& one : in_.authorities) {
      GZ_TRY_ASSIGN(auto root, read_text(one.at(2), 1u << 20));
      draft.authorities.push_back({one.at(0), one.at(1), std::move(root)});
    }
    GZ_TRY_ASSIGN(const auto file, tool.write_policy(draft));
    return said("策略已写：", "Policy written: ", file.string());
  }
  std::string state_of(const Registered& entry, const CertificateTool& tool) const {
    std::string out;
    const auto add = [&](std::string_view chinese, std::string_view english, const std::string& rest = {}) {
      out += (out.empty() ? "" : "  ") + std::string(program_.say(chinese, english)) + rest;
    };
    const std::int64_t days = (entry.not_after.ms - now_.ms) / 86'400'000;
    if (entry.revoked_at) add("已吊销 ", "revoked ", format_day(*entry.revoked_at) + " " + std::string(to_string(entry.reason)));
    else if (entry.not_after < now_) add("已过期", "expired");
    else if (days < in_.warn_days) add("即将到期，剩余天数 ", "expires soon, days left ", std::to_string(days));
    if (entry.imported) add("外部签发", "imported");
    if (!tool.has_key(entry)) add("无密钥文件", "no key file");
    return out;
  }

  const CaArguments in_;
  Program& program_;
  const WallTime now_;
};

void finish(const Status& status, Program& program) {
  if (!status) program.could_not("证书操作没有完成", "The certificates were not changed as asked", status.error());
}

}  // namespace

void add_ca(CLI::App& app, Program& program) {
  auto* ca = app.add_subcommand("ca");
  ca->require_subcommand(1);
  set_manual(*ca, "ca", program.language);
  const auto in = std::make_shared<CaArguments>();
  const auto add = [&](const char* name, Status (Tool::*act)()) {
    auto* command = ca->add_subcommand(name);
    set_manual(*command, "ca", program.language);
    command->add_option("DIR", in->folder)->required();
    command->callback([in, act, &program] { finish((Tool(*in, program).*act)(), program); });
    return command;
  };
  const auto root = [&](CLI::App* command) { command->add_option("--passphrase-file", in->passphrase_file); };
  const auto key = [&](CLI::App* command) { command->add_option("--key-passphrase-file", in->key_passphrase_file); };
  const auto which = [&](CLI::App* command) {
    auto* one = command->add_option_group("which");
    one->add_option("--badge", in->badge);
    one->add_option("--serial", in->serial);
    one->add_option("--role", in->role)->check(CLI::IsMember({"archive", "ingest", "tsa", "central"}));
    one->require_option(1);
  };
  const auto words = [&](CLI::App* command) {
    command->add_option("--station", in->station);
    command->add_option("--department", in->department);
    command->add_option("--system-name", in->system_name);
    command->add_option("--system-owner", in->system_owner);
    command->add_option("--tsa", in->authorities)->expected(3);
  };
  // not with init: the central system's certificate is issued after it
  auto* init = add("init", &Tool::init);
  root(init), key(init), words(init);
  init->add_option("--bureau", in->bureau)->required();
  init->add_option("--root-key", in->root_key)->check(CLI::IsMember({"rsa", "p256"}));
  auto* old = init->add_option("--existing-root", in->existing_root);
  old->needs(init->add_option("--existing-crl", in->existing_crl));
  const auto roles = CLI::IsMember({"officer", "station", "archive", "ingest", "tsa", "central", "server"});
  auto* issue = add("issue", &Tool::issue);
  root(issue), key(issue);
  issue->add_option("ROLE", in->role)->required()->check(roles);
  issue->add_option("--name", in->name);
  issue->add_option("--badge", in->badge);
  issue->add_option("--days", in->days)->check(CLI::Range(1, 7300));
  auto* renew = add("renew", &Tool::renew);
  root(renew), key(renew), which(renew);
  renew->add_option("--days", in->days)->check(CLI::Range(1, 7300));
  auto* revoke = add("revoke", &Tool::revoke);
  root(revoke), which(revoke);
  revoke->add_option("--reason", in->reason)->required()->check(CLI::IsMember({"unspecified", "key-compromise", "left", "superseded", "ceased"}));
  revoke->add_option("--crl-days", in->crl_days)->check(CLI::Range(1, 3650));
  auto* crl = add("crl", &Tool::crl);
  root(crl);
  crl->add_option("--crl-days", in->crl_days)->check(CLI::Range(1, 3650));
  add("list", &Tool::list)->add_option("--warn-days", in->warn_days)->check(CLI::Range(0, 7300));
  auto* import = add("import", &Tool::import);
  key(import);
  import->add_option("ROLE", in->role)->required()->check(roles);
  import->add_option("--signing", in->signing);
  import->add_option("--signing-key", in->signing_key);
  import->add_option("--encryption", in->encryption);
  import->add_option("--encryption-key", in->encryption_key);
  import->add_option("--source-passphrase-file", in->source_passphrase_file);
  auto* policy = add("policy", &Tool::policy);
  words(policy);
  policy->add_option("--central", in->central);
}

}  // namespace guzheng::evidence
