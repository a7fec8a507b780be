// Any bytes as a stretch of sound, in pieces: the verifier's reader and the recorder's own, written apart, find the same.
#include <algorithm>

#include "core/media/opus_pages.h"
#include "core/seal/verify_sound.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  guzheng::SoundReader reader;
  for (std::size_t at = 0; at < size; at += 100) reader.feed({data + at, std::min<std::size_t>(100, size - at)});
  const auto sound = reader.finish();
  const auto standing = guzheng::scan_opus_pages({data, size});
  const bool whole = standing.packets > 0 && standing.bytes == size;
  if (sound.problems.empty() != whole) __builtin_trap();
  if (whole && (sound.packets != standing.packets || sound.samples != standing.samples)) __builtin_trap();
  return 0;
}
