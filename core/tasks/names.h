// Room tasks, private: enumerators and their spellings in one table each.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace guzheng {

// Enumerators are 0, 1, 2 …; `names` holds their spellings in that order.
template <typename Enum, std::size_t N>
std::string_view spelled(const std::array<std::string_view, N>& names, Enum value) {
  const auto at = static_cast<std::size_t>(value);
  return at < N ? names[at] : std::string_view("unknown");
}

template <typename Enum, std::size_t N>
std::optional<Enum> unspelled(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == text) return static_cast<Enum>(i);
  return {};
}

}  // namespace guzheng
