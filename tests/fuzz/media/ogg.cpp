// A sound file that a crash left, however damaged: what stands is a beginning of it, and is found again alike. Then it is listened to, from places that its
// own bytes choose: whatever its packets are, nothing but samples comes of it.
#include <cstdlib>
#include <vector>

#include "core/media/opus_pages.h"
#include "core/media/sound_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const ByteView file(data, size);
  const auto found = scan_opus_pages(file);
  if (found.bytes > size || (found.packets == 0) != (found.bytes == 0) || found.last_start > found.samples) std::abort();
  const auto again = scan_opus_pages(file.first(static_cast<std::size_t>(found.bytes)));
  if (again.bytes != found.bytes || again.packets != found.packets || again.samples != found.samples) std::abort();
  auto sound = SoundFile::open(Bytes(data, data + size), "fuzz");
  if (sound.has_value() != (found.packets > 0)) std::abort();
  if (sound) {
    if (sound->frames() != found.samples) std::abort();
    std::vector<std::int16_t> out(2 * 960);
    for (std::size_t i = 0; i < 16; ++i) {
      const std::int64_t at = (data[size - 1 - i % size] * 977 * static_cast<std::int64_t>(i + 1)) % (found.samples + 2000) - 1000;
      sound->read(at, out);
    }
    OpusDecoder decoder;                       // and packets that no page vouches for
    if (decoder.open(opus_page_packet(file))) (void)decoder.decode(file.subspan(std::min<std::size_t>(size, 47)));
  }
  return 0;
}
