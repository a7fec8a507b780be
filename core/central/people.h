// Room central. People: who of the bureau may look at what the server holds, as what, and for which unit (A-8.2, A-8.6, issue 7: access). A person shows the
// signing certificate of the bureau; that it stands is asked of root and revocation list at every question, so a revocation counts at once. Role and unit
// stand in the server's database, because no certificate says them. Which unit a station works for stands there too: what it sent is that unit's.
// Thread-safe. Blocks for the database.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/sql/database.h"

namespace guzheng {

enum class CentralRole { Officer, Reviewer, Leader, Administrator, Auditor };
std::string_view to_string(CentralRole role);      // "officer", "reviewer", "leader", "administrator", "auditor"
std::optional<CentralRole> central_role_from(std::string_view word);

struct CentralPerson {
  std::string badge, name, unit;                   // badge: 执法证号, as the certificate says; unit may be empty for administrators and auditors
  CentralRole role = CentralRole::Officer;
  bool operator==(const CentralPerson&) const = default;
};

// What a role may do. Officers, reviewers and leaders do it for their own unit. Pure.
bool may_see_packages(const CentralPerson& person, const std::string& unit);     // `unit`: the package's; auditors see all, administrators none
bool may_see_stations(const CentralPerson& person, const std::string& unit);     // administrators see these too
bool may_ask_for_export(const CentralPerson& person, const std::string& unit);
bool may_decide_export(const CentralPerson& person, const std::string& unit, const std::string& asked_by);      // a leader, never of their own request
bool may_ask_for_retention(const CentralPerson& person, const std::string& unit);
bool may_decide_retention(const CentralPerson& person, const std::string& unit, const std::string& asked_by);   // likewise
bool may_read_access_log(const CentralPerson& person);           // auditors, who see all units

// All must outlive it. `crl_pem`: the revocation list as it is now.
class CentralPeople {
 public:
  CentralPeople(Database& database, std::string root_pem, std::function<std::string()> crl_pem, const Clock& clock)
      : database_(database), root_pem_(std::move(root_pem)), crl_pem_(std::move(crl_pem)), clock_(clock) {}

  // Adds or changes. Badge and name are those of `certificate_pem`. Denied: it does not stand now, or signs nothing. Invalid: it names no badge; a unit is missing.
  Result<CentralPerson> put(std::string_view certificate_pem, CentralRole role, const std::string& unit);
  Status remove(const std::string& badge);         // NotFound
  Result<std::vector<CentralPerson>> list();       // by badge
  // Denied, with the reason.
  Result<CentralPerson> who(ByteView certificate_der);
  Result<CentralPerson> by_badge(const std::string& badge);      // NotFound

  // Invalid: no station's id, an empty unit.
  Status set_station_unit(const std::string& station, const std::string& unit);
  Result<std::string> unit_of(const std::string& station);       // "": nobody has said
  Result<std::vector<std::pair<std::string, std::string>>> station_units();      // station → unit, sorted

 private:
  Database& database_;
  const std::string root_pem_;
  const std::function<std::string()> crl_pem_;
  const Clock& clock_;
};

}  // namespace guzheng
