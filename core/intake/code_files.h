// Room intake. Code tables from files: industries (GB/T 4754), the profession's own (SG 3), a newer list of regions.
// A file is a CSV, JSON Lines or XLSX table with the columns 代码 or code, and 名称 or name; or, as GB/T 4754 is printed, with 门类, 大类, 中类, 小类 and 类别名称, where
// the deepest that a row fills in is its code and 门类 stands before it ("F5265"). The library keeps each as FOLDER/codes/NAME.csv, and beside it where it came from
// (NAME.json). One that is replaced or taken out goes to FOLDER/codes/replaced. All of it blocks for the disk.
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/clock.h"
#include "core/codes/cleaner.h"
#include "core/tables/table.h"

namespace guzheng {

struct CodeProblem {
  enum class What { NoColumns, NoCode, NoName, Twice, TooLong, NoLetter, BadRow, Empty, TooMany } what = What::NoColumns;      // NoLetter: no 门类 above it
  std::uint64_t line = 0;                        // as TableRow's; 0: of the file as a whole
  std::string detail;                            // the code, or the reader's words
};
std::string to_string(const CodeProblem& problem);         // English: "line 3: the code \"F52\" stands twice"

struct CodeFile {
  TableFacts facts;
  std::vector<CodeEntry> entries;                // of rows without a problem, in the file's order
  std::vector<CodeProblem> problems;             // the first kMostProblems
  std::int64_t problem_count = 0;
  static constexpr std::size_t kMostProblems = 500;
};
// Reads all of it, whatever is wrong with it. Errors are of the file itself: not there, no table.
Result<CodeFile> read_code_file(const std::filesystem::path& file);
// Invalid: a row is wrong, which and why.
Result<CodeTable> read_code_table(const std::filesystem::path& file, const std::string& name);

struct CodeSource {
  std::string file, sha256, who;                 // file: its name alone; sha256: hex, of the file that was imported
  WallTime at;
};
// Keeps it in place of one of the same name. Invalid: as read_code_table, or a name of anything but a–z, 0–9 and hyphens.
Result<CodeTable> import_code_table(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& file, const std::string& who, WallTime at);
// Takes the imported one out (of regions: the built-in one counts again). NotFound: there is none.
Status remove_code_table(const std::filesystem::path& folder, const std::string& name, WallTime at);
// As it was before the import or removal that was made `at`: what that replaced comes back; an import that replaced none is taken out.
Status restore_code_table(const std::filesystem::path& folder, const std::string& name, WallTime at, WallTime now);
// "region" (built in, unless one was imported) and all that were imported.
Result<CodeTables> load_code_tables(const std::filesystem::path& folder);

struct CodeTableCard {
  std::string name;
  std::int64_t codes = 0;
  bool built_in = false;
  std::optional<CodeSource> source;              // none: built in, or imported by an older program
  std::optional<Error> error;                    // it is there and cannot be read
};
// "region" first, then by name.
std::vector<CodeTableCard> code_table_cards(const std::filesystem::path& folder);
// How a file differs from the table of that name that is in force: codes it adds, names otherwise, leaves out.
struct CodeChanges {
  std::int64_t added = 0, renamed = 0, left_out = 0;
};
CodeChanges code_changes(const CodeTable* now, const std::vector<CodeEntry>& entries);

}  // namespace guzheng
