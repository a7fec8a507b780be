// Room custody. The line form that session journals and the operation log share (core/seal/FORMAT.md 5). Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/custody/journal.h"

namespace guzheng {

inline constexpr std::size_t kMaxLineBytes = 65'536;           // with the LF
inline constexpr std::uint64_t kMaxLineNumber = 99'999'999;    // eight digits
inline constexpr std::string_view kZeroDigest = "0000000000000000000000000000000000000000000000000000000000000000";

// What a kind may hold; fails with Invalid.
using BodyCheck = std::function<Status(std::string_view kind, std::string_view body)>;

bool is_digest_text(std::string_view text);                     // 64 lower-case hex digits
// No control characters (Unicode Cc: U+0000–1F, U+007F–9F), UTF-8, not empty, no space at either end.
Status check_plain_body(std::string_view body);

// Writes the line with its LF; refuses what parse_line would refuse.
Result<std::string> format_line(std::uint64_t seq, std::string_view previous, WallTime time, int zone_minutes,
                                std::string_view kind, std::string_view body, const BodyCheck& check);
Result<JournalLine> parse_line(std::string_view line, const BodyCheck& check, int* zone_minutes = nullptr);

// Follows a chain: numbering, links, times, one zone. Feed the lines in order.
class ChainCheck {
 public:
  Status next(const JournalLine& line, int zone_minutes);

 private:
  bool first_ = true;
  JournalLine last_;
  int zone_ = 0;
};

}  // namespace guzheng
