// Whose station a backup is of: its policy, and whether keys and evidence belong together.
#include <algorithm>

#include "core/base/file.h"
#include "core/seal/verify_x509.h"
#include "core/vault/backup.h"
#include "core/vault/numbers.h"

namespace guzheng {

namespace fs = std::filesystem;

std::map<std::string, fs::path> policy_files(const Policy& policy) {
  std::map<std::string, fs::path> out{{"policy/policy.toml", policy.file}};
  const fs::path folder = fs::absolute(policy.file).lexically_normal().parent_path();
  const auto add = [&](const std::string& key, const fs::path& file) {
    if (file.empty()) return;
    const std::string inside = fs::absolute(file).lexically_normal().lexically_relative(folder).string();
    const bool elsewhere = inside.empty() || inside == "." || inside.starts_with("..");
    out.emplace(elsewhere ? "policy/elsewhere/" + key + "/" + file.filename().string() : "policy/" + inside, file);
  };
  add("root", policy.root);
  add("crl", policy.crl);
  add("archive", policy.archive);
  add("ingest", policy.ingest);
  add("station", policy.station_certificate);
  add("station-key", policy.station_key);
  add("station-passphrase", policy.station_passphrase);
  add("people", policy.people);
  add("app-baseline", policy.app_baseline);
  for (std::size_t i = 0; i < policy.authorities.size(); ++i) add("authority" + std::to_string(i + 1), policy.authorities[i].root);
  return out;
}

Result<std::vector<std::string>> check_same_station(const fs::path& vault, const Bureau& bureau) {
  const auto roots = certificates_from_pem(bureau.org_root_pem);
  std::vector<std::string> untold;
  std::error_code ec;
  for (fs::directory_iterator it(vault / "sealed", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string id = it->path().filename().string();
    if (!is_bag_name(id)) continue;
    if (!id.starts_with(bureau.station + "-")) return fail(ErrorKind::Invalid, id + " was sealed at another station than " + bureau.station + ": these keys are not its station's. Name the desk or the policy of the vault's own station");
    const auto pem = read_text(it->path() / "seal/certs/station.crt", 1u << 20);
    const auto certificates = pem ? certificates_from_pem(*pem) : std::vector<CertificatePtr>();
    if (certificates.empty()) {
      untold.push_back(id + ": seal/certs/station.crt cannot be read" + (pem ? "" : " (" + pem.error().what + ")"));
      continue;
    }
    // asked for the certificate's last hour: one that has been replaced since is still the station's
    const auto trust = check_trust(certificates.front().get(), roots, certificates, nullptr, WallTime{valid_until(certificates.front().get()).ms - 3'600'000});
    if (trust.problem == TrustProblem::Chain) return fail(ErrorKind::Invalid, id + " was sealed by a station of another bureau than " + bureau.name + ": these keys are not its station's. Name the desk or the policy of the vault's own station");
    if (trust.problem != TrustProblem::None) untold.push_back(id + ": its station certificate does not hold: " + trust.text);
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + (vault / "sealed").string()));
  std::sort(untold.begin(), untold.end());
  return untold;
}

}  // namespace guzheng
