// Room training, scrcpy side. The device's end of the control socket: bytes of a client → messages, and back. Pure.
#pragma once

#include <optional>

#include "core/device/control.h"
#include "core/base/result.h"

namespace guzheng::training {

// What core/device's client never sends but other clients do; taken and ignored.
struct IgnoredControl {
  std::uint8_t type = 0;
};
using ReceivedControl = std::variant<ControlMessage, IgnoredControl>;

struct ReadControl {
  ReceivedControl message;
  std::size_t bytes = 0;                 // how many the message took
};

inline constexpr std::size_t kMaxControl = 1u << 18;      // upstream's limit for one message

// Empty: the message is not whole yet. Protocol: unknown type, a text over 300 bytes or anything over kMaxControl.
Result<std::optional<ReadControl>> read_control(ByteView bytes, ScrcpyVersion version);
Bytes encode_device_message(const DeviceMessage& message);

}  // namespace guzheng::training
