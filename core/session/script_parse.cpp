// Reading of capture scripts: everything is checked before the first step is done.
#include <map>
#include <set>

#include "core/session/long_capture.h"
#include "core/session/script.h"
#include "core/session/statements.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostSteps = 1000;
constexpr std::int64_t kMostWaitMs = 10 * 60'000;

Failure wrong_step(std::size_t step, const std::string& what) {
  return fail(ErrorKind::Invalid, "script step " + std::to_string(step + 1) + ": " + what);
}

const std::set<std::string> kKeys{"back", "home", "recents", "enter"};

bool is_point(const Json& step, const char* name) {
  return step.contains(name) && step[name].is_array() && step[name].size() == 2 && step[name][0].is_number_integer() && step[name][1].is_number_integer();
}
bool has_text(const Json& step, const char* name) { return !text_at(step, name).empty(); }
bool has_time(const Json& step, const char* name) {
  const auto ms = integer_at(step, name, -1);
  return ms >= 0 && ms <= kMostWaitMs;
}

bool is_count(const Json& step, const char* name, std::int64_t least, std::int64_t most) {      // or not there
  const auto count = integer_at(step, name, least);
  return !step.contains(name) || (step[name].is_number_integer() && count >= least && count <= most);
}

// What misses or is wrong in a step; "" when it is in order.
std::string problem_of(const std::string& action, const Json& step) {
  if (action == "app") return has_text(step, "name") ? "" : "\"name\" of the app is missing";
  if (action == "tap") return has_text(step, "text") || (integer_at(step, "x", -1) >= 0 && integer_at(step, "y", -1) >= 0) ? "" : "needs \"text\", or \"x\" and \"y\"";
  if (action == "swipe") {
    if (!is_point(step, "from") || !is_point(step, "to")) return "needs \"from\" and \"to\" as [x, y]";
    return !step.contains("ms") || has_time(step, "ms") ? "" : "\"ms\" is no time";
  }
  if (action == "key") return kKeys.contains(text_at(step, "key")) ? "" : "\"key\" must be back, home, recents or enter";
  if (action == "text" || action == "note") return has_text(step, "text") ? "" : "\"text\" is missing";
  if (action == "wait") return has_time(step, "ms") || has_text(step, "text") ? "" : "needs \"ms\" or \"text\"";
  if (action == "scroll") {
    if (!has_text(step, "until")) return "\"until\", the text to scroll to, is missing";
    if (step.contains("to") && text_at(step, "to") != "down" && text_at(step, "to") != "up") return "\"to\" must be down or up";
    return is_count(step, "most", 1, 200) ? "" : "\"most\" must be 1 to 200";
  }
  if (action == "assert") return has_text(step, "text") || has_text(step, "absent") ? "" : "needs \"text\" or \"absent\"";
  if (action == "long" && !is_count(step, "most", 2, kMostLongPictures)) return "\"most\" must be 2 to 50";
  if (action == "capture" || action == "long") return item_kind(text_at(step, "kind")) ? "" : "\"kind\" must be platform-home, shop-home, licence, violation or other";
  return "nothing is known that does \"" + action + "\"";
}

const std::map<std::string, std::set<std::string>> kFields{
    {"app", {"name"}},          {"tap", {"text", "x", "y", "limit_ms"}}, {"swipe", {"from", "to", "ms"}}, {"key", {"key"}},
    {"text", {"text"}},         {"note", {"text"}},                      {"wait", {"ms", "text", "limit_ms"}},
    {"capture", {"kind", "title", "proves", "access", "basis"}},
    {"long", {"kind", "title", "proves", "access", "basis", "most"}},     {"scroll", {"until", "to", "most"}}, {"assert", {"text", "absent"}}};

Result<ScriptStep> parse_step(std::size_t number, const Json& step) {
  if (!step.is_object()) return wrong_step(number, "is no object");
  const std::string action = text_at(step, "do");
  if (const auto problem = problem_of(action, step); !problem.empty()) return wrong_step(number, problem);
  for (const auto& [name, value] : step.items())
    if (name != "do" && !kFields.at(action).contains(name)) return wrong_step(number, "\"" + name + "\" is no field of \"" + action + "\"");
  return ScriptStep{action, step};
}

}  // namespace

Result<CaptureOrder> parse_capture_order(const Json& json) {
  CaptureOrder order;
  const std::pair<const char*, std::string*> fields[] = {
      {"order_no", &order.order_no},         {"task", &order.task},           {"case_no", &order.case_no},
      {"reason", &order.reason},             {"what", &order.what},           {"legal_basis", &order.legal_basis},
      {"subject_name", &order.subject_name}, {"credit_code", &order.credit_code}, {"shop", &order.shop},
      {"platform", &order.platform},         {"link", &order.link},           {"ownership", &order.ownership}};
  if (!json.is_object()) return fail(ErrorKind::Invalid, "\"order\" is no object");
  for (const auto& [name, value] : json.items()) {
    const auto field = std::find_if(std::begin(fields), std::end(fields), [&, n = name](const auto& f) { return n == f.first; });
    if (field == std::end(fields)) return fail(ErrorKind::Invalid, "order: \"" + name + "\" is no field of the order");
    if (!value.is_string()) return fail(ErrorKind::Invalid, "order field \"" + name + "\" is no text");
    *field->second = value.get<std::string>();
  }
  return order;
}

Result<Script> parse_script(std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || text_at(json, "schema") != "guzheng-script/1")
    return fail(ErrorKind::Invalid, "this is no capture script: \"schema\" must be \"guzheng-script/1\"");
  Script script;
  script.name = text_at(json, "name");
  if (script.name.empty()) return fail(ErrorKind::Invalid, "script: \"name\" is missing");
  if (!json.contains("order")) return fail(ErrorKind::Invalid, "script: \"order\" is missing");
  GZ_TRY_ASSIGN(script.order, parse_capture_order(json["order"]));
  script.order.by_script = true;
  if (json.contains("statements")) { GZ_TRY_ASSIGN(script.statements, parse_statements(json["statements"])); }
  if (!json.contains("steps") || !json["steps"].is_array() || json["steps"].empty() || json["steps"].size() > kMostSteps)
    return fail(ErrorKind::Invalid, "script: \"steps\" must be a list of 1 to 1000 steps");
  for (std::size_t i = 0; i < json["steps"].size(); ++i) {
    GZ_TRY_ASSIGN(ScriptStep step, parse_step(i, json["steps"][i]));
    script.steps.push_back(std::move(step));
  }
  return script;
}

}  // namespace guzheng
