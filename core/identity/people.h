// Room identity. The officers of a bureau as their certificates name them, and the bureau of a policy before anybody logs in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/identity/bureau.h"
#include "core/identity/policy.h"
#include "core/identity/trust.h"

namespace guzheng {

struct PersonKey {
  std::string pem;
  CertificateInfo info;
  std::filesystem::path p12;                 // empty: the key does not lie on this machine
};
struct Person {
  std::string badge, name, unit;             // as the newest signing certificate says
  std::vector<PersonKey> signing, encryption;              // newest first; older encryption keys open older evidence
};

// Everybody whose certificates (*.crt, with NAME.p12 beside NAME.crt) lie in `folder`, by badge. Files that are no certificate
// of a person are left out and logged.
Result<std::vector<Person>> read_people(const std::filesystem::path& folder);
// NotFound when there is no such badge.
Result<Person> find_person(const std::filesystem::path& folder, const std::string& badge);

// Standing of a certificate under the policy's root and list.
Result<Standing> standing_under(const Policy& policy, const std::string& pem, WallTime at);

// The bureau of a policy with its station's signer and its authorities, without officers and without an opener: login.h
// adds them. Invalid or Denied, with the file's name, when a certificate is not what the policy says it is, when the
// passphrase file is open to others, or when certificates are for practice. `clock` must outlive what is returned.
Result<Bureau> open_bureau(const Policy& policy, const Clock& clock);

// What will stop working soon, or has: certificates and the revocation list, in the order of their dates.
struct Expiry {
  std::string what;                          // "root", "crl", "archive", "ingest", "station", "authority", or a badge
  std::string name;                          // common name, or the authority's
  WallTime at;
};
Result<std::vector<Expiry>> expiring(const Policy& policy, WallTime now);

}  // namespace guzheng
