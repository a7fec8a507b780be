// Room codes. Code tables: regions (GB/T 2260, built in), industries (GB/T 4754) and the profession's own (SG 3), imported..
// Built once, then read by any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

struct CodeEntry {
  std::string code, name;
  bool operator==(const CodeEntry&) const = default;
};

class CodeTable {
 public:
  // Invalid, naming the entry: an empty code or name, a code twice, more than 1,000,000 entries, a text over 400 bytes.
  static Result<CodeTable> make(std::string name, std::vector<CodeEntry> entries);
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<CodeEntry>& entries() const { return entries_; }         // by code
  [[nodiscard]] const CodeEntry* find(std::string_view code) const;                        // owned by the table
  // The code of this name when just one has it.
  [[nodiscard]] std::optional<std::string> code_of(std::string_view name) const;

 private:
  std::string name_;
  std::vector<CodeEntry> entries_;
  std::unordered_map<std::string, std::size_t> by_code_, by_name_;     // by_name_: kTwice when several have it
};

// Provinces, cities and counties as they were built in (resources/codes/README.md names the source and its day); codes of six digits.
Result<CodeTable> region_table();

// Regions by what stands in addresses: the deepest that the text names from its beginning on, "浙江省杭州市西湖区文三路1号" → 330106. Names may lack
// their ending (浙江, 杭州), a county may follow its province directly. Any thread.
class RegionNames {
 public:
  explicit RegionNames(const CodeTable& regions);
  // Empty: it names none for sure. One name without its ending is not sure: 海南路1号 is no address of the province.
  [[nodiscard]] std::string code_in(std::string_view address) const;
  // How long the text is that names regions at its beginning, sure or not, in bytes: 0 when it names none.
  [[nodiscard]] std::size_t length_in(std::string_view address) const;

 private:
  struct Name {
    std::string text, code;
    bool whole = true;                                                 // with its ending
  };
  struct Found {
    std::string code;
    std::size_t length = 0;
    bool sure = false;
  };
  [[nodiscard]] Found find(std::string_view address) const;
  std::vector<Name> provinces_;                                        // longest names first
  std::unordered_map<std::string, std::vector<Name>> below_;           // by the code of the province or city
  std::unordered_map<std::string, std::vector<Name>> cities_;          // by their first character: cities that stand without their province
};

}  // namespace guzheng
