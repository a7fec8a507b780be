#include "core/media/opus_pages.h"

#include <algorithm>
#include <array>

namespace guzheng {

namespace {

constexpr std::size_t kPageHead = 27, kCrcAt = 22;
constexpr std::uint8_t kFirst = 2;

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i << 24;
    for (int bit = 0; bit < 8; ++bit) value = (value & 0x80000000u) != 0 ? (value << 1) ^ 0x04c11db7u : value << 1;
    table[i] = value;
  }
  return table;
}

// Of the page with its checksum field taken as 0.
std::uint32_t page_crc(ByteView page) {
  static constexpr auto table = crc_table();
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const std::uint8_t byte = i >= kCrcAt && i < kCrcAt + 4 ? 0 : page[i];
    crc = (crc << 8) ^ table[(crc >> 24) ^ byte];
  }
  return crc;
}

void put_le(Bytes& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint64_t get_le(ByteView bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::uint64_t{bytes[at + i]} << (8 * i);
  return value;
}

// One page at the front of `bytes` that holds one whole packet; no size: there is none.
struct Page {
  std::size_t size = 0;
  std::uint8_t flags = 0;
  std::int64_t granule = 0;
  std::uint32_t serial = 0, sequence = 0;
  ByteView packet;
};
Page read_page(ByteView bytes) {
  Page page;
  if (bytes.size() < kPageHead || as_text(bytes.first(4)) != "OggS" || bytes[4] != 0) return page;
  const std::size_t laces = bytes[26];
  if (laces == 0 || bytes.size() < kPageHead + laces) return page;
  std::size_t length = 0;
  for (std::size_t i = 0; i < laces; ++i) {
    const std::uint8_t lace = bytes[kPageHead + i];
    if ((lace == 255) == (i + 1 == laces)) return page;       // a second packet, or one that goes on
    length += lace;
  }
  const std::size_t size = kPageHead + laces + length;
  if (bytes.size() < size || page_crc(bytes.first(size)) != get_le(bytes, kCrcAt, 4)) return page;
  page = {size, bytes[5], static_cast<std::int64_t>(get_le(bytes, 6, 8)), static_cast<std::uint32_t>(get_le(bytes, 14, 4)),
          static_cast<std::uint32_t>(get_le(bytes, 18, 4)), bytes.subspan(kPageHead + laces, length)};
  return page;
}

}  // namespace

std::int64_t opus_samples(ByteView packet) {
  if (packet.empty() || packet.size() > kMaxOpusPacket) return 0;
  const unsigned config = packet[0] >> 3;
  constexpr std::array<std::int64_t, 4> silk{480, 960, 1920, 2880}, celt{120, 240, 480, 960};
  const std::int64_t frame = config < 12 ? silk[config % 4] : config < 16 ? silk[config % 2] : celt[config % 4];
  std::int64_t frames = (packet[0] & 3) == 0 ? 1 : 2;
  if ((packet[0] & 3) == 3) frames = packet.size() < 2 ? 0 : packet[1] & 0x3f;
  return frames * frame <= 5760 ? frames * frame : 0;         // 120 ms at most
}

bool is_opus_head(ByteView config) {
  return config.size() == 19 && as_text(config.first(8)) == "OpusHead" && config[8] == 1 && (config[9] == 1 || config[9] == 2) && config[18] == 0;
}

Bytes OpusPages::make(ByteView packet, std::uint8_t flags) {
  Bytes out = to_bytes("OggS");
  out.push_back(0);
  out.push_back(flags);
  put_le(out, static_cast<std::uint64_t>(samples_), 8);
  put_le(out, serial_, 4);
  put_le(out, sequence_++, 4);
  put_le(out, 0, 4);
  out.push_back(static_cast<std::uint8_t>(packet.size() / 255 + 1));
  out.insert(out.end(), packet.size() / 255, 255);
  out.push_back(static_cast<std::uint8_t>(packet.size() % 255));
  append(out, packet);
  const std::uint32_t crc = page_crc(out);
  for (int i = 0; i < 4; ++i) out[kCrcAt + static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(crc >> (8 * i));
  return out;
}

Bytes OpusPages::headers(ByteView opus_head) {
  Bytes out = make(opus_head, kFirst);
  Bytes tags = to_bytes("OpusTags");
  constexpr std::string_view vendor = "Guzheng";
  put_le(tags, vendor.size(), 4);
  append(tags, as_bytes(vendor));
  put_le(tags, 0, 4);
  append(out, make(tags, 0));
  return out;
}

Result<Bytes> OpusPages::page(ByteView packet) {
  const std::int64_t samples = opus_samples(packet);
  if (samples == 0) return fail(ErrorKind::Protocol, "the phone sent sound that is no Opus packet");
  samples_ += samples;
  return make(packet, 0);
}

StandingSound scan_opus_pages(ByteView file, const std::function<void(std::size_t, std::uint64_t)>& told) {
  StandingSound out;
  std::uint32_t serial = 0, sequence = 0;
  std::size_t at = 0;
  for (;; ++sequence) {
    const Page page = read_page(file.subspan(at));
    if (page.size == 0 || page.sequence != sequence || page.flags != (sequence == 0 ? kFirst : 0)) break;
    if (sequence == 0) serial = page.serial;
    if (page.serial != serial) break;
    if (sequence == 0 && (!is_opus_head(page.packet) || page.granule != 0)) break;
    if (sequence == 1 && (!as_text(page.packet).starts_with("OpusTags") || page.granule != 0)) break;
    if (sequence >= 2) {
      const std::int64_t samples = opus_samples(page.packet);
      if (samples == 0 || page.granule != out.samples + samples) break;
      out.last_start = out.samples;
      out.samples += samples;
      ++out.packets;
    }
    if (told) told(at, sequence);
    at += page.size;
    if (out.packets > 0) out.bytes = at;
  }
  return out;
}

ByteView opus_page_packet(ByteView bytes) {
  const std::size_t laces = bytes[26];
  std::size_t length = 0;
  for (std::size_t i = 0; i < laces; ++i) length += bytes[kPageHead + i];
  return bytes.subspan(kPageHead + laces, length);
}

std::int64_t opus_page_granule(ByteView bytes) { return static_cast<std::int64_t>(get_le(bytes, 6, 8)); }

}  // namespace guzheng
