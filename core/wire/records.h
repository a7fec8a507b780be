// Room wire. What stations keep in common over the central system (issue 7: subjects, tags, tasks, results, notices down and up): changes that a station tells, what becomes of
// each, and pages of what is new. Pure. core/wire/PROTOCOL.md section 8 is the authority. Foreign bytes, bounded; what deviates in form is Invalid.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace guzheng {

inline constexpr std::array<std::string_view, 6> kCommonKinds{"match-notice", "result", "subject", "tag", "task", "task-notice"};
inline constexpr std::size_t kMostRecordBody = 256 * 1024, kMostRecordBytes = 512 * 1024;        // bytes: of one body, of all bodies of a batch or a page beside one
inline constexpr std::size_t kMostRecordBatch = 100, kMostRecordMessage = 1024 * 1024, kMostRecordPage = 500;
bool is_record_kind(std::string_view text);
bool is_record_id(std::string_view text);          // letters, digits, '.', '_', '-'; from a letter or digit; at most 80

// A change as a station tells it. `base`: the version that it was made to; 0: there was none. `body`: canonical JSON of an object, "" when it is gone.
struct RecordChange {
  std::string change;                              // 32 hex digits, drawn once for this change: told again it is the same
  std::string kind, id;
  std::int64_t base = 0;
  bool gone = false;
  std::string body, person;                        // person: name and badge of whoever made it, as the station says
  std::int64_t made_ms = 0;                        // when, by the station's clock; since 1970
  bool operator==(const RecordChange&) const = default;
};

// A record as the central system has it. `gone`: taken away; `body` is what was last there.
struct CommonRecord {
  std::string kind, id;
  std::int64_t version = 0, sequence = 0;          // from 1; the sequence rises with every change of any record
  std::string station, person;                     // who made this version
  std::int64_t at_ms = 0;                          // by the system's clock
  bool gone = false;
  std::string body;
  bool operator==(const CommonRecord&) const = default;
};

struct RecordOutcome {
  enum class Word {
    Taken,                                         // it is version `version` now
    Conflict,                                      // it was made to another version than the newest, which is `newest`
    Refused,                                       // never as it is: `error`, `why`
    Later,                                         // the answer was full: to be told again
  } word = Word::Taken;
  std::string change;
  std::int64_t version = 0, sequence = 0;
  std::optional<CommonRecord> newest;
  std::string error, why;
};

struct RecordPage {
  std::vector<CommonRecord> records;               // by sequence
  std::int64_t since = 0;                          // to ask with next time
  bool more = false;
};

// Each is one line of canonical JSON without its LF.
Result<std::string> write_record_changes(const std::vector<RecordChange>& changes);
Result<std::vector<RecordChange>> parse_record_changes(std::string_view json);
Result<std::string> write_record_outcomes(const std::vector<RecordOutcome>& outcomes);
Result<std::vector<RecordOutcome>> parse_record_outcomes(std::string_view json);
Result<std::string> write_record_page(const RecordPage& page);
Result<RecordPage> parse_record_page(std::string_view json);

}  // namespace guzheng
