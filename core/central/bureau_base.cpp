#include "core/central/bureau_base.h"

#include <algorithm>

namespace guzheng {

bool is_hex64(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

WallTime ReceivedRow::locked_until() const {
  WallTime out;
  for (const auto& store : entry.stores) out = std::max(out, store.retain_until);
  return out;
}

Result<ReceivedRow> received_of(const SqlRow& row) {
  const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
  ReceivedRow out{text(0), text(1), text(2), text(3), text(4), std::get<std::int64_t>(row.at(5)), {}, text(7), {std::get<std::int64_t>(row.at(8))}};
  GZ_TRY_ASSIGN(out.entry, parse_log_entry(text(6)));
  return out;
}

HttpAnswer BureauBase::fresh(HttpAnswer answer) {
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

HttpAnswer BureauBase::refusal_of(const Error& error, const char* nothing) {
  switch (error.kind) {
    case ErrorKind::Denied: return refused(403, "not-allowed", error.what);
    case ErrorKind::Exists: return refused(409, "decided", error.what);
    case ErrorKind::NotFound: return refused(404, nothing, error.what);
    case ErrorKind::Invalid: return refused(400, "body", error.what);
    default: return trouble(error);
  }
}

Result<Json> BureauBase::posted(const HttpRequest& request, const std::set<std::string>& keys) {
  if (request.header("content-type") != "application/json") return fail(ErrorKind::Invalid, "Content-Type must be application/json");
  GZ_TRY_ASSIGN(auto body, parse_json(request.body));
  if (!body.is_object()) return fail(ErrorKind::Invalid, "no JSON object");
  for (const auto& [key, value] : body.items())
    if (!keys.contains(key)) return fail(ErrorKind::Invalid, "an unknown key");
  if (body.size() != keys.size()) return fail(ErrorKind::Invalid, "a key is missing");
  return body;
}

Result<ReceivedRow> BureauBase::by_digest(const std::string& zip_sha256) const {
  GZ_TRY_ASSIGN(const auto rows, parts_.database->query(std::string(kReceived) + " WHERE r.zip_sha256 = ?", {zip_sha256}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no package with that digest was received here");
  return received_of(rows[0]);
}

std::string BureauBase::named(const std::string& badge) const {
  if (badge.empty()) return "";
  const auto who = parts_.people->by_badge(badge);
  return who ? who->name + " (" + badge + ")" : badge;
}

}  // namespace guzheng
