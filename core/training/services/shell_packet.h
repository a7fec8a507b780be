// Room training, services. Shell protocol v2: u8 id, u32 length (little-endian), data. Pure.
#pragma once

#include "core/base/bytes.h"

namespace guzheng::training {

enum class ShellPacket : std::uint8_t { In = 0, Out = 1, Err = 2, Exit = 3, CloseIn = 4, WindowSize = 5 };

inline Bytes encode_shell_packet(ShellPacket id, ByteView data) {
  Bytes out = {static_cast<std::uint8_t>(id)};
  put_le(out, static_cast<std::uint32_t>(data.size()));
  append(out, data);
  return out;
}

}  // namespace guzheng::training
