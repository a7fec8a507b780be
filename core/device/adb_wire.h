// Room device. The bytes of the adb server protocol, sync: and shell v2. Pure: bytes in, values out.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// Request to the server:   [hex digit ×4: length of text][text …]
Result<Bytes> adb_request(std::string_view text);            // Invalid over 65,535 bytes or when empty

// Length before a text:    [hex digit ×4]
Result<std::size_t> parse_hex4(ByteView four);               // Protocol when not four hex digits

// What the server's FAIL text means for the caller: unknown serial NotFound, unauthorised Denied (with adb's own
// words), offline Network, anything else Protocol.
Error adb_failure(std::string_view text);

// sync: request            [id ×4][u32 LE length][path or data …]
Bytes sync_request(std::string_view id, ByteView body);
// sync: answer header      [id ×4][u32 LE value: length of DATA or FAIL text, 0 after OKAY]
struct SyncHeader {
  std::string id;
  std::uint32_t value = 0;
};
SyncHeader parse_sync_header(std::span<const std::uint8_t, 8> bytes);
inline constexpr std::size_t kSyncPiece = 64u << 10;         // most that one DATA may carry

// shell v2 packet          [id ×1: 0 in, 1 out, 2 err, 3 exit][u32 LE length][data …]
// Takes bytes as they come, in pieces of any size; hands each piece of data on without keeping it.
class ShellV2Parser {
 public:
  using OnData = std::function<Status(bool is_error, ByteView piece)>;
  Status feed(ByteView bytes, const OnData& on_data);
  [[nodiscard]] bool exited() const { return exited_; }
  [[nodiscard]] int exit_code() const { return exit_code_; }

 private:
  Status header_complete();
  Status take(ByteView piece, const OnData& on_data);
  std::uint8_t header_[5] = {};
  std::size_t have_ = 0;            // of the header
  std::uint32_t left_ = 0;          // of the data
  bool exited_ = false;
  int exit_code_ = 0;
};

}  // namespace guzheng
