// Room central. Whose certificate is it? Stations by the certificates in one folder (ID.crt, one or more in PEM), under the bureau's root and its revocation list. Both are
// looked at again at every question: a list or a certificate that was put there counts from the next request on.
// A station is known by its certificate's subject, as packages know it (FORMAT.md 11.1): a renewed certificate of the same name needs no new file.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/identity/openssl.h"
#include "core/identity/trust.h"

namespace guzheng {

bool is_station_id(std::string_view text);         // "LX-03"
std::string standing_words(Standing standing);     // to go on with "the certificate …"

class Stations {
 public:
  // `clock` must outlive it. Errors: what is in root, list and folder must be readable now.
  static Result<std::unique_ptr<Stations>> open(const std::filesystem::path& root, const std::filesystem::path& crl, const std::filesystem::path& folder, const Clock& clock);

  // The station's id ("LX-03"). Denied, with the reason: none was shown; not of this bureau, expired, revoked, no list of today; no station of ours.
  // Thread-safe. Blocks for the disk.
  Result<std::string> who(ByteView certificate_der);
  // The list as it is now, for whoever verifies packages.
  std::string crl_pem();
  [[nodiscard]] const std::string& root_pem() const { return root_pem_; }
  [[nodiscard]] std::size_t count();
  [[nodiscard]] std::vector<std::string> ids();    // sorted, each once

 private:
  Stations(std::filesystem::path crl, std::filesystem::path folder, const Clock& clock) : crl_(std::move(crl)), folder_(std::move(folder)), clock_(clock) {}
  void look_again();                               // under mutex_
  Status load();                                   // under mutex_
  [[nodiscard]] std::string mark() const;          // changes when a file does

  const std::filesystem::path crl_, folder_;
  const Clock& clock_;
  std::string root_pem_;
  std::mutex mutex_;                               // all below under it
  std::string crl_pem_, mark_;
  std::map<Bytes, std::string> ids_;               // subject (DER) → station
  std::map<Bytes, std::string> good_;              // certificate (DER) → station, found good under what was loaded
  std::int64_t good_since_ms_ = 0;
};

}  // namespace guzheng
