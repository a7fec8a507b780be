// Room session. 应用验真 (A-7.3a): an app's base.apk is fetched from the phone, once for each phone, package and version, and its signature
// is verified (core/apk/verify.h). Nothing of the package stays on the disk.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "core/session/session.h"

namespace guzheng {

struct AppProof {
  enum class State {
    Proven,                                  // signed, and the signature holds
    Unsigned,
    Refused,                                 // no package, one whose signature does not hold, or not the one that the phone digested
    Unknown,                                 // could not be fetched, or is signed in a way not known here
  };
  State state = State::Unknown;
  std::string scheme;                        // "v1", "v2", "v3", "v3.1"; Proven
  std::vector<std::string> certificates;     // SHA-256 of each signer's, hex; Proven
  std::string pem;                           // those certificates
  std::string sha256;                        // of base.apk as it came; "" when it did not
  std::uint64_t bytes = 0;
  std::string why;                           // English; not Proven
};

// Thread-safe. What was found of a package is remembered where the phone says its digest; what stayed unknown is tried anew.
class AppProofs {
 public:
  static constexpr std::uint64_t kMostBytes = 1u << 30;    // of a base.apk

  struct App {
    std::string package, version_code, path;               // path: of base.apk on the phone
    std::string phone_sha256;                              // what the phone's sha256sum says of it, or ""
    std::uint32_t sdk = 0;
  };
  // Blocks for the transfer, at most `limit`; one at a time. `spool`: a folder for a file without a name, as large as the package.
  AppProof prove(DeviceLink& link, const App& app, const std::filesystem::path& spool, std::chrono::milliseconds limit, const Cancel& cancel = {});

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  bool fetching_ = false;                                  // under mutex_
  std::map<std::string, AppProof> known_;                  // under mutex_
};

}  // namespace guzheng
