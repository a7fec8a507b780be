// Room intake. From a foreign table to cleaned rows: header, columns, cleaning. One thread; no library in it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/codes/cleaner.h"
#include "core/intake/note.h"
#include "core/intake/profile.h"

namespace guzheng {

struct CleanRow {
  std::uint64_t line = 0;
  std::vector<std::string> values;                               // one for each of intake_fields(), cleaned
  std::vector<NoteItem> items;                                   // what changed or is doubted
  bool dropped = false;                                          // the last item says why
};

class RowSource {
 public:
  // Opens the table and finds its header. Invalid: no header; a column of the profile is missing (the headers that are there are in `what`);
  // with an empty profile, none of the headers is known. `called_off` ends next() with Cancelled.
  static Result<std::unique_ptr<RowSource>> open(const std::filesystem::path& file, const MappingProfile& profile, std::shared_ptr<const Cleaner> cleaner, std::function<bool()> called_off);
  // False: the end.
  Result<bool> next(CleanRow& row);
  // The row as it stood in the file, of the last next().
  [[nodiscard]] const TableRow& raw() const { return raw_; }
  [[nodiscard]] const std::vector<std::string>& headers() const { return headers_; }
  [[nodiscard]] const MappingProfile& profile() const { return profile_; }       // with the columns that were proposed, when it had none
  [[nodiscard]] std::uint64_t header_line() const { return header_line_; }
  [[nodiscard]] const TableReader& table() const { return *table_; }

 private:
  RowSource() = default;
  Status find_columns();
  Status add_columns();
  void fill(CleanRow& row);
  void mark(CleanRow& row) const;
  void clean(CleanRow& row);
  std::unique_ptr<TableReader> table_;
  MappingProfile profile_;
  std::shared_ptr<const Cleaner> cleaner_;
  std::vector<std::string> headers_;
  std::vector<IntakeField> fields_;                              // of each column; kIntakeFields: none
  std::vector<TableRow> first_;                                  // read to find the header, not given yet
  std::size_t given_ = 0;
  TableRow raw_;
  std::vector<CleanChange> changes_;
  std::uint64_t header_line_ = 0;
  bool by_name_ = false;                                         // JSON Lines: columns grow
};

}  // namespace guzheng
