// What comes from elsewhere into the bureau's folder: certificates of another PKI, and the policy's own words.
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "core/identity/ca_made.h"
#include "core/identity/keyfile.h"
#include "core/identity/policy.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

struct Pair {
  ssl::Cert cert;
  ssl::Key key;
};

int give_passphrase(char* buffer, int size, int, void* passphrase) {
  const auto& text = *static_cast<const Secret*>(passphrase);
  if (static_cast<int>(text.size()) > size) return -1;
  std::copy_n(text.c_str(), text.size(), buffer);
  return static_cast<int>(text.size());
}

Result<ssl::Key> key_in_pem(ByteView bytes, const Secret& passphrase, const fs::path& file) {
  const ssl::Bio bio = ssl::memory(bytes);
  ssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, const_cast<Secret*>(&passphrase)));
  if (!key) return ssl::failure("unlock " + file.string(), ErrorKind::Denied);
  return key;
}

// PKCS#12, PEM (with or without its key) or DER.
Result<Pair> load(const fs::path& file, const fs::path& key_file, const Secret& passphrase) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(file, 1u << 20));
  Pair out;
  const unsigned char* at = bytes.data();
  const ssl::P12 p12(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (p12) {
    EVP_PKEY* key = nullptr;
    X509* cert = nullptr;
    if (PKCS12_parse(p12.get(), passphrase.c_str(), &key, &cert, nullptr) != 1) return ssl::failure("unlock " + file.string(), ErrorKind::Denied);
    out.key.reset(key);
    out.cert.reset(cert);
    if (!out.cert) return fail(ErrorKind::Invalid, file.string() + " holds no certificate");
  } else {
    auto cert = ssl::read_cert(bytes);
    if (!cert) return fail(ErrorKind::Invalid, file.string() + " is neither PKCS#12 nor a certificate");
    out.cert = std::move(*cert);
    if (as_text(bytes).find("PRIVATE KEY-----") != std::string_view::npos) { GZ_TRY_ASSIGN(out.key, key_in_pem(bytes, passphrase, file)); }
  }
  if (!key_file.empty()) {
    GZ_TRY_ASSIGN(const auto key_bytes, read_file(key_file, 1u << 20));
    GZ_TRY_ASSIGN(out.key, key_in_pem(key_bytes, passphrase, key_file));
  }
  if (out.key && X509_check_private_key(out.cert.get(), out.key.get()) != 1) {
    ERR_clear_error();
    return fail(ErrorKind::Invalid, file.string() + ": the key is not this certificate's");
  }
  return out;
}

Status check_standing(X509* cert, const std::string& who, const std::string& roots, const std::string& crl, WallTime now) {
  GZ_TRY_ASSIGN(const Standing standing, standing_of(cert, roots, crl, now));
  switch (standing) {
    case Standing::Good: return ok();
    case Standing::NotYetValid: return fail(ErrorKind::Invalid, who + " is not valid yet");
    case Standing::Expired: return fail(ErrorKind::Invalid, who + " has expired");
    case Standing::Revoked: return fail(ErrorKind::Invalid, who + " has been revoked");
    case Standing::NoList: return fail(ErrorKind::Invalid, who + ": the bureau's revocation list is not of this time, or not its root's");
    case Standing::Untrusted: break;
  }
  return fail(ErrorKind::Invalid, who + " does not chain to the bureau's root");
}

Status check_use(X509* cert, const fs::path& file, bool signing, Role role) {
  const std::string who = file.string();
  if (is_authority(cert)) return fail(ErrorKind::Invalid, who + " is a certificate authority, not a person or station");
  if (signing && !may_sign(cert)) return fail(ErrorKind::Invalid, who + " may not sign evidence: its key usage has no nonRepudiation");
  if (!signing && !may_encrypt(cert)) return fail(ErrorKind::Invalid, who + " is not for encryption: its key usage has no keyEncipherment or keyAgreement");
  if (!is_strong(cert)) return fail(ErrorKind::Invalid, who + " has a key that is too short");
  const bool rsa = EVP_PKEY_is_a(X509_get0_pubkey(cert), "RSA") == 1;
  if (role == Role::Archive && !rsa) return fail(ErrorKind::Invalid, who + ": the archive's key must be RSA");
  if (subject_field(cert, NID_commonName).empty()) return fail(ErrorKind::Invalid, who + " has no common name");
  if (role == Role::Officer && !is_badge(subject_field(cert, NID_serialNumber)))
    return fail(ErrorKind::Invalid, who + " has no badge: the subject's serialNumber must be the 执法证号");
  return ok();
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

Result<std::vector<Registered>> CertificateTool::import(const CaImportRequest& request, const Secret& passphrase, WallTime now) {
  const bool signs = request.role == Role::Officer || request.role == Role::Station, encrypts = request.role != Role::Station;
  if (request.role == Role::Tsa) return fail(ErrorKind::Unsupported, "an authority's root is named by the policy, not imported");
  if (request.role == Role::Central || request.role == Role::Server)
    return fail(ErrorKind::Unsupported, "certificates of the central server that another PKI issued are named by its configuration, not imported");
  if (signs != !request.signing.empty() || encrypts != !request.encryption.empty())
    return fail(ErrorKind::Invalid, "an officer has a signing and an encryption certificate, a station a signing one, archive and ingest an encryption one");
  GZ_TRY_ASSIGN(const auto roots, read_text(station_folder() / "org.crt", 1u << 20));
  GZ_TRY_ASSIGN(const auto crl, read_text(station_folder() / "org.crl"));
  std::vector<Made> made;
  for (const bool signing : {true, false}) {
    const fs::path& file = signing ? request.signing : request.encryption;
    if (file.empty()) continue;
    GZ_TRY_ASSIGN(Pair pair, load(file, signing ? request.signing_key : request.encryption_key, request.source_passphrase));
    GZ_TRY(check_use(pair.cert.get(), file, signing, request.role));
    GZ_TRY(check_standing(pair.cert.get(), file.string(), roots, crl, now));
    if (request.role == Role::Station && !pair.key) return fail(ErrorKind::Invalid, file.string() + ": a station needs its key");
    Made one;
    one.entry = described(pair.cert.get(), request.role, signing ? "signing" : "encryption", now);
    if (request.role != Role::Officer && request.role != Role::Station) one.entry.badge.clear();
    if (request.role == Role::Station && !is_badge(one.entry.badge)) return fail(ErrorKind::Invalid, file.string() + " has no station id in its serialNumber");
    one.entry.imported = true;
    one.entry.files = stem_of(one.entry);
    one.cert = std::move(pair.cert);
    one.key = std::move(pair.key);
    for (const auto& known : register_.entries)
      if (known.sha256 == one.entry.sha256) return fail(ErrorKind::Exists, file.string() + " is in the register already");
    made.push_back(std::move(one));
  }
  if (made.size() == 2) {
    if (EVP_PKEY_eq(X509_get0_pubkey(made[0].cert.get()), X509_get0_pubkey(made[1].cert.get())) == 1)
      return fail(ErrorKind::Invalid, "signing and encryption have one key: they must be two");
    if (made[0].entry.badge != made[1].entry.badge) return fail(ErrorKind::Invalid, "the two certificates have different badges");
  }
  const bool keys = std::any_of(made.begin(), made.end(), [](const auto& one) { return one.key != nullptr; });
  if (keys && passphrase.size() < kShortestPassphrase) return fail(ErrorKind::Invalid, "the passphrase is shorter than 8 bytes");
  std::vector<Registered> out;
  for (const auto& one : made) out.push_back(one.entry);
  if (request.role == Role::Station) GZ_TRY(write_atomically(folder_ / (out[0].files + ".pass"), Secret::joined(passphrase.view(), "\n").bytes()));
  GZ_TRY(keep(std::move(made), passphrase, Passphrase::Chosen));
  return out;
}

Result<fs::path> CertificateTool::write_policy(const PolicyDraft& draft) const {
  const fs::path folder = station_folder();
  std::error_code ec;
  for (const std::string& name : {std::string("archive.crt"), "station-" + draft.station + ".crt"})
    if (!fs::exists(folder / name, ec)) return fail(ErrorKind::NotFound, "there is no " + (folder / name).string() + " yet: issue it first");
  if (draft.authorities.empty()) return fail(ErrorKind::Invalid, "a policy names at least one time-stamp authority");
  const auto line = [](const std::string& key, const std::string& value) { return key + " = " + quoted(value) + "\n"; };
  const auto or_bureau = [&](const std::string& text) { return text.empty() ? register_.bureau : text; };
  std::string text = "# guzheng-evidence ca; what each line means: policy.example.toml\nversion = 1\n\n[bureau]\n";
  text += line("name", register_.bureau) + line("department", or_bureau(draft.department)) + line("system_name", or_bureau(draft.system_name)) +
          line("system_owner", or_bureau(draft.system_owner)) + line("root", "org.crt") + line("crl", "org.crl") + line("archive", "archive.crt");
  if (fs::exists(folder / "ingest.crt", ec)) text += line("ingest", "ingest.crt");
  const std::string station = "station-" + draft.station;
  text += "\n[station]\n" + line("id", draft.station) + line("certificate", station + ".crt") + line("key", station + ".p12") +
          line("passphrase_file", station + ".pass");
  text += "\n[people]\nfolder = \"people\"\nstate = \"login\"\nidle_lock_minutes = 10\nexpiry_warning_days = 30\n";
  int number = 0;
  for (const auto& authority : draft.authorities) {
    const std::string file = "tsa-" + std::to_string(++number) + ".crt";
    GZ_TRY_ASSIGN([[maybe_unused]] const auto root, ssl::read_cert(as_bytes(authority.root_pem)));
    GZ_TRY(write_atomically(folder / file, as_bytes(authority.root_pem)));
    text += "\n[[authority]]\n" + line("name", authority.name) + line("url", authority.url) + line("root", file);
  }
  text += "\n[vault]\nmin_free_gib = 20\nretention_months = 60\n";
  text += "\n# who does what with monitoring tasks, by badge; the section may be left out\n[duties]\n";
  for (const auto duty : kPolicyDuties) text += std::string(duty) + " = [\"*\"]\n";
  if (!draft.central_url.empty()) {
    if (!fs::exists(folder / "central.crt", ec)) return fail(ErrorKind::NotFound, "there is no " + (folder / "central.crt").string() + " yet: issue central first");
    text += "\n# where sealed packages are sent\n[central]\n" + line("url", draft.central_url) + line("certificate", "central.crt");
    // what the tool writes is a policy, or is not written
    if (const auto reading = parse_policy(text, folder); !reading.policy) return fail(ErrorKind::Invalid, problems_text(folder / "policy.toml", reading.problems));
  }
  GZ_TRY(write_atomically(folder / "policy.toml", as_bytes(text)));
  return folder / "policy.toml";
}

}  // namespace guzheng
