#include "core/central/trigger_api.h"

#include <algorithm>
#include <set>

#include "core/central/answers.h"
#include "core/central/tus.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostOfWork = 8 * 1024;      // bytes of what a worker says

HttpAnswer uncached(HttpAnswer answer) {
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

HttpAnswer trigger_refusal(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Denied: return refused(403, "not-allowed", error.what);
    case ErrorKind::Exists: return refused(409, "settled", error.what);
    case ErrorKind::NotFound: return refused(404, "not-there", error.what);
    case ErrorKind::Invalid: return refused(400, "body", error.what);
    default: return trouble(error);
  }
}

// A body of these members, each of them a text. A form of another site cannot send this type.
Result<Json> texts_of(const HttpRequest& request, const std::set<std::string>& keys) {
  if (request.header("content-type") != "application/json") return fail(ErrorKind::Invalid, "Content-Type must be application/json");
  GZ_TRY_ASSIGN(auto body, parse_json(request.body));
  if (!body.is_object() || body.size() != keys.size()) return fail(ErrorKind::Invalid, "a member is missing, or one too many is there");
  for (const auto& key : keys)
    if (!body.contains(key) || !body[key].is_string()) return fail(ErrorKind::Invalid, key + " is missing or no text");
  return body;
}

Result<SignedTrigger> order_in(const HttpRequest& request) {
  if (request.header("content-type") != "application/json") return fail(ErrorKind::Invalid, "Content-Type must be application/json");
  return parse_signed_trigger(request.body);
}

std::int64_t number_in(const HttpRequest& request) {
  const auto number = parse_count(request.params.at("number"));
  return number ? static_cast<std::int64_t>(*number) : -1;
}

// ?before=N and nothing else; 0: not asked. Nothing: something else was.
std::optional<std::int64_t> before_in(const HttpRequest& request) {
  if (request.query.empty()) return 0;
  const auto before = request.query.contains("before") ? parse_count(request.query.at("before")) : std::nullopt;
  if (request.query.size() != 1 || !before || *before == 0) return std::nullopt;
  return static_cast<std::int64_t>(*before);
}

class TriggerAnswers {
 public:
  explicit TriggerAnswers(const CentralParts& parts) : parts_(parts) {}

  // Of stations.
  HttpAnswer bring(const HttpRequest& request) const { return asked(request); }

  HttpAnswer of_unit(const HttpRequest& request) const {
    const auto unit = parts_.people->unit_of(request.who);
    if (!unit) return trouble(unit.error());
    if (unit->empty()) return json_answer(200, {{"more", false}, {"orders", Json::array()}});
    return listed(request, *unit);
  }

  HttpAnswer take(const HttpRequest& request) const {
    const auto body = texts_of(request, {"kind", "node", "serial"});
    if (!body) return refused(400, "body", body.error().what);
    const auto taken = parts_.triggers->take(request.who, {text_at(*body, "kind"), text_at(*body, "node"), text_at(*body, "serial")});
    if (!taken) return trigger_refusal(taken.error());
    if (!*taken) {
      HttpAnswer none;
      none.status = 204;
      return none;
    }
    const auto& it = **taken;
    return json_answer(200, {{"lease", it.lease}, {"lease_ms", it.lease_ms}, {"number", it.number}, {"order", it.signed_order.text}, {"order_p7s", to_base64(it.signed_order.signature)}, {"script", it.signed_order.script}});
  }

  HttpAnswer renew(const HttpRequest& request) const {
    const auto body = texts_of(request, {"lease"});
    if (!body) return refused(400, "body", body.error().what);
    const auto left = parts_.triggers->renew(number_in(request), request.who, text_at(*body, "lease"));
    return left ? json_answer(200, {{"lease_ms", *left}}) : trigger_refusal(left.error());
  }

  HttpAnswer settle(const HttpRequest& request) const {
    using R = TriggerOutcome::Result;
    const auto body = texts_of(request, {"lease", "package", "result", "why"});
    if (!body) return refused(400, "body", body.error().what);
    const auto result = text_at(*body, "result");
    if (result != "captured" && result != "again" && result != "failed") return refused(400, "body", "result is captured, again or failed");
    const auto settled = parts_.triggers->settle(number_in(request), request.who,
                                                 {result == "captured" ? R::Captured : result == "again" ? R::Again : R::Failed, text_at(*body, "lease"), text_at(*body, "package"), text_at(*body, "why")});
    return settled ? given(200, *settled, false) : trigger_refusal(settled.error());
  }

  // Of people.
  HttpAnswer ask(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson&) { return asked(request); });
  }

  HttpAnswer triggers(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      if (person.role == CentralRole::Administrator) return json_answer(200, {{"more", false}, {"orders", Json::array()}});
      return listed(request, person.role == CentralRole::Auditor ? std::nullopt : std::optional(person.unit));
    });
  }

  HttpAnswer trigger(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto one = parts_.triggers->read(number_in(request));
      if (!one && one.error().kind != ErrorKind::NotFound) return trouble(one.error());
      if (!one || !may_see_packages(person, one->order.unit)) return refused(404, "not-there", "no order with that number");
      return given(200, *one, true);
    });
  }

  HttpAnswer withdraw(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = texts_of(request, {"why"});
      if (!body) return refused(400, "body", body.error().what);
      const auto done = parts_.triggers->withdraw(number_in(request), person, text_at(*body, "why"));
      return done ? given(200, *done, true) : trigger_refusal(done.error());
    });
  }

  HttpAnswer reviews(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      std::optional<CaptureState> state;
      const bool named = request.query.contains("state");
      for (const auto one : {CaptureState::Review, CaptureState::Confirmed, CaptureState::Refused, CaptureState::Expired})
        if (named && request.query.at("state") == to_string(one)) state = one;
      const auto before = request.query.contains("before") ? parse_count(request.query.at("before")) : std::nullopt;
      if (request.query.size() != std::size_t{named} + std::size_t{before.has_value()} || (named && !state))
        return refused(400, "question", "state (review, confirmed, refused or expired) and before (milliseconds since 1970) may be asked, each once");
      const auto stations = seen_by(person);
      if (!stations) return trouble(stations.error());
      const auto found = parts_.reviews->list(*stations, state, {before ? static_cast<std::int64_t>(*before) : 0});
      if (!found) return trouble(found.error());
      Json list = Json::array();
      for (const auto& one : *found) list.push_back(shown(one));
      return json_answer(200, {{"captures", std::move(list)}, {"more", static_cast<int>(found->size()) == ReviewInbox::kPage}});
    });
  }

  HttpAnswer file_case(const HttpRequest& request) const {
    return as_person(request, [&](const CentralPerson& person) -> HttpAnswer {
      const auto body = texts_of(request, {"case"});
      if (!body) return refused(400, "body", body.error().what);
      const auto one = parts_.reviews->read(request.params.at("id"));
      if (!one && one.error().kind != ErrorKind::NotFound) return trouble(one.error());
      const auto unit = one ? parts_.people->unit_of(one->station) : Result<std::string>(std::string());
      if (!unit) return trouble(unit.error());
      if (!one || !may_see_packages(person, *unit)) return refused(404, "not-there", "no automatic capture of your unit with that number");
      const auto filed = parts_.reviews->file_case(one->package, person, *unit, text_at(*body, "case"));
      return filed ? json_answer(200, shown(*filed)) : trigger_refusal(filed.error());
    });
  }

 private:
  template <typename F>
  HttpAnswer as_person(const HttpRequest& request, F answer) const {
    const auto person = parts_.people->by_badge(request.who);
    if (!person && person.error().kind != ErrorKind::NotFound) return uncached(trouble(person.error()));
    if (!person) return uncached(refused(403, "not-allowed", person.error().what));
    return uncached(answer(*person));
  }

  HttpAnswer asked(const HttpRequest& request) const {
    const auto order = order_in(request);
    if (!order) return refused(400, "order", order.error().what);
    const auto made = parts_.triggers->ask(*order, request.who);
    return made ? given(201, *made, false) : trigger_refusal(made.error());
  }

  HttpAnswer listed(const HttpRequest& request, const std::optional<std::string>& unit) const {
    const auto before = before_in(request);
    if (!before) return refused(400, "question", "before (an order's number) may be asked, once");
    const auto found = parts_.triggers->list(unit, *before);
    if (!found) return trouble(found.error());
    Json list = Json::array();
    for (const auto& one : *found) {
      const auto row = shown(one, false);
      if (!row) return trouble(row.error());
      list.push_back(*row);
    }
    return json_answer(200, {{"more", static_cast<int>(found->size()) == TriggerQueue::kPage}, {"orders", std::move(list)}});
  }

  HttpAnswer given(int status, const Trigger& trigger, bool whole) const {
    const auto body = shown(trigger, whole);
    return body ? json_answer(status, *body) : trouble(body.error());
  }

  Result<std::optional<std::vector<std::string>>> seen_by(const CentralPerson& person) const {
    if (person.role == CentralRole::Auditor) return std::optional<std::vector<std::string>>();
    GZ_TRY_ASSIGN(const auto units, parts_.people->station_units());
    std::vector<std::string> out;
    for (const auto& [station, unit] : units)
      if (may_see_packages(person, unit)) out.push_back(station);
    return std::optional(out);
  }

  [[nodiscard]] std::string at(WallTime time) const { return time.ms > 0 ? format_time(time, parts_.clock->zone_minutes()) : std::string(); }

  [[nodiscard]] Json shown(const AutomaticCapture& one) const {
    return {{"case", one.case_no}, {"case_at", at(one.case_at)}, {"case_by", one.case_by}, {"fingerprint", one.fingerprint}, {"kept_until", at(one.kept_until)}, {"package", one.package}, {"received_at", at(one.received_at)},
            {"received_ms", one.received_at.ms}, {"review", one.review}, {"reviewed_at", one.reviewed_at}, {"reviewed_by", one.reviewed_by}, {"state", to_string(one.state)}, {"station", one.station}, {"until", at(one.until)}, {"why", one.why}};
  }

  // `state`: of the order, or once its package is here, of that. `whole`: with what was signed, and what happened.
  Result<Json> shown(const Trigger& trigger, bool whole) const {
    const auto& order = trigger.order;
    std::string state(to_string(trigger.state)), why = trigger.why;
    if (trigger.state == TriggerState::Captured) {
      const auto capture = parts_.reviews->read(trigger.package);
      if (!capture && capture.error().kind != ErrorKind::NotFound) return fail(capture.error());
      if (capture) state = to_string(capture->state);
      if (capture && !capture->why.empty()) why = capture->why;
    }
    Json out{{"asked_at", at(trigger.asked_at)}, {"asked_by", trigger.asked_by}, {"attempts", trigger.attempts}, {"deadline", at(order.deadline)}, {"holder", trigger.holder}, {"id", order.id},
             {"link", order.order.at("link")}, {"number", trigger.number}, {"order_no", order.order.at("order_no")}, {"package", trigger.package}, {"signed_by", trigger.signed_by}, {"state", state},
             {"subject", order.order.at("subject_name")}, {"unit", order.unit}, {"why", why}};
    if (!whole) return out;
    GZ_TRY_ASSIGN(const auto events, parts_.triggers->history(trigger));
    out["order"] = trigger.text;
    out["order_p7s"] = to_base64(trigger.signature);
    out["history"] = Json::array();
    for (const auto& one : events) out["history"].push_back({{"at", at(one.at)}, {"package", one.package}, {"what", one.what}, {"who", one.who}, {"why", one.why}});
    return out;
  }

  const CentralParts parts_;
};

}  // namespace

void add_trigger_routes(HttpRouter& router, const CentralParts& parts) {
  const auto answers = std::make_shared<TriggerAnswers>(parts);
  using Answer = HttpAnswer (TriggerAnswers::*)(const HttpRequest&) const;
  const auto add = [&](const char* method, const char* pattern, Answer answer, std::size_t body = 0) {
    router.add({method, pattern, false, [answers, answer](HttpRequest& request) -> HttpReply { return (answers.get()->*answer)(request); }, body});
  };
  add("POST", "/v1/triggers", &TriggerAnswers::bring, kMostTriggerBody);
  add("GET", "/v1/triggers", &TriggerAnswers::of_unit);
  add("POST", "/v1/work", &TriggerAnswers::take, kMostOfWork);
  add("POST", "/v1/work/{number}/lease", &TriggerAnswers::renew, kMostOfWork);
  add("POST", "/v1/work/{number}/outcome", &TriggerAnswers::settle, kMostOfWork);
  add("POST", "/v1/bureau/triggers", &TriggerAnswers::ask, kMostTriggerBody);
  add("GET", "/v1/bureau/triggers", &TriggerAnswers::triggers);
  add("GET", "/v1/bureau/triggers/{number}", &TriggerAnswers::trigger);
  add("POST", "/v1/bureau/triggers/{number}/withdrawal", &TriggerAnswers::withdraw, kMostOfWork);
  add("GET", "/v1/bureau/reviews", &TriggerAnswers::reviews);
  add("POST", "/v1/bureau/reviews/{id}/case", &TriggerAnswers::file_case, kMostOfWork);
}

}  // namespace guzheng
