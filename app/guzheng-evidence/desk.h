// Program guzheng-evidence. The desk: whose keys sign. Either the practice bureau, whose folder is shared with the
// workstation's window, or the bureau of a policy with the officers who log in for this run.
//   DESK/bureau/            the practice bureau
//   DESK/roots/{org,tsa}.pem  its roots, for those who verify
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/guzheng-evidence/program.h"
#include "core/base/json.h"
#include "core/custody/openings.h"
#include "core/identity/login.h"
#include "core/identity/practice.h"
#ifdef GUZHENG_WITH_VAULT
#include "core/vault/log_stamps.h"
#include "core/vault/vault.h"
#endif

namespace guzheng::evidence {

// $XDG_DATA_HOME/guzheng/practice, or ~/.local/share/guzheng/practice.
std::filesystem::path default_desk();
inline std::filesystem::path bureau_folder(const std::filesystem::path& desk) { return desk / "bureau"; }
// Makes it when it is not there (about two seconds) and lays out the roots.
Result<Bureau> open_desk(const std::filesystem::path& desk, const Clock& clock);
// What somebody at this desk does with evidence: DESK/operations.log, the workstation's too.
inline std::filesystem::path log_file(const std::filesystem::path& desk) { return desk / "operations.log"; }
Status journal(const std::filesystem::path& desk, const Bureau& bureau, const Clock& clock, std::string_view kind, Json body);
Status write_roots(const std::filesystem::path& desk, const Bureau& bureau);

// --policy FILE --officer BADGE --passphrase-file F [--second BADGE --second-passphrase-file F]
struct PeopleOptions {
  std::string policy, officer, passphrase_file, second, second_passphrase_file;
};
void add_people_options(CLI::App& command, PeopleOptions& options, bool second);

// Those at a desk: of a policy, or of the practice bureau (then policy and login are empty). Members live as long as the signers
// are used; the login goes last.
struct PolicyDesk {
  std::filesystem::path home;                // where the operation log lies: the policy's state folder, or DESK
  Policy policy;
  std::unique_ptr<Login> login;
  Bureau bureau;
  std::shared_ptr<Signer> officer1, officer2;
  std::string officer2_certificate_pem;      // second officer without a passphrase: signs later
};
// Cancelled with a sentence in the language of the run when somebody could not log in.
Result<PolicyDesk> open_policy_desk(const PeopleOptions& options, Program& program);
// --desk DIR, or --policy with --officer: what every command takes that needs somebody at the desk.
struct DeskChoice {
  std::string desk;
  PeopleOptions people;
  [[nodiscard]] bool named() const { return !desk.empty() || !people.policy.empty(); }      // else: the practice desk at its usual place
};
void add_desk_options(CLI::App& command, DeskChoice& choice, bool second = false);
// Whoever opens a desk has the operation log's daily time stamp made when the subcommand is through (Program::at_end), waiting two seconds
// at most: what was not given is queued and told.
Result<PolicyDesk> open_chosen_desk(const DeskChoice& choice, Program& program);
// The desk's keys for reading a package, the opening journalled first (who, when, why): op.open. Invalid without a reason when the
// package is encrypted.
Result<PolicyDesk> open_for_reading(const DeskChoice& choice, const std::filesystem::path& package, std::string_view what,
                                    const std::string& reason, Program& program);
Status journal(const PolicyDesk& desk, const Clock& clock, std::string_view kind, Json body);
// Before an act on a package: op.open when it is encrypted, and nothing is opened that could not be journalled.
Status note_opening(const PolicyDesk& desk, const std::filesystem::path& package, const Opening& why, const Clock& clock);
// After it. What was done stands even where the log cannot be written: that is complained of, no more.
void note_done(const PolicyDesk& desk, Program& program, std::string_view kind, Json body);
// After what was written beside a package: its second copy follows. What stands, stands even where it does not: that is complained of.
void follow_copy(const std::filesystem::path& package, Program& program);
#ifdef GUZHENG_WITH_VAULT
// "操作日志 20261121 待时间戳，已等 3.2 小时"
std::string waiting_for(const LogStamp& head, const Program& program);
// The vault as this desk's policy wants it: disk limit and second copy are the policy's, keys and signer the desk's. `desk` must stay
// where it is while the vault is used.
Result<std::unique_ptr<Vault>> open_vault(const std::filesystem::path& folder, const PolicyDesk& desk, const Clock& clock);
// Into encrypted parts; op.encrypt. What fails is told and journalled: the package stays sealed in plain bytes, and `vault --encrypt`
// takes it up again. False then.
bool encrypt_package(Vault& vault, const PolicyDesk& desk, const std::string& id, Program& program);

// --leave-plain: on the practice desk only, for who wants to look into a package.
void add_leave_plain(CLI::App& command, bool& leave_plain);
// What capture, import and recovery do with a package they sealed.
void put_away(Vault& vault, const PolicyDesk& desk, const std::string& id, bool leave_plain, Program& program);
#endif

}  // namespace guzheng::evidence
