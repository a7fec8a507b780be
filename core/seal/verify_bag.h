// Room seal, private. A package as the checks see it: every file with its digests, small files with their bytes,
// recordings as their packets' times. Filled in one read of each file (verify_load), then never changed.
#pragma once

#include <map>
#include <string>

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/seal/verify_film.h"
#include "core/seal/verify_report.h"
#include "core/seal/verify_sound.h"
#include "core/seal/verify_source.h"

namespace guzheng {

struct BagFile {
  FileDigests digests;
  bool kept = false;                 // `content` holds the bytes
  std::string content;
  std::vector<std::string> seals;    // of a report: fingerprints that it says it is about (FORMAT.md 9.1), at most 8
};

using BagFiles = std::map<std::string, BagFile>;     // byte order of path

struct Bag {
  std::string id;
  BagFiles files;                    // "data/attach/journal.log", relative to the bag
  BagFiles beside;                   // "after/seal.txt.tsr", relative to ID.
  std::map<std::string, Film> films; // "data/main/rec-0000.mp4"
  std::map<std::string, Sound> sounds;     // "data/main/rec-0000.ogg"
  std::vector<std::string> locked;   // "ID/data/x": encrypted, and its key is not here; not among files

  [[nodiscard]] const BagFile* find(const std::string& path) const;
  [[nodiscard]] const BagFile* find_beside(const std::string& path) const;
  [[nodiscard]] bool has(const std::string& path) const { return files.contains(path); }
  // The bytes, or "" when the file misses or was too large to be kept.
  [[nodiscard]] std::string_view text(const std::string& path) const;
  [[nodiscard]] std::string_view beside_text(const std::string& path) const;
  [[nodiscard]] std::string sha256(const std::string& path) const;   // "" when it misses
  // The canonical JSON of data/attach/NAME.json followed by one LF; null when it misses or is not that.
  [[nodiscard]] Json attached(const std::string& name) const;
};

// Reads every file once. An error only when reading failed or was cancelled.
struct LoadProgress {
  std::function<bool(std::uint64_t, std::uint64_t)> tell;
};
Result<Bag> load_bag(PackageSource& source, const LoadProgress& progress, VerifyReport& report);

// Numbers in file names and lines: exactly `digits` decimal digits. −1: not so.
std::int64_t fixed_number(std::string_view text, std::size_t digits);
std::vector<std::string_view> split(std::string_view text, std::string_view by);
bool is_hex_digest(std::string_view text, std::size_t digits = 64);
// Decimal without leading zeros, as journals spell counts. False: something else.
bool plain_number(std::string_view text, std::uint64_t& out);

}  // namespace guzheng
