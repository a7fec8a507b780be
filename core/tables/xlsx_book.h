// Room tables. What all sheets of a workbook share: their names and parts, number formats, texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tables/zip_parts.h"

namespace guzheng {

struct BookSheet {
  std::string name, part;
  bool hidden = false;
};

// How a number is shown, as far as it changes what is meant.
struct NumberForm {
  enum class Kind { Plain, Date, Time, DateTime, Zeros } kind = Kind::Plain;
  int zeros = 0;                                       // Zeros: digits that are shown at least, "000000"
};
NumberForm number_form(int built_in);                  // by its number in the standard, with the Chinese ones (27–36, 50–58)
NumberForm number_form(std::string_view code);         // "yyyy\"年\"m\"月\"", "000000"

class SharedTexts {
 public:
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view at(std::size_t index) const;
  void append(std::string_view text) { all_.append(text); }
  void close() { ends_.push_back(all_.size()); }
  [[nodiscard]] std::size_t bytes() const { return all_.size() + ends_.size() * sizeof(std::uint64_t); }

 private:
  std::string all_;
  std::vector<std::uint64_t> ends_;
};

struct XlsxBook {
  std::vector<BookSheet> sheets;
  std::vector<NumberForm> forms;                       // by a cell's style
  SharedTexts texts;
  bool dates_from_1904 = false;
};

Result<XlsxBook> read_xlsx_book(ZipParts& zip, const TableLimits& limits);

// "_x000D_" and its kind, which stand for characters that XML cannot hold, put back.
void unescape_cell(std::string& text);
// Days since 1899-12-30 (or 1904-01-01) as "2026-03-01", "2026-03-01 08:30:00" or "08:30:00"; "" outside 1900–9999.
std::string date_text(double serial, NumberForm::Kind kind, bool from_1904);

}  // namespace guzheng
