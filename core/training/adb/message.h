// Room training, adb side. The frame of adb's wire protocol between host and phone. Pure.
//
//   0        4        8        12       16       20       24
//   | command | arg0   | arg1   | length | check  | magic  | payload[length]      all little-endian
//   check = byte sum of the payload (0 once both sides speak version >= 0x01000001); magic = command ^ 0xffffffff
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng::training {

enum AdbCommand : std::uint32_t {
  kCnxn = 0x4e584e43, kAuth = 0x48545541, kOpen = 0x4e45504f, kOkay = 0x59414b4f, kWrte = 0x45545257, kClse = 0x45534c43,
};
inline constexpr std::uint32_t kAuthToken = 1, kAuthSignature = 2, kAuthPublicKey = 3;
inline constexpr std::uint32_t kVersionMin = 0x01000000, kVersionSkipChecksum = 0x01000001;
inline constexpr std::size_t kHeaderSize = 24;
inline constexpr std::uint32_t kMaxPayload = 1u << 20;        // what this phone takes; the smaller of both sides rules
inline constexpr std::uint32_t kMaxPayloadOld = 4096;         // before the first CNXN nothing larger is allowed

struct AdbHeader {
  std::uint32_t command = 0, arg0 = 0, arg1 = 0, length = 0, check = 0;
};

// Protocol: wrong magic, unknown command, or a payload longer than `max_payload`.
Result<AdbHeader> parse_header(ByteView bytes, std::uint32_t max_payload);
Bytes encode_header(const AdbHeader& header);
std::uint32_t payload_sum(ByteView payload);
// One whole message as it goes on the wire; `with_sum` for peers older than kVersionSkipChecksum.
Bytes encode_message(std::uint32_t command, std::uint32_t arg0, std::uint32_t arg1, ByteView payload, bool with_sum);

}  // namespace guzheng::training
