#include "core/seal/receipt_text.h"

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/seal/tree.h"
#include "core/seal/verify_bag.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 6> kReceiptLabels{"Receipt-Format", "Package", "Fingerprint", "Received-By", "Received-At", "Zip-SHA256"};

bool is_receipt_line(std::string_view line) {
  return is_utf8(line) && std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

Failure not_a_receipt(std::string what) { return fail(ErrorKind::Invalid, std::move(what)); }

}  // namespace

Result<std::string> write_receipt_text(const ReceiptText& receipt, int zone_minutes) {
  std::string out = "Receipt-Format: 1\nPackage: " + receipt.package + "\nFingerprint: " + receipt.fingerprint + "\nReceived-By: " + receipt.received_by +
                    "\nReceived-At: " + format_time(receipt.received_at, zone_minutes) + "\nZip-SHA256: " + receipt.zip_sha256 + "\n";
  for (const auto& [path, digest] : receipt.tokens) out += "Token: " + digest + "  " + path + "\n";
  for (const auto& [path, digest] : receipt.files) out += "File: " + digest + "  " + path + "\n";
  GZ_TRY_ASSIGN(const auto again, parse_receipt_text(out));
  if (again != receipt) return not_a_receipt("a value of the receipt cannot be written in a line");
  return out;
}

Result<ReceiptText> parse_receipt_text(std::string_view text) {
  ReceiptText out;
  std::array<std::string, kReceiptLabels.size()> values;
  std::size_t number = 0;
  for (; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    const auto colon = line.find(": ");
    if (end == std::string_view::npos || colon == std::string_view::npos || !is_receipt_line(line)) return not_a_receipt("not lines of labels and values");
    const auto label = line.substr(0, colon), value = line.substr(colon + 2);
    if (number < kReceiptLabels.size()) {
      if (label != kReceiptLabels[number] || value.empty()) return not_a_receipt("not the labels of a receipt in their order");
      values[number] = std::string(value);
    } else {
      const bool file = label == "File";
      auto& listed = file ? out.files : out.tokens;
      const bool known = file || (label == "Token" && out.files.empty());
      const bool fits = known && value.size() > 66 && is_hex_digest(value.substr(0, 64)) && value.substr(64, 2) == "  ";
      if (!fits || (!listed.empty() && listed.rbegin()->first >= value.substr(66))) return not_a_receipt("not its tokens, then its files, each in byte order of path");
      listed.emplace(value.substr(66), value.substr(0, 64));
    }
    text.remove_prefix(end + 1);
  }
  if (number < kReceiptLabels.size()) return not_a_receipt("not all labels of a receipt");
  if (values[0] != "1") return not_a_receipt("Receipt-Format is not 1");
  const auto at = parse_time(values[4]);
  if (!at) return not_a_receipt("Received-At is no time");
  if (!is_hex_digest(values[5])) return not_a_receipt("Zip-SHA256 is no digest");
  out.package = values[1];
  out.fingerprint = values[2];
  out.received_by = values[3];
  out.received_at = *at;
  out.zip_sha256 = values[5];
  return out;
}

}  // namespace guzheng
