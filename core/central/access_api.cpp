#include "core/central/access_api.h"

#include "core/central/bureau_base.h"
#include "core/central/tus.h"
#include "core/custody/oplog_page.h"

namespace guzheng {

namespace {

constexpr std::size_t kLinesOfPage = 100, kLongestWho = 400;

// What is asked: each once, all of it letters that a path may hold (httpd reads targets without decoding).
struct AccessFilter {
  std::string kind, who, day;                      // "" : any
  std::optional<std::uint64_t> before;
};

bool is_plain(const std::string& text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c == ':'; });
}

Result<AccessFilter> filter_of(const std::map<std::string, std::string>& query) {
  AccessFilter out;
  for (const auto& [key, value] : query) {
    Bytes who;                                     // a badge may be of any letters, and a target is of ASCII
    const bool right = key == "kind" ? is_plain(value, 64) : key == "who" ? value.size() <= kLongestWho && from_hex(value, who) && !who.empty() : key == "day" ? value.size() == 10 && is_plain(value, 10) : key == "before" && parse_count(value).has_value();
    if (!right) return fail(ErrorKind::Invalid, "kind, who (badge, station or address, its UTF-8 in hex), day (2026-11-28) and before (a place in the log) may be asked, each once");
    if (key == "kind") out.kind = value;
    if (key == "who") out.who.assign(who.begin(), who.end());
    if (key == "day") out.day = value;
    if (key == "before") out.before = parse_count(value);
  }
  return out;
}

class AccessAnswers : private BureauBase {
 public:
  using BureauBase::BureauBase;

  HttpAnswer page(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      if (!may_read_access_log(person)) return refused(403, "not-allowed", "the access log is read by auditors");
      const auto filter = filter_of(request.query);
      if (!filter) return refused(400, "question", filter.error().what);
      OperationPageAsk ask;
      ask.before = filter->before;
      ask.most_lines = kLinesOfPage;
      ask.wanted = [&](const JournalLine& line) { return wanted(line, *filter); };
      const auto read = read_operation_page(parts_.spool / "access.log", ask);
      if (!read && read.error().kind == ErrorKind::Invalid) return refused(400, "question", read.error().what);
      if (!read) return trouble(read.error());
      Json out{{"lines", Json::array()}, {"next", read->begin}, {"problem", read->why}};
      for (const auto& line : read->lines) out["lines"].push_back(shown(line));
      return json_answer(200, out);
    });
  }

 private:
  [[nodiscard]] std::string time_of(const JournalLine& line) const { return format_time(line.time, parts_.clock->zone_minutes()); }

  [[nodiscard]] bool wanted(const JournalLine& line, const AccessFilter& filter) const {
    if (!filter.kind.empty() && line.kind != filter.kind) return false;
    if (!filter.day.empty() && !time_of(line).starts_with(filter.day)) return false;
    if (filter.who.empty()) return true;
    const auto body = parse_json(line.body);
    if (!body || !body->is_object()) return false;
    for (const char* key : {"person", "station", "address", "by"})
      if (text_at(*body, key) == filter.who) return true;
    return false;
  }

  [[nodiscard]] Json shown(const JournalLine& line) const {
    auto body = parse_json(line.body);
    return {{"at", time_of(line)}, {"body", body ? std::move(*body) : Json::object()}, {"kind", line.kind}, {"number", line.seq}};
  }
};

}  // namespace

void add_access_routes(HttpRouter& router, const CentralParts& parts) {
  RouteAdder<AccessAnswers> add(router, parts);
  add("GET", "/v1/bureau/access", &AccessAnswers::page);
}

}  // namespace guzheng
