#include "core/device/control.h"

#include <algorithm>
#include <type_traits>

namespace guzheng {

namespace {

constexpr std::size_t kMaxText = 300, kMaxAppName = 255, kMaxClipboard = (1u << 18) - 14;

enum Type : std::uint8_t {
  kKeycode = 0, kText = 1, kTouch = 2, kScroll = 3, kBackOrScreenOn = 4, kExpandNotifications = 5,
  kExpandSettings = 6, kCollapsePanels = 7, kGetClipboard = 8, kSetClipboard = 9, kDisplayPower = 10,
  kRotate = 11, kStartApp = 16, kResetVideo = 17,
};

Status check_text(std::string_view text, std::size_t limit, std::string_view name) {
  if (text.size() > limit)
    return fail(ErrorKind::Invalid, std::string(name) + " is over " + std::to_string(limit) + " bytes");
  if (!is_utf8(text)) return fail(ErrorKind::Invalid, std::string(name) + " is not UTF-8");
  return ok();
}

// [0, 1] as 16-bit fixed point; 1.0 is 0xffff.
std::uint16_t unsigned_fixed(float value) {
  const float f = value >= 0.0f ? std::min(value, 1.0f) : 0.0f;      // NaN counts as 0
  return static_cast<std::uint16_t>(std::min(f * 65536.0f, 65535.0f));
}

// [-1, 1] as signed 16-bit fixed point; 1.0 is 0x7fff.
std::int16_t signed_fixed(float value) {
  const float f = value >= -1.0f ? std::min(value, 1.0f) : (value < -1.0f ? -1.0f : 0.0f);
  return static_cast<std::int16_t>(std::min(f * 32768.0f, 32767.0f));
}

// Since 3.3.1 the value is divided by 16 first, so that fast wheels are not cut off at one step.
std::int16_t scroll_value(float value, ScrcpyVersion version) {
  return signed_fixed(version >= ScrcpyVersion{3, 3, 1} ? value / 16.0f : value);
}

// position                 [i32 x][i32 y][u16 width][u16 height]
void put_position(Bytes& out, std::int32_t x, std::int32_t y, std::uint16_t width, std::uint16_t height) {
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(x));
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(y));
  put_be<std::uint16_t>(out, width);
  put_be<std::uint16_t>(out, height);
}

void put_text(Bytes& out, std::string_view text) {
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(text.size()));
  append(out, as_bytes(text));
}

struct Encoder {
  Bytes& out;
  ScrcpyVersion version;

  // [0][u8 action][u32 keycode][u32 repeat][u32 meta]
  Status operator()(const KeyEvent& e) const {
    out = {kKeycode, static_cast<std::uint8_t>(e.action)};
    for (const auto value : {e.keycode, e.repeat, e.meta}) put_be<std::uint32_t>(out, value);
    return ok();
  }
  // [1][u32 length][utf8]
  Status operator()(const TextEvent& e) const {
    GZ_TRY(check_text(e.utf8, kMaxText, "text"));
    out = {kText};
    put_text(out, e.utf8);
    return ok();
  }
  // [2][u8 action][u64 pointer][position][u16 pressure][u32 action button][u32 buttons]
  Status operator()(const TouchEvent& e) const {
    out = {kTouch, static_cast<std::uint8_t>(e.action)};
    put_be<std::uint64_t>(out, e.pointer);
    put_position(out, e.x, e.y, e.width, e.height);
    put_be<std::uint16_t>(out, unsigned_fixed(e.pressure));
    put_be<std::uint32_t>(out, e.action_button);
    put_be<std::uint32_t>(out, e.buttons);
    return ok();
  }
  // [3][position][i16 horizontal][i16 vertical][u32 buttons]
  Status operator()(const ScrollEvent& e) const {
    out = {kScroll};
    put_position(out, e.x, e.y, e.width, e.height);
    put_be<std::uint16_t>(out, static_cast<std::uint16_t>(scroll_value(e.horizontal, version)));
    put_be<std::uint16_t>(out, static_cast<std::uint16_t>(scroll_value(e.vertical, version)));
    put_be<std::uint32_t>(out, e.buttons);
    return ok();
  }
  Status operator()(const BackOrScreenOn& e) const { return bytes({kBackOrScreenOn, static_cast<std::uint8_t>(e.action)}); }
  // [9][u64 sequence][u8 paste][u32 length][utf8]
  Status operator()(const SetClipboard& e) const {
    GZ_TRY(check_text(e.utf8, kMaxClipboard, "clipboard"));
    out = {kSetClipboard};
    put_be<std::uint64_t>(out, e.sequence);
    out.push_back(e.paste ? 1 : 0);
    put_text(out, e.utf8);
    return ok();
  }
  Status operator()(const GetClipboard& e) const { return bytes({kGetClipboard, e.copy_key}); }
  Status operator()(const ExpandNotifications&) const { return bytes({kExpandNotifications}); }
  Status operator()(const ExpandSettings&) const { return bytes({kExpandSettings}); }
  Status operator()(const CollapsePanels&) const { return bytes({kCollapsePanels}); }
  Status operator()(const DisplayPower& e) const { return bytes({kDisplayPower, static_cast<std::uint8_t>(e.on ? 1 : 0)}); }
  Status operator()(const RotateDevice&) const { return bytes({kRotate}); }
  // [16][u8 length][utf8]
  Status operator()(const StartApp& e) const {
    GZ_TRY(check_text(e.name, kMaxAppName, "app name"));
    out = {kStartApp, static_cast<std::uint8_t>(e.name.size())};
    append(out, as_bytes(e.name));
    return ok();
  }
  Status operator()(const ResetVideo&) const { return bytes({kResetVideo}); }

  Status bytes(std::initializer_list<std::uint8_t> all) const {
    out = all;
    return ok();
  }
};

}  // namespace

std::string ScrcpyVersion::text() const {
  const std::string text = std::to_string(major) + "." + std::to_string(minor);
  return patch == 0 ? text : text + "." + std::to_string(patch);
}

Result<Bytes> encode_control(const ControlMessage& message, ScrcpyVersion version) {
  Bytes out;
  GZ_TRY(std::visit(Encoder{out, version}, message));
  return out;
}

}  // namespace guzheng
