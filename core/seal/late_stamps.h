// Room seal. Time stamps of a sealed package: which it has and how late each came, and fetching those that are still missing
// (待时间戳) into ID.after/ and, for a group's record, ID.group/, for the list of encrypted parts, ID.enc/NNN/, by the rules of FORMAT.md 7, 9.7 and 11. Nothing inside the bag is touched.
#pragma once

#include "core/seal/stamp_desk.h"

namespace guzheng {

// Reads one payload file of a sealed bag, by its path in the bag: plain from the folder, or out of the vault's encrypted form.
// NotFound when the package has no such file.
using PayloadReader = std::function<Result<Bytes>(const std::string& path)>;
PayloadReader read_from_folder(const std::filesystem::path& bag);

enum class StampOf { Beacon, Line, Final, Seal, SecondSignature, GroupRecord, PartsList };

// One place where a token belongs, in the order beacon, lines, final, second signature, seal, the group's record, newest list of encrypted parts.
struct StampRow {
  StampOf of = StampOf::Line;
  std::uint64_t line = 0;              // number of the journal line it is about (the last one for Final and Seal)
  bool second = false;                 // the second authority's
  std::string path;                    // "data/attach/tst/00000042.head.tsr", or beside the bag "after/00000042.head.tsr", "group/…", "enc/001/…"
  bool beside = false;                 // it lies beside the bag
  bool pending = false;                // it has not come: what follows is empty
  WallTime line_time;                  // of that line; SecondSignature, GroupRecord, PartsList: the time it was signed, unknown to us: 0
  StampInfo info;
  // Milliseconds between line and token; negative where an authority's clock is behind. 0 for what has no line's time.
  [[nodiscard]] std::int64_t lag_ms() const { return pending || line_time.ms == 0 ? 0 : info.time.ms - line_time.ms; }
};

// Reads, asks nobody. Tokens are read for what they say; whether they are good is `verify`'s business. Tampered when the
// journal or a token cannot be read.
Result<std::vector<StampRow>> stamps_of(const std::filesystem::path& bag, const PayloadReader& read);

struct LateStamps {
  std::vector<StampRow> came;          // fetched now
  std::vector<StampRow> pending;       // still missing
  Error problem{ErrorKind::Cancelled, ""};   // why, when something is still missing
};
// Fetches what is pending, oldest first, and stops at the first that nobody stamps: the others are not asked for in vain.
// Blocks for as long as authorities take. May be called again at any time; one caller per package.
Result<LateStamps> fetch_late_stamps(const std::filesystem::path& bag, const PayloadReader& read, StampDesk& desk);

}  // namespace guzheng
