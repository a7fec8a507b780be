#include "core/central/keeping_api.h"

#include "core/central/bureau_base.h"
#include "core/central/calendar_time.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

constexpr const char* kNoRequest = "no-such-request";

class KeepingAnswers : private BureauBase {
 public:
  using BureauBase::BureauBase;

  HttpAnswer list(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto list = parts_.keeping->list(person);
      if (!list) return trouble(list.error());
      Json out = Json::array();
      for (const auto& one : *list) out.push_back(shown(one, person));
      return json_answer(200, {{"requests", std::move(out)}});
    });
  }

  HttpAnswer ask(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = posted(request, {"kind", "reason", "until", "zip_sha256"});
      if (!body) return refused(400, "body", body.error().what);
      const auto kind = keep_class_from(text_at(*body, "kind"));
      const auto until = end_of_day(text_at(*body, "until"));
      if (!kind || !until) return refused(400, "body", "kind is case or automatic, until a day as 2029-11-28");
      const auto facts = facts_of(text_at(*body, "zip_sha256"));
      if (!facts && facts.error().kind != ErrorKind::NotFound) return trouble(facts.error());
      if (!facts || !may_see_packages(person, facts->unit)) return refused(404, "no-such-package", "no such package of your unit was received");
      const auto made = parts_.keeping->ask(person, *facts, {*kind, *until}, text_at(*body, "reason"));
      if (!made) return refusal_of(made.error(), kNoRequest);
      return json_answer(201, shown(*made, person));
    });
  }

  HttpAnswer decide(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = posted(request, {"approve", "why"});
      if (!body) return refused(400, "body", body.error().what);
      if (!body->at("approve").is_boolean()) return refused(400, "body", "approve is true or false");
      const auto number = parse_count(request.params.at("number"));
      const auto asked = parts_.keeping->request(person, number ? static_cast<std::int64_t>(*number) : -1);
      if (!asked) return refusal_of(asked.error(), kNoRequest);
      const bool approve = bool_at(*body, "approve");
      const auto facts = approve ? facts_of(asked->zip_sha256) : Result<KeepFacts>(KeepFacts{});
      if (!facts) return trouble(facts.error());
      const auto made = parts_.keeping->decide(person, asked->number, approve, text_at(*body, "why"), *facts);
      if (!made) return refusal_of(made.error(), kNoRequest);
      return json_answer(200, shown(*made, person));
    });
  }

 private:
  // Kept through that day, in the zone that times are written in.
  [[nodiscard]] std::optional<WallTime> end_of_day(const std::string& day) const {
    if (day.size() != 10) return std::nullopt;
    const auto zone = format_time({}, parts_.clock->zone_minutes()).substr(23);
    const auto begin = parse_time(day + "T00:00:00.000" + zone);
    return begin ? std::optional(days_later(*begin, 1)) : std::nullopt;
  }

  // A store that does not have it now says nothing of its lock: the log does. One that is away is trouble: its lock may have been moved on.
  [[nodiscard]] Result<KeepFacts> facts_of(const std::string& zip_sha256) const {
    GZ_TRY_ASSIGN(const auto row, by_digest(zip_sha256));
    GZ_TRY_ASSIGN(const auto unit, parts_.people->unit_of(row.station));
    KeepFacts out{row.zip_sha256, row.package, unit, row.received_as(), row.entry.received_at, row.locked_until()};
    for (auto* store : {parts_.first, parts_.second}) {
      const auto head = store->head(row.object);
      if (!head && head.error().kind != ErrorKind::NotFound && head.error().kind != ErrorKind::Tampered) return fail(ErrorKind::Io, "the store " + store->name() + ": " + head.error().what);
      if (head && head->retain_until) out.locked_until = std::max(out.locked_until, *head->retain_until);
    }
    return out;
  }

  [[nodiscard]] Json shown(const KeepPlan& plan) const { return {{"kind", to_string(plan.kind)}, {"until", format_time(plan.until, parts_.clock->zone_minutes())}}; }
  [[nodiscard]] Json shown(const KeepRequest& one, const CentralPerson& person) const {
    return {{"asked_at", one.asked_at}, {"asked_by", named(one.asked_by)}, {"before", shown(one.before)}, {"decided_at", one.decided_at}, {"decided_by", named(one.decided_by)},
            {"may_decide", one.state == KeepState::Asked && may_decide_retention(person, one.unit, one.asked_by)}, {"number", one.number}, {"package", one.package}, {"reason", one.reason},
            {"state", to_string(one.state)}, {"wanted", shown(one.wanted)}, {"why", one.why}, {"zip_sha256", one.zip_sha256}};
  }
};

}  // namespace

void add_keeping_routes(HttpRouter& router, const CentralParts& parts) {
  RouteAdder<KeepingAnswers> add(router, parts);
  add("GET", "/v1/bureau/retention", &KeepingAnswers::list);
  add("POST", "/v1/bureau/retention", &KeepingAnswers::ask, kMostAsked);
  add("POST", "/v1/bureau/retention/{number}/decision", &KeepingAnswers::decide, kMostAsked);
}

}  // namespace guzheng
