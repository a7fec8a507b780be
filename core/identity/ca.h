// Room identity. The bureau's certificate tool: who may sign and who may open. One folder for each bureau:
//   DIR/private/   the root's key, the archive's, ingest's and time-stamp authority's keys (PKCS#12 under their passphrases),
//                  register.json. Stays with whoever answers for certificates, not on a station.
//   DIR/central/   what the central server gets beside it: central.* (signs receipts and the log), server-HOST.* (TLS); made with the first of them
//   DIR/station/   what a station gets as /etc/guzheng: org.crt, org.crl, archive.crt, ingest.crt, central.crt, station-ID.*, tsa-N.crt,
//                  people/, policy.toml
// Every file is written whole or not at all, mode 0600. Every call blocks; making keys takes tenths of a second, RSA more.
// One program at a time works on a folder (flock).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/secret.h"
#include "core/base/file.h"
#include "core/identity/certificate.h"
#include "core/identity/keyfile.h"
#include "core/identity/register.h"

namespace guzheng {

inline constexpr std::size_t kShortestPassphrase = 8;      // bytes; for the root and for people
inline constexpr int kRootDays = 7300, kCrlDays = 90;
int default_days(Role role);                               // officer 1095, station 1825, others 3650

struct IssueRequest {
  Role role = Role::Officer;
  std::string name;                                        // common name; "": made from role and bureau (not for officers)
  std::string badge;                                       // officer: 执法证号; station: its id ("LX-03"); server: its host; else ""
  int days = 0;                                            // 0: default_days
};

// Certificates that another PKI issued. Each file is PKCS#12, PEM or DER; the key may be in it, in a PEM file beside it, or
// nowhere (known by certificate only).
struct CaImportRequest {
  Role role = Role::Officer;
  std::filesystem::path signing, signing_key, encryption, encryption_key;      // as far as the role needs them
  Secret source_passphrase;                           // of PKCS#12 or encrypted PEM; may be empty
};

// The part of a policy that no certificate says.
struct PolicyDraft {
  struct Authority {
    std::string name, url, root_pem;
  };
  std::string department, system_name, system_owner, station;
  std::vector<Authority> authorities;
  std::string central_url;                            // empty: no section [central]
};

class CertificateTool {
 public:
  // Makes root, first CRL and register in `folder`, which is new or empty. Exists, Invalid (passphrase too short).
  static Status found(const std::filesystem::path& folder, const std::string& bureau, KeyKind root_key, const Secret& passphrase,
                      WallTime now);
  // A bureau whose root is another PKI's: certificates are imported, none issued.
  static Status adopt(const std::filesystem::path& folder, const std::string& bureau, const std::string& root_pem,
                      const std::string& crl_pem, WallTime now);
  static Result<CertificateTool> open(const std::filesystem::path& folder);

  // Needed before issue, renew, revoke and write_crl. Denied: wrong passphrase. Unsupported: the root's key is not here.
  Status unlock(const Secret& passphrase);

  // An officer gets two key pairs, for signing and for encryption, under one passphrase; station, central, server: a passphrase is made
  // and put beside its key, `key_passphrase` is not used. Exists: that badge, station or role has a certificate already (renew),
  // or another station has that name.
  Result<std::vector<Registered>> issue(const IssueRequest& request, const Secret& key_passphrase, WallTime now);
  // New keys and certificates for whom `of` names; the old ones stay valid, old encryption keys stay where they are.
  Result<std::vector<Registered>> renew(const Registered& of, const Secret& key_passphrase, int days, WallTime now);
  // All of `serials` at once; then a new CRL. NotFound: no such certificate or revoked already. Unsupported: imported.
  Status revoke(const std::vector<std::string>& serials, RevocationReason reason, WallTime now, int crl_days = kCrlDays);
  Status write_crl(WallTime now, int days = kCrlDays);     // its number is one more than the last one's
  // Checks chain, list, key usage, name, badge, strength, CA, that keys fit and that signing and encryption have different keys.
  Result<std::vector<Registered>> import(const CaImportRequest& request, const Secret& key_passphrase, WallTime now);
  // DIR/station/policy.toml for that station.
  Result<std::filesystem::path> write_policy(const PolicyDraft& draft) const;

  [[nodiscard]] const Register& list() const { return register_; }
  [[nodiscard]] std::vector<Registered> of_person(const std::string& badge) const;       // not revoked
  [[nodiscard]] std::filesystem::path station_folder() const { return folder_ / "station"; }
  // The key's file lies in the folder (imported certificates may have none).
  [[nodiscard]] bool has_key(const Registered& entry) const;

 private:
  explicit CertificateTool(std::filesystem::path folder) : folder_(std::move(folder)) {}
  struct Made;
  Result<Made> make(const Registered& wanted, CertificateUse use, KeyKind kind, int days, WallTime now) const;
  Status keep(std::vector<Made> made, const Secret& passphrase, Passphrase kind);
  Result<std::vector<Registered>> make_all(const IssueRequest& request, const Secret& key_passphrase, WallTime now);
  [[nodiscard]] std::filesystem::path private_file(const std::string& name) const { return folder_ / "private" / name; }

  std::filesystem::path folder_;
  UniqueFd lock_;
  Register register_;
  ssl::Cert root_;
  ssl::Key root_key_;                                      // null until unlocked
};

// A badge or station id that can be part of a file's name and of a certificate.
bool is_badge(std::string_view text);

}  // namespace guzheng
