#include "core/session/app_proof.h"

#include "core/apk/verify.h"
#include "core/base/digest.h"
#include "core/device/deadline.h"
#include "core/identity/openssl.h"
#include "core/session/probe.h"

namespace guzheng {

namespace {

constexpr std::chrono::seconds kDigestLimit{15};
constexpr std::uint32_t kAssumedSdk = 34;    // of a phone that does not say its version

AppProof unknown_app(const Error& error) {
  AppProof out;
  out.why = error.what;
  return out;
}

AppProof judged(const ApkSource& apk, std::uint32_t sdk) {
  AppProof out;
  const auto signature = verify_apk(apk, sdk);
  if (!signature) {
    const auto kind = signature.error().kind;
    out.why = signature.error().what;
    out.state = kind == ErrorKind::NotFound                                    ? AppProof::State::Unsigned
                : kind == ErrorKind::Tampered || kind == ErrorKind::Invalid ? AppProof::State::Refused
                                                                            : AppProof::State::Unknown;
    return out;
  }
  out.state = AppProof::State::Proven;
  out.scheme = signature->scheme;
  out.certificates = signature->sha256();
  for (const auto& der : signature->certificates)
    if (const auto certificate = ssl::read_cert(der)) out.pem += ssl::cert_pem(certificate->get());
  return out;
}

AppProof fetched(DeviceLink& link, const AppProofs::App& app, const std::filesystem::path& folder, std::chrono::milliseconds limit, const Cancel& cancel) {
  auto spool = SpoolApk::create(folder);
  if (!spool) return unknown_app(spool.error());
  Digester digest(DigestKind::Sha256);
  const auto pulled = link.pull(app.path, AppProofs::kMostBytes, limit, [&](ByteView piece) -> Status {
    digest.update(piece);
    return spool->write(piece);
  }, cancel);
  if (!pulled) return unknown_app(pulled.error());
  const std::string sha256 = to_hex(digest.finish());
  AppProof out = judged(*spool, app.sdk == 0 ? kAssumedSdk : app.sdk);
  out.sha256 = sha256;
  out.bytes = spool->size();
  return out;
}

// A package that changes between two looks is not the one that was running. An update may come between digest and transfer: the phone is asked anew,
// once, before what came is called another.
AppProof fetched_as_said(DeviceLink& link, const AppProofs::App& app, const std::filesystem::path& folder, const Deadline& deadline, const Cancel& cancel) {
  std::string said = app.phone_sha256;
  for (int tries = 0;; ++tries) {
    AppProof out = fetched(link, app, folder, deadline.left(), cancel);
    if (said.empty() || out.sha256.empty() || out.sha256 == said) return out;
    if (tries == 0) {
      const auto answer = link.shell("sha256sum " + app.path, kDigestLimit);
      const auto digests = answer ? app_digests(as_text(answer->out)) : std::vector<AppFile>{};
      if (digests.size() == 1) said = digests.front().sha256;
      continue;
    }
    out.state = AppProof::State::Refused;
    out.why = "the package that came, twice, is not the one that the phone's sha256sum saw (" + said + ")";
    return out;
  }
}

}  // namespace

AppProof AppProofs::prove(DeviceLink& link, const App& app, const std::filesystem::path& spool, std::chrono::milliseconds limit, const Cancel& cancel) {
  const Deadline deadline(limit);
  const std::string key = link.serial() + "\n" + app.package + "\n" + app.version_code + "\n" + app.path + "\n" + app.phone_sha256;
  std::unique_lock lock(mutex_);
  while (!free_.wait_for(lock, std::chrono::milliseconds(20), [this] { return !fetching_; }))
    if (deadline.over() || cancel.cancelled()) return unknown_app({ErrorKind::Timeout, "the package was not fetched in time"});
  if (const auto it = known_.find(key); it != known_.end()) return it->second;
  fetching_ = true;
  lock.unlock();
  AppProof proof = fetched_as_said(link, app, spool, deadline, cancel);
  lock.lock();
  fetching_ = false;
  free_.notify_all();
  // without the phone's digest nothing tells one package of this name and version from the next
  if (proof.state != AppProof::State::Unknown && !app.phone_sha256.empty() && proof.sha256 == app.phone_sha256) known_[key] = proof;
  return proof;
}

}  // namespace guzheng
