#include "core/central/stations.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kGoodForMs = 10'000;        // an end of validity is noticed so late at most
constexpr std::size_t kMostKnown = 1000;

Bytes subject_of(X509* certificate) { return ssl::to_der(X509_get_subject_name(certificate), i2d_X509_NAME); }

std::string mark_of(const fs::path& path) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) return path.string() + " gone;";
  return path.string() + fmt::format(" {} {} {} {};", st.st_ino, st.st_size, st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

}  // namespace

bool is_station_id(std::string_view text) {
  return text.size() == 5 && text[2] == '-' && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z' && text[3] >= '0' && text[3] <= '9' && text[4] >= '0' && text[4] <= '9';
}

std::string standing_words(Standing standing) {
  switch (standing) {
    case Standing::Good: return "stands";
    case Standing::NotYetValid: return "is not valid yet";
    case Standing::Expired: return "has expired";
    case Standing::Revoked: return "was revoked";
    case Standing::Untrusted: return "is not one of this bureau's";
    case Standing::NoList: return "cannot be told: the revocation list here is not of today";
  }
  return "";
}

Result<std::unique_ptr<Stations>> Stations::open(const fs::path& root, const fs::path& crl, const fs::path& folder, const Clock& clock) {
  std::unique_ptr<Stations> out(new Stations(crl, folder, clock));
  GZ_TRY_ASSIGN(out->root_pem_, read_text(root, 1u << 20));
  const std::lock_guard lock(out->mutex_);
  out->mark_ = out->mark();
  GZ_TRY(out->load());
  return out;
}

std::string Stations::mark() const {
  std::string out = mark_of(crl_);
  std::vector<std::string> files;
  std::error_code ec;
  for (fs::directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec))
    if (it->path().extension() == ".crt") files.push_back(mark_of(it->path()));
  std::sort(files.begin(), files.end());
  for (const auto& one : files) out += one;
  return out;
}

Status Stations::load() {
  std::map<Bytes, std::string> ids;
  GZ_TRY_ASSIGN(const std::string crl, read_text(crl_));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto list, read_crl(crl));
  std::error_code ec;
  for (fs::directory_iterator it(folder_, ec), end; !ec && it != end; it.increment(ec)) {
    if (it->path().extension() != ".crt") continue;
    const std::string id = it->path().stem().string();
    if (!is_station_id(id)) return fail(ErrorKind::Invalid, it->path().string() + " is called after no station: two capitals, a hyphen, two digits, such as LX-03.crt");
    GZ_TRY_ASSIGN(const auto pem, read_text(it->path(), 1u << 20));
    const auto certificates = ssl::read_certs(pem);
    if (!certificates) return fail(ErrorKind::Invalid, it->path().string() + " holds no certificate");
    for (int i = 0; i < sk_X509_num(certificates->get()); ++i) {
      X509* const one = sk_X509_value(certificates->get(), i);
      if (!may_sign(one)) return fail(ErrorKind::Invalid, it->path().string() + " holds a certificate that signs nothing: no station's");
      const auto [known, fresh] = ids.emplace(subject_of(one), id);
      if (!fresh && known->second != id) return fail(ErrorKind::Invalid, it->path().string() + " has the name of station " + known->second + ": two stations of one name cannot be told apart");
    }
  }
  if (ec) return fail(ErrorKind::Io, "list " + folder_.string() + ": " + ec.message());
  ids_ = std::move(ids);
  crl_pem_ = crl;
  good_.clear();
  return ok();
}

void Stations::look_again() {
  auto now = mark();
  if (now == mark_) return;
  mark_ = std::move(now);
  const auto loaded = load();
  if (loaded) return log_info("central", "stations and revocation list were read again");
  // a list that cannot be read revokes nobody: nobody is let in until it can
  ids_.clear();
  good_.clear();
  log_error("central", "stations and revocation list cannot be read, nobody is let in: " + loaded.error().what);
}

Result<std::string> Stations::who(ByteView der) {
  if (der.empty()) return fail(ErrorKind::Denied, "no certificate was shown");
  const Bytes key(der.begin(), der.end());
  const std::lock_guard lock(mutex_);
  look_again();
  const auto now = clock_.wall();
  if (good_.size() > kMostKnown || now.ms - good_since_ms_ > kGoodForMs || now.ms < good_since_ms_) {
    good_.clear();
    good_since_ms_ = now.ms;
  }
  if (const auto it = good_.find(key); it != good_.end()) return it->second;
  const auto certificate = ssl::read_cert(der);
  if (!certificate) return fail(ErrorKind::Denied, "the certificate cannot be read");
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate->get(), root_pem_, crl_pem_, now));
  const std::string name = "the certificate " + serial_of(certificate->get()) + " ";
  if (standing != Standing::Good) return fail(ErrorKind::Denied, name + standing_words(standing));
  const auto id = ids_.find(subject_of(certificate->get()));
  if (id == ids_.end() || !may_sign(certificate->get())) return fail(ErrorKind::Denied, name + "is no station's that this system knows");
  good_[key] = id->second;
  return id->second;
}

std::string Stations::crl_pem() {
  const std::lock_guard lock(mutex_);
  look_again();
  return crl_pem_;
}

std::vector<std::string> Stations::ids() {
  const std::lock_guard lock(mutex_);
  std::set<std::string> out;
  for (const auto& [subject, id] : ids_) out.insert(id);
  return {out.begin(), out.end()};
}

std::size_t Stations::count() {
  const std::lock_guard lock(mutex_);
  return ids_.size();
}

}  // namespace guzheng
