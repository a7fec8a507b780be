#include "core/sync/work_link.h"

#include "core/base/random.h"

namespace guzheng {

std::string WorkLink::new_order_id() { return random_hex(16); }

Result<Json> WorkLink::ask(const char* method, const std::string& path, const Json& body) {
  std::string text;
  if (!body.is_null()) { GZ_TRY_ASSIGN(text, canonical_json(body)); }
  GZ_TRY_ASSIGN(auto reply, link_->exchange(method, path, text));
  if (reply.status == 204) return Json();
  auto json = parse_json(reply.body);
  if (!json || !json->is_object()) return fail(ErrorKind::Protocol, "the central system's answer is no JSON object");
  return json;
}

Result<Json> WorkLink::bring(const SignedTrigger& trigger) {
  GZ_TRY_ASSIGN(const auto text, write_signed_trigger(trigger));
  GZ_TRY_ASSIGN(const auto body, parse_json(text));
  return ask("POST", "/v1/triggers", body);
}

Result<std::optional<Work>> WorkLink::take(const TriggerPhone& phone) {
  GZ_TRY_ASSIGN(const auto json, ask("POST", "/v1/work", {{"kind", phone.kind}, {"node", phone.node}, {"serial", phone.serial}}));
  if (json.is_null()) return std::optional<Work>();
  Work out{integer_at(json, "number"), {text_at(json, "order"), {}, text_at(json, "script")}, text_at(json, "lease"), integer_at(json, "lease_ms")};
  const auto p7s = text_at(json, "order_p7s");
  if (out.number <= 0 || out.lease.empty() || out.lease_ms <= 0 || out.order.text.empty() || !from_base64(p7s, out.order.signature))
    return fail(ErrorKind::Protocol, "the central system gave an order that is none");
  return std::optional(std::move(out));
}

Result<std::int64_t> WorkLink::renew(const Work& work) {
  GZ_TRY_ASSIGN(const auto json, ask("POST", "/v1/work/" + std::to_string(work.number) + "/lease", {{"lease", work.lease}}));
  const auto ms = integer_at(json, "lease_ms");
  return ms > 0 ? Result<std::int64_t>(ms) : Result<std::int64_t>(fail(ErrorKind::Protocol, "the central system does not say for how long"));
}

Status WorkLink::settle(std::int64_t number, const std::string& lease, const WorkOutcome& outcome) {
  const auto done = ask("POST", "/v1/work/" + std::to_string(number) + "/outcome", {{"lease", lease}, {"package", outcome.package}, {"result", outcome.result}, {"why", outcome.why}});
  return done ? ok() : Status(fail(done.error()));
}

Result<Json> WorkLink::list(std::int64_t before) {
  GZ_TRY_ASSIGN(auto json, ask("GET", "/v1/triggers" + (before > 0 ? "?before=" + std::to_string(before) : std::string()), Json()));
  if (!json.contains("orders") || !json["orders"].is_array()) return fail(ErrorKind::Protocol, "the central system's answer holds no orders");
  return json;
}

}  // namespace guzheng
