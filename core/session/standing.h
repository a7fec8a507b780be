// Room session. What a journal says about a session that was cut off. Pure: lines in, values out.
#pragma once

#include <map>
#include <set>

#include "core/session/gap_book.h"
#include "core/session/record_book.h"

namespace guzheng {

struct StandingSession {
  bool beacon = false, practice = false, app_attested = false, closed = false;
  WallTime opened_at;
  std::vector<SegmentFacts> segments;
  std::optional<SegmentFacts> open_segment;
  std::vector<SegmentFacts> sounds;                // rec-NNNN.ogg, in order
  std::vector<Gap> gaps;
  std::vector<CaptureItem> items;                  // those with a screenshot
  std::vector<int> captures_without_shot;
  std::map<std::string, std::string> named;        // path → SHA-256: every file that a line names
  std::set<std::string> anchored;                  // "00000042": heads that have their tsa.anchor
  std::vector<std::string> reasons;                // of session.close, when it stands
  // What the session would have given as reasons for 不完整, as far as lines say it (Completeness).
  std::string recording_error, no_sound, sound_error;
  std::vector<std::string> apps_seen, apps_told, apps_refused;     // packages: came to the front, launchers apart; proven or looked at; of these, later ones whose signature failed
  std::vector<Json> imports;                       // bodies of the import lines: such a package has no film and no shots
};
Result<StandingSession> read_standing(const std::vector<JournalLine>& lines);

}  // namespace guzheng
