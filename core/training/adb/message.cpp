#include "core/training/adb/message.h"

#include <fmt/format.h>

namespace guzheng::training {

namespace {
bool known(std::uint32_t command) {
  switch (command) {
    case kCnxn: case kAuth: case kOpen: case kOkay: case kWrte: case kClse: return true;
    default: return false;
  }
}
}  // namespace

Result<AdbHeader> parse_header(ByteView bytes, std::uint32_t max_payload) {
  if (bytes.size() != kHeaderSize) return fail(ErrorKind::Protocol, "adb header is not 24 bytes");
  AdbHeader header;
  header.command = read_le<std::uint32_t>(&bytes[0]);
  header.arg0 = read_le<std::uint32_t>(&bytes[4]);
  header.arg1 = read_le<std::uint32_t>(&bytes[8]);
  header.length = read_le<std::uint32_t>(&bytes[12]);
  header.check = read_le<std::uint32_t>(&bytes[16]);
  if (read_le<std::uint32_t>(&bytes[20]) != (header.command ^ 0xffffffffu))
    return fail(ErrorKind::Protocol, "adb header with a wrong magic");
  if (!known(header.command)) return fail(ErrorKind::Protocol, fmt::format("adb command {:#x} is unknown", header.command));
  if (header.length > max_payload)
    return fail(ErrorKind::Protocol, fmt::format("adb payload of {} bytes exceeds {}", header.length, max_payload));
  return header;
}

Bytes encode_header(const AdbHeader& header) {
  Bytes out;
  out.reserve(kHeaderSize);
  put_le(out, header.command);
  put_le(out, header.arg0);
  put_le(out, header.arg1);
  put_le(out, header.length);
  put_le(out, header.check);
  put_le(out, static_cast<std::uint32_t>(header.command ^ 0xffffffffu));
  return out;
}

std::uint32_t payload_sum(ByteView payload) {
  std::uint32_t sum = 0;
  for (const auto byte : payload) sum += byte;
  return sum;
}

Bytes encode_message(std::uint32_t command, std::uint32_t arg0, std::uint32_t arg1, ByteView payload, bool with_sum) {
  Bytes out = encode_header({command, arg0, arg1, static_cast<std::uint32_t>(payload.size()),
                             with_sum ? payload_sum(payload) : 0});
  append(out, payload);
  return out;
}

}  // namespace guzheng::training
