// Test support. What a training phone sent against what a package holds of it: packet for packet, by the phone's own log (--packet-log).
#pragma once

#include <filesystem>
#include <string>

namespace guzheng::test {

struct FilmCheck {
  std::size_t sent = 0, filmed = 0;        // pictures
  std::string fault;                       // "": every picture from the first one sent to the last one filmed is there, once, in order, byte for byte
};
// `bag`: a sealed package in plain form, or an open bag, of one unbroken stream (a session without a lost line). The phone may have sent more after the
// recording had ended; that is what `sent` counts beyond `filmed`.
FilmCheck check_film(const std::filesystem::path& packet_log, const std::filesystem::path& bag);

}  // namespace guzheng::test
