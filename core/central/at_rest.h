// Room central. What a server holds, opened without its keys by a command while no server runs: stores, database, evidence log, access log.
#pragma once

#include <memory>
#include <string>

#include "core/central/access.h"
#include "core/central/config.h"
#include "core/central/evidence_log.h"
#include "core/store/object_store.h"

namespace guzheng {

// Signs nothing: for whoever reads the evidence log. Every signature is Denied.
class NoSigner final : public Signer {
 public:
  [[nodiscard]] std::string certificate_pem() const override { return {}; }
  [[nodiscard]] CertificateInfo info() const override { return {}; }
  Result<Bytes> sign_detached(ByteView) const override { return fail(ErrorKind::Denied, "this command signs nothing"); }
};

// In the order in which it is opened.
struct CentralAtRest {
  std::unique_ptr<ObjectStore> first, second;
  std::unique_ptr<AccessBook> access;
  std::unique_ptr<Database> database;
  NoSigner nobody;
  std::unique_ptr<EvidenceLog> log;
  std::string root_pem;
};
// `clock` must outlive it. Exists: a server runs. Tampered: the database or the log in it is damaged. Other errors: as CentralService::start.
Result<std::unique_ptr<CentralAtRest>> open_at_rest(const CentralConfig& config, const Clock& clock);

}  // namespace guzheng
