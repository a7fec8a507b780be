#include "core/seal/verify_der.h"

#include <algorithm>

namespace guzheng {

std::optional<DerItem> DerReader::next() {
  if (rest_.empty() || bad_) return std::nullopt;
  bad_ = true;                                         // until the item has proved itself
  if (rest_.size() < 2 || (rest_[0] & 0x1f) == 0x1f) return std::nullopt;
  std::size_t length = rest_[1], head = 2;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7f;
    if (count == 0 || count > 4 || rest_.size() < 2 + count || rest_[2] == 0) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < count; ++i) length = (length << 8) | rest_[2 + i];
    if (length < 0x80) return std::nullopt;
    head += count;
  }
  if (length > rest_.size() - head) return std::nullopt;
  DerItem item{rest_[0], rest_.subspan(head, length), rest_.first(head + length)};
  rest_ = rest_.subspan(head + length);
  bad_ = false;
  return item;
}

std::optional<DerItem> DerReader::next_if(std::uint8_t tag) {
  if (rest_.empty() || rest_[0] != tag) return std::nullopt;
  return next();
}

DerItem DerReader::need(std::uint8_t tag) {
  auto item = next_if(tag);
  if (!item) {
    bad_ = true;
    return {};
  }
  return *item;
}

std::string der_oid(ByteView content) {
  std::string out;
  std::uint64_t part = 0;
  bool first = true, inside = false;
  for (const std::uint8_t b : content) {
    if ((!inside && b == 0x80) || part > (std::uint64_t{1} << 50)) return {};
    part = (part << 7) | (b & 0x7f);
    inside = (b & 0x80) != 0;
    if (inside) continue;
    if (first) {
      const std::uint64_t lead = std::min<std::uint64_t>(part / 40, 2);
      out = std::to_string(lead) + "." + std::to_string(part - lead * 40);
    } else {
      out += "." + std::to_string(part);
    }
    first = false;
    part = 0;
  }
  return inside ? std::string{} : out;
}

std::optional<std::uint64_t> der_small_integer(ByteView content) {
  if (content.empty() || content.size() > 8 || (content[0] & 0x80)) return std::nullopt;
  if (content.size() > 1 && content[0] == 0 && !(content[1] & 0x80)) return std::nullopt;
  std::uint64_t value = 0;
  for (const auto b : content) value = (value << 8) | b;
  return value;
}

// 20261121063212.5Z or 261121063212Z
std::optional<WallTime> der_time(const DerItem& item) {
  std::string text(as_text(item.content));
  if (item.tag == 0x17 && text.size() == 13) text = (text[0] < '5' ? "20" : "19") + text;
  else if (item.tag != 0x18) return std::nullopt;
  if (text.size() < 15 || text.back() != 'Z') return std::nullopt;
  std::string fraction;
  if (text.size() > 15) {
    fraction = text.substr(15, text.size() - 16);
    if (text[14] != '.' || fraction.empty() || fraction.size() > 9 || fraction.back() == '0') return std::nullopt;
  }
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::all_of(text.begin(), text.begin() + 14, digit) || !std::all_of(fraction.begin(), fraction.end(), digit))
    return std::nullopt;
  fraction.resize(3, '0');
  return parse_time(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + "T" + text.substr(8, 2) + ":" +
                    text.substr(10, 2) + ":" + text.substr(12, 2) + "." + fraction + "+00:00");
}

std::optional<DerAlgorithm> der_algorithm(ByteView sequence_content) {
  DerReader reader(sequence_content);
  DerAlgorithm out{der_oid(reader.need(0x06).content), true};
  if (!reader.at_end()) {
    const auto parameters = reader.next();
    out.plain = parameters && parameters->tag == 0x05 && parameters->content.empty();
  }
  if (reader.bad() || !reader.at_end() || out.oid.empty()) return std::nullopt;
  return out;
}

}  // namespace guzheng
