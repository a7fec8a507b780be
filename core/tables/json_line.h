// Room tables. One line of JSON into the cells of a row, without a tree: names become columns in the order in which they are met.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/tables/table.h"

namespace guzheng {

// Which column a name has; grows with the file.
class JsonColumns {
 public:
  // -1: there are too many names already.
  std::int64_t column_of(const std::string& name, std::size_t most);
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> columns_;
};

// Handed to nlohmann's parser, which reports to it. Numbers keep the digits they are written with.
class JsonLine final : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonLine(JsonColumns& columns, const TableLimits& limits, TableRow& row) : columns_(columns), limits_(limits), row_(row) {}
  // False: row_.problem says why.
  bool read(std::string_view line);

  bool null() override { return scalar("", "null", false); }
  bool boolean(bool value) override { return scalar(value ? "true" : "false", value ? "true" : "false", false); }
  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return number(text); }
  bool string(string_t& value) override;
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override;
  bool end_object() override;
  bool start_array(std::size_t) override;
  bool end_array() override;
  bool key(string_t& name) override;
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& why) override;

 private:
  bool number(const std::string& text);
  bool scalar(std::string_view text, std::string_view json, bool is_number);
  bool put(std::string_view text, CellMark* mark);
  bool opened(char bracket);
  bool closed(char bracket);
  bool refuse(std::string why);
  void comma();

  JsonColumns& columns_;
  const TableLimits& limits_;
  TableRow& row_;
  std::vector<std::size_t> prefix_lengths_;            // of path_, one for each open object
  std::string path_;                                   // "address.city"
  std::string nested_;                                 // text of the array that is open
  std::vector<std::uint8_t> seen_;                     // columns of this line
  int nested_depth_ = 0, depth_ = 0;
};

}  // namespace guzheng
