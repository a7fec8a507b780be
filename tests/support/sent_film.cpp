#include "tests/support/sent_film.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/custody/journal.h"
#include "tests/media/recording.h"

namespace guzheng::test {

namespace fs = std::filesystem;

namespace {

struct Sent {
  std::int64_t pts_us = 0;
  std::size_t size = 0;
  std::string sha256;                      // of Annex B, as it went over the wire
};

std::vector<Sent> read_log(const fs::path& path) {
  std::vector<Sent> out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    Sent one;
    std::string kind;
    if (words >> one.pts_us >> one.size >> kind >> one.sha256 && one.sha256.size() == 64 && kind != "config") out.push_back(one);
  }
  return out;
}

// MP4 writes lengths where Annex B has start codes of three or four bytes: the one thing that it does not keep, so every way to write them that gives the
// right size is tried.
bool same_bytes(const Bytes& stored, const Sent& sent) {
  std::vector<ByteView> units;
  std::size_t bare = 0;
  for (std::size_t at = 0; at + 4 <= stored.size();) {
    const std::size_t size = read_be<std::uint32_t>(stored.data() + at);
    if (size > stored.size() - at - 4) return false;
    units.push_back(ByteView(stored).subspan(at + 4, size));
    bare += size + 3;
    at += 4 + size;
  }
  if (units.empty() || units.size() > 12 || sent.size < bare || sent.size - bare > units.size()) return false;
  for (unsigned longs = 0; longs < 1u << units.size(); ++longs) {
    if (static_cast<std::size_t>(std::popcount(longs)) != sent.size - bare) continue;
    Bytes wire;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (longs >> i & 1) wire.push_back(0);
      append(wire, Bytes{0, 0, 1});
      append(wire, units[i]);
    }
    if (sha256_hex(wire) == sent.sha256) return true;
  }
  return false;
}

struct Filmed {
  std::int64_t pts_us = 0;                 // of the phone's clock
  Bytes data;
};

std::vector<Filmed> read_film(const fs::path& bag) {
  std::map<std::string, std::int64_t> origins;
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> bumped;       // stored later than it came, because it came too early
  const auto journal = read_text(bag / "data/attach/journal.log", 1u << 30).value_or("");
  std::istringstream text(journal);
  for (std::string raw; std::getline(text, raw);) {
    const auto line = parse_journal_line(raw + "\n");
    if (!line || (line->kind != "seg.open" && line->kind != "pts.bump")) continue;
    const auto body = parse_json(line->body);
    if (!body) continue;
    if (line->kind == "seg.open") origins[text_at(*body, "path")] = integer_at(*body, "origin_us");
    else bumped[{text_at(*body, "path"), integer_at(*body, "packet")}] = integer_at(*body, "from_us");
  }
  std::vector<Filmed> out;
  for (const auto& [path, origin] : origins) {
    if (!path.ends_with(".mp4")) continue;
    std::int64_t number = 0;
    for (auto& packet : read_back(bag / path)) {
      const auto bump = bumped.find({path, number++});
      out.push_back({bump != bumped.end() ? bump->second : origin + packet.pts_us, std::move(packet.data)});
    }
  }
  return out;
}

}  // namespace

FilmCheck check_film(const fs::path& log, const fs::path& bag) {
  const auto sent = read_log(log);
  const auto filmed = read_film(bag);
  FilmCheck out{sent.size(), filmed.size(), {}};
  if (filmed.empty() || filmed.size() > sent.size()) {
    out.fault = std::to_string(filmed.size()) + " pictures are in the film, " + std::to_string(sent.size()) + " were sent";
    return out;
  }
  for (std::size_t i = 0; i < filmed.size(); ++i) {
    const auto at = "picture " + std::to_string(i) + " of " + std::to_string(filmed.size());
    if (filmed[i].pts_us != sent[i].pts_us) out.fault = at + " is of " + std::to_string(filmed[i].pts_us) + " µs, the one sent then of " + std::to_string(sent[i].pts_us);
    else if (!same_bytes(filmed[i].data, sent[i])) out.fault = at + ": other bytes than were sent";
    if (!out.fault.empty()) return out;
  }
  return out;
}

}  // namespace guzheng::test
