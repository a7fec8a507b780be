#include "core/central/exports.h"

#include <algorithm>
#include <array>

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 4> kExportStates{"asked", "approved", "refused", "over"};
constexpr const char* kColumns = "SELECT number, zip_sha256, package, unit, asked_by, asked_at, reason, state, decided_by, decided_at, why, until_ms FROM export_request";

}  // namespace

Status check_reason(const std::string& text, bool needed) {
  if (needed && std::all_of(text.begin(), text.end(), [](char c) { return c == ' '; })) return fail(ErrorKind::Invalid, "a reason is missing");
  if (text.size() > Exports::kLongestText || !is_utf8(text) || std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return fail(ErrorKind::Invalid, "a reason is one line of at most " + std::to_string(Exports::kLongestText) + " bytes");
  return ok();
}

std::string_view to_string(ExportState state) { return kExportStates.at(static_cast<std::size_t>(state)); }

ExportRequest Exports::request_of(const SqlRow& row) const {
  const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
  ExportRequest out{std::get<std::int64_t>(row.at(0)), text(1), text(2), text(3), text(4), text(5), text(6), ExportState::Asked, text(8), text(9), text(10), {std::get<std::int64_t>(row.at(11))}};
  const auto state = std::find(kExportStates.begin(), kExportStates.end(), text(7));
  if (state != kExportStates.end()) out.state = static_cast<ExportState>(state - kExportStates.begin());
  if (out.state == ExportState::Approved && clock_.wall().ms >= out.until.ms) out.state = ExportState::Over;
  return out;
}

Result<ExportRequest> Exports::read(std::int64_t number) {
  GZ_TRY_ASSIGN(const auto rows, database_.query(std::string(kColumns) + " WHERE number = ?", {number}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no export with that number was asked for");
  return request_of(rows[0]);
}

Result<ExportRequest> Exports::ask(const CentralPerson& person, const std::string& package, const std::string& zip_sha256, const std::string& unit, const std::string& reason) {
  if (!may_ask_for_export(person, unit)) return fail(ErrorKind::Denied, "a package is asked for by somebody of its unit");
  GZ_TRY(check_reason(reason, true));
  std::int64_t number = 0;
  GZ_TRY(database_.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto open, database_.query("SELECT number FROM export_request WHERE zip_sha256 = ? AND asked_by = ? AND state = ?", {zip_sha256, person.badge, std::string("asked")}));
    if (!open.empty()) return fail(ErrorKind::Exists, "this was asked for already and is not decided yet");
    GZ_TRY_ASSIGN(const auto last, database_.query("SELECT COALESCE(MAX(number), 0) FROM export_request"));
    number = std::get<std::int64_t>(last.at(0).at(0)) + 1;
    return database_.run("INSERT INTO export_request(number, zip_sha256, package, unit, asked_by, asked_at, reason, state, decided_by, decided_at, why, until_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?, '', '', '', 0)",
                         {number, zip_sha256, package, unit, person.badge, now(), reason, std::string("asked")});
  }));
  return read(number);
}

Result<ExportRequest> Exports::decide(const CentralPerson& person, std::int64_t number, bool approve, const std::string& why) {
  GZ_TRY(check_reason(why, !approve));
  GZ_TRY(database_.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto request, read(number));
    if (!may_see_packages(person, request.unit)) return fail(ErrorKind::NotFound, "no export with that number was asked for");
    if (!may_decide_export(person, request.unit, request.asked_by))
      return fail(ErrorKind::Denied, person.badge == request.asked_by ? "who asked does not decide: it takes two persons" : "a leader of the unit decides");
    if (request.state != ExportState::Asked) return fail(ErrorKind::Exists, "it is decided already");
    const std::int64_t until = approve ? clock_.wall().ms + kOpenMs : 0;
    return database_.run("UPDATE export_request SET state = ?, decided_by = ?, decided_at = ?, why = ?, until_ms = ? WHERE number = ?",
                         {std::string(to_string(approve ? ExportState::Approved : ExportState::Refused)), person.badge, now(), why, until, number});
  }));
  return read(number);
}

Result<std::vector<ExportRequest>> Exports::list(const CentralPerson& person) {
  const bool all = person.role == CentralRole::Auditor;
  GZ_TRY_ASSIGN(const auto rows, all ? database_.query(std::string(kColumns) + " ORDER BY number DESC LIMIT 200") : database_.query(std::string(kColumns) + " WHERE unit = ? ORDER BY number DESC LIMIT 200", {person.unit}));
  std::vector<ExportRequest> out;
  for (const auto& row : rows) {
    auto request = request_of(row);
    if (may_see_packages(person, request.unit)) out.push_back(std::move(request));
  }
  return out;
}

Result<ExportRequest> Exports::to_fetch(const CentralPerson& person, std::int64_t number) {
  GZ_TRY_ASSIGN(auto request, read(number));
  if (!may_see_packages(person, request.unit)) return fail(ErrorKind::NotFound, "no export with that number was asked for");
  if (person.badge != request.asked_by || !may_ask_for_export(person, request.unit)) return fail(ErrorKind::Denied, "who asked fetches it, and nobody else");
  if (request.state == ExportState::Over) return fail(ErrorKind::Denied, "it was approved for a day, which is over: ask again");
  if (request.state != ExportState::Approved) return fail(ErrorKind::Denied, request.state == ExportState::Asked ? "it is not decided yet" : "it was refused");
  return request;
}

}  // namespace guzheng
