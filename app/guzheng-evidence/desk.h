// Program guzheng-evidence. The desk: where the practice bureau's keys and roots lie. Shared with the workstation's window.
//   DESK/bureau/            the practice bureau
//   DESK/roots/{org,tsa}.pem  its roots, for those who verify
#pragma once

#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/identity/practice.h"

namespace guzheng::evidence {

// $XDG_DATA_HOME/guzheng/practice, or ~/.local/share/guzheng/practice.
std::filesystem::path default_desk();
inline std::filesystem::path bureau_folder(const std::filesystem::path& desk) { return desk / "bureau"; }
// Makes it when it is not there (about two seconds) and lays out the roots.
Result<Bureau> open_desk(const std::filesystem::path& desk, const Clock& clock);
// What somebody at this desk does with evidence: DESK/operations.log, the workstation's too.
inline std::filesystem::path log_file(const std::filesystem::path& desk) { return desk / "operations.log"; }
Status journal(const std::filesystem::path& desk, const Bureau& bureau, const Clock& clock, std::string_view kind, Json body);
// The desk's keys for reading a package, the opening journalled first (who, when, why): op.open. Invalid without a reason when the
// package is encrypted.
Result<Bureau> open_for_reading(const std::filesystem::path& desk, const std::filesystem::path& package, std::string_view what,
                                const std::string& reason, const Clock& clock);
Status write_roots(const std::filesystem::path& desk, const Bureau& bureau);

}  // namespace guzheng::evidence
