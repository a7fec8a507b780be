#include "core/tables/csv_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/tables/record_text.h"

namespace guzheng {

namespace {

// One record out of text that may end in its middle. Nothing is kept between two tries: a record that needs more text is read anew.
class CsvRecord {
 public:
  enum class End { Whole, NeedsMore, Overlong, OpenQuote };

  CsvRecord(char separator, const TableLimits& limits, TableRow& row) : separator_(separator), limits_(limits), row_(row) {}

  // `last`: the text ends with the file. `quotes` false: a quotation mark is a character.
  End read(std::string_view text, bool last, bool quotes) {
    at_ = 0, lines_ = 0, count_ = 0;
    row_.marks.clear();
    too_many_ = false;
    while (true) {
      const End end = read_cell(text, last, quotes);
      if (end != End::Whole) return end;
      if (at_ >= text.size()) return last || ended_line_ ? finish() : End::NeedsMore;
      if (ended_line_) return finish();
    }
  }
  [[nodiscard]] std::size_t used() const { return at_; }
  [[nodiscard]] std::size_t lines() const { return lines_; }
  [[nodiscard]] bool too_many() const { return too_many_; }

 private:
  std::string& new_cell() {
    if (count_ >= limits_.most_cells) {
      too_many_ = true;
      spare_.clear();
      return spare_;
    }
    if (row_.cells.size() <= count_) row_.cells.emplace_back();
    row_.cells[count_].clear();
    return row_.cells[count_];
  }
  void mark(CellMark what) {
    if (count_ < limits_.most_cells) row_.marks.push_back({count_, what});
  }
  End finish() {
    row_.cells.resize(std::min(count_, limits_.most_cells));
    return End::Whole;
  }

  End read_cell(std::string_view text, bool last, bool quotes) {
    std::string& cell = new_cell();
    ended_line_ = false;
    bool stray = false;
    if (quotes && at_ < text.size() && text[at_] == '"') {
      const End end = read_quoted(text, last, cell);
      if (end != End::Whole) return end;
      stray = at_ < text.size() && text[at_] != separator_ && text[at_] != '\n' && text[at_] != '\r';
    }
    const std::size_t from = at_;
    while (at_ < text.size() && text[at_] != separator_ && text[at_] != '\n' && text[at_] != '\r') {
      stray |= text[at_] == '"';
      if (static_cast<unsigned char>(text[at_]) < 0x20) control_ = true;
      ++at_;
    }
    if (at_ > limits_.most_row) return End::Overlong;
    if (at_ >= text.size() && !last) return End::NeedsMore;
    cell.append(text.substr(from, at_ - from));
    if (stray && quotes) mark(CellMark::StrayQuote);
    close_cell(cell);
    return end_cell(text, last);
  }

  End read_quoted(std::string_view text, bool last, std::string& cell) {
    std::size_t from = ++at_;
    while (true) {
      while (at_ < text.size() && text[at_] != '"' && text[at_] != '\n' && static_cast<unsigned char>(text[at_]) >= 0x20) ++at_;
      if (at_ > limits_.most_row || lines_ > limits_.most_lines_in_row) return End::OpenQuote;
      if (at_ >= text.size()) return last ? End::OpenQuote : End::NeedsMore;
      if (text[at_] == '\n') ++lines_;
      else if (text[at_] != '"') control_ = true;
      if (text[at_] != '"') {
        ++at_;
        continue;
      }
      if (at_ + 1 >= text.size() && !last) return End::NeedsMore;
      cell.append(text.substr(from, at_ - from));
      if (at_ + 1 < text.size() && text[at_ + 1] == '"') {          // "" is one quotation mark
        cell.push_back('"');
        at_ += 2, from = at_;
        continue;
      }
      ++at_;
      return End::Whole;
    }
  }

  void close_cell(std::string& cell) {
    if (control_ && drop_control(cell)) mark(CellMark::ControlDropped);
    control_ = false;
    if (cell.size() > limits_.most_cell) {
      std::size_t end = limits_.most_cell;
      while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) --end;
      cell.resize(end);
      mark(CellMark::Cut);
    }
  }

  End end_cell(std::string_view text, bool last) {
    ++count_;
    if (at_ >= text.size()) return ended_line_ = true, End::Whole;      // the file ends without a line end
    if (text[at_] == separator_) {
      ++at_;
      if (at_ >= text.size() && last) new_cell(), ++count_, ended_line_ = true;      // an empty cell behind the last separator
      return End::Whole;
    }
    if (text[at_] == '\r') {
      if (at_ + 1 >= text.size() && !last) return End::NeedsMore;
      at_ += at_ + 1 < text.size() && text[at_ + 1] == '\n' ? 2 : 1;
    } else {
      ++at_;
    }
    ++lines_;
    ended_line_ = true;
    return End::Whole;
  }

  const char separator_;
  const TableLimits& limits_;
  TableRow& row_;
  std::string spare_;
  std::size_t at_ = 0, lines_ = 0, count_ = 0;
  bool ended_line_ = false, control_ = false, too_many_ = false;
};

class CsvReader final : public TableReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, const TableOptions& options)
      : options_(options), text_(std::move(source), options), separator_(options.separator) {}

  Result<bool> next(TableRow& row) override {
    if (!begun_) { GZ_TRY(begin()); }
    while (true) {
      GZ_TRY_ASSIGN(const bool got, read_record(row));
      if (!got) return false;
      const bool empty_line = row.cells.size() <= 1 && row.blank() && row.problem.kind == RowProblemKind::None;
      if (!empty_line) return true;
    }
  }
  [[nodiscard]] const std::vector<std::string>& names() const override { return no_names_; }
  [[nodiscard]] TableFacts facts() const override { return {TableKind::Csv, text_.decoder().encoding(), separator_, {}, {}}; }
  [[nodiscard]] std::uint64_t read_bytes() const override { return text_.decoder().read_bytes(); }
  [[nodiscard]] std::uint64_t total_bytes() const override { return text_.decoder().total_bytes(); }

 private:
  Status begin() {
    begun_ = true;
    GZ_TRY_ASSIGN(const bool got, text_.more());
    ended_ = !got;
    const auto start = text_.rest();
    if (start.size() >= 5 && (start.starts_with("sep=") || start.starts_with("SEP="))) {       // Excel's own mark
      const auto end = start.find_first_of("\r\n");
      if (end == 5) {
        if (separator_ == 0) separator_ = start[4];
        (void)text_.take(start.find('\n') == start.npos ? end + 1 : start.find('\n') + 1, 1);
      }
    }
    if (separator_ == 0) separator_ = guess_separator(text_.rest().substr(0, 64u << 10));
    return ok();
  }

  Result<bool> read_record(TableRow& row) {
    row.line = text_.line();
    row.problem = {};
    CsvRecord record(separator_, options_.limits, row);
    while (true) {
      if (text_.rest().empty() && ended_) return false;
      const auto end = record.read(text_.rest(), ended_, true);
      if (end == CsvRecord::End::NeedsMore) {
        GZ_TRY_ASSIGN(const bool got, text_.more());
        ended_ = !got;
        continue;
      }
      if (end == CsvRecord::End::Whole) return take(record, row);
      return end == CsvRecord::End::Overlong ? cut(record, row) : as_characters(row);
    }
  }

  Result<bool> take(const CsvRecord& record, TableRow& row) {
    row.problem = text_.take(record.used(), record.lines());
    if (record.too_many()) row.problem = {RowProblemKind::TooManyCells, 0, "more cells than " + std::to_string(options_.limits.most_cells)};
    return true;
  }

  // The line of a quotation mark that never closes, with quotation marks as characters; the next record begins on the next line.
  Result<bool> as_characters(TableRow& row) {
    CsvRecord record(separator_, options_.limits, row);
    const bool line_is_here = ended_ || text_.rest().find_first_of("\r\n") != std::string_view::npos;
    if (!line_is_here || record.read(text_.rest(), true, false) != CsvRecord::End::Whole) return cut(record, row);
    (void)text_.take(record.used(), record.lines());
    row.problem = {RowProblemKind::OpenQuote, 0, "a quotation mark is opened on line " + std::to_string(row.line) + " and never closed"};
    return true;
  }

  Result<bool> cut(const CsvRecord& record, TableRow& row) {
    row.cells.clear();
    row.marks.clear();
    row.cells.emplace_back(text_.rest().substr(0, 200));                  // what can be shown of it
    while (!row.cells[0].empty() && !is_utf8(row.cells[0])) row.cells[0].pop_back();
    row.problem = text_.take(record.used(), 0);
    GZ_TRY(text_.skip_line(row.problem));
    row.problem = {RowProblemKind::TooLong, 0, "the line is longer than " + std::to_string(options_.limits.most_row) + " bytes"};
    return true;
  }

  TableOptions options_;
  RecordText text_;
  char separator_;
  bool begun_ = false, ended_ = false;
  const std::vector<std::string> no_names_;
};

}  // namespace

char guess_separator(std::string_view beginning) {
  constexpr std::array<char, 4> kinds{',', '\t', ';', '|'};
  std::array<std::map<int, int>, 4> lines_by_count;        // how many lines have so many of them
  std::array<int, 4> counts{};
  int lines = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < beginning.size() && lines < 50; ++i) {
    const char c = beginning[i];
    if (c == '"') quoted = !quoted;
    else if (c == '\n' && (!quoted || lines == 0)) {
      quoted = false;
      for (std::size_t k = 0; k < kinds.size(); ++k) ++lines_by_count[k][counts[k]], counts[k] = 0;
      ++lines;
    } else if (!quoted) {
      for (std::size_t k = 0; k < kinds.size(); ++k) counts[k] += c == kinds[k];
    }
  }
  if (lines == 0)
    for (std::size_t k = 0; k < kinds.size(); ++k) ++lines_by_count[k][counts[k]];
  std::size_t best = 0;
  int best_score = 0;
  for (std::size_t k = 0; k < kinds.size(); ++k)
    for (const auto& [count, how_often] : lines_by_count[k])
      if (const int score = count > 0 ? how_often * 64 + std::min(count, 63) : 0; score > best_score) best = k, best_score = score;
  return kinds[best];
}

std::unique_ptr<TableReader> make_csv_reader(std::unique_ptr<ByteSource> source, const TableOptions& options) {
  return std::make_unique<CsvReader>(std::move(source), options);
}

}  // namespace guzheng
