// Test support. A small but complete sealed package, made from FORMAT.md by the rooms themselves without a session:
// one or two video segments, four screenshots with a hierarchy, every attached value, beacon, anchors, final head.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/seal/seal.h"

namespace guzheng::test {

struct SampleOptions {
  std::string id;                            // empty: station, today in the clock's zone, 0001
  int packets = 45;                          // at 30 a second
  int segment_packets = 20;                  // a key frame, and a new segment, every so many
  bool second_signature = true;
  bool stamp_seal = true;                    // false: the seal stays 待时间戳
  bool beacon = true;                        // false: tsa.none, 不完整
  std::vector<std::string> incomplete_reasons;
  // Called with each attached value before it is written ("order.json", value): to make packages that lie.
  std::function<void(const std::string&, Json&)> change;
  std::string failed_item;                   // reason for which the phone's battery, which failed then, was let pass
  std::optional<Json> overrides;             // of the env.check line; none: an earlier version's
  std::vector<Json> statements;              // bodies of `confirm` lines
  std::string closing_gap;                   // reason of a gap between the recording and the end
  std::vector<std::pair<std::string, Json>> closing_lines;      // kinds and bodies of lines within that gap
  bool closing_pause = false;                // that gap lies between a pause and its resume
  std::function<void()> before_close;        // called after the recording, within that gap: to let time pass
  int fall_at = 0;                           // packet before which the phone's clock begins anew, within a gap for fall_reason
  std::string fall_reason;
  enum class Audio { None, Alone, WithText } audio = Audio::None;          // 1.5 s of 440 Hz beside the film, with or without its text record
  // Called with the sound's file, what seg.close and values.json say of its packets and length, and the text record: to make packages that lie.
  std::function<void(Bytes& file, std::uint64_t& packets, std::int64_t& duration_us, std::string& text)> change_sound;
  // Called when data/ is complete and nothing is sealed yet.
  std::function<void(const std::filesystem::path& bag)> before_seal;
};

struct SampleBag {
  std::filesystem::path bag;                 // parent/ID
  SealOutcome outcome;
};

// Aborts the test program with a sentence when it cannot be made. `bureau` as from open_practice_bureau.
SampleBag make_sample_bag(const std::filesystem::path& parent, const Bureau& bureau, const Clock& clock,
                          const SampleOptions& options = {});

}  // namespace guzheng::test
