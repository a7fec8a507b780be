#include "core/seal/verify_bag.h"

#include <algorithm>

namespace guzheng {

const BagFile* Bag::find(const std::string& path) const {
  const auto it = files.find(path);
  return it == files.end() ? nullptr : &it->second;
}

const BagFile* Bag::find_beside(const std::string& path) const {
  const auto it = beside.find(path);
  return it == beside.end() ? nullptr : &it->second;
}

std::string_view Bag::text(const std::string& path) const {
  const auto* file = find(path);
  return file ? std::string_view(file->content) : std::string_view{};
}

std::string_view Bag::beside_text(const std::string& path) const {
  const auto* file = find_beside(path);
  return file ? std::string_view(file->content) : std::string_view{};
}

std::string Bag::sha256(const std::string& path) const {
  const auto* file = find(path);
  return file ? file->digests.sha256 : std::string{};
}

Json Bag::attached(const std::string& name) const {
  auto text_view = text("data/attach/" + name + ".json");
  if (!text_view.ends_with('\n')) return nullptr;
  text_view.remove_suffix(1);
  auto value = parse_canonical_json(text_view);
  return value ? std::move(*value) : Json(nullptr);
}

std::int64_t fixed_number(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return -1;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(by);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

bool is_hex_digest(std::string_view text, std::size_t digits) {
  return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool plain_number(std::string_view text, std::uint64_t& out) {
  if (text.empty() || text.size() > 18 || (text.size() > 1 && text.front() == '0')) return false;
  const auto value = fixed_number(text, text.size());
  if (value < 0) return false;
  out = static_cast<std::uint64_t>(value);
  return true;
}

}  // namespace guzheng
