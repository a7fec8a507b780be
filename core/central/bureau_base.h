// Room central, inside. What all answers to people of the bureau have in common (central/bureau_api.h). Thread-safe; blocks for the database.
#pragma once

#include <set>
#include <string>

#include "core/central/answers.h"
#include "core/central/api.h"
#include "core/central/keeping.h"

namespace guzheng {

inline constexpr std::size_t kMostAsked = 8 * 1024;              // bytes of what is posted

bool is_hex64(const std::string& text);

// One row of `received` as people see it.
struct ReceivedRow {
  std::string zip_sha256, package, fingerprint, station, object;
  std::int64_t index = 0;
  LogEntry entry;
  std::string planned_kind;                        // "" : no plan but the lock
  WallTime planned_until;
  [[nodiscard]] KeepClass received_as() const { return object.starts_with("automatic/") ? KeepClass::Automatic : KeepClass::Case; }
  [[nodiscard]] KeepClass plan_kind() const { return keep_class_from(planned_kind).value_or(received_as()); }
  [[nodiscard]] WallTime locked_until() const;     // as it was when it was received
  [[nodiscard]] WallTime plan_until() const { return std::max(planned_until, locked_until()); }
};
inline constexpr const char* kReceived =
    "SELECT r.zip_sha256, r.package, r.fingerprint, r.station, r.object, r.log_number, e.entry, COALESCE(p.kind, ''), COALESCE(p.until_ms, 0) FROM received r JOIN log_entry e ON e.number = r.log_number "
    "LEFT JOIN retention_plan p ON p.zip_sha256 = r.zip_sha256";
Result<ReceivedRow> received_of(const SqlRow& row);

class BureauBase {
 public:
  explicit BureauBase(const CentralParts& parts) : parts_(parts) {}

 protected:
  // Nothing of it may be kept by a browser.
  static HttpAnswer fresh(HttpAnswer answer);
  template <typename F>
  HttpAnswer as_person(const HttpRequest& request, F answer) const {
    const auto person = parts_.people->by_badge(request.who);
    if (!person && person.error().kind != ErrorKind::NotFound) return fresh(trouble(person.error()));
    if (!person) return fresh(refused(403, "not-allowed", person.error().what));         // taken out a moment ago
    return fresh(answer(*person));
  }
  // `nothing`: the word for what is not there.
  static HttpAnswer refusal_of(const Error& error, const char* nothing);
  // A form of another site cannot send this type, and nobody answers such a site's question whether it may. All of `keys`, and no others. Invalid.
  static Result<Json> posted(const HttpRequest& request, const std::set<std::string>& keys);
  // NotFound.
  [[nodiscard]] Result<ReceivedRow> by_digest(const std::string& zip_sha256) const;
  // "王甲 (01)"; the badge alone of who is not let in any more.
  [[nodiscard]] std::string named(const std::string& badge) const;

  const CentralParts parts_;
};

// Adds routes whose answers are methods of one object.
template <typename Answers>
class RouteAdder {
 public:
  using Answer = HttpAnswer (Answers::*)(const HttpRequest&) const;
  RouteAdder(HttpRouter& router, const CentralParts& parts) : router_(router), answers_(std::make_shared<Answers>(parts)) {}
  void operator()(const char* method, const char* pattern, Answer answer, std::size_t body = 0) {
    router_.add({method, pattern, false, [answers = answers_, answer](HttpRequest& request) -> HttpReply { return (answers.get()->*answer)(request); }, body});
  }

 private:
  HttpRouter& router_;
  std::shared_ptr<Answers> answers_;
};

}  // namespace guzheng
