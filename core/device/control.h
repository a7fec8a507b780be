// Room device. What the desk can do to a phone, and its bytes on scrcpy's control socket. Pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <variant>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

enum class TouchAction : std::uint8_t { Down = 0, Up = 1, Move = 2, Cancel = 3 };
enum class KeyAction : std::uint8_t { Down = 0, Up = 1 };

struct KeyEvent { KeyAction action = KeyAction::Down; std::uint32_t keycode = 0, repeat = 0, meta = 0; };
struct TextEvent { std::string utf8; };                               // ASCII typing; at most 300 bytes a message
struct TouchEvent {                                                   // video pixels; w×h must be the current video size
  TouchAction action = TouchAction::Down;
  std::uint64_t pointer = 0;
  std::int32_t x = 0, y = 0;
  std::uint16_t width = 0, height = 0;
  float pressure = 1.0f;                                              // 0…1
  std::uint32_t action_button = 0, buttons = 0;
};
struct ScrollEvent { std::int32_t x = 0, y = 0; std::uint16_t width = 0, height = 0; float horizontal = 0, vertical = 0; std::uint32_t buttons = 0; };
struct BackOrScreenOn { KeyAction action = KeyAction::Down; };
struct SetClipboard { std::uint64_t sequence = 0; bool paste = false; std::string utf8; };
struct GetClipboard { std::uint8_t copy_key = 0; };
struct ExpandNotifications {};
struct ExpandSettings {};
struct CollapsePanels {};
struct DisplayPower { bool on = true; };
struct RotateDevice {};
struct StartApp { std::string name; };                                // at most 255 bytes
struct ResetVideo {};

using ControlMessage = std::variant<KeyEvent, TextEvent, TouchEvent, ScrollEvent, BackOrScreenOn, SetClipboard, GetClipboard,
                                    ExpandNotifications, ExpandSettings, CollapsePanels, DisplayPower, RotateDevice,
                                    StartApp, ResetVideo>;

// Wire version decides spellings that changed between releases.
struct ScrcpyVersion {
  int major = 3, minor = 3, patch = 3;
  auto operator<=>(const ScrcpyVersion&) const = default;
  [[nodiscard]] std::string text() const;                             // "3.3.3"; "4.0" when patch is 0
};
// Invalid when a text is over scrcpy's limit (text 300 bytes, app name 255, clipboard 262,130) or is not UTF-8:
// nothing is cut, the officer's words go whole or not at all.
Result<Bytes> encode_control(const ControlMessage& message, ScrcpyVersion version);

struct ClipboardChanged { std::string utf8; };
struct ClipboardAck { std::uint64_t sequence = 0; };
using DeviceMessage = std::variant<ClipboardChanged, ClipboardAck>;

// Android key codes the desk uses.
inline constexpr std::uint32_t kKeyHome = 3, kKeyBack = 4, kKeyAppSwitch = 187, kKeyEnter = 66, kKeyDelete = 67,
                               kKeyPaste = 279, kKeyPower = 26, kKeyVolumeUp = 24, kKeyVolumeDown = 25, kKeyWakeUp = 224;

}  // namespace guzheng
