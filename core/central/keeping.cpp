#include "core/central/keeping.h"

#include <algorithm>
#include <array>

#include "core/central/calendar_time.h"
#include "core/central/exports.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 2> kClasses{"automatic", "case"};
constexpr std::array<std::string_view, 4> kKeepStates{"lengthened", "asked", "approved", "refused"};
constexpr int kCaseMonths = 36, kAutomaticDays = 30;
constexpr const char* kKeepColumns =
    "SELECT number, zip_sha256, package, unit, kind_before, until_before_ms, kind, until_ms, asked_by, asked_at, reason, state, decided_by, decided_at, why FROM retention_request";

KeepRequest request_of_row(const SqlRow& row) {
  const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
  const auto plan = [&](std::size_t at) { return KeepPlan{keep_class_from(text(at)).value_or(KeepClass::Case), {std::get<std::int64_t>(row.at(at + 1))}}; };
  KeepRequest out{std::get<std::int64_t>(row.at(0)), text(1), text(2), text(3), plan(4), plan(6), text(8), text(9), text(10), KeepState::Asked, text(12), text(13), text(14)};
  const auto state = std::find(kKeepStates.begin(), kKeepStates.end(), text(11));
  if (state != kKeepStates.end()) out.state = static_cast<KeepState>(state - kKeepStates.begin());
  return out;
}

bool is_shorter(const KeepPlan& wanted, const KeepPlan& before) { return wanted.until < before.until || (wanted.kind == KeepClass::Automatic && before.kind == KeepClass::Case); }

}  // namespace

std::string_view to_string(KeepClass kind) { return kClasses.at(static_cast<std::size_t>(kind)); }
std::string_view to_string(KeepState state) { return kKeepStates.at(static_cast<std::size_t>(state)); }

std::optional<KeepClass> keep_class_from(std::string_view word) {
  const auto at = std::find(kClasses.begin(), kClasses.end(), word);
  if (at == kClasses.end()) return std::nullopt;
  return static_cast<KeepClass>(at - kClasses.begin());
}

WallTime least_keep(KeepClass kind, WallTime received_at, int zone_minutes) {
  return kind == KeepClass::Case ? months_later(received_at, kCaseMonths, zone_minutes) : days_later(received_at, kAutomaticDays);
}

Result<std::optional<WallTime>> planned_until(Database& database, const std::string& zip_sha256) {
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT until_ms FROM retention_plan WHERE zip_sha256 = ?", {zip_sha256}));
  return rows.empty() ? std::optional<WallTime>() : std::optional(WallTime{std::get<std::int64_t>(rows[0].at(0))});
}

Result<KeepPlan> Keeping::plan(const KeepFacts& facts) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT kind, until_ms FROM retention_plan WHERE zip_sha256 = ?", {facts.zip_sha256}));
  if (rows.empty()) return KeepPlan{facts.kind, facts.locked_until};
  const auto kind = keep_class_from(std::get<std::string>(rows[0].at(0)));
  return KeepPlan{kind.value_or(KeepClass::Case), std::max(facts.locked_until, WallTime{std::get<std::int64_t>(rows[0].at(1))})};
}

Status Keeping::check(const KeepFacts& facts, const KeepPlan& wanted) const {
  const int zone = clock_.zone_minutes();
  if (const auto least = least_keep(wanted.kind, facts.received_at, zone); wanted.until < least)
    return fail(ErrorKind::Invalid, std::string(wanted.kind == KeepClass::Case ? "evidence of a case is kept for three years or more" : "an automatic capture is kept for 30 days or more") + " from the day it was received: until " + format_time(least, zone) + " at least");
  if (wanted.until < facts.locked_until) return fail(ErrorKind::Denied, "the stores lock it until " + format_time(facts.locked_until, zone) + ", which nobody shortens");
  if (wanted.until > months_later(clock_.wall(), kMostYears * 12, zone)) return fail(ErrorKind::Invalid, "that is more than " + std::to_string(kMostYears) + " years away");
  return ok();
}

Result<KeepRequest> Keeping::read(std::int64_t number) {
  GZ_TRY_ASSIGN(const auto rows, database_.query(std::string(kKeepColumns) + " WHERE number = ?", {number}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no change of retention with that number was asked for");
  return request_of_row(rows[0]);
}

Result<KeepRequest> Keeping::request(const CentralPerson& person, std::int64_t number) {
  GZ_TRY_ASSIGN(auto out, read(number));
  if (!may_see_packages(person, out.unit)) return fail(ErrorKind::NotFound, "no change of retention with that number was asked for");
  return out;
}

Status Keeping::put_plan(const KeepRequest& request) {
  return database_.run("INSERT OR REPLACE INTO retention_plan(zip_sha256, kind, until_ms, request) VALUES(?, ?, ?, ?)", {request.zip_sha256, std::string(to_string(request.wanted.kind)), request.wanted.until.ms, request.number});
}

Status Keeping::tell(std::string_view act, const KeepRequest& request, const std::string& by, const std::string& why) {
  const auto shown = [&](const KeepPlan& plan) { return Json{{"kind", to_string(plan.kind)}, {"until", format_time(plan.until, clock_.zone_minutes())}}; };
  return note_("op.central-retention", {{"act", act}, {"before", shown(request.before)}, {"by", by}, {"number", request.number}, {"package", request.package}, {"wanted", shown(request.wanted)}, {"why", why}, {"zip_sha256", request.zip_sha256}});
}

Result<KeepRequest> Keeping::ask(const CentralPerson& person, const KeepFacts& facts, const KeepPlan& wanted, const std::string& reason) {
  if (!may_ask_for_retention(person, facts.unit)) return fail(ErrorKind::Denied, "retention is changed by somebody of the package's unit");
  GZ_TRY(check_reason(reason, true));
  GZ_TRY(check(facts, wanted));
  std::int64_t number = 0;
  const auto done = database_.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto before, plan(facts));
    if (wanted == before) return fail(ErrorKind::Invalid, "that is what is planned already");
    GZ_TRY_ASSIGN(const auto open, database_.query("SELECT number FROM retention_request WHERE zip_sha256 = ? AND state = ?", {facts.zip_sha256, std::string("asked")}));
    if (!open.empty()) return fail(ErrorKind::Exists, "a change of this package's retention was asked for already and is not decided yet");
    GZ_TRY_ASSIGN(const auto last, database_.query("SELECT COALESCE(MAX(number), 0) FROM retention_request"));
    number = std::get<std::int64_t>(last.at(0).at(0)) + 1;
    const auto state = is_shorter(wanted, before) ? KeepState::Asked : KeepState::Lengthened;
    const KeepRequest request{number, facts.zip_sha256, facts.package, facts.unit, before, wanted, person.badge, now(), reason, state, "", "", ""};
    GZ_TRY(database_.run("INSERT INTO retention_request(number, zip_sha256, package, unit, kind_before, until_before_ms, kind, until_ms, asked_by, asked_at, reason, state, decided_by, decided_at, why) "
                         "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '')",
                         {number, facts.zip_sha256, facts.package, facts.unit, std::string(to_string(before.kind)), before.until.ms, std::string(to_string(wanted.kind)), wanted.until.ms, person.badge, request.asked_at, reason,
                          std::string(to_string(state))}));
    if (state == KeepState::Lengthened) GZ_TRY(put_plan(request));
    return tell(to_string(state), request, person.badge, reason);
  });
  if (!done) return fail(done.error());
  return read(number);
}

Result<KeepRequest> Keeping::decide(const CentralPerson& person, std::int64_t number, bool approve, const std::string& why, const KeepFacts& facts) {
  GZ_TRY(check_reason(why, !approve));
  const auto done = database_.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto asked, request(person, number));
    if (!may_decide_retention(person, asked.unit, asked.asked_by)) return fail(ErrorKind::Denied, person.badge == asked.asked_by ? "who asked does not decide: it takes two persons" : "a leader of the unit decides");
    if (asked.state != KeepState::Asked) return fail(ErrorKind::Exists, "it is decided already");
    if (approve) {
      if (facts.zip_sha256 != asked.zip_sha256) return fail(ErrorKind::Bug, "the facts are another package's");
      GZ_TRY(check(facts, asked.wanted));
      GZ_TRY_ASSIGN(const auto standing, plan(facts));
      if (standing != asked.before) return fail(ErrorKind::Exists, "the plan is another one since this was asked: refuse it, and ask anew");
      GZ_TRY(put_plan(asked));
    }
    const std::string_view state = to_string(approve ? KeepState::Approved : KeepState::Refused);
    GZ_TRY(database_.run("UPDATE retention_request SET state = ?, decided_by = ?, decided_at = ?, why = ? WHERE number = ?", {std::string(state), person.badge, now(), why, number}));
    return tell(state, asked, person.badge, why);
  });
  if (!done) return fail(done.error());
  return read(number);
}

Result<std::vector<KeepRequest>> Keeping::list(const CentralPerson& person) {
  const bool all = person.role == CentralRole::Auditor;
  GZ_TRY_ASSIGN(const auto rows, all ? database_.query(std::string(kKeepColumns) + " ORDER BY number DESC LIMIT 200") : database_.query(std::string(kKeepColumns) + " WHERE unit = ? ORDER BY number DESC LIMIT 200", {person.unit}));
  std::vector<KeepRequest> out;
  for (const auto& row : rows) {
    auto one = request_of_row(row);
    if (may_see_packages(person, one.unit)) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace guzheng
