// Room media. Opus packets in Ogg pages (RFC 3533, RFC 7845), one packet a page, as the phone sent them. Pure.
//
//   page 0 OpusHead, page 1 OpusTags, then a page for each packet; no end mark, so that a whole file and a cut one have the same form.
//   granule position of a page: samples at 48 kHz of all packets up to its own, pre-skip included (RFC 7845, 4).
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

inline constexpr std::int64_t kOpusRate = 48'000;             // of granule positions, whatever the input was
inline constexpr std::size_t kMaxOpusPacket = 61'440;         // bytes (RFC 7845, 6)

// Samples at 48 kHz that a packet lasts, from its first bytes (RFC 6716, 3.1); 0: it is no Opus packet.
std::int64_t opus_samples(ByteView packet);
bool is_opus_head(ByteView config);                           // version 1, one or two channels

class OpusPages {
 public:
  explicit OpusPages(std::uint32_t serial) : serial_(serial) {}
  Bytes headers(ByteView opus_head);                          // the two first pages
  Result<Bytes> page(ByteView packet);                        // Protocol: no Opus packet
  [[nodiscard]] std::int64_t samples() const { return samples_; }

 private:
  Bytes make(ByteView packet, std::uint8_t flags);
  const std::uint32_t serial_;
  std::uint32_t sequence_ = 0;
  std::int64_t samples_ = 0;
};

// What stands of such a file: whole pages in their order with right checksums. Of a file without its headers and one packet nothing stands.
struct StandingSound {
  std::uint64_t bytes = 0, packets = 0;
  std::int64_t samples = 0, last_start = 0;                   // of all packets; where the last one begins
};
// `page`: told where each page that stands begins, and its number in the file: 0 OpusHead, 1 OpusTags, from 2 on packets.
StandingSound scan_opus_pages(ByteView file, const std::function<void(std::size_t at, std::uint64_t number)>& page = {});
// Of a page that was found so, at the front of `bytes`: its packet, and samples up to its end.
ByteView opus_page_packet(ByteView bytes);
std::int64_t opus_page_granule(ByteView bytes);

}  // namespace guzheng
