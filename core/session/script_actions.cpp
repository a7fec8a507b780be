#include "core/session/script_actions.h"

#include <algorithm>
#include <map>

#include "core/session/long_capture.h"

namespace guzheng {

namespace {

constexpr std::int64_t kFarPixel = 100'000;

ScriptField text(const char* name) { return {name, FieldType::Text, 0, 0, {}}; }
ScriptField picture() { return {"picture", FieldType::Picture, 0, 0, {}}; }
ScriptField number(const char* name, std::int64_t least, std::int64_t most) { return {name, FieldType::Number, least, most, {}}; }
ScriptField choice(const char* name, std::vector<std::string> choices) { return {name, FieldType::Choice, 0, 0, std::move(choices)}; }
ScriptField pixel(const char* name) { return {name, FieldType::Point, 0, kFarPixel, {}}; }
ScriptField share(const char* name) { return {name, FieldType::Point, 0, kFullScale, {}}; }
ScriptField time(const char* name) { return number(name, 0, kScriptMostWaitMs); }
ScriptField kind() {
  std::vector<std::string> kinds;
  for (const auto one : kItemKinds) kinds.emplace_back(to_string(one));
  return choice("kind", kinds);
}
ScriptField access() { return choice("access", {"公开", "登录可见", "非公开"}); }

std::vector<ScriptAction> make_actions() {
  return {
      {"app", Need::All, {{"name"}}, {text("name")}},
      {"url", Need::All, {{"url"}}, {text("url")}},
      {"tap", Need::One, {{"text"}, {"picture"}, {"at"}, {"x", "y"}}, {text("text"), picture(), share("at"), number("x", 0, kFarPixel), number("y", 0, kFarPixel), time("limit_ms")}},
      {"swipe", Need::One, {{"from_at", "to_at"}, {"from", "to"}}, {share("from_at"), share("to_at"), pixel("from"), pixel("to"), time("ms")}},
      {"scroll", Need::One, {{"until"}, {"picture"}}, {text("until"), picture(), choice("to", {"down", "up"}), number("most", 1, 200)}},
      {"key", Need::All, {{"key"}}, {choice("key", {"back", "home", "recents", "enter"})}},
      {"text", Need::One, {{"text"}, {"secret"}}, {text("text"), text("secret")}},
      {"wait", Need::One, {{"text"}, {"gone"}, {"picture"}, {"ms"}}, {text("text"), text("gone"), picture(), time("ms"), time("limit_ms")}},
      {"capture", Need::All, {{"kind"}}, {kind(), text("title"), text("proves"), access(), text("basis")}},
      {"long", Need::All, {{"kind"}}, {kind(), text("title"), text("proves"), access(), text("basis"), number("most", 2, kMostLongPictures)}},
      {"assert", Need::Any, {{"text"}, {"absent"}, {"picture"}, {"app"}}, {text("text"), text("absent"), picture(), text("app")}},
      {"note", Need::All, {{"text"}}, {text("text")}},
  };
}

}  // namespace

const std::vector<ScriptAction>& script_actions() {
  static const std::vector<ScriptAction> actions = [] {
    auto made = make_actions();
    for (auto& action : made) action.fields.push_back(text("remark"));       // for who reads the script; does nothing
    return made;
  }();
  return actions;
}

const ScriptAction* script_action(std::string_view name) {
  const auto& all = script_actions();
  const auto it = std::find_if(all.begin(), all.end(), [&](const auto& action) { return action.name == name; });
  return it == all.end() ? nullptr : &*it;
}

const ScriptField* script_field(const ScriptAction& action, std::string_view name) {
  const auto it = std::find_if(action.fields.begin(), action.fields.end(), [&](const auto& field) { return field.name == name; });
  return it == action.fields.end() ? nullptr : &*it;
}

std::string action_in_chinese(std::string_view name) {
  static const std::map<std::string, std::string, std::less<>> words{
      {"app", "打开应用"}, {"url", "打开网址"}, {"tap", "点按"},     {"swipe", "滑动"}, {"scroll", "滚动到"}, {"key", "按键"},
      {"text", "输入"},    {"wait", "等待"},    {"capture", "取证"}, {"long", "长页取证"}, {"assert", "核对"}, {"note", "备注"}};
  const auto it = words.find(name);
  return it == words.end() ? std::string(name) : it->second;
}

}  // namespace guzheng
