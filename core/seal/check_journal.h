// Room seal, private. The journal (FORMAT.md 5): form and chain, bodies, pairs. Pure over a loaded bag.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/custody/journal.h"
#include "core/seal/verify_bag.h"

namespace guzheng {

inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Positions are indexes into JournalFacts::lines.
struct SegmentLines {
  std::string path, codec, sha256;
  std::size_t opened = kNone, closed = kNone;
  std::int64_t origin_us = 0, width = 0, height = 0;
  std::uint64_t bytes = 0, packets = 0;
};
struct ShotLine {
  std::size_t line = kNone;
  std::string path, sha256, segment;      // segment "-": none
  std::int64_t before_us = 0, after_us = 0;
};
struct GapLines {
  std::int64_t number = 0, packets = 0;
  std::size_t begin = kNone, end = kNone;
  std::string reason;
  // FORMAT.md 5.5: the word before ": ". "link-lost" of "link-lost: no route to host".
  [[nodiscard]] std::string_view word() const { return std::string_view(reason).substr(0, reason.find(": ")); }
  [[nodiscard]] bool stamp_late() const { return word() == "stamp-late"; }
  [[nodiscard]] bool of_film() const {
    return word() != "stamp-late" && word() != "pause" && word() != "black-page" && word() != "phone-locked" && word() != "no-sound";
  }
};
struct AnchorLine {
  std::size_t line = kNone, stamped = 0;
  std::string sha256;                     // "" : pending
};
struct BumpLine {
  std::size_t line = kNone;
  std::string path;
  std::int64_t from_us = 0, to_us = 0, packet = 0;
};

struct JournalFacts {
  std::vector<JournalLine> lines;
  std::string zone;                                   // "+08:00"
  std::map<std::size_t, Json> bodies;                 // of the JSON kinds but input, clock.sample, app.foreground
  std::vector<SegmentLines> segments;                 // in order of opening
  std::vector<ShotLine> shots;
  std::vector<GapLines> gaps;
  std::vector<AnchorLine> anchors;
  std::vector<BumpLine> bumps;
  bool paused = false;                                // while the lines are read: between a pause and its resume
  [[nodiscard]] const Json* only(std::string_view kind) const;      // body of the first line of the kind
  // Do the lines from..to say that no stamp could be had: a stamp-late gap, or a crash between them?
  [[nodiscard]] bool says_late(std::size_t from, std::size_t to) const;
};

JournalFacts check_journal(const Bag& bag, VerifyReport& report);

// Is the body of a JSON kind made of the keys that FORMAT.md 5.1 and 5.3 give it? "" or what is wrong.
std::string body_problem(std::string_view kind, const Json& body);

// Fills segments, shots, gaps, anchors and bumps from the lines.
void check_pairs(JournalFacts& facts, VerifyReport& report);

std::string line_name(std::size_t index);             // "line 00000042"

}  // namespace guzheng
