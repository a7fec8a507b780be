#include "core/wire/trigger.h"

#include <openssl/obj_mac.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/digest.h"
#include "core/identity/signer.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 12> kOrderKeys{"order_no", "task", "case_no", "reason", "what", "legal_basis", "subject_name", "credit_code", "shop", "platform", "link", "ownership"};
constexpr std::array<std::string_view, 6> kNeeded{"order_no", "reason", "what", "legal_basis", "subject_name", "link"};
constexpr std::array<std::string_view, 4> kSources{"complaint", "patrol", "transfer", "result"};
constexpr std::size_t kLongestText = 6000, kLongestName = 200, kMostOrder = 128 * 1024;

Failure no_order(const std::string& what) { return fail(ErrorKind::Invalid, "no order of a triggered capture: " + what); }

bool is_plain(std::string_view text, std::size_t most, bool may_be_empty) {
  return (may_be_empty || std::any_of(text.begin(), text.end(), [](char c) { return c != ' '; })) && text.size() <= most && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_lower_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_web_link(std::string_view text) {
  const auto scheme = text.find("://");
  return scheme != std::string_view::npos && scheme > 0 && scheme + 3 < text.size() && text.find(' ') == std::string_view::npos &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(scheme), [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.'; });
}

// "LX-03"
bool is_station(std::string_view text) {
  return text.size() == 5 && text[2] == '-' && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z' && text[3] >= '0' && text[3] <= '9' && text[4] >= '0' && text[4] <= '9';
}

Status check_order(const TriggerOrder& o) {
  if (!is_lower_hex(o.id, 32)) return no_order("id is not 32 hex digits");
  if (!is_plain(o.unit, kLongestName, false)) return no_order("unit is missing or no text");
  if (!o.station.empty() && !is_station(o.station)) return no_order("station is no station's id");
  if (std::find(kSources.begin(), kSources.end(), o.clue.source) == kSources.end()) return no_order("clue.source is none of complaint, patrol, transfer, result");
  if (!is_plain(o.clue.content, kLongestText, false)) return no_order("clue.content is missing or no text");
  if (!is_plain(o.clue.number, kLongestName, true)) return no_order("clue.number is no text");
  if (o.order.size() != kOrderKeys.size()) return no_order("a member of the order is missing");
  for (const auto& [key, value] : o.order) {
    if (!is_trigger_order_key(key)) return no_order("\"" + key + "\" is no member of the order");
    const bool needed = std::find(kNeeded.begin(), kNeeded.end(), key) != kNeeded.end();
    if (!is_plain(value, kLongestText, !needed)) return no_order("order." + key + (needed && value.empty() ? " is missing" : " is no text of one line"));
  }
  if (!is_web_link(o.order.at("link"))) return no_order("order.link is no link, such as https://…");
  if (!is_plain(o.script_name, kLongestName, false)) return no_order("script.name is missing or no text");
  if (!is_lower_hex(o.script_sha256, 64)) return no_order("script.sha256 is no digest");
  for (const auto* text : {&o.phone.kind, &o.phone.node, &o.phone.serial})
    if (!is_plain(*text, kLongestName, true)) return no_order("what it says of the phone is no text");
  if (o.deadline <= o.issued_at) return no_order("its deadline is not after its issue");
  if (o.deadline.ms - o.issued_at.ms > TriggerOrder::kLongestMs) return no_order("its deadline is more than 90 days after its issue");
  return ok();
}

Json order_of(const TriggerOrder& o) {
  Json order = Json::object();
  for (const auto& [key, value] : o.order) order[key] = value;
  return {{"clue", {{"content", o.clue.content}, {"number", o.clue.number}, {"source", o.clue.source}}},
          {"deadline", format_time(o.deadline)},
          {"format", 1},
          {"id", o.id},
          {"issued_at", format_time(o.issued_at)},
          {"order", std::move(order)},
          {"phone", {{"kind", o.phone.kind}, {"node", o.phone.node}, {"serial", o.phone.serial}}},
          {"script", {{"name", o.script_name}, {"sha256", o.script_sha256}}},
          {"station", o.station},
          {"unit", o.unit}};
}

bool all_texts(const Json& object, const std::set<std::string>& keys) {
  return object.is_object() && object.size() == keys.size() && std::all_of(keys.begin(), keys.end(), [&](const auto& key) { return object.contains(key) && object[key].is_string(); });
}

// What of a script concerns the order; whether it can be run is for who runs it to say (core/session/script.h).
Status check_script_text(const std::string& text, const TriggerOrder& order) {
  if (text.size() > kMostTriggerScript) return fail(ErrorKind::Invalid, "the script is larger than 1 MiB");
  if (sha256_hex(as_bytes(text)) != order.script_sha256) return fail(ErrorKind::Invalid, "the script is another than the one that the order names");
  const auto json = parse_json(text);
  if (!json || !json->is_object() || text_at(*json, "schema") != "guzheng-script/1" || !json->contains("steps") || !json->at("steps").is_array()) return fail(ErrorKind::Invalid, "the script is no capture script");
  if (text_at(*json, "name") != order.script_name) return fail(ErrorKind::Invalid, "the script has another name than the order gives it");
  const auto& link = order.order.at("link");
  const auto own = text_at(json->value("order", Json::object()), "link");
  if (!own.empty() && own != link) return fail(ErrorKind::Invalid, "the script is about another link than the order: " + own);
  for (const auto& step : json->at("steps"))
    if (!text_at(step, "picture").empty()) return fail(ErrorKind::Invalid, "the script needs pictures, which an order cannot bring along: have it find texts");
  return ok();
}

}  // namespace

bool is_trigger_order_key(std::string_view key) { return std::find(kOrderKeys.begin(), kOrderKeys.end(), key) != kOrderKeys.end(); }

Result<std::string> write_trigger_order(const TriggerOrder& order) {
  GZ_TRY(check_order(order));
  return canonical_json(order_of(order));
}

Result<TriggerOrder> parse_trigger_order(std::string_view text) {
  if (text.size() > kMostOrder) return no_order("it is larger than one can be");
  const auto parsed = parse_canonical_json(text);
  if (!parsed) return no_order(parsed.error().what);
  const Json& json = *parsed;
  static const std::set<std::string> all{"clue", "deadline", "format", "id", "issued_at", "order", "phone", "script", "station", "unit"};
  if (!json.is_object() || json.size() != all.size() || !std::all_of(all.begin(), all.end(), [&](const auto& key) { return json.contains(key); }) || json.at("format") != 1)
    return no_order("not its members, or another format than 1");
  for (const char* key : {"deadline", "id", "issued_at", "station", "unit"})
    if (!json.at(key).is_string()) return no_order(std::string(key) + " is no text");
  std::set<std::string> keys(kOrderKeys.begin(), kOrderKeys.end());
  if (!all_texts(json.at("clue"), {"content", "number", "source"}) || !all_texts(json.at("phone"), {"kind", "node", "serial"}) || !all_texts(json.at("script"), {"name", "sha256"}) ||
      !all_texts(json.at("order"), keys))
    return no_order("clue, order, phone or script has other members than theirs");
  const auto issued = parse_time(json.at("issued_at").get<std::string>()), deadline = parse_time(json.at("deadline").get<std::string>());
  if (!issued || !deadline) return no_order("a time is none");
  TriggerOrder out;
  out.id = text_at(json, "id");
  out.unit = text_at(json, "unit");
  out.station = text_at(json, "station");
  out.clue = {text_at(json["clue"], "source"), text_at(json["clue"], "number"), text_at(json["clue"], "content")};
  for (const auto& [key, value] : json["order"].items()) out.order[key] = value.get<std::string>();
  out.script_name = text_at(json["script"], "name");
  out.script_sha256 = text_at(json["script"], "sha256");
  out.phone = {text_at(json["phone"], "kind"), text_at(json["phone"], "node"), text_at(json["phone"], "serial")};
  out.issued_at = *issued;
  out.deadline = *deadline;
  GZ_TRY(check_order(out));
  GZ_TRY_ASSIGN(const auto again, canonical_json(order_of(out)));
  if (again != text) return no_order("it has another spelling than one has");          // a time in another zone
  return out;
}

Result<std::string> write_signed_trigger(const SignedTrigger& trigger) {
  return canonical_json({{"format", 1}, {"order", trigger.text}, {"order_p7s", to_base64(trigger.signature)}, {"script", trigger.script}});
}

Result<SignedTrigger> parse_signed_trigger(std::string_view text) {
  if (text.size() > kMostTriggerBody) return no_order("it is larger than one can be");
  const auto json = parse_canonical_json(text);
  if (!json) return no_order(json.error().what);
  if (!json->is_object() || json->size() != 4 || integer_at(*json, "format") != 1) return no_order("not the members of a signed order");
  for (const char* key : {"order", "order_p7s", "script"})
    if (!json->contains(key) || !json->at(key).is_string()) return no_order(std::string(key) + " is missing or no text");
  SignedTrigger out{text_at(*json, "order"), {}, text_at(*json, "script")};
  const auto p7s = text_at(*json, "order_p7s");
  if (!from_base64(p7s, out.signature) || to_base64(out.signature) != p7s) return no_order("its signature is no base64");
  return out;
}

Result<CheckedTrigger> check_trigger(const SignedTrigger& trigger, const std::string& roots_pem, const std::string& crl_pem, WallTime now) {
  CheckedTrigger out;
  GZ_TRY_ASSIGN(out.order, parse_trigger_order(trigger.text));
  GZ_TRY(check_script_text(trigger.script, out.order));
  if (out.order.issued_at.ms > now.ms + TriggerOrder::kClockSlackMs) return fail(ErrorKind::Invalid, "the order was issued in the future: is a clock wrong?");
  if (out.order.deadline <= now) return fail(ErrorKind::Invalid, "the order's deadline has passed: " + format_time(out.order.deadline));
  const auto pem = detached_signer(trigger.signature, as_bytes(trigger.text), roots_pem);
  if (!pem) return fail(ErrorKind::Denied, "the order's signature does not hold: " + pem.error().what);
  GZ_TRY_ASSIGN(const auto certificate, ssl::read_cert(as_bytes(*pem)));
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate.get(), roots_pem, crl_pem, now));
  if (standing != Standing::Good)
    return fail(ErrorKind::Denied, standing == Standing::Revoked ? "the order's signer: the certificate was revoked" : standing == Standing::NoList ? "the order's signer: the revocation list is not the root's, or has run out" : "the order's signer: the certificate does not stand now");
  out.badge = subject_field(certificate.get(), NID_serialNumber);
  out.name = subject_field(certificate.get(), NID_commonName);
  if (out.badge.empty() || out.name.empty() || is_station(out.badge)) return fail(ErrorKind::Denied, "the order is not signed by a person");
  return out;
}

}  // namespace guzheng
