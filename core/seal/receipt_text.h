// Room seal. The central system's receipt as text (FORMAT.md 9.2), written and read. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

struct ReceiptText {
  std::string package, fingerprint, received_by, zip_sha256;       // digests: hex
  WallTime received_at;
  std::map<std::string, std::string> tokens, files;                // path → SHA-256 (hex): "ID/data/attach/tst/final.head.tsr", "ID.review/001/review.json"
  bool operator==(const ReceiptText&) const = default;
};

// Invalid: a value that no such line can hold.
Result<std::string> write_receipt_text(const ReceiptText& receipt, int zone_minutes = 480);
// Its form only: labels in their order, digests, a time, tokens and files each in byte order of path. Invalid.
Result<ReceiptText> parse_receipt_text(std::string_view text);

}  // namespace guzheng
