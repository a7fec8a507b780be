#include "core/central/record_answers.h"

#include "core/base/log.h"
#include "core/central/answers.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

class RecordAnswers {
 public:
  explicit RecordAnswers(const CentralParts& parts) : parts_(parts) {}

  HttpAnswer take(const HttpRequest& request) const {
    const auto unit = parts_.people->unit_of(request.who);
    if (!unit) return trouble(unit.error());
    if (unit->empty()) return no_unit(request.who);
    const auto changes = parse_record_changes(request.body);
    if (!changes) return refused(400, "records", changes.error().what);
    const auto taken = parts_.records->take(*changes, request.who, *unit);
    if (!taken) return trouble(taken.error());
    if (!taken->refusals.empty()) note(request.who, *unit, taken->refusals);
    return line(write_record_outcomes(taken->outcomes));
  }

  HttpAnswer page(const HttpRequest& request) const {
    const auto unit = parts_.people->unit_of(request.who);
    if (!unit) return trouble(unit.error());
    if (unit->empty()) return no_unit(request.who);
    std::uint64_t since = 0, limit = kMostRecordPage;
    std::vector<std::string> kinds;
    for (const auto& [name, value] : request.query) {
      const auto number = parse_count(value);
      if (name == "since" && number) since = *number;
      else if (name == "limit" && number && *number >= 1 && *number <= kMostRecordPage) limit = *number;
      else if (name != "kinds" || !kinds_in(value, kinds)) return refused(400, "query", "only ?since=SEQUENCE, kinds=KIND.KIND and limit=1 to " + std::to_string(kMostRecordPage));
    }
    const auto page = parts_.records->page(*unit, static_cast<std::int64_t>(since), kinds, limit);
    return page ? line(write_record_page(*page)) : trouble(page.error());
  }

 private:
  static HttpAnswer no_unit(const std::string& station) {
    return refused(403, "no-unit", "nobody has said which unit " + station + " works for (guzheng-central unit set " + station + " UNIT)");
  }
  static HttpAnswer line(const Result<std::string>& text) {
    if (!text) return trouble(text.error());
    HttpAnswer out;
    out.body = *text + "\n";
    return out;
  }
  static bool kinds_in(std::string_view text, std::vector<std::string>& out) {
    while (out.size() <= kCommonKinds.size()) {
      const auto dot = text.find('.');
      out.emplace_back(text.substr(0, dot));
      if (!is_record_kind(out.back())) return false;
      if (dot == text.npos) return true;
      text.remove_prefix(dot + 1);
    }
    return false;
  }
  // One line a batch: how many, and the first.
  void note(const std::string& station, const std::string& unit, const std::vector<CommonRecords::Refusal>& refusals) const {
    const auto& first = refusals.front();
    const auto noted = parts_.access->event("op.central-record-refused", {{"error", first.error}, {"id", first.id}, {"kind", first.kind}, {"records", refusals.size()}, {"station", station}, {"unit", unit}, {"why", first.why}});
    if (!noted) log_error("central", noted.error().what);
  }

  const CentralParts parts_;
};

}  // namespace

void add_record_routes(HttpRouter& router, const CentralParts& parts) {
  const auto records = std::make_shared<RecordAnswers>(parts);
  router.add({"GET", "/v1/records", false, [records](HttpRequest& request) -> HttpReply { return records->page(request); }, 0});
  router.add({"POST", "/v1/records", false, [records](HttpRequest& request) -> HttpReply { return records->take(request); }, kMostRecordMessage});
}

}  // namespace guzheng
