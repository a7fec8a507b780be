#include "core/training/scrcpy/control_reader.h"

#include <fmt/format.h>

namespace guzheng::training {

namespace {
constexpr std::size_t kMaxText = 300;

// Reads forward; once a byte misses, `whole` is false and every value reads 0.
class Cursor {
 public:
  explicit Cursor(ByteView bytes) : bytes_(bytes) {}
  template <typename T>
  T get() {
    if (!need(sizeof(T))) return T{};
    const T value = read_be<T>(bytes_.data() + at_);
    at_ += sizeof(T);
    return value;
  }
  std::string text(std::size_t size) {
    if (!need(size)) return {};
    std::string out(as_text(bytes_.subspan(at_, size)));
    at_ += size;
    return out;
  }
  void skip(std::size_t size) {
    if (need(size)) at_ += size;
  }
  bool whole = true;
  [[nodiscard]] std::size_t at() const { return at_; }

 private:
  bool need(std::size_t size) {
    if (whole && bytes_.size() - at_ >= size) return true;
    whole = false;
    return false;
  }
  ByteView bytes_;
  std::size_t at_ = 0;
};

// u16 fixed point: 0xffff stands for 1.
float pressure(std::uint16_t raw) { return raw == 0xffff ? 1.0f : static_cast<float>(raw) / 65536.0f; }

// i16 fixed point: one wheel step is 0x7fff until 3.3, a sixteenth of that since 3.3.1.
float wheel(std::int16_t raw, ScrcpyVersion version) {
  const float unit = raw == 0x7fff ? 1.0f : static_cast<float>(raw) / 32768.0f;
  return version >= ScrcpyVersion{3, 3, 1} ? unit * 16 : unit;
}

TouchEvent read_touch(Cursor& in) {
  TouchEvent out;
  out.action = static_cast<TouchAction>(in.get<std::uint8_t>());
  out.pointer = in.get<std::uint64_t>();
  out.x = static_cast<std::int32_t>(in.get<std::uint32_t>());
  out.y = static_cast<std::int32_t>(in.get<std::uint32_t>());
  out.width = in.get<std::uint16_t>();
  out.height = in.get<std::uint16_t>();
  out.pressure = pressure(in.get<std::uint16_t>());
  out.action_button = in.get<std::uint32_t>();
  out.buttons = in.get<std::uint32_t>();
  return out;
}

ScrollEvent read_scroll(Cursor& in, ScrcpyVersion version) {
  ScrollEvent out;
  out.x = static_cast<std::int32_t>(in.get<std::uint32_t>());
  out.y = static_cast<std::int32_t>(in.get<std::uint32_t>());
  out.width = in.get<std::uint16_t>();
  out.height = in.get<std::uint16_t>();
  out.horizontal = wheel(static_cast<std::int16_t>(in.get<std::uint16_t>()), version);
  out.vertical = wheel(static_cast<std::int16_t>(in.get<std::uint16_t>()), version);
  out.buttons = in.get<std::uint32_t>();
  return out;
}

KeyEvent read_key(Cursor& in) {
  KeyEvent out;
  out.action = static_cast<KeyAction>(in.get<std::uint8_t>());
  out.keycode = in.get<std::uint32_t>();
  out.repeat = in.get<std::uint32_t>();
  out.meta = in.get<std::uint32_t>();
  return out;
}

Result<ReceivedControl> read_set_clipboard(Cursor& in) {
  SetClipboard out;
  out.sequence = in.get<std::uint64_t>();
  out.paste = in.get<std::uint8_t>() != 0;
  const auto size = in.get<std::uint32_t>();
  if (size > kMaxControl) return fail(ErrorKind::Protocol, "clipboard text too long");
  out.utf8 = in.text(size);
  return ReceivedControl(ControlMessage(out));
}

Result<ReceivedControl> read_text_event(Cursor& in) {
  const auto size = in.get<std::uint32_t>();
  if (size > kMaxText) return fail(ErrorKind::Protocol, "text over 300 bytes");
  return ReceivedControl(ControlMessage(TextEvent{in.text(size)}));
}

ReceivedControl read_uhid_create(Cursor& in, ScrcpyVersion version) {
  in.skip(2);                                                        // id
  if (version >= ScrcpyVersion{3, 1, 0}) in.skip(4);                 // vendor, product
  in.skip(in.get<std::uint8_t>());                                   // name
  in.skip(in.get<std::uint16_t>());                                  // report descriptor
  return IgnoredControl{12};
}

ReceivedControl read_uhid_input(Cursor& in) {
  in.skip(2);
  in.skip(in.get<std::uint16_t>());
  return IgnoredControl{13};
}

ReceivedControl control(ControlMessage message) { return ReceivedControl(std::move(message)); }

Result<ReceivedControl> read_body(std::uint8_t type, Cursor& in, ScrcpyVersion version) {
  switch (type) {
    case 0: return control(read_key(in));
    case 1: return read_text_event(in);
    case 2: return control(read_touch(in));
    case 3: return control(read_scroll(in, version));
    case 4: return control(BackOrScreenOn{static_cast<KeyAction>(in.get<std::uint8_t>())});
    case 5: return control(ExpandNotifications{});
    case 6: return control(ExpandSettings{});
    case 7: return control(CollapsePanels{});
    case 8: return control(GetClipboard{in.get<std::uint8_t>()});
    case 9: return read_set_clipboard(in);
    case 10: return control(DisplayPower{in.get<std::uint8_t>() != 0});
    case 11: return control(RotateDevice{});
    case 12: return read_uhid_create(in, version);
    case 13: return read_uhid_input(in);
    case 14: in.skip(2); return ReceivedControl(IgnoredControl{14});
    case 15: return ReceivedControl(IgnoredControl{15});             // open hard keyboard settings
    case 16: return control(StartApp{in.text(in.get<std::uint8_t>())});
    case 17: return control(ResetVideo{});
    default: return fail(ErrorKind::Protocol, fmt::format("Unknown event type: {}", type));
  }
}
}  // namespace

Result<std::optional<ReadControl>> read_control(ByteView bytes, ScrcpyVersion version) {
  if (bytes.empty()) return std::optional<ReadControl>();
  Cursor in(bytes.subspan(1));
  GZ_TRY_ASSIGN(auto message, read_body(bytes[0], in, version));
  if (in.whole) return std::optional<ReadControl>(ReadControl{std::move(message), in.at() + 1});
  if (bytes.size() > kMaxControl) return fail(ErrorKind::Protocol, "control message too long");
  return std::optional<ReadControl>();
}

Bytes encode_device_message(const DeviceMessage& message) {
  Bytes out;
  if (const auto* changed = std::get_if<ClipboardChanged>(&message)) {
    out.push_back(0);
    put_be(out, static_cast<std::uint32_t>(changed->utf8.size()));
    append(out, as_bytes(changed->utf8));
  } else if (const auto* ack = std::get_if<ClipboardAck>(&message)) {
    out.push_back(1);
    put_be(out, ack->sequence);
  }
  return out;
}

}  // namespace guzheng::training
