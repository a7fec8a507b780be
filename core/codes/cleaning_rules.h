// Room codes. Cleaning rules as data: JSON, described by resources/codes/guzheng-cleaning.schema.json, checked with line numbers.
// Pure values; the cleaner (codes/cleaner.h) carries them out in their order.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/codes/json_places.h"

namespace guzheng {

// Any of what is given fits; nothing given: always.
struct CleanCondition {
  std::vector<std::string> equals, contains, starts;
  std::string only;                                    // made of these characters alone
  std::size_t shorter = 0;                             // fewer characters than this, but not empty
  bool filled = false;                                 // not empty
  [[nodiscard]] bool always() const { return equals.empty() && contains.empty() && starts.empty() && only.empty() && shorter == 0 && !filled; }
};

struct CleaningRule {
  enum class Act {
    Trim,          // ends and what cannot be seen
    Width,         // full width to half width; "case":"upper"
    Spaces,        // within: "keep":"one" or "none" (in Chinese text; others keep one)
    Brackets,      // of names, to （）
    Blank,         // what stands for nothing (无, -, /) becomes empty: condition
    Words,         // whole values by a table
    Code,          // must be a code of "table", or a name in it, which becomes its code; "then"
    Check,         // "as": credit-code, registration-number, organisation-code, identity-number, phone; "then"
    Rounded,       // a number that lost digits in a spreadsheet; "then"
    Move,          // passes as "as" and "to" is empty: the value moves there
    Day,           // to 2026-03-01; "then"
    Derive,        // empty: the region that "from" names (an address, or the digits of a credit code)
    ShortName,     // empty: made from "from"
    Drop,          // the row, when a field fits the condition
    Require,       // the row is dropped when all of the fields are empty
    Mark,          // where "when" fits: "set" fields that are empty
    Duplicates,    // rows with equal "keys": "then" merge or drop. Carried out by whoever knows the other rows
  };
  enum class Then { Tell, Clear, Drop, Merge };
  std::string id;
  int line = 0;
  Act act = Act::Trim;
  Then then = Then::Tell;
  std::vector<std::string> fields;                     // "*": all
  CleanCondition condition;
  bool upper = false, keep_none = false;
  bool skip_without_table = false;                     // Code: nothing is done as long as nobody has imported the table
  std::string as, table, from, to, when;               // when: the field that the condition of Mark is about
  std::vector<std::pair<std::string, std::string>> words;        // Words: from → to; Mark: field → value
  std::vector<std::vector<std::string>> keys;
};

struct CleaningRules {
  std::string name;
  std::vector<CleaningRule> rules;
  std::string sha256;                                  // of the text
};

// `fields`: the names that rules may speak of. Invalid: `problems` says what and where.
Result<CleaningRules> parse_cleaning(std::string_view text, const std::vector<std::string>& fields, std::vector<RuleProblem>& problems);
// Those that are built in; for the fields of subjects.
std::string_view default_cleaning();

}  // namespace guzheng
