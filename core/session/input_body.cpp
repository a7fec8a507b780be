#include "core/session/input_body.h"

#include <cmath>

#include "core/custody/journal.h"

namespace guzheng {

namespace {

// Mice and virtual fingers are -1, -2 … in 64 bits; as a signed number they fit into JSON's integers.
std::int64_t pointer_number(std::uint64_t pointer) { return static_cast<std::int64_t>(pointer) % (std::int64_t{1} << 53); }

std::int64_t thousandths(float value) { return std::llround(static_cast<double>(value) * 1000.0); }

struct Spell {
  Result<Json> operator()(const KeyEvent& e) const {
    return Json{{"act", "key"}, {"code", e.keycode}, {"do", e.action == KeyAction::Down ? "down" : "up"}, {"meta", e.meta}};
  }
  Result<Json> operator()(const TextEvent& e) const { return Json{{"act", "text"}, {"text", journal_text(e.utf8)}}; }
  Result<Json> operator()(const TouchEvent& e) const {
    const char* what = e.action == TouchAction::Down ? "down" : e.action == TouchAction::Up ? "up" : "cancel";
    return Json{{"act", "touch"}, {"do", what}, {"p", pointer_number(e.pointer)}, {"x", e.x}, {"y", e.y}, {"w", e.width}, {"h", e.height}};
  }
  Result<Json> operator()(const ScrollEvent& e) const {
    return Json{{"act", "scroll"}, {"x", e.x}, {"y", e.y}, {"w", e.width}, {"h", e.height}, {"dx", thousandths(e.horizontal)},
                {"dy", thousandths(e.vertical)}};
  }
  // the phone treats both halves as one press; the journal names the act once a message
  Result<Json> operator()(const BackOrScreenOn&) const { return Json{{"act", "back"}}; }
  Result<Json> operator()(const SetClipboard& e) const {
    return Json{{"act", e.paste ? "paste" : "clipboard"}, {"text", journal_text(e.utf8)}};
  }
  Result<Json> operator()(const GetClipboard&) const {
    return fail(ErrorKind::Unsupported, "asking for the phone's clipboard is not recorded, so it is not done");
  }
  Result<Json> operator()(const ExpandNotifications&) const { return Json{{"act", "panel"}, {"do", "notifications"}}; }
  Result<Json> operator()(const ExpandSettings&) const { return Json{{"act", "panel"}, {"do", "settings"}}; }
  Result<Json> operator()(const CollapsePanels&) const { return Json{{"act", "panel"}, {"do", "collapse"}}; }
  Result<Json> operator()(const DisplayPower& e) const { return Json{{"act", "display"}, {"on", e.on}}; }
  Result<Json> operator()(const RotateDevice&) const { return Json{{"act", "rotate"}}; }
  Result<Json> operator()(const StartApp& e) const { return Json{{"act", "app"}, {"name", journal_text(e.name)}}; }
  Result<Json> operator()(const ResetVideo&) const { return Json{{"act", "reset-video"}, {"by", "officer"}}; }
};

}  // namespace

Result<Json> input_body(const ControlMessage& message) { return std::visit(Spell{}, message); }

Json move_body(const TouchEvent& any, const std::vector<MovePoint>& points) {
  Json list = Json::array();
  for (const auto& point : points) list.push_back(Json::array({point.ms, point.x, point.y}));
  return {{"act", "move"}, {"p", pointer_number(any.pointer)}, {"w", any.width}, {"h", any.height}, {"points", std::move(list)}};
}

std::string clipboard_note(std::size_t bytes) { return "取证人员把手机剪贴板的文字（" + std::to_string(bytes) + " 字节）复制到工作站的剪贴板"; }

std::optional<std::string> secret_part(const ControlMessage& message) {
  if (const auto* text = std::get_if<TextEvent>(&message)) return text->utf8;
  if (const auto* set = std::get_if<SetClipboard>(&message)) return set->utf8;
  if (const auto* key = std::get_if<KeyEvent>(&message)) return std::to_string(key->keycode) + ":" + std::to_string(key->meta);
  return std::nullopt;
}

void conceal(Json& body, std::size_t bytes, const std::string& salted) {
  for (const char* name : {"text", "code", "meta"}) body.erase(name);
  body["bytes"] = bytes;
  body["salted"] = salted;
}

}  // namespace guzheng
