// Room search. Full-text search by SQLite's FTS5 in one file of this program (search/text_search.h), with the tokenizer for Chinese (sql/bigrams.h).
// A document's row is its place, so rows only ever rise: large batches go in as segments sorted beside the table (sql/fts_segment.h), and pages need no sorting. A document that
// changes or goes leaves its old row behind, which searches pass over; TextState::dead counts them. `applied` is committed with the documents.
// About 550 bytes of disk a subject. One process has the file open at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/clock.h"
#include "core/search/text_search.h"

namespace guzheng {

// `shape`: which fields whoever follows makes of what: an index of another shape, a damaged one, or one of a newer program is thrown away and begun anew, which `anew` tells.
// `clock` must outlive it.
Result<std::unique_ptr<TextSearch>> open_fts_search(const std::filesystem::path& file, std::int64_t shape, const Clock& clock, std::string* anew = nullptr);

}  // namespace guzheng
