// Room identity, for files of settings in TOML that are read strictly (the policy; the central server's configuration): one table at a time, every key
// known, every problem told with its line. Whoever includes it compiles toml11.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <toml.hpp>
#include <vector>

#include "core/identity/policy.h"

namespace guzheng {

inline constexpr std::uint64_t kMaxTomlBytes = 64 * 1024;
inline constexpr std::size_t kMaxTomlText = 400, kMaxTomlProblems = 100;

void sort_by_line(std::vector<PolicyProblem>& problems);

inline std::string_view toml_type_name(const toml::value& value) {
  switch (value.type()) {
    case toml::value_t::boolean: return "true or false";
    case toml::value_t::integer: return "a whole number";
    case toml::value_t::floating: return "a number with a point";
    case toml::value_t::string: return "text";
    case toml::value_t::array: return "a list";
    case toml::value_t::table: return "a section";
    default: return "a date or time";
  }
}

inline int toml_line_of(const toml::value& value) { return static_cast<int>(value.location().line()); }

inline bool toml_is_plain(std::string_view text) {      // printable on one line
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// What a file's sections are read into.
struct TomlReading {
  std::vector<PolicyProblem>& problems;
  std::map<std::string, int>& lines;           // "bureau.root" → line it is on
};

// The file's own table; nothing: it is no TOML, which is told.
std::optional<toml::value> toml_root(std::string_view text, TomlReading out);

// One table being read: every key that is asked for is known, what is left at the end is not.
class TomlSection {
 public:
  TomlSection(const toml::value* table, std::string name, int line, TomlReading out) : table_(table), name_(std::move(name)), line_(line), out_(out) {}

  [[nodiscard]] int line() const { return line_; }
  void problem(int line, const std::string& key, std::string what) const { out_.problems.push_back({line, full(key), std::move(what)}); }

  // The value of a key that must be there unless it is optional, with its line remembered; null: told or left out.
  const toml::value* find(const std::string& key, const char* expected, bool optional) {
    known_.insert(key);
    if (table_ == nullptr) {
      if (!optional) problem(line_, key, std::string("is missing; expected: ") + expected);
      return nullptr;
    }
    const auto& values = table_->as_table();
    const auto it = values.find(key);
    if (it == values.end()) {
      if (!optional) problem(line_, key, std::string("is missing; expected: ") + expected);
      return nullptr;
    }
    out_.lines[full(key)] = toml_line_of(it->second);
    return &it->second;
  }

  std::string text(const std::string& key, const char* expected, bool optional = false) {
    const toml::value* value = find(key, expected, optional);
    if (value == nullptr) return {};
    return text_of(*value, key, expected);
  }

  std::string text_of(const toml::value& value, const std::string& key, const char* expected) const {
    if (!value.is_string()) return problem(toml_line_of(value), key, std::string("is ") + std::string(toml_type_name(value)) + "; expected: " + expected), "";
    const std::string& text = value.as_string().str;
    if (text.empty()) return problem(toml_line_of(value), key, std::string("is empty; expected: ") + expected), "";
    if (text.size() > kMaxTomlText) return problem(toml_line_of(value), key, "is longer than 400 bytes"), "";
    if (!toml_is_plain(text)) return problem(toml_line_of(value), key, "holds a control character"), "";
    return text;
  }

  template <typename Holds>
  std::string text(const std::string& key, const char* expected, Holds holds, bool optional = false) {
    std::string found = text(key, expected, optional);
    if (!found.empty() && !holds(found)) problem(out_.lines[full(key)], key, "is \"" + found + "\"; expected: " + expected);
    return found;
  }

  std::filesystem::path path(const std::string& key, const char* expected, const std::filesystem::path& folder, bool optional = false) {
    const std::string found = text(key, expected, optional);
    return found.empty() ? std::filesystem::path() : (folder / found).lexically_normal();
  }

  // One that is left out is `from`.
  std::int64_t number(const std::string& key, std::int64_t from, std::int64_t to, bool optional = false) {
    const std::string expected = "a whole number from " + std::to_string(from) + " to " + std::to_string(to);
    const toml::value* value = find(key, expected.c_str(), optional);
    if (value == nullptr) return from;
    if (!value->is_integer()) return problem(toml_line_of(*value), key, "is " + std::string(toml_type_name(*value)) + "; expected: " + expected), from;
    const std::int64_t found = value->as_integer();
    if (found < from || found > to) return problem(toml_line_of(*value), key, "is " + std::to_string(found) + "; expected: " + expected), from;
    return found;
  }

  // One that is left out is `otherwise`.
  bool flag(const std::string& key, bool otherwise) {
    const toml::value* value = find(key, "true or false", true);
    if (value == nullptr) return otherwise;
    if (!value->is_boolean()) return problem(toml_line_of(*value), key, "is " + std::string(toml_type_name(*value)) + "; expected: true or false"), otherwise;
    return value->as_boolean();
  }

  // Whether it stands there, whatever it is. It is known from now on.
  bool has(const std::string& key) {
    known_.insert(key);
    return table_ != nullptr && table_->as_table().contains(key);
  }

  // A section of this table. One that is missing is told once, by the keys it should hold.
  TomlSection section(const std::string& name) {
    const toml::value* value = find(name, "a section", true);
    if (value != nullptr && !value->is_table()) {
      problem(toml_line_of(*value), name, "is " + std::string(toml_type_name(*value)) + "; expected: a section, [" + name + "]");
      value = nullptr;
    }
    return {value, name, value != nullptr ? toml_line_of(*value) : 0, out_};
  }

  void finish() {
    if (table_ == nullptr) return;
    for (const auto& [key, value] : table_->as_table()) {
      if (known_.contains(key) || out_.problems.size() >= kMaxTomlProblems) continue;
      std::string names;
      for (const auto& name : known_) names += (names.empty() ? "" : ", ") + name;
      out_.problems.push_back({toml_line_of(value), full(key.substr(0, 60)), "is not known here; expected: one of " + names});
    }
  }

 private:
  [[nodiscard]] std::string full(const std::string& key) const { return name_.empty() ? key : key.empty() ? name_ : name_ + "." + key; }
  const toml::value* table_;
  std::string name_;
  int line_;
  TomlReading out_;
  std::set<std::string> known_;
};

}  // namespace guzheng
