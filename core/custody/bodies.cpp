// What the body of each kind of journal line may hold (core/seal/FORMAT.md 5.1).
#include <algorithm>
#include <array>
#include <charconv>

#include "core/custody/journal.h"
#include "core/custody/line.h"

namespace guzheng {

const std::vector<std::string_view>& journal_kinds() {
  static const std::vector<std::string_view> kinds = {
      "tsa.beacon", "tsa.none",     "session.open", "order.recv",   "people",        "env.check", "device.attest",
      "app.attest", "challenge",    "clock.sample", "input",        "app.foreground", "net.change", "seg.open",
      "seg.close",  "pts.bump",     "shot",         "tsa.anchor",   "gap.begin",     "gap.end",   "pause",
      "resume",     "note",         "confirm",      "long",          "crash.recover", "import",  "session.close"};
  return kinds;
}

namespace {

Failure bad_body(std::string_view kind) {
  return fail(ErrorKind::Invalid, "journal body of " + std::string(kind) + " is not in its form");
}

bool is_count(std::string_view text) {         // one spelling: no sign, no leading zero
  if (text.empty() || text.size() > 16 || (text.size() > 1 && text.front() == '0')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_main_path(std::string_view text) {
  if (!text.starts_with("data/main/") || text.size() > 100) return false;
  const auto name = text.substr(10);
  if (name.empty() || !((name[0] >= 'a' && name[0] <= 'z') || (name[0] >= '0' && name[0] <= '9'))) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

bool is_named_digest(std::string_view text) { return text.starts_with("sha256:") && is_digest_text(text.substr(7)); }

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0;;) {
    const auto space = text.find(' ', at);
    out.push_back(text.substr(at, space - at));
    if (space == std::string_view::npos) return out;
    at = space + 1;
  }
}

bool is_anchor(std::string_view body) {
  const auto parts = split(body);
  return parts.size() == 2 && parts[0].size() == 8 &&
         std::all_of(parts[0].begin(), parts[0].end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         (parts[1] == "pending" || is_named_digest(parts[1]));
}

// SHA256 SP SP path SP number SP number [SP segment]
bool is_file_line(std::string_view body, bool shot) {
  const auto p = split(body);
  if (p.size() != (shot ? 6U : 5U)) return false;
  if (!is_digest_text(p[0]) || !p[1].empty() || !is_main_path(p[2]) || !is_count(p[3]) || !is_count(p[4])) return false;
  return !shot || is_main_path(p[5]) || (p[5] == "-" && p[3] == "0" && p[4] == "0");
}

}  // namespace

Status check_journal_body(std::string_view kind, std::string_view body) {
  if (std::find(journal_kinds().begin(), journal_kinds().end(), kind) == journal_kinds().end())
    return fail(ErrorKind::Invalid, "journal: unknown kind " + std::string(kind));
  if (kind == "tsa.beacon") return is_named_digest(body) ? ok() : Status(bad_body(kind));
  if (kind == "tsa.anchor") return is_anchor(body) ? ok() : Status(bad_body(kind));
  if (kind == "seg.close") return is_file_line(body, false) ? ok() : Status(bad_body(kind));
  if (kind == "shot") return is_file_line(body, true) ? ok() : Status(bad_body(kind));
  GZ_TRY_ASSIGN(const Json value, parse_canonical_json(body));
  return value.is_object() ? ok() : Status(bad_body(kind));
}

}  // namespace guzheng
