#include "core/central/subject_answers.h"

#include "core/base/bytes.h"
#include "core/central/answers.h"
#include "core/central/bureau_api.h"
#include "core/central/subject_index.h"
#include "core/central/subject_texts.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

constexpr std::int64_t kPatienceUs = 20'000;       // of counting on
constexpr std::size_t kMostEncoded = 1'000;

// Words and names are told in the alphabet that a target may hold: base64url of their UTF-8, without padding (RFC 4648, 5).
std::optional<std::string> text_in(std::string value) {
  if (value.size() > kMostEncoded || value.find_first_of(".~") != value.npos) return std::nullopt;
  for (char& c : value) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (value.size() % 4 != 0) value += '=';
  Bytes bytes;
  if (!from_base64(value, bytes)) return std::nullopt;
  std::string out(bytes.begin(), bytes.end());
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

struct SubjectsAsked {
  SubjectFind find;
  TextQuestion question;
};

// The reason when the query is none of ours.
std::string read_query(const HttpRequest& request, SubjectsAsked& into) {
  for (const auto& [name, value] : request.query) {
    const auto number = parse_count(value);
    if (name == "region") into.find.region = value;
    else if (name == "kind") into.find.kind = value;
    else if (name == "state") into.find.state = value;
    else if (name == "order" && (value == "oldest" || value == "newest")) into.question.order = value == "newest" ? TextOrder::NewestFirst : TextOrder::OldestFirst;
    else if (name == "after" && number && *number >= 1 && *number < (std::uint64_t{1} << 53)) into.question.after = static_cast<std::int64_t>(*number);
    else if (name == "limit" && number && *number >= 1 && *number <= static_cast<std::uint64_t>(kMostTextHits)) into.question.limit = static_cast<int>(*number);
    else if (name == "q" || name == "supervisor") {
      auto text = text_in(value);
      if (!text) return name + " is base64url of UTF-8, without padding";
      (name == "q" ? into.question.words : into.find.supervisor) = std::move(*text);
    } else
      return "only q, region, kind, state, supervisor, order (oldest, newest), after (from 1 on) and limit (1 to " + std::to_string(kMostTextHits) + ") may be asked";
  }
  return {};
}

class SubjectAnswers {
 public:
  explicit SubjectAnswers(const CentralParts& parts) : parts_(parts) {}

  HttpAnswer to_station(const HttpRequest& request) const {
    const auto unit = parts_.people->unit_of(request.who);
    if (!unit) return trouble(unit.error());
    if (unit->empty()) return refused(403, "no-unit", "nobody has said which unit " + request.who + " works for (guzheng-central unit set " + request.who + " UNIT)");
    return found(request, *unit, false);
  }

  HttpAnswer to_person(const HttpRequest& request) const {
    const auto person = parts_.people->by_badge(request.who);
    if (!person && person.error().kind != ErrorKind::NotFound) return trouble(person.error());
    const bool all = person && may_see_packages(*person, "");
    if (!person || (!all && !may_see_packages(*person, person->unit))) return refused(403, "not-allowed", "who administers the system sees no subjects");
    return found(request, person->unit, all);
  }

 private:
  HttpAnswer found(const HttpRequest& request, const std::string& unit, bool all) const {
    SubjectsAsked asked;
    if (const auto why = read_query(request, asked); !why.empty()) return refused(400, "question", why);
    if (!all) asked.find.seen_by = unit;
    auto filter = subject_filter(asked.find);
    if (!filter) return refused(400, "question", filter.error().what);
    asked.question.marks = std::move(*filter);
    asked.question.patience_us = kPatienceUs;
    const auto answer = parts_.subjects->search(asked.question);
    if (!answer && answer.error().kind == ErrorKind::Invalid) return refused(400, "question", answer.error().what);
    if (!answer) return later(503, "search-away", "subjects cannot be searched now; nothing else is affected: " + answer.error().what, 30);
    const auto newest = parts_.subjects->newest();
    if (!newest) return trouble(newest.error());
    auto subjects = bodies(answer->hits, unit, all);
    if (!subjects) return trouble(subjects.error());
    const bool more = answer->hits.size() == static_cast<std::size_t>(asked.question.limit);
    return json_answer(200, {{"behind", std::max<std::int64_t>(0, *newest - answer->applied)}, {"capped", answer->capped}, {"count", answer->count}, {"more", more},
                             {"next", more ? answer->hits.back().place : 0}, {"subjects", std::move(*subjects)}});
  }

  // As the table has them now, and only what whoever asks may see, whatever the index says.
  Result<Json> bodies(const std::vector<TextHit>& hits, const std::string& unit, bool all) const {
    Json out = Json::array();
    if (hits.empty()) return out;
    std::string marks;
    std::vector<SqlValue> ids;
    for (const auto& hit : hits) {
      marks += marks.empty() ? "?" : ", ?";
      ids.emplace_back(hit.id);
    }
    GZ_TRY_ASSIGN(const auto rows, parts_.database->query("SELECT id, version, unit, station, at, body FROM record WHERE kind = 'subject' AND gone = 0 AND id IN (" + marks + ")", ids));
    std::map<std::string, const SqlRow*> by_id;
    for (const auto& row : rows) by_id[std::get<std::string>(row.at(0))] = &row;
    for (const auto& hit : hits) {
      const auto it = by_id.find(hit.id);
      if (it == by_id.end()) continue;
      const auto& row = *it->second;
      const auto text = [&](std::size_t at) -> const std::string& { return std::get<std::string>(row.at(at)); };
      if (!all && text(2) != unit) continue;
      Json one = subject_shown(text(5));
      one["id"] = hit.id;
      one["version"] = std::get<std::int64_t>(row.at(1));
      one["unit"] = text(2);
      one["station"] = text(3);
      one["changed"] = format_time({std::get<std::int64_t>(row.at(4))}, parts_.clock->zone_minutes());
      out.push_back(std::move(one));
    }
    return out;
  }

  const CentralParts parts_;
};

}  // namespace

void add_subject_routes(HttpRouter& router, const CentralParts& parts) {
  const auto subjects = std::make_shared<SubjectAnswers>(parts);
  router.add({"GET", "/v1/subjects", false, [subjects](HttpRequest& request) -> HttpReply { return subjects->to_station(request); }, 0});
  router.add({"GET", "/v1/bureau/subjects", false,
              [subjects](HttpRequest& request) -> HttpReply {
                auto answer = subjects->to_person(request);
                answer.headers.emplace_back("Cache-Control", "no-store");
                return answer;
              },
              0});
}

}  // namespace guzheng
