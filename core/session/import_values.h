// Room session. What the journal of an import says, as values.json says it again (FORMAT.md 6.2). Pure.
#pragma once

#include "core/session/gap_book.h"
#include "core/session/import.h"

namespace guzheng {

struct ImportFile {
  std::string path, name, sha256;          // data/main/import-0001.jpg, IMG_2041.JPG
  std::uint64_t bytes = 0;
};
Json import_body(const ImportItem& item, const ImportFile& file);

struct ImportValues {
  std::string package, maker;              // who imported
  bool practice = false;
  WallTime opened_at, closed_at;
  int zone_minutes = 480;
};
// `bodies`: of the `import` lines, in their order.
Json import_values(const ImportValues& context, const std::vector<Json>& bodies, const GapBook& gaps);

}  // namespace guzheng
