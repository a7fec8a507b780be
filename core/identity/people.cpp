#include "core/identity/people.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/identity/http_tsa.h"
#include "core/identity/signer.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLimit = 1u << 20;

Status add_person(std::map<std::string, Person>& people, const fs::path& file) {
  GZ_TRY_ASSIGN(const auto pem, read_file(file, kLimit));
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(pem));
  PersonKey key;
  GZ_TRY_ASSIGN(key.info, describe_certificate(pem));
  key.pem = ssl::cert_pem(cert.get());
  if (key.info.badge.empty() || key.info.subject_cn.empty()) return fail(ErrorKind::Invalid, "it names nobody with a badge");
  std::error_code ec;
  const fs::path p12 = fs::path(file).replace_extension(".p12");
  if (fs::is_regular_file(p12, ec)) key.p12 = p12;
  Person& person = people[key.info.badge];
  if (may_sign(cert.get())) person.signing.push_back(std::move(key));
  else if (may_encrypt(cert.get())) person.encryption.push_back(std::move(key));
  else return fail(ErrorKind::Invalid, "it is neither for signing evidence nor for encryption");
  return ok();
}

void newest_first(std::vector<PersonKey>& keys) {
  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return std::tie(a.info.not_before, a.info.not_after, a.info.sha256) > std::tie(b.info.not_before, b.info.not_after, b.info.sha256);
  });
}

Result<std::string> encryption_certificate(const fs::path& file, const Policy& policy, WallTime now) {
  GZ_TRY_ASSIGN(const auto pem, read_text(file, kLimit));
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(pem)));
  if (!may_encrypt(cert.get())) return fail(ErrorKind::Invalid, file.string() + " is not for encryption");
  GZ_TRY_ASSIGN(const Standing standing, standing_under(policy, pem, now));
  // evidence must stay possible when a list is late: what is encrypted can still be opened
  if (standing == Standing::Revoked || standing == Standing::Untrusted) return fail(ErrorKind::Invalid, file.string() + " is not vouched for by the bureau's root");
  return pem;
}

std::string_view words(Standing standing) {
  switch (standing) {
    case Standing::NotYetValid: return "is not valid yet";
    case Standing::Expired: return "has expired";
    case Standing::Revoked: return "has been revoked";
    case Standing::NoList: return "cannot be checked: the revocation list is not of this time, or not the root's";
    case Standing::Untrusted: return "is not vouched for by the bureau's root";
    default: return "is good";
  }
}

}  // namespace

Result<std::vector<Person>> read_people(const fs::path& folder) {
  std::map<std::string, Person> people;
  std::error_code ec;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, ec))
    if (entry.path().extension() == ".crt") files.push_back(entry.path());
  if (ec) return fail(error_from_errno(ec.value(), "list " + folder.string()));
  std::sort(files.begin(), files.end());
  for (const auto& file : files)
    if (const auto added = add_person(people, file); !added) log_warn("identity", file.string() + ": " + added.error().what);
  std::vector<Person> out;
  for (auto& [badge, person] : people) {
    if (person.signing.empty()) continue;                  // nobody who could sign
    newest_first(person.signing);
    newest_first(person.encryption);
    person.badge = badge;
    person.name = person.signing[0].info.subject_cn;
    person.unit = person.signing[0].info.unit;
    out.push_back(std::move(person));
  }
  return out;
}

Result<Person> find_person(const fs::path& folder, const std::string& badge) {
  GZ_TRY_ASSIGN(auto people, read_people(folder));
  for (auto& person : people)
    if (person.badge == badge) return std::move(person);
  return fail(ErrorKind::NotFound, "no officer has the badge " + badge + " in " + folder.string());
}

Result<Standing> standing_under(const Policy& policy, const std::string& pem, WallTime at) {
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(pem)));
  GZ_TRY_ASSIGN(const auto roots, read_text(policy.root, kLimit));
  GZ_TRY_ASSIGN(const auto crl, read_text(policy.crl));
  return standing_of(cert.get(), roots, crl, at);
}

Result<Bureau> open_bureau(const Policy& policy, const Clock& clock) {
  Bureau bureau;
  bureau.name = policy.name;
  bureau.system_name = policy.system_name;
  bureau.system_owner = policy.system_owner;
  bureau.department = policy.department;
  bureau.station = policy.station;
  GZ_TRY_ASSIGN(bureau.org_root_pem, read_text(policy.root, kLimit));
  GZ_TRY_ASSIGN(bureau.org_crl_pem, read_text(policy.crl));
  GZ_TRY_ASSIGN(bureau.archive_pem, encryption_certificate(policy.archive, policy, clock.wall()));
  if (!policy.ingest.empty()) { GZ_TRY_ASSIGN(bureau.ingest_pem, encryption_certificate(policy.ingest, policy, clock.wall())); }
  // the station signs without a person: whoever reads this file can sign as the station
  GZ_TRY_ASSIGN(const Secret passphrase, read_secret(policy.station_passphrase));
  GZ_TRY_ASSIGN(bureau.station_signer, make_file_signer(policy.station_certificate, policy.station_key, passphrase, clock));
  GZ_TRY_ASSIGN(const Standing standing, standing_under(policy, bureau.station_signer->certificate_pem(), clock.wall()));
  if (standing != Standing::Good) return fail(ErrorKind::Invalid, policy.station_certificate.string() + " " + std::string(words(standing)));
  GZ_TRY_ASSIGN(const auto root, describe_certificate(as_bytes(bureau.org_root_pem)));
  if (root.practice || bureau.station_signer->info().practice)
    return fail(ErrorKind::Invalid, policy.root.string() + " is a practice bureau's: a policy names real ones only");
  // people that cannot be read are the login's to tell: here it only means that evidence is encrypted for fewer
  const auto people = read_people(policy.people);
  if (!people) log_warn("identity", people.error().what);
  for (const auto& person : people.value_or(std::vector<Person>{})) {
    for (const auto& key : person.encryption) {              // newest first
      const auto good = standing_under(policy, key.pem, clock.wall());
      if (!good || *good != Standing::Good) continue;
      bureau.encryption_by_badge.emplace(person.badge, key.pem);
      break;
    }
  }
  for (const auto& authority : policy.authorities) {
    HttpAuthority options;
    options.name = authority.name;
    options.url = authority.url;
    options.policy = authority.policy_oid;
    GZ_TRY_ASSIGN(options.root_pem, read_text(authority.root, kLimit));
    GZ_TRY_ASSIGN([[maybe_unused]] const auto readable, ssl::read_certs(options.root_pem));
    if (bureau.tsa_root_pem.find(options.root_pem) == std::string::npos) bureau.tsa_root_pem += options.root_pem;
    bureau.authorities.push_back(make_http_authority(std::move(options)));
  }
  return bureau;
}

Result<std::vector<Expiry>> expiring(const Policy& policy, WallTime now) {
  const WallTime until{now.ms + std::int64_t{policy.expiry_warning_days} * 86'400'000};
  std::vector<Expiry> out;
  const auto look = [&](const std::string& what, const std::string& name, WallTime at) {
    if (at < until) out.push_back({what, name, at});
  };
  const auto look_at = [&](const std::string& what, const fs::path& file, const std::string& name) -> Status {
    GZ_TRY_ASSIGN(const auto pem, read_file(file, kLimit));
    GZ_TRY_ASSIGN(const auto info, describe_certificate(pem));
    look(what, name.empty() ? info.subject_cn : name, info.not_after);
    return ok();
  };
  GZ_TRY(look_at("root", policy.root, {}));
  GZ_TRY(look_at("archive", policy.archive, {}));
  if (!policy.ingest.empty()) GZ_TRY(look_at("ingest", policy.ingest, {}));
  GZ_TRY(look_at("station", policy.station_certificate, {}));
  for (const auto& authority : policy.authorities) GZ_TRY(look_at("authority", authority.root, authority.name));
  GZ_TRY_ASSIGN(const auto list, read_text(policy.crl));
  GZ_TRY_ASSIGN(const auto crl, read_crl(list));
  std::tm tm{};
  if (const ASN1_TIME* next = X509_CRL_get0_nextUpdate(crl.get()); next != nullptr && ASN1_TIME_to_tm(next, &tm) == 1)
    look("crl", "", {static_cast<std::int64_t>(::timegm(&tm)) * 1000});
  GZ_TRY_ASSIGN(const auto people, read_people(policy.people));
  for (const auto& person : people) look(person.badge, person.name, person.signing[0].info.not_after);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return out;
}

}  // namespace guzheng
