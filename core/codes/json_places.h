// Room codes. Rules and profiles are written by hand: what is wrong with them is told with its line. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace guzheng {

struct RuleProblem {
  int line = 0;                                        // of the text, from 1; 0: of no line
  std::string where;                                   // "rules[3].fields", "" the whole
  std::string chinese, english;
};

// On which line each value begins, by its JSON pointer ("/rules/3/fields").
class JsonPlaces {
 public:
  // `text` is JSON (deeper than 32 is not looked at).
  explicit JsonPlaces(std::string_view text);
  [[nodiscard]] int line(const std::string& pointer) const;      // of the nearest that encloses it

 private:
  void value(int depth);
  std::string string();
  void spaces();
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::string pointer_;
  std::map<std::string, int> lines_;
};

// Reads the members of an object and collects what is wrong: a wrong type, an unknown member, a missing one.
class JsonForm {
 public:
  JsonForm(const JsonPlaces& places, std::vector<RuleProblem>& problems) : places_(places), problems_(problems) {}
  void wrong(const std::string& pointer, std::string chinese, std::string english);
  // Members that are not listed are wrong.
  void only(const Json& object, const std::string& pointer, const std::vector<std::string_view>& known);
  std::string text(const Json& object, const std::string& pointer, const std::string& member, bool needed = false);
  std::vector<std::string> texts(const Json& object, const std::string& pointer, const std::string& member, bool needed = false);     // one text counts as a list
  std::vector<std::pair<std::string, std::string>> words(const Json& object, const std::string& pointer, const std::string& member, bool needed = false);
  // One of `allowed`; the first when it misses.
  std::string one_of(const Json& object, const std::string& pointer, const std::string& member, const std::vector<std::string>& allowed);
  [[nodiscard]] bool good() const { return problems_.empty(); }

 private:
  const Json* member_of(const Json& object, const std::string& pointer, const std::string& member, bool needed);
  const JsonPlaces& places_;
  std::vector<RuleProblem>& problems_;
};

// parse_json with the line of the first mistake.
Result<Json> parse_rules_json(std::string_view text, std::vector<RuleProblem>& problems);
// "line 12, rules[3].fields: …", the first few of them, for an Error.
std::string in_english(const std::vector<RuleProblem>& problems);

}  // namespace guzheng
