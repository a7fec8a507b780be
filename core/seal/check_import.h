// Room seal, private. Packages of things made elsewhere (FORMAT.md 6.2). Pure over a loaded bag.
#pragma once

#include "core/seal/check_journal.h"
#include "core/seal/check_lists.h"

namespace guzheng {

bool is_import(const Bag& bag);                            // order.json has the type 导入
bool is_import_name(std::string_view name);                // import-NNNN.EXT

struct ImportLine {
  std::size_t line = kNone;
  std::string path, sha256;
};
std::vector<ImportLine> import_lines(const JournalFacts& journal);
// An import has no phone and no film, a capture no imported file; files are numbered in order of their lines.
void check_import_lines(const Bag& bag, const JournalFacts& journal, VerifyReport& report);
// values.json of an import against its journal; is 完整 claimed rightly?
void check_import_values(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report);

}  // namespace guzheng
