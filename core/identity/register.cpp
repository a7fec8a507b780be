#include "core/identity/register.h"

#include "core/base/file.h"
#include "core/base/json.h"

namespace guzheng {

namespace {

constexpr std::string_view kRoles[] = {"officer", "station", "archive", "ingest", "tsa", "central", "server"};

struct ReasonName {
  RevocationReason reason;
  std::string_view name;
};
constexpr ReasonName kReasons[] = {{RevocationReason::Unspecified, "unspecified"},
                                   {RevocationReason::KeyCompromise, "key-compromise"},
                                   {RevocationReason::Left, "left"},
                                   {RevocationReason::Superseded, "superseded"},
                                   {RevocationReason::Ceased, "ceased"}};

Json json_of(const Registered& entry) {
  Json out{{"serial", entry.serial}, {"sha256", entry.sha256}, {"role", std::string(to_string(entry.role))}, {"use", entry.use},
           {"name", entry.name}, {"badge", entry.badge}, {"not_before", format_time(entry.not_before)},
           {"not_after", format_time(entry.not_after)}, {"registered_at", format_time(entry.registered_at)},
           {"imported", entry.imported}, {"files", entry.files}, {"pem", entry.pem}};
  if (entry.revoked_at) {
    out["revoked_at"] = format_time(*entry.revoked_at);
    out["reason"] = std::string(to_string(entry.reason));
  }
  return out;
}

Result<WallTime> time_at(const Json& entry, const char* key) {
  const auto time = parse_time(text_at(entry, key));
  if (!time) return fail(ErrorKind::Invalid, std::string("register: ") + key + " is no time");
  return *time;
}

Result<Registered> entry_of(const Json& json) {
  if (!json.is_object()) return fail(ErrorKind::Invalid, "register: an entry is no object");
  Registered out;
  const auto role = role_from(text_at(json, "role"));
  if (!role) return fail(ErrorKind::Invalid, "register: unknown role");
  out.role = *role;
  out.serial = text_at(json, "serial");
  out.sha256 = text_at(json, "sha256");
  out.use = text_at(json, "use");
  out.name = text_at(json, "name");
  out.badge = text_at(json, "badge");
  out.imported = bool_at(json, "imported");
  out.files = text_at(json, "files");
  out.pem = text_at(json, "pem");
  if (out.serial.empty() || out.pem.empty()) return fail(ErrorKind::Invalid, "register: an entry has no certificate");
  GZ_TRY_ASSIGN(out.not_before, time_at(json, "not_before"));
  GZ_TRY_ASSIGN(out.not_after, time_at(json, "not_after"));
  GZ_TRY_ASSIGN(out.registered_at, time_at(json, "registered_at"));
  if (json.contains("revoked_at")) {
    GZ_TRY_ASSIGN(out.revoked_at, time_at(json, "revoked_at"));
    out.reason = reason_from(text_at(json, "reason")).value_or(RevocationReason::Unspecified);
  }
  return out;
}

}  // namespace

std::string_view to_string(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> role_from(std::string_view text) {
  for (std::size_t i = 0; i < std::size(kRoles); ++i)
    if (kRoles[i] == text) return static_cast<Role>(i);
  return std::nullopt;
}

std::string_view to_string(RevocationReason reason) {
  for (const auto& one : kReasons)
    if (one.reason == reason) return one.name;
  return kReasons[0].name;
}

std::optional<RevocationReason> reason_from(std::string_view text) {
  for (const auto& one : kReasons)
    if (one.name == text) return one.reason;
  return std::nullopt;
}

Result<Register> read_register(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file));
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || integer_at(json, "format") != 1 || !json.contains("entries") || !json["entries"].is_array())
    return fail(ErrorKind::Invalid, file.string() + " is no register of certificates");
  Register out;
  out.bureau = text_at(json, "bureau");
  out.own_root = bool_at(json, "own_root", true);
  out.crl_number = integer_at(json, "crl_number");
  for (const auto& entry : json["entries"]) {
    GZ_TRY_ASSIGN(auto one, entry_of(entry));
    out.entries.push_back(std::move(one));
  }
  return out;
}

Status write_register(const std::filesystem::path& file, const Register& list) {
  Json entries = Json::array();
  for (const auto& entry : list.entries) entries.push_back(json_of(entry));
  const Json json{{"format", 1}, {"bureau", list.bureau}, {"own_root", list.own_root}, {"crl_number", list.crl_number}, {"entries", std::move(entries)}};
  GZ_TRY_ASSIGN(const auto text, canonical_json(json));
  return write_atomically(file, as_bytes(text + "\n"));
}

}  // namespace guzheng
