// Any bytes as a recording segment, in pieces.
#include "core/seal/verify_film.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  guzheng::FilmReader reader;
  for (std::size_t at = 0; at < size; at += 1000) reader.feed({data + at, std::min<std::size_t>(1000, size - at)});
  const auto film = reader.finish();
  if (film.pts_us.size() > size) __builtin_trap();     // a packet takes bytes
  return 0;
}
