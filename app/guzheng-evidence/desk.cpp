#include "app/guzheng-evidence/desk.h"

#include <cstdlib>

#include "core/base/file.h"
#include "core/custody/oplog.h"
#include "core/seal/package_reader.h"

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

Result<Bureau> open_for_reading(const fs::path& desk, const fs::path& package, std::string_view what, const std::string& reason,
                                const Clock& clock) {
  GZ_TRY_ASSIGN(auto bureau, open_desk(desk, clock));
  GZ_TRY_ASSIGN(const auto files, open_package(package, nullptr));
  if (!files->encrypted()) return bureau;
  if (reason.empty()) return fail(ErrorKind::Invalid, "encrypted evidence is opened with a reason only, which the operation log keeps: --reason TEXT");
  GZ_TRY(journal(desk, bureau, clock, "op.open", Json{{"package", files->id()}, {"reason", reason}, {"what", what}}));
  return bureau;
}

}  // namespace guzheng::evidence
