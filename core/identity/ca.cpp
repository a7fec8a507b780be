#include "core/identity/ca.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <sys/file.h>

#include <algorithm>
#include <set>

#include "core/base/digest.h"
#include "core/base/random.h"
#include "core/identity/ca_made.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kBackdated = 3'600'000;               // stations' clocks may be behind this one

Status check_passphrase(const Secret& passphrase) {
  if (passphrase.size() < kShortestPassphrase)
    return fail(ErrorKind::Invalid, "the passphrase is shorter than " + std::to_string(kShortestPassphrase) + " bytes");
  if (!is_utf8(passphrase.view()) || passphrase.view().find_first_of(std::string_view("\0\n\r", 3)) != std::string_view::npos)
    return fail(ErrorKind::Invalid, "the passphrase is not one line of UTF-8");
  return ok();
}

// RFC 5280's bound of common names, organisations and serial numbers is 64 characters.
Status check_name(const std::string& name, const char* what) {
  const auto characters = std::count_if(name.begin(), name.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; });
  if (name.empty() || characters > 64 || !is_utf8(name) || std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return fail(ErrorKind::Invalid, std::string(what) + " must be 1 to 64 characters on one line");
  return ok();
}

std::string use_name(CertificateUse use) {
  return use == CertificateUse::Encryption ? "encryption" : use == CertificateUse::Timestamping ? "timestamping" : use == CertificateUse::Server ? "server" : "signing";
}

Bytes new_serial() {
  Bytes serial = random_bytes(16);
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
  return serial;
}

// Stations find these under a name that does not change.
std::string published_as(Role role) { return role == Role::Archive ? "archive.crt" : role == Role::Ingest ? "ingest.crt" : role == Role::Central ? "central.crt" : ""; }

// Their programs run without a person: the tool makes the passphrase and puts it beside the key.
bool unattended(Role role) { return role == Role::Station || role == Role::Central || role == Role::Server; }

std::string role_title(Role role, const std::string& bureau, const std::string& id) {
  switch (role) {
    case Role::Station: return id + " 取证工作站";
    case Role::Archive: return bureau + "归档加密";
    case Role::Ingest: return bureau + "接收加密";
    case Role::Tsa: return bureau + "时间戳";
    case Role::Central: return bureau + "归集系统";
    case Role::Server: return id;
    default: return {};
  }
}

std::vector<CertificateUse> uses_of(Role role) {
  switch (role) {
    case Role::Officer: return {CertificateUse::Signing, CertificateUse::Encryption};
    case Role::Station:
    case Role::Central: return {CertificateUse::Signing};
    case Role::Server: return {CertificateUse::Server};
    case Role::Tsa: return {CertificateUse::Timestamping};
    default: return {CertificateUse::Encryption};
  }
}

Status prepare(const fs::path& folder) {
  std::error_code ec;
  if (fs::exists(folder, ec) && !fs::is_empty(folder, ec)) return fail(ErrorKind::Exists, folder.string() + " is there and not empty");
  GZ_TRY(make_private_folder(folder / "private"));
  return make_private_folder(folder / "station/people");
}

// The register comes last: with it the folder is a bureau.
Status finish(const fs::path& folder, const Register& list, const std::string& root_pem, const std::string& crl_pem) {
  GZ_TRY(write_text(folder / "station/org.crt", root_pem));
  GZ_TRY(write_text(folder / "station/org.crl", crl_pem));
  return write_register(folder / "private/register.json", list);
}

}  // namespace

// Where the files of a certificate go, relative to the bureau's folder. Serials keep older keys of a person apart.
std::string stem_of(const Registered& entry) {
  const std::string tail = "." + entry.serial.substr(0, 8);
  switch (entry.role) {
    case Role::Officer: return "station/people/" + entry.badge + (entry.use == "signing" ? ".sign" : ".enc") + tail;
    case Role::Station: return "station/station-" + entry.badge;
    case Role::Central: return "central/central";
    case Role::Server: return "central/server-" + entry.badge;
    default: return "private/" + std::string(to_string(entry.role)) + tail;
  }
}

Registered described(X509* cert, Role role, const std::string& use, WallTime now) {
  Registered entry;
  entry.serial = serial_of(cert);
  entry.sha256 = sha256_hex(ssl::cert_der(cert));
  entry.role = role;
  entry.use = use;
  entry.name = subject_field(cert, NID_commonName);
  entry.badge = subject_field(cert, NID_serialNumber);
  entry.not_before = begins(cert);
  entry.not_after = ends(cert);
  entry.registered_at = now;
  entry.pem = ssl::cert_pem(cert);
  return entry;
}

int default_days(Role role) { return role == Role::Officer ? 1095 : role == Role::Station ? 1825 : 3650; }

bool is_badge(std::string_view text) {
  if (text.empty() || text.size() > 60 || text[0] == '.' || !is_utf8(text)) return false;
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '/' || c == '\\'; });
}

Status CertificateTool::found(const fs::path& folder, const std::string& bureau, KeyKind root_key, const Secret& passphrase, WallTime now) {
  GZ_TRY(check_passphrase(passphrase));
  GZ_TRY(check_name(bureau, "the bureau's name"));
  GZ_TRY(prepare(folder));
  GZ_TRY_ASSIGN(const auto key, make_key(root_key));
  CertificateRequest request;
  request.common_name = bureau + "根";
  if (!check_name(request.common_name, "")) request.common_name = bureau;
  request.organisation = bureau;
  request.use = CertificateUse::Root;
  request.not_before = {now.ms - kBackdated};
  request.not_after = {now.ms + kRootDays * kDay};
  GZ_TRY_ASSIGN(const auto root, issue_certificate(request, key.get(), nullptr, key.get()));
  GZ_TRY_ASSIGN(const auto p12, lock_key(key.get(), root.get(), request.common_name, passphrase, Passphrase::Chosen));
  GZ_TRY_ASSIGN(const auto crl, issue_crl_pem(root.get(), key.get(), {now.ms - kBackdated}, {now.ms + kCrlDays * kDay}, 1));
  GZ_TRY(write_atomically(folder / "private/root.p12", p12));
  return finish(folder, {bureau, true, 1, {}}, ssl::cert_pem(root.get()), crl);
}

Status CertificateTool::adopt(const fs::path& folder, const std::string& bureau, const std::string& root_pem, const std::string& crl_pem,
                              WallTime now) {
  GZ_TRY(check_name(bureau, "the bureau's name"));
  GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(root_pem));
  for (int i = 0; i < sk_X509_num(roots.get()); ++i) {
    X509* root = sk_X509_value(roots.get(), i);
    if (!is_authority(root)) return fail(ErrorKind::Invalid, "'" + subject_field(root, NID_commonName) + "' is no certificate authority");
    if (now < begins(root) || ends(root) < now) return fail(ErrorKind::Invalid, "the root is not valid now");
  }
  GZ_TRY_ASSIGN([[maybe_unused]] const auto crl, read_crl(crl_pem));
  GZ_TRY(prepare(folder));
  return finish(folder, {bureau, false, 0, {}}, root_pem, crl_pem);
}

Result<CertificateTool> CertificateTool::open(const fs::path& folder) {
  CertificateTool tool(folder);
  tool.lock_ = UniqueFd(::open((folder / "private").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!tool.lock_) return fail_errno("open " + (folder / "private").string());
  if (::flock(tool.lock_.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, "another program works on " + folder.string());
  GZ_TRY_ASSIGN(tool.register_, read_register(tool.private_file("register.json")));
  GZ_TRY_ASSIGN(const auto pem, read_file(folder / "station/org.crt", 1u << 20));
  GZ_TRY_ASSIGN(tool.root_, ssl::read_cert(pem));
  return tool;
}

Status CertificateTool::unlock(const Secret& passphrase) {
  if (!register_.own_root) return fail(ErrorKind::Unsupported, "the root of this bureau is another PKI's: certificates are issued and revoked there");
  GZ_TRY_ASSIGN(root_key_, unlock_key(private_file("root.p12"), passphrase, root_.get()));
  return ok();
}

Result<CertificateTool::Made> CertificateTool::make(const Registered& wanted, CertificateUse use, KeyKind kind, int days, WallTime now) const {
  CertificateRequest request;
  request.common_name = wanted.name;
  request.organisation = register_.bureau;
  request.badge = wanted.role == Role::Officer ? wanted.badge : "";
  request.use = use;
  if (use == CertificateUse::Server) request.hosts = {wanted.badge};
  request.not_before = {std::max(now.ms - kBackdated, begins(root_.get()).ms)};
  request.not_after = {now.ms + days * kDay};
  request.serial = new_serial();
  if (request.not_after > ends(root_.get())) return fail(ErrorKind::Invalid, "the certificate would outlive its root: fewer days, or a new root");
  Made made;
  GZ_TRY_ASSIGN(made.key, make_key(kind));
  GZ_TRY_ASSIGN(made.cert, issue_certificate(request, made.key.get(), root_.get(), root_key_.get()));
  made.entry = described(made.cert.get(), wanted.role, use_name(use), now);
  made.entry.badge = wanted.badge;
  made.entry.files = stem_of(made.entry);
  return made;
}

// First the register, then the files: killed between them, the certificate is known, has no key and can be revoked or renewed.
Status CertificateTool::keep(std::vector<Made> made, const Secret& passphrase, Passphrase kind) {
  std::vector<Bytes> locked;
  for (const auto& one : made) {
    if (!one.key) { locked.emplace_back(); continue; }
    GZ_TRY_ASSIGN(auto p12, lock_key(one.key.get(), one.cert.get(), one.entry.name, passphrase, kind));
    locked.push_back(std::move(p12));
  }
  Register next = register_;
  for (const auto& one : made) next.entries.push_back(one.entry);
  GZ_TRY(write_register(private_file("register.json"), next));
  register_ = std::move(next);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Registered& entry = made[i].entry;
    if (!locked[i].empty()) GZ_TRY(write_atomically(folder_ / (entry.files + ".p12"), locked[i]));
    GZ_TRY(write_text(folder_ / (entry.files + ".crt"), entry.pem));
    if (const auto name = published_as(entry.role); !name.empty()) GZ_TRY(write_text(folder_ / "station" / name, entry.pem));
  }
  return ok();
}

Result<std::vector<Registered>> CertificateTool::make_all(const IssueRequest& request, const Secret& given, WallTime now) {
  if (!root_key_) return fail(ErrorKind::Denied, "the root's key is locked");
  const bool alone = unattended(request.role);
  std::string drawn = alone ? random_hex(24) : std::string();
  const Secret passphrase = alone ? Secret::taken_from(drawn) : given.clone();
  GZ_TRY(check_passphrase(passphrase));
  Registered wanted;
  wanted.role = request.role;
  wanted.badge = request.badge;
  wanted.name = request.name.empty() ? role_title(request.role, register_.bureau, request.badge) : request.name;
  GZ_TRY(check_name(wanted.name, "the name"));
  std::vector<Made> made;
  for (const auto use : uses_of(request.role)) {
    // salts and vault parts go to the archive by RSA (FORMAT.md 5.4)
    const KeyKind kind = request.role == Role::Archive || request.role == Role::Ingest ? KeyKind::Rsa3072 : KeyKind::P256;
    GZ_TRY_ASSIGN(auto one, make(wanted, use, kind, request.days > 0 ? request.days : default_days(request.role), now));
    made.push_back(std::move(one));
  }
  std::vector<Registered> out;
  for (const auto& one : made) out.push_back(one.entry);
  // the passphrase first: a key whose passphrase is lost is of no use
  if (request.role == Role::Central || request.role == Role::Server) GZ_TRY(make_private_folder(folder_ / "central"));
  if (alone) GZ_TRY(write_text(folder_ / (out[0].files + ".pass"), Secret::joined(passphrase.view(), "\n").view()));
  GZ_TRY(keep(std::move(made), passphrase, alone ? Passphrase::Drawn : Passphrase::Chosen));
  return out;
}

Result<std::vector<Registered>> CertificateTool::issue(const IssueRequest& request, const Secret& passphrase, WallTime now) {
  const bool named = request.role == Role::Officer || request.role == Role::Station || request.role == Role::Server;
  if (named && !is_badge(request.badge)) return fail(ErrorKind::Invalid, "'" + request.badge + "' is no badge or station id");
  if (request.role == Role::Server && !is_host(request.badge)) return fail(ErrorKind::Invalid, "'" + request.badge + "' is neither a host name nor an address");
  if (!named && !request.badge.empty()) return fail(ErrorKind::Invalid, "only officers, stations and servers have a badge, an id or a host");
  if (request.role == Role::Officer && request.name.empty()) return fail(ErrorKind::Invalid, "an officer has a name");
  for (const auto& entry : register_.entries)
    if (entry.role == request.role && entry.badge == request.badge && !entry.revoked_at && entry.not_after > now)
      return fail(ErrorKind::Exists, "'" + entry.name + "' has a certificate that is valid until " + format_day(entry.not_after) + ": renew or revoke it");
  // a station's name is the station: with it its later certificates carry on its packages (FORMAT.md 11.1)
  const std::string name = request.name.empty() ? role_title(request.role, register_.bureau, request.badge) : request.name;
  for (const auto& entry : register_.entries)
    if (request.role == Role::Station && entry.role == Role::Station && entry.badge != request.badge && entry.name == name)
      return fail(ErrorKind::Exists, "the station " + entry.badge + " is called '" + name + "': two stations of one name would count as one; give this one a name of its own");
  return make_all(request, passphrase, now);
}

Result<std::vector<Registered>> CertificateTool::renew(const Registered& of, const Secret& passphrase, int days, WallTime now) {
  if (of.imported) return fail(ErrorKind::Unsupported, "'" + of.name + "' has certificates of another PKI: renew there and import them");
  return make_all({of.role, of.name, of.badge, days}, passphrase, now);
}

std::vector<Registered> CertificateTool::of_person(const std::string& badge) const {
  std::vector<Registered> out;
  for (const auto& entry : register_.entries)
    if (entry.badge == badge && !entry.revoked_at) out.push_back(entry);
  return out;
}

Status CertificateTool::revoke(const std::vector<std::string>& serials, RevocationReason reason, WallTime now, int crl_days) {
  if (!root_key_) return fail(ErrorKind::Denied, "the root's key is locked");
  Register next = register_;
  for (const auto& serial : serials) {
    const auto it = std::find_if(next.entries.begin(), next.entries.end(), [&](const auto& entry) { return entry.serial == serial; });
    if (it == next.entries.end()) return fail(ErrorKind::NotFound, "no certificate has the serial " + serial);
    if (it->revoked_at) return fail(ErrorKind::NotFound, "the certificate " + serial + " has been revoked already");
    if (it->imported) return fail(ErrorKind::Unsupported, "the certificate " + serial + " is another PKI's: it is revoked there");
    it->revoked_at = now;
    it->reason = reason;
  }
  GZ_TRY(write_register(private_file("register.json"), next));        // killed here, the next list names them
  register_ = std::move(next);
  return write_crl(now, crl_days);
}

Status CertificateTool::write_crl(WallTime now, int days) {
  if (!root_key_) return fail(ErrorKind::Denied, "the root's key is locked");
  std::vector<Revocation> revoked;
  for (const auto& entry : register_.entries) {
    if (!entry.revoked_at) continue;
    GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(entry.pem)));
    const ssl::Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert.get()), nullptr));
    Bytes serial(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), serial.data());
    revoked.push_back({std::move(serial), *entry.revoked_at, static_cast<int>(entry.reason)});
  }
  // the number is used up before the list stands: no two lists ever share one
  Register next = register_;
  ++next.crl_number;
  GZ_TRY(write_register(private_file("register.json"), next));
  register_ = std::move(next);
  GZ_TRY_ASSIGN(const auto crl, issue_crl_pem(root_.get(), root_key_.get(), {now.ms - kBackdated}, {now.ms + days * kDay}, register_.crl_number, revoked));
  return write_text(folder_ / "station/org.crl", crl);
}

bool CertificateTool::has_key(const Registered& entry) const {
  std::error_code ec;
  return fs::exists(folder_ / (entry.files + ".p12"), ec);
}

}  // namespace guzheng
