// Room intake. A file into the subject library: preview, import with progress, calling off, going on after a crash, taking back as a
// whole, and the list of every row that was dropped, merged or corrected. One import is one batch of the library. All of it blocks: on the bulk
// thread. What one import keeps lies in FOLDER/imports: N.json (what was imported how), N.jsonl (core/intake/note.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/intake/note.h"
#include "core/intake/profile.h"
#include "core/intake/row_source.h"
#include "core/registry/store.h"

namespace guzheng {

// A row of the import that is a subject of the library and brings a new record (a complaint, a penalty, 失信), or is of a subject that is watched: of
// interest to the subject's unit. Its notice is written in the transaction of the row.
struct ImportHit {
  SubjectId subject = 0;
  std::uint64_t line = 0;
  RecordKind kind = RecordKind::Credit;
  std::string title, source;                                     // title "": it brings no record
  std::string watched;                                           // then: as what (SubjectStore::watched_as)
};

struct ImportPlace {
  SubjectStore& store;
  std::filesystem::path folder;                                  // the library's
  const Clock& clock;
  CodeTables tables;                                             // core/intake/code_files.h
  std::function<std::string(const ImportHit&)> notice_words{};   // the sentence of a notice; empty: none are raised
};

struct ImportRequest {
  std::filesystem::path file;
  MappingProfile profile;                                        // without columns: those whose headers are known
  std::string cleaning;                                          // text of cleaning rules; empty: the built-in ones
  Act act;
};

struct ImportCounts {
  std::int64_t rows = 0;                                         // of the file, without its header
  std::int64_t added = 0, merged = 0, dropped = 0;               // add up to rows
  std::int64_t corrected = 0, doubted = 0;                       // rows among the first two
  bool operator==(const ImportCounts&) const = default;
};

struct ImportProgress {
  enum class Phase { Checking, Indexing, Reading, TakingBack } phase = Phase::Checking;
  ImportCounts counts;
  std::int64_t done = 0, of = 0;                                 // bytes; Indexing, TakingBack: subjects
  std::optional<std::int64_t> seconds_left;                      // after the first seconds
  std::int64_t batch = 0;                                        // 0: not begun
};
using ImportWatch = std::function<bool(const ImportProgress&)>;  // on the calling thread, some times a second; false calls the import off

struct ImportResult {
  std::int64_t batch = 0;
  ImportCounts counts;
  std::filesystem::path notes;
  MappingProfile profile;                                        // as it was used
};

struct ImportPreview {
  TableFacts facts;
  std::vector<std::string> headers;
  std::uint64_t header_line = 0;
  MappingProfile profile;                                        // as given, or as proposed
  struct Row {
    std::vector<std::string> cells;                              // as they stand in the file
    CleanRow cleaned;
  };
  std::vector<Row> rows;
};

// The first `rows` rows as they would be imported; touches no library. Errors as RowSource::open; Invalid: the cleaning rules, with their lines.
Result<ImportPreview> preview_import(const CodeTables& tables, const ImportRequest& request, std::size_t rows = 50);

// Cancelled (called off), or an error that ends the file: what was added has been taken back again, the library is as before. When that could
// not be done `what` says so; undo_import() does it later. Killed: the batch stays open (open_imports), goes on with resume_import or is undone.
Result<ImportResult> run_import(const ImportPlace& place, const ImportRequest& request, const ImportWatch& watch = {});
// Goes on where the last commit was. Invalid: the file is not the one it was. As run_import otherwise.
Result<ImportResult> resume_import(const ImportPlace& place, std::int64_t batch, const ImportWatch& watch = {});
// Takes back the whole of an import, finished or not. The list of its results stays.
Result<UndoReport> undo_import(const ImportPlace& place, std::int64_t batch, const Act& act, const ImportWatch& watch = {});

// Imports that were broken off by a crash; newest first.
Result<std::vector<Batch>> open_imports(const SubjectStore& store);
std::filesystem::path notes_file(const std::filesystem::path& folder, std::int64_t batch);
// Of a finished batch's summary; nothing when it is none of ours.
std::optional<ImportCounts> counts_of(const Batch& batch);

}  // namespace guzheng
