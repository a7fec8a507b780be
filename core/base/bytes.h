// Room base. Bytes, views of bytes, and fixed-width integers in both byte orders. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes to_bytes(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }
inline void append(Bytes& out, ByteView more) { out.insert(out.end(), more.begin(), more.end()); }

// The caller guarantees the size; parsers check it once before they read.
template <typename T>
T read_be(const std::uint8_t* p) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | p[i]);
  return value;
}
template <typename T>
T read_le(const std::uint8_t* p) {
  T value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;) value = static_cast<T>((value << 8) | p[i]);
  return value;
}
template <typename T>
void put_be(Bytes& out, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
template <typename T>
void put_le(Bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
// one-byte types would shift by their own width
template <>
inline std::uint8_t read_be<std::uint8_t>(const std::uint8_t* p) { return *p; }
template <>
inline std::uint8_t read_le<std::uint8_t>(const std::uint8_t* p) { return *p; }

std::string to_hex(ByteView bytes);                       // lower case
bool from_hex(std::string_view hex, Bytes& out);          // false: odd length or a character outside 0-9a-f
std::string to_base64(ByteView bytes);                    // with padding, one line
bool from_base64(std::string_view text, Bytes& out);
bool is_utf8(std::string_view text);                      // strict: no overlong forms, no surrogates

}  // namespace guzheng
