#include "core/session/phone_state.h"

#include <charconv>

namespace guzheng {

namespace {

// android.text.InputType: class in the low four bits, variation in bits 4 to 11.
bool is_password(unsigned type) {
  const unsigned kind = type & 0x0f, variation = type & 0xff0;
  return (kind == 1 && (variation == 0x80 || variation == 0x90 || variation == 0xe0)) || (kind == 2 && variation == 0x10);
}

// The value of `NAME=…` in the section; "" when it is not there.
std::string_view value_of(std::string_view text, std::string_view name) {
  const auto at = text.find(name);
  if (at == text.npos) return {};
  const auto rest = text.substr(at + name.size());
  return rest.substr(0, rest.find_first_of(" \r\n"));
}

// android.view.KeyEvent: digits, letters, punctuation, space, number pad.
bool is_character(std::uint32_t code) {
  return (code >= 7 && code <= 18) || (code >= 29 && code <= 56) || code == 62 || (code >= 68 && code <= 77) || code == 81 ||
         (code >= 144 && code <= 159) || (code >= 161 && code <= 163);
}

}  // namespace

// EditorInfo prints "inputType=0x…": the connected field's, once or several times over. The history of fields that had the focus
// before prints it in decimal, and is cut off besides.
Editor parse_editor(std::string_view text) {
  text = text.substr(0, text.find("mStartInputHistory"));
  constexpr std::string_view kMark = "inputType=0x";
  Editor out = Editor::Unknown;
  for (auto at = text.find(kMark); at != text.npos; at = text.find(kMark, at)) {
    at += kMark.size();
    unsigned type = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), type, 16);
    if (error != std::errc{} || end == text.data() + at) return Editor::Unknown;
    if (is_password(type)) return Editor::Password;          // one of several is enough
    if ((type & 0x0f) != 0) out = Editor::Plain;
  }
  return out;
}

std::optional<std::string> parse_locked(std::string_view text) {
  const auto at = text.find("KeyguardServiceDelegate");
  if (at == text.npos) return std::nullopt;
  const auto guard = text.substr(at);
  const auto showing = value_of(guard, "showing="), occluded = value_of(guard, "occluded="), screen = value_of(guard, "screenState=");
  if (showing != "true" && showing != "false") return std::nullopt;
  if (screen == "SCREEN_STATE_OFF") return "display off";
  return showing == "true" && occluded != "true" ? "keyguard" : "";
}

bool may_move_focus(const ControlMessage& message) {
  if (const auto* touch = std::get_if<TouchEvent>(&message)) return touch->action != TouchAction::Move;
  if (const auto* key = std::get_if<KeyEvent>(&message)) return !is_character(key->keycode);
  return !std::holds_alternative<SetClipboard>(message) && !std::holds_alternative<TextEvent>(message) &&
         !std::holds_alternative<ResetVideo>(message);
}

bool types_characters(const ControlMessage& message) {
  if (const auto* key = std::get_if<KeyEvent>(&message)) return is_character(key->keycode);
  return std::holds_alternative<TextEvent>(message) || std::holds_alternative<SetClipboard>(message);
}

}  // namespace guzheng
