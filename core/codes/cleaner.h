// Room codes. Carries cleaning rules out on one row after the other: every value that changes is given with the reason, every row that is
// dropped too. What a row says is never lost: `before` has it. Built once; clean() may be called by any thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/codes/cleaning_rules.h"
#include "core/codes/code_table.h"

namespace guzheng {

enum class CleanReason : std::uint8_t {
  Trimmed, Width, Spaces, Brackets, Blank, Words,
  CodeOfName,      // a name of the table became its code
  UnknownCode,     // neither code nor name of the table
  WrongLength, WrongCharacter, WrongCheck, NoPhone,
  Rounded,         // digits were lost in a spreadsheet
  Moved,           // to the field where it belongs
  Derived, ShortName,
  Day, NoDay,
  Rubbish,         // the row: a field fits a drop rule
  Missing,         // the row: nothing in the fields that it needs
  Marked,
};
std::string_view to_string(CleanReason reason);                  // "trimmed", … : what files hold
std::string_view chinese(CleanReason reason);                    // a few words for an officer
std::string_view english(CleanReason reason);

struct CleanChange {
  std::size_t field = 0;                                         // index into the fields
  std::size_t rule = 0;                                          // index into rules()
  CleanReason reason = CleanReason::Trimmed;
  bool doubt = false;                                            // told only: the value stays as it is
  std::string before, after;
};

struct CleanVerdict {
  bool dropped = false;
  std::size_t field = 0, rule = 0;                               // of the drop
  CleanReason reason = CleanReason::Rubbish;
};

using CodeTables = std::map<std::string, std::shared_ptr<const CodeTable>, std::less<>>;       // "region", "industry", …

class Cleaner {
 public:
  // NotFound: a rule names a table that is not there (its line is told).
  static Result<std::shared_ptr<const Cleaner>> make(CleaningRules rules, const std::vector<std::string>& fields, CodeTables tables);
  // `values`: one for each field, in their order. Appends to `changes`; with a drop the values stay as far as they were cleaned.
  CleanVerdict clean(std::vector<std::string>& values, std::vector<CleanChange>& changes) const;
  [[nodiscard]] const CleaningRules& rules() const { return rules_; }
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] const RegionNames* region_names() const { return region_names_ ? region_names_.get() : nullptr; }

 private:
  struct Step;
  struct Row;
  Cleaner() = default;
  CleaningRules rules_;
  std::vector<std::string> fields_;
  CodeTables tables_;
  std::vector<Step> steps_;
  std::unique_ptr<const RegionNames> region_names_;

 public:
  ~Cleaner();
};

}  // namespace guzheng
