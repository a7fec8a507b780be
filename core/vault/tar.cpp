#include "core/vault/tar.h"

#include <algorithm>
#include <cstdio>

namespace guzheng {

namespace {

constexpr std::size_t kBlock = 512;

bool is_safe(std::string_view path) {
  if (path.empty() || path.size() > 255 || path.front() == '/' || path.find('\0') != path.npos) return false;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto name = path.substr(at, end - at);
    if (name.empty() || name == "." || name == "..") return false;
    at = end + 1;
  }
  return true;
}

void put(Bytes& block, std::size_t at, std::string_view text) { std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(at)); }

void put_octal(Bytes& block, std::size_t at, int digits, std::uint64_t value) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
  put(block, at, text);
}

std::uint32_t checksum(ByteView block) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < kBlock; ++i) sum += i >= 148 && i < 156 ? 32u : block[i];
  return sum;
}

std::string text_at(ByteView block, std::size_t at, std::size_t most) {
  const auto text = as_text(block.subspan(at, most));
  return std::string(text.substr(0, text.find('\0')));
}

bool octal(ByteView block, std::size_t at, std::size_t digits, std::uint64_t& out) {
  out = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = static_cast<char>(block[at + i]);
    if (c < '0' || c > '7') return false;
    out = out * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return block[at + digits] == 0 || block[at + digits] == ' ';
}

}  // namespace

Result<Bytes> tar_header(const TarMember& member) {
  std::string prefix, name = member.path;
  if (name.size() > 100) {
    const auto cut = name.rfind('/', 155);
    if (cut == name.npos || name.size() - cut - 1 > 100) return fail(ErrorKind::Invalid, "a backup cannot hold the long name " + name);
    prefix = name.substr(0, cut);
    name = name.substr(cut + 1);
  }
  if (!is_safe(member.path) || member.size >= (8ull << 30)) return fail(ErrorKind::Invalid, "a backup cannot hold " + member.path);
  Bytes block(kBlock);
  put(block, 0, name);
  put_octal(block, 100, 7, member.mode);
  put_octal(block, 108, 7, 0);
  put_octal(block, 116, 7, 0);
  put_octal(block, 124, 11, member.size);
  put_octal(block, 136, 11, 0);
  block[156] = '0';
  put(block, 257, "ustar");
  put(block, 263, "00");
  put(block, 345, prefix);
  put_octal(block, 148, 6, checksum(block));
  block[155] = ' ';
  return block;
}

std::size_t tar_padding(std::uint64_t size) { return static_cast<std::size_t>((kBlock - size % kBlock) % kBlock); }
Bytes tar_end() { return Bytes(2 * kBlock); }

Status TarReader::header(ByteView block) {
  if (std::all_of(block.begin(), block.end(), [](auto b) { return b == 0; })) {
    ++zero_blocks_;
    return ok();
  }
  TarMember member;
  std::uint64_t sum = 0, mode = 0;
  const std::string prefix = text_at(block, 345, 155), name = text_at(block, 0, 100);
  member.path = prefix.empty() ? name : prefix + "/" + name;
  if (zero_blocks_ != 0 || block[155] != ' ' || !octal(block, 148, 6, sum) || sum != checksum(block) || !octal(block, 100, 7, mode) || !octal(block, 124, 11, member.size) ||
      block[156] != '0' || text_at(block, 257, 6) != "ustar" || !is_safe(member.path))
    return fail(ErrorKind::Tampered, "the backup's archive holds something that no backup holds");
  member.mode = static_cast<std::uint32_t>(mode) & 0777;
  GZ_TRY(handler_.begin(member));
  left_ = member.size;
  padding_ = tar_padding(member.size);
  inside_ = true;
  return ok();
}

Status TarReader::feed(ByteView bytes) {
  for (;;) {
    if (inside_ && left_ == 0) {
      GZ_TRY(handler_.end());
      inside_ = false;
    }
    if (bytes.empty()) return ok();
    if (inside_) {
      const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      GZ_TRY(handler_.bytes(bytes.first(some)));
      left_ -= some;
      bytes = bytes.subspan(some);
    } else if (padding_ > 0) {
      const auto some = std::min(padding_, bytes.size());
      padding_ -= some;
      bytes = bytes.subspan(some);
    } else {
      const auto some = std::min(kBlock - block_.size(), bytes.size());
      append(block_, bytes.first(some));
      bytes = bytes.subspan(some);
      if (block_.size() < kBlock) return ok();
      GZ_TRY(header(block_));
      block_.clear();
    }
  }
}

Status TarReader::finish() const {
  if (inside_ || padding_ != 0 || !block_.empty() || zero_blocks_ != 2) return fail(ErrorKind::Tampered, "the backup ends before its end");
  return ok();
}

}  // namespace guzheng
