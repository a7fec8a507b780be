#include "core/seal/zip_form.h"

#include <array>

namespace guzheng {

namespace {

constexpr std::uint16_t kFull16 = 0xffff;
constexpr std::uint16_t kDate = 0x0021;          // 1980-01-01

std::uint32_t short_of(std::uint64_t value) { return value >= kFull32 ? kFull32 : static_cast<std::uint32_t>(value); }

void common_fields(Bytes& out, const ZipMember& m, bool zip64) {
  put_le<std::uint16_t>(out, zip64 ? 45 : 20);
  put_le<std::uint16_t>(out, 0);                 // flags
  put_le<std::uint16_t>(out, 0);                 // stored
  put_le<std::uint16_t>(out, 0);                 // time
  put_le<std::uint16_t>(out, kDate);
  put_le<std::uint32_t>(out, m.crc);
  put_le<std::uint32_t>(out, short_of(m.size));
  put_le<std::uint32_t>(out, short_of(m.size));
  put_le<std::uint16_t>(out, static_cast<std::uint16_t>(m.name.size()));
}

using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;
CrcTables make_tables() {
  CrcTables t{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t c = i;
    for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xedb88320u ^ (c >> 1) : c >> 1;
    t[0][i] = c;
  }
  for (std::size_t i = 0; i < 256; ++i)
    for (std::size_t s = 1; s < 8; ++s) t[s][i] = (t[s - 1][i] >> 8) ^ t[0][t[s - 1][i] & 0xff];
  return t;
}

}  // namespace

Bytes zip_local_header(const ZipMember& m) {
  const bool zip64 = m.size >= kFull32;
  Bytes out;
  put_le<std::uint32_t>(out, 0x04034b50);
  common_fields(out, m, zip64);
  put_le<std::uint16_t>(out, zip64 ? 20 : 0);
  append(out, as_bytes(m.name));
  if (zip64) {
    put_le<std::uint16_t>(out, 1);
    put_le<std::uint16_t>(out, 16);
    put_le<std::uint64_t>(out, m.size);
    put_le<std::uint64_t>(out, m.size);
  }
  return out;
}

Bytes zip_central_header(const ZipMember& m) {
  const bool big = m.size >= kFull32;
  const bool far = m.offset >= kFull32;
  Bytes out;
  put_le<std::uint32_t>(out, 0x02014b50);
  put_le<std::uint16_t>(out, 0x031e);            // Unix, 3.0
  common_fields(out, m, big || far);
  const std::uint16_t extra = static_cast<std::uint16_t>((big ? 16 : 0) + (far ? 8 : 0));
  put_le<std::uint16_t>(out, extra ? extra + 4 : 0);
  put_le<std::uint16_t>(out, 0);                 // comment
  put_le<std::uint16_t>(out, 0);                 // disk
  put_le<std::uint16_t>(out, 0);                 // internal attributes
  const auto slash = m.name.find('/');
  const bool script = slash != std::string::npos && m.name.substr(slash + 1) == "verify.sh";
  put_le<std::uint32_t>(out, script ? 0x81ed0000 : 0x81a40000);
  put_le<std::uint32_t>(out, short_of(m.offset));
  append(out, as_bytes(m.name));
  if (extra) {
    put_le<std::uint16_t>(out, 1);
    put_le<std::uint16_t>(out, extra);
    if (big) {
      put_le<std::uint64_t>(out, m.size);
      put_le<std::uint64_t>(out, m.size);
    }
    if (far) put_le<std::uint64_t>(out, m.offset);
  }
  return out;
}

Bytes zip_end(std::uint64_t count, std::uint64_t size, std::uint64_t offset) {
  const bool zip64 = count >= kFull16 || size >= kFull32 || offset >= kFull32;
  Bytes out;
  if (zip64) {
    put_le<std::uint32_t>(out, 0x06064b50);
    put_le<std::uint64_t>(out, 44);
    put_le<std::uint16_t>(out, 0x031e);
    put_le<std::uint16_t>(out, 45);
    put_le<std::uint32_t>(out, 0);
    put_le<std::uint32_t>(out, 0);
    put_le<std::uint64_t>(out, count);
    put_le<std::uint64_t>(out, count);
    put_le<std::uint64_t>(out, size);
    put_le<std::uint64_t>(out, offset);
    put_le<std::uint32_t>(out, 0x07064b50);
    put_le<std::uint32_t>(out, 0);
    put_le<std::uint64_t>(out, offset + size);
    put_le<std::uint32_t>(out, 1);
  }
  const auto count16 = static_cast<std::uint16_t>(count >= kFull16 ? kFull16 : count);
  put_le<std::uint32_t>(out, 0x06054b50);
  put_le<std::uint16_t>(out, 0);
  put_le<std::uint16_t>(out, 0);
  put_le<std::uint16_t>(out, count16);
  put_le<std::uint16_t>(out, count16);
  put_le<std::uint32_t>(out, short_of(size));
  put_le<std::uint32_t>(out, short_of(offset));
  put_le<std::uint16_t>(out, 0);
  return out;
}

std::uint32_t crc32_more(std::uint32_t crc, ByteView bytes) {
  static const CrcTables t = make_tables();
  crc = ~crc;
  const std::uint8_t* p = bytes.data();
  std::size_t n = bytes.size();
  for (; n >= 8; n -= 8, p += 8) {
    const std::uint32_t low = read_le<std::uint32_t>(p) ^ crc;
    const std::uint32_t high = read_le<std::uint32_t>(p + 4);
    crc = t[7][low & 0xff] ^ t[6][(low >> 8) & 0xff] ^ t[5][(low >> 16) & 0xff] ^ t[4][low >> 24] ^
          t[3][high & 0xff] ^ t[2][(high >> 8) & 0xff] ^ t[1][(high >> 16) & 0xff] ^ t[0][high >> 24];
  }
  for (; n > 0; --n, ++p) crc = t[0][(crc ^ *p) & 0xff] ^ (crc >> 8);
  return ~crc;
}

}  // namespace guzheng
