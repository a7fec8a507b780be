// Room session. What a step of a capture script may be, as data: the parser, the editor in the window and the test of the JSON Schema
// (resources/scripts/guzheng-script.schema.json) all go by this table. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

enum class FieldType {
  Text,
  Number,                                    // whole, least … most
  Point,                                     // [x, y], each least … most
  Choice,
  Picture,                                   // name of a PNG file beside the script
};
struct ScriptField {
  std::string name;
  FieldType type = FieldType::Text;
  std::int64_t least = 0, most = 0;
  std::vector<std::string> choices;
};
enum class Need { All, One, Any };           // of `ways`: every field; exactly one way, wholly; at least one
struct ScriptAction {
  std::string name;
  Need need = Need::All;
  std::vector<std::vector<std::string>> ways;
  std::vector<ScriptField> fields;
};
const std::vector<ScriptAction>& script_actions();
const ScriptAction* script_action(std::string_view name);      // null: nothing is known that does it
const ScriptField* script_field(const ScriptAction& action, std::string_view name);
// The officer's word for it: "tap" → "点按".
std::string action_in_chinese(std::string_view name);

inline constexpr std::int64_t kScriptMostWaitMs = 10 * 60'000;
inline constexpr std::size_t kScriptMostSteps = 1000, kScriptMostBytes = 1u << 20;
inline constexpr std::int64_t kFullScale = 1000;               // "at", "from_at", "to_at": thousandths of width and height

}  // namespace guzheng
