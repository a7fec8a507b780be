// Room intake. The result of an import, row by row: what was dropped, merged, corrected, doubted, with the reason. JSON Lines in the
// library's folder, mode 0600; sensitive values and long runs of digits are masked in it. Exported as CSV or XLSX for whoever delivered the file.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/codes/cleaner.h"
#include "core/registry/subject.h"
#include "core/tables/table_writer.h"

namespace guzheng {

enum class RowOutcome : std::uint8_t { Added, Merged, Dropped };
std::string_view to_string(RowOutcome outcome);                  // "added", "merged", "dropped"

// One value that changed, or is doubted, or the reason why the row is not there.
struct NoteItem {
  std::string field;                                             // of intake_fields(); "": the row
  std::string reason;                                            // of CleanReason, CellMark, RowProblemKind, or: same-in-file, same-in-library, several-match,
                                                                 // unknown-word, extra-cells, refused, by-name …; words: note_chinese(), note_english()
  std::string rule;                                              // id of the cleaning rule, "" when it was not one
  std::string before, after;
  bool doubt = false;
  bool operator==(const NoteItem&) const = default;
};
struct RowNote {
  std::uint64_t line = 0;                                        // in the file (XLSX: row of the sheet)
  RowOutcome outcome = RowOutcome::Added;
  std::string name;                                              // the subject's, as far as it was read
  SubjectId subject = 0;                                         // added or merged into
  std::uint64_t same_as = 0;                                     // line of the first row, for duplicates within the file; 0: none
  std::vector<NoteItem> items;
  bool operator==(const RowNote&) const = default;
};
std::string_view note_chinese(std::string_view reason);
std::string_view note_english(std::string_view reason);
// Runs of seven or more digits lose all but their first three and last two.
std::string masked_digits(std::string_view text);

class NoteWriter {
 public:
  // `keep`: bytes of an earlier run that hold; what is behind them is cut off.
  static Result<NoteWriter> open(const std::filesystem::path& file, std::uint64_t keep);
  Status write(const RowNote& note);                             // held in memory up to 256 KiB
  Status sync();                                                 // on the disk
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  explicit NoteWriter(AppendFile file) : file_(std::move(file)), size_(file_.size()) {}
  AppendFile file_;
  std::string held_;
  std::uint64_t size_ = 0, synced_ = 0;
};

// In order; false from `each` ends it. Tampered: a line is none of ours.
Status read_notes(const std::filesystem::path& file, const std::function<bool(const RowNote&)>& each);
// One line a change. `english`: the words in it. Exists; Cancelled when `go_on` answers false (asked often, may be empty): nothing stays.
Result<TableWriterFacts> export_notes(const std::filesystem::path& file, const std::filesystem::path& to, bool english, const std::function<bool()>& go_on = {});

}  // namespace guzheng
