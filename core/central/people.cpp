#include "core/central/people.h"

#include <openssl/obj_mac.h>

#include <array>

#include "core/central/stations.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 5> kRoles{"officer", "reviewer", "leader", "administrator", "auditor"};
constexpr std::size_t kLongestUnit = 200;

CentralPerson person_of(const SqlRow& row) {
  const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
  return {text(0), text(1), text(2), central_role_from(text(3)).value_or(CentralRole::Officer)};
}

bool is_unit(std::string_view unit) {
  return !unit.empty() && unit.size() <= kLongestUnit && std::none_of(unit.begin(), unit.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool works_for(const CentralPerson& person, const std::string& unit) {
  return !unit.empty() && person.unit == unit && person.role != CentralRole::Administrator && person.role != CentralRole::Auditor;
}

}  // namespace

std::string_view to_string(CentralRole role) { return kRoles.at(static_cast<std::size_t>(role)); }

std::optional<CentralRole> central_role_from(std::string_view word) {
  const auto at = std::find(kRoles.begin(), kRoles.end(), word);
  if (at == kRoles.end()) return std::nullopt;
  return static_cast<CentralRole>(at - kRoles.begin());
}

bool may_see_packages(const CentralPerson& person, const std::string& unit) { return person.role == CentralRole::Auditor || works_for(person, unit); }
bool may_see_stations(const CentralPerson& person, const std::string& unit) { return person.role == CentralRole::Administrator || may_see_packages(person, unit); }
bool may_ask_for_export(const CentralPerson& person, const std::string& unit) { return works_for(person, unit); }
bool may_decide_export(const CentralPerson& person, const std::string& unit, const std::string& asked_by) {
  return person.role == CentralRole::Leader && works_for(person, unit) && person.badge != asked_by;
}
bool may_ask_for_retention(const CentralPerson& person, const std::string& unit) { return works_for(person, unit); }
bool may_decide_retention(const CentralPerson& person, const std::string& unit, const std::string& asked_by) { return may_decide_export(person, unit, asked_by); }
bool may_read_access_log(const CentralPerson& person) { return person.role == CentralRole::Auditor; }

Result<CentralPerson> CentralPeople::put(std::string_view pem, CentralRole role, const std::string& unit) {
  GZ_TRY_ASSIGN(const auto certificate, ssl::read_cert(as_bytes(pem)));
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate.get(), root_pem_, crl_pem_(), clock_.wall()));
  if (standing != Standing::Good) return fail(ErrorKind::Denied, "the certificate " + standing_words(standing));
  if (!may_sign(certificate.get())) return fail(ErrorKind::Denied, "the certificate is not one that a person signs with");
  CentralPerson out{subject_field(certificate.get(), NID_serialNumber), subject_field(certificate.get(), NID_commonName), unit, role};
  if (out.badge.empty() || out.name.empty()) return fail(ErrorKind::Invalid, "the certificate names no person: badge and name are missing");
  if (is_station_id(out.badge)) return fail(ErrorKind::Invalid, "the certificate is station " + out.badge + "'s, no person's");
  const bool needs_unit = role != CentralRole::Administrator && role != CentralRole::Auditor;
  if (!is_unit(unit) && (needs_unit || !unit.empty())) return fail(ErrorKind::Invalid, "a unit is missing, or is too long or no text: " + std::string(to_string(role)) + "s work for one");
  GZ_TRY(database_.together([&]() -> Status {
    GZ_TRY(database_.run("DELETE FROM person WHERE badge = ?", {out.badge}));
    return database_.run("INSERT INTO person(badge, name, unit, role) VALUES(?, ?, ?, ?)", {out.badge, out.name, out.unit, std::string(to_string(role))});
  }));
  return out;
}

Status CentralPeople::remove(const std::string& badge) {
  GZ_TRY(by_badge(badge));
  return database_.run("DELETE FROM person WHERE badge = ?", {badge});
}

Result<std::vector<CentralPerson>> CentralPeople::list() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT badge, name, unit, role FROM person ORDER BY badge"));
  std::vector<CentralPerson> out;
  for (const auto& row : rows) out.push_back(person_of(row));
  return out;
}

Result<CentralPerson> CentralPeople::by_badge(const std::string& badge) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT badge, name, unit, role FROM person WHERE badge = ?", {badge}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "nobody with the badge " + badge + " is known here");
  return person_of(rows[0]);
}

Result<CentralPerson> CentralPeople::who(ByteView der) {
  if (der.empty()) return fail(ErrorKind::Denied, "no certificate was shown");
  const auto certificate = ssl::read_cert(der);
  if (!certificate) return fail(ErrorKind::Denied, "the certificate cannot be read");
  const std::string name = "the certificate " + serial_of(certificate->get()) + " ";
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate->get(), root_pem_, crl_pem_(), clock_.wall()));
  if (standing != Standing::Good) return fail(ErrorKind::Denied, name + standing_words(standing));
  if (!may_sign(certificate->get())) return fail(ErrorKind::Denied, name + "is not one that a person signs with");
  auto person = by_badge(subject_field(certificate->get(), NID_serialNumber));
  if (!person && person.error().kind != ErrorKind::NotFound) return person;
  if (!person || person->name != subject_field(certificate->get(), NID_commonName)) return fail(ErrorKind::Denied, name + "is nobody's that this system knows");
  return person;
}

Status CentralPeople::set_station_unit(const std::string& station, const std::string& unit) {
  if (!is_station_id(station)) return fail(ErrorKind::Invalid, "'" + station + "' is no station's id, such as LX-03");
  if (!is_unit(unit)) return fail(ErrorKind::Invalid, "the unit is missing, too long or no text");
  return database_.together([&]() -> Status {
    GZ_TRY(database_.run("DELETE FROM station_unit WHERE station = ?", {station}));
    return database_.run("INSERT INTO station_unit(station, unit) VALUES(?, ?)", {station, unit});
  });
}

Result<std::string> CentralPeople::unit_of(const std::string& station) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT unit FROM station_unit WHERE station = ?", {station}));
  return rows.empty() ? std::string() : std::get<std::string>(rows[0].at(0));
}

Result<std::vector<std::pair<std::string, std::string>>> CentralPeople::station_units() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT station, unit FROM station_unit ORDER BY station"));
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& row : rows) out.emplace_back(std::get<std::string>(row.at(0)), std::get<std::string>(row.at(1)));
  return out;
}

}  // namespace guzheng
