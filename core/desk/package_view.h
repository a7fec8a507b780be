// Room desk. A sealed package as the page 证据库 shows it: plain values read from its files. Pure but for load_package,
// which reads files and is called on a worker.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/custody/journal.h"
#include "core/media/film_sound.h"
#include "core/seal/package_reader.h"
#include "core/session/session.h"
#include "core/vault/vault.h"

namespace guzheng {

// One line of the journal with its place in the recording.
struct JournalRow {
  std::uint64_t seq = 0;
  std::string kind, body;                  // as in the journal
  WallTime at;
  std::int64_t position_ms = 0;            // in the whole recording; 0 before it began
  bool key_point = false;                  // 要点: not a single touch, sample or anchor
  int item = 0;                            // shot: number of the capture, else 0
  std::string title;                       // shot: title or kind of the item
};

struct FilmSegment {
  std::filesystem::path path;              // in the package: data/main/rec-0000.mp4
  std::int64_t first_us = 0, duration_us = 0, packets = 0;   // device PTS
  int width = 0, height = 0;
};

struct FilmGap {
  std::int64_t begin_ms = 0, end_ms = 0, packets = 0;
  std::string reason;
};

struct ShotView {
  int number = 0;
  std::filesystem::path path;              // in the package: data/main/shot-0001.png
  ItemDescription description;
  std::string sha256;                      // as the journal names it
  std::int64_t position_ms = 0;
  WallTime made_at;
};

struct PackageView {
  PackageEntry entry;
  std::shared_ptr<const PackageReader> files;      // what paths above are read from, encrypted or not
  std::vector<JournalRow> journal;
  std::vector<FilmSegment> film;
  std::vector<SoundStretch> sound;         // beside the film, where sound was recorded
  std::vector<FilmGap> gaps;
  std::vector<ShotView> shots;
  std::int64_t duration_ms = 0;            // of film and sound
  std::uint64_t journal_lines = 0;
};

// `opener` may be null and must outlive the view. Denied: the package is encrypted, and no key here opens it.
Result<PackageView> load_package(PackageEntry entry, const Opener* opener);
// Parts of it, for tests.
std::vector<JournalRow> journal_rows(const std::vector<JournalLine>& lines, const std::vector<ShotView>& shots);
bool is_key_point(std::string_view kind);

}  // namespace guzheng
