// Device tests' own tool: a phone's sync: service, and the packets that phones send.
#pragma once

#include <algorithm>
#include <string>

#include "tests/device/scripted_server.h"

namespace guzheng::test {

inline Bytes shell_packet(std::uint8_t id, std::string_view data) {
  Bytes out{id};
  put_le<std::uint32_t>(out, static_cast<std::uint32_t>(data.size()));
  append(out, as_bytes(data));
  return out;
}

inline Bytes sync_word(std::string_view id, std::uint32_t value) {
  Bytes out = to_bytes(id);
  put_le<std::uint32_t>(out, value);
  return out;
}

// Keeps what was pushed.
struct FilePhone {
  Bytes pushed;
  std::string target;
  bool full = false, lie = false;

  void serve(Connection& c) {
    for (;;) {
      const auto header = c.read(8);
      if (header.size() < 8) return;
      const auto id = std::string(as_text(header).substr(0, 4));
      const auto value = read_le<std::uint32_t>(header.data() + 4);
      if (id == "DONE") {
        if (full) {
          c.write(sync_word("FAIL", 23));
          c.write("No space left on device");
          return;
        }
        c.write(sync_word("OKAY", 0));
        continue;
      }
      const auto body = c.read(value);
      if (id == "SEND") target = as_text(body);
      if (id == "DATA") append(pushed, body);
      if (id == "STA2") c.write(stat());
      if (id == "RECV") give(c, as_text(body));
    }
  }
  [[nodiscard]] Bytes stat() const {
    Bytes answer = to_bytes("STA2");
    answer.resize(72);
    Bytes size;
    put_le<std::uint64_t>(size, pushed.size() + (lie ? 1 : 0));
    std::copy(size.begin(), size.end(), answer.begin() + 40);
    return answer;
  }
  void give(Connection& c, std::string_view path) const {
    if (path != "/data/x") {
      c.write(sync_word("FAIL", 25));
      c.write("No such file or directory");
      return;
    }
    for (std::size_t at = 0; at < pushed.size(); at += 65536) {
      const auto piece = ByteView(pushed).subspan(at, std::min<std::size_t>(65536, pushed.size() - at));
      c.write(sync_word("DATA", static_cast<std::uint32_t>(piece.size())));
      c.write(piece);
    }
    c.write(sync_word("DONE", 0));
  }
};

}  // namespace guzheng::test
