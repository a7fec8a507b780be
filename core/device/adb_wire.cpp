#include "core/device/adb_wire.h"

#include <algorithm>
#include <cstdio>

namespace guzheng {

Result<Bytes> adb_request(std::string_view text) {
  if (text.empty() || text.size() > 0xffff) return fail(ErrorKind::Invalid, "adb request of impossible length");
  char length[5];
  std::snprintf(length, sizeof length, "%04x", static_cast<unsigned>(text.size()));
  Bytes out = to_bytes(std::string_view(length, 4));
  append(out, as_bytes(text));
  return out;
}

Result<std::size_t> parse_hex4(ByteView four) {
  std::size_t value = 0;
  if (four.size() != 4) return fail(ErrorKind::Protocol, "adb length is not four digits");
  for (const auto c : four) {
    std::size_t digit = 0;
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10u;
    else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10u;
    else return fail(ErrorKind::Protocol, "adb length is not hexadecimal");
    value = value * 16 + digit;
  }
  return value;
}

Error adb_failure(std::string_view text) {
  const auto has = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  const std::string said = "adb: " + std::string(text);
  if (has("unauthorized") || has("authorizing") || has("no permissions")) return {ErrorKind::Denied, said};
  if ((has("device") && has("not found")) || has("no devices")) return {ErrorKind::NotFound, said};
  if (has("device offline") || has("device still connecting")) return {ErrorKind::Network, said};
  return {ErrorKind::Protocol, said};
}

Bytes sync_request(std::string_view id, ByteView body) {
  Bytes out = to_bytes(id);
  put_le<std::uint32_t>(out, static_cast<std::uint32_t>(body.size()));
  append(out, body);
  return out;
}

SyncHeader parse_sync_header(std::span<const std::uint8_t, 8> bytes) {
  return {std::string(as_text(bytes.first<4>())), read_le<std::uint32_t>(bytes.data() + 4)};
}

Status ShellV2Parser::header_complete() {
  left_ = read_le<std::uint32_t>(header_ + 1);
  if (header_[0] < 1 || header_[0] > 3) return fail(ErrorKind::Protocol, "shell packet of unknown kind");
  if (left_ > (64u << 20)) return fail(ErrorKind::Protocol, "shell packet of impossible length");
  if (header_[0] == 3 && left_ != 1) return fail(ErrorKind::Protocol, "shell exit packet without its byte");
  if (left_ == 0) have_ = 0;
  return ok();
}

Status ShellV2Parser::take(ByteView piece, const OnData& on_data) {
  if (header_[0] == 3) {
    exited_ = true;
    exit_code_ = piece[0];
  } else {
    GZ_TRY(on_data(header_[0] == 2, piece));
  }
  left_ -= static_cast<std::uint32_t>(piece.size());
  if (left_ == 0) have_ = 0;
  return ok();
}

Status ShellV2Parser::feed(ByteView bytes, const OnData& on_data) {
  while (!bytes.empty()) {
    if (have_ < sizeof header_) {
      header_[have_++] = bytes[0];
      bytes = bytes.subspan(1);
      if (have_ == sizeof header_) GZ_TRY(header_complete());
      continue;
    }
    const auto piece = bytes.first(std::min<std::size_t>(left_, bytes.size()));
    bytes = bytes.subspan(piece.size());
    GZ_TRY(take(piece, on_data));
  }
  return ok();
}

}  // namespace guzheng
