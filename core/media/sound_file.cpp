#include "core/media/sound_file.h"

#include <algorithm>
#include <vector>

#include "core/media/opus_pages.h"

namespace guzheng {

namespace {
constexpr std::int64_t kPreroll = kPcmRate * 200 / 1000;       // RFC 7845, 4.6 asks for 80 ms; a long tone takes more to sound as before
}

struct SoundFile::Impl {
  Bytes bytes;
  std::vector<std::uint32_t> pages;          // where the page of each packet begins
  std::int64_t frames = 0;

  OpusDecoder decoder;
  std::size_t next = 0;                      // packet that the decoder gets next
  std::vector<std::int16_t> held;            // frames of the packet before it
  std::int64_t held_from = 0;

  [[nodiscard]] ByteView page(std::size_t packet) const { return ByteView(bytes).subspan(pages[packet]); }
  [[nodiscard]] std::int64_t end_of(std::size_t packet) const { return opus_page_granule(page(packet)); }

  void start_before(std::int64_t from) {
    const std::int64_t wanted = std::max<std::int64_t>(0, from - kPreroll);
    // the first packet that ends after the wanted place
    const auto it = std::partition_point(pages.begin(), pages.end(), [&](std::uint32_t at) { return opus_page_granule(ByteView(bytes).subspan(at)) <= wanted; });
    next = static_cast<std::size_t>(it - pages.begin());
    held_from = next == 0 ? 0 : end_of(next - 1);
    held.clear();
    decoder.flush();
  }

  void decode_next() {
    const ByteView packet = opus_page_packet(page(next));
    const std::int64_t lasts = opus_samples(packet);
    held_from += static_cast<std::int64_t>(held.size()) / kPcmChannels;
    if (const auto samples = decoder.decode(packet)) held.assign(samples->begin(), samples->end());
    else held.assign(static_cast<std::size_t>(lasts) * kPcmChannels, 0);
    ++next;
  }

  void read(std::int64_t from, std::span<std::int16_t> out) {
    std::fill(out.begin(), out.end(), std::int16_t{0});
    const auto wanted = static_cast<std::int64_t>(out.size()) / kPcmChannels;
    const std::int64_t first = std::max<std::int64_t>(from, 0), last = std::min(from + wanted, frames);
    if (first >= last) return;
    const std::int64_t stands = held_from + static_cast<std::int64_t>(held.size()) / kPcmChannels;
    if (first < held_from || first > stands + kPreroll) start_before(first);
    for (std::int64_t at = first; at < last;) {
      const std::int64_t end = held_from + static_cast<std::int64_t>(held.size()) / kPcmChannels;
      if (at >= end) {
        if (next >= pages.size()) return;
        decode_next();
        continue;
      }
      const std::int64_t count = std::min(end, last) - at;
      std::copy_n(held.begin() + (at - held_from) * kPcmChannels, count * kPcmChannels, out.begin() + (at - from) * kPcmChannels);
      at += count;
    }
  }
};

SoundFile::SoundFile() : impl_(std::make_unique<Impl>()) {}
SoundFile::~SoundFile() = default;
SoundFile::SoundFile(SoundFile&&) noexcept = default;
SoundFile& SoundFile::operator=(SoundFile&&) noexcept = default;

Result<SoundFile> SoundFile::open(Bytes bytes, const std::string& name) {
  SoundFile file;
  Impl& me = *file.impl_;
  me.bytes = std::move(bytes);
  std::size_t head = 0;
  const StandingSound standing = scan_opus_pages(me.bytes, [&](std::size_t at, std::uint64_t packet) {
    if (packet == 0) head = at;              // of OpusHead
    if (packet >= 2) me.pages.push_back(static_cast<std::uint32_t>(at));
  });
  if (standing.packets == 0) return fail(ErrorKind::Invalid, name + " holds no whole packet of sound");
  me.frames = standing.samples;
  GZ_TRY(me.decoder.open(opus_page_packet(ByteView(me.bytes).subspan(head))));
  return file;
}

std::int64_t SoundFile::frames() const { return impl_->frames; }
void SoundFile::read(std::int64_t from, std::span<std::int16_t> out) { impl_->read(from, out); }

}  // namespace guzheng
