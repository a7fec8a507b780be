#include "core/central/at_rest.h"

#include "core/base/file.h"
#include "core/central/engines.h"

namespace guzheng {

Result<std::unique_ptr<CentralAtRest>> open_at_rest(const CentralConfig& config, const Clock& clock) {
  auto out = std::make_unique<CentralAtRest>();
  GZ_TRY_ASSIGN(out->root_pem, read_text(config.root, 1u << 20));
  if (config.mariadb) return fail(ErrorKind::Unsupported, "this system's database is shared by several servers, which may run: they scrub by themselves, and packages come in by upload");
  // the stores first: who holds them is the one process that may write the rest
  GZ_TRY_ASSIGN(out->first, open_central_store(config, 0, clock));
  GZ_TRY_ASSIGN(out->second, open_central_store(config, 1, clock));
  GZ_TRY_ASSIGN(out->access, AccessBook::open(config.state / "access.log", clock));
  GZ_TRY_ASSIGN(out->database, open_central_database(config));
  GZ_TRY_ASSIGN(out->log, EvidenceLog::open(*out->database, config.name, out->nobody, clock));
  return out;
}

}  // namespace guzheng
