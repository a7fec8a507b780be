#include "core/seal/verify_sound.h"

#include <algorithm>
#include <array>

namespace guzheng {

namespace {

constexpr std::size_t kHead = 27, kCrcAt = 22, kMostPacket = 61'440;

std::uint64_t little(ByteView bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::uint64_t{bytes[at + i]} << (8 * i);
  return value;
}

constexpr std::array<std::uint32_t, 256> table() {
  std::array<std::uint32_t, 256> out{};
  for (std::uint32_t i = 0; i < out.size(); ++i) {
    out[i] = i << 24;
    for (int bit = 0; bit < 8; ++bit) out[i] = out[i] << 1 ^ ((out[i] >> 31) != 0 ? 0x04c11db7u : 0u);
  }
  return out;
}

// RFC 3533, 6: over the whole page, its own field taken as 0.
std::uint32_t checksum(ByteView page) {
  static constexpr auto kTable = table();
  std::uint32_t crc = 0;
  for (std::size_t i = 0; i < page.size(); ++i) {
    const std::uint32_t byte = i >= kCrcAt && i < kCrcAt + 4 ? 0 : page[i];
    crc = crc << 8 ^ kTable[crc >> 24 ^ byte];
  }
  return crc;
}

// Samples at 48 kHz; 0: no Opus packet.
std::int64_t lasts(ByteView packet) {
  if (packet.empty() || packet.size() > kMostPacket) return 0;
  const unsigned kind = packet[0] >> 3;
  static constexpr std::int64_t kSilk[] = {480, 960, 1920, 2880}, kHybrid[] = {480, 960}, kCelt[] = {120, 240, 480, 960};
  const std::int64_t frame = kind < 12 ? kSilk[kind & 3] : kind < 16 ? kHybrid[kind & 1] : kCelt[kind & 3];
  const unsigned code = packet[0] & 3;
  const std::int64_t frames = code == 0 ? 1 : code < 3 ? 2 : packet.size() < 2 ? 0 : packet[1] & 0x3f;
  return frames * frame > 5760 ? 0 : frames * frame;
}

bool is_head(ByteView packet) {
  return packet.size() == 19 && as_text(packet.first(8)) == "OpusHead" && packet[8] == 1 && (packet[9] == 1 || packet[9] == 2) && packet[18] == 0;
}

}  // namespace

void SoundReader::problem(std::string what) {
  if (sound_.problems.empty()) sound_.problems.push_back(std::move(what));
}

void SoundReader::feed(ByteView bytes) {
  if (!sound_.problems.empty()) return;
  append(held_, bytes);
  while (take_page()) {}
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(at_));
  at_ = 0;
}

bool SoundReader::take_page() {
  const ByteView rest = ByteView(held_).subspan(at_);
  if (rest.size() < kHead) return false;
  if (as_text(rest.first(4)) != "OggS" || rest[4] != 0) return problem("a page that is no page of Ogg"), false;
  const std::size_t laces = rest[26];
  if (rest.size() < kHead + laces) return false;
  const ByteView lacing = rest.subspan(kHead, laces);
  // one packet, whole: only its last lace is under 255
  const auto ends = std::count_if(lacing.begin(), lacing.end(), [](std::uint8_t lace) { return lace < 255; });
  if (ends != 1 || lacing.back() == 255) return problem("a page that holds more or less than one packet"), false;
  std::size_t length = 0;
  for (const std::uint8_t lace : lacing) length += lace;
  if (rest.size() < kHead + laces + length) return false;
  const ByteView page = rest.first(kHead + laces + length);
  read_page(page, page.subspan(kHead + laces));
  at_ += page.size();
  return sound_.problems.empty();
}

void SoundReader::read_page(ByteView page, ByteView packet) {
  if (checksum(page) != little(page, kCrcAt, 4)) return problem("a page whose checksum is wrong");
  const auto serial = static_cast<std::uint32_t>(little(page, 14, 4));
  if (pages_ == 0) serial_ = serial;
  if (serial != serial_) return problem("pages of two streams");
  if (little(page, 18, 4) != pages_) return problem("pages are not numbered from 0 by one");
  if (page[5] != (pages_ == 0 ? 2 : 0)) return problem("a page with flags that it must not have");
  if (pages_ == 0 && !is_head(packet)) return problem("the first page is no OpusHead of one or two channels");
  if (pages_ == 1 && !as_text(packet).starts_with("OpusTags")) return problem("the second page is no OpusTags");
  if (pages_ >= 2) {
    const std::int64_t samples = lasts(packet);
    if (samples == 0) return problem("a packet that is no Opus packet");
    sound_.samples += samples;
    ++sound_.packets;
  }
  if (little(page, 6, 8) != static_cast<std::uint64_t>(sound_.samples)) return problem("a page whose position is not the samples up to its end");
  ++pages_;
}

Sound SoundReader::finish() {
  if (sound_.problems.empty() && !held_.empty()) problem("the file ends within a page");
  if (sound_.problems.empty() && pages_ < 3) problem("the file holds no packet");
  return std::move(sound_);
}

}  // namespace guzheng
