#include "core/session/script_write.h"

#include "core/session/script_actions.h"

namespace guzheng {

namespace {

std::string spelled(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// {"a": 1, "b": [2]}: the named fields first, in this order.
std::string line_of(const Json& object, const std::vector<std::string>& order) {
  if (!object.is_object()) return spelled(object);
  std::string out;
  const auto put = [&](const std::string& name, const Json& value) { out += (out.empty() ? "" : ", ") + spelled(name) + ": " + spelled(value); };
  for (const auto& name : order)
    if (object.contains(name)) put(name, object[name]);
  for (const auto& [name, value] : object.items())
    if (std::find(order.begin(), order.end(), name) == order.end()) put(name, value);
  return "{" + out + "}";
}

std::string step_line(const Json& step) {
  std::vector<std::string> order{"do"};
  if (const ScriptAction* action = script_action(text_at(step, "do")))
    for (const auto& field : action->fields) order.push_back(field.name);
  return line_of(step, order);
}

// A list or an object with one entry a line.
template <typename F>
std::string block(const Json& list, const F& line) {
  if (!list.is_array()) return spelled(list);
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "\n    " : ",\n    ") + line(one);
  return "[" + out + (out.empty() ? "]" : "\n  ]");
}

std::string order_block(const Json& order) {
  if (!order.is_object() || order.empty()) return spelled(order);
  std::string out;
  for (const auto& [name, value] : order.items()) out += (out.empty() ? "\n    " : ",\n    ") + spelled(name) + ": " + spelled(value);
  return "{" + out + "\n  }";
}

}  // namespace

std::string script_text(const Json& script) {
  std::string out;
  const auto put = [&](const std::string& name, const std::string& value) { out += (out.empty() ? "\n  " : ",\n  ") + spelled(name) + ": " + value; };
  const std::vector<std::string> order{"schema", "name", "target", "order", "statements", "steps"};
  for (const auto& name : order) {
    if (!script.contains(name)) continue;
    const Json& value = script[name];
    put(name, name == "steps" ? block(value, step_line) : name == "statements" ? block(value, [](const Json& one) { return line_of(one, {"title", "text"}); })
              : name == "order" ? order_block(value) : name == "target" ? line_of(value, {"app", "url", "mark"}) : spelled(value));
  }
  for (const auto& [name, value] : script.items())
    if (std::find(order.begin(), order.end(), name) == order.end()) put(name, spelled(value));
  return "{" + out + "\n}\n";
}

}  // namespace guzheng
