// Room seal, private. DER as the verifier reads it itself: single-byte tags, definite minimal lengths, nothing else.
// Views into the input; no recursion; every read is bounded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"

namespace guzheng {

struct DerItem {
  std::uint8_t tag = 0;
  ByteView content;
  ByteView whole;                    // with tag and length
};

class DerReader {
 public:
  explicit DerReader(ByteView bytes) : rest_(bytes) {}
  // The next item; empty at the end or when the bytes are not DER (then bad() is true).
  std::optional<DerItem> next();
  // The next item if it has this tag; otherwise nothing is taken, and bad() stays as it is.
  std::optional<DerItem> next_if(std::uint8_t tag);
  // As next_if, but another tag is an error.
  DerItem need(std::uint8_t tag);
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool bad() const { return bad_; }

 private:
  ByteView rest_;
  bool bad_ = false;
};

std::string der_oid(ByteView content);                 // "1.2.840.113549.1.7.2"; "" when it is none
std::optional<std::uint64_t> der_small_integer(ByteView content);
// GeneralizedTime (with fractions) or UTCTime, in UTC.
std::optional<WallTime> der_time(const DerItem& item);

struct DerAlgorithm {
  std::string oid;
  bool plain = false;                // parameters absent or NULL
};
std::optional<DerAlgorithm> der_algorithm(ByteView sequence_content);

}  // namespace guzheng
