// Room intake, inside. What an import keeps about itself, so that it can go on after a crash.
#pragma once

#include "core/intake/import.h"

namespace guzheng {

struct ImportFacts {
  std::string source, sha256, profile, cleaning, why;            // source: absolute path; profile, cleaning: texts
  bool match_library = true;                                     // false: the library was empty when the import began
};
Result<ImportFacts> read_facts(const std::filesystem::path& folder, std::int64_t batch);
Status write_facts(const std::filesystem::path& folder, std::int64_t batch, const ImportFacts& facts);

// How far it was: what BulkSession::commit_at keeps.
struct ImportMark {
  ImportCounts counts;
  std::uint64_t notes = 0;                                       // bytes of the list of results
};
std::string mark_text(const ImportMark& mark);
Result<ImportMark> mark_from(const std::string& text);           // "" is the beginning

Json counts_json(const ImportCounts& counts);
ImportCounts counts_from(const Json& json);

// SHA-256 of the file, hex. `watch` is told the bytes.
Result<std::string> digest_source(const std::filesystem::path& file, ImportProgress& progress, const ImportWatch& watch);
Result<std::shared_ptr<const Cleaner>> make_cleaner(const std::string& cleaning, const CodeTables& tables);

}  // namespace guzheng
