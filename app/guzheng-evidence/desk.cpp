#include "app/guzheng-evidence/desk.h"

#include <cstdlib>

#include "core/base/file.h"

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

}  // namespace guzheng::evidence
