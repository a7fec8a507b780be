#include "core/tables/xlsx_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/tables/record_text.h"
#include "core/tables/xlsx_book.h"
#include "core/tables/xlsx_merges.h"
#include "core/tables/xml_events.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kMostSheetRows = 1'048'576;

int digits_of(std::string_view number) {
  number = number.substr(0, number.find_first_of("eE"));
  return static_cast<int>(std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

// "91350100.0" → "91350100", "0.30000000000000004" → "0.3"; what has no shorter form stays as it is stored.
std::string plain_number(std::string_view stored, double value, bool rounded) {
  char text[40];
  if (rounded) return std::string(stored);
  if (value == std::floor(value) && std::fabs(value) < 1e15) std::snprintf(text, sizeof text, "%.0f", value);
  else std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

class XlsxReader final : public TableReader, private XmlHandler {
 public:
  XlsxReader(std::unique_ptr<ZipParts> zip, XlsxBook book, std::size_t sheet, Merges merges, std::unique_ptr<ZipPart> part, const TableOptions& options)
      : zip_(std::move(zip)), book_(std::move(book)), sheet_(sheet), merges_(std::move(merges)), limits_(options.limits), events_(std::move(part), *this) {}

  Result<bool> next(TableRow& row) override {
    row_ = &row;
    while (true) {
      GZ_TRY_ASSIGN(const bool paused, located(events_.run()));
      if (too_many_rows_) return fail(ErrorKind::Invalid, "the sheet has more rows than a sheet can have: refused");
      if (!paused) return false;
      GZ_TRY(merges_.fill(row));
      given_ = row.line;
      if (!row.blank() || row.problem.kind != RowProblemKind::None) return true;
    }
  }
  [[nodiscard]] const std::vector<std::string>& names() const override { return no_names_; }
  [[nodiscard]] TableFacts facts() const override {
    TableFacts facts{TableKind::Xlsx, TextEncoding::Utf8, 0, {}, book_.sheets[sheet_].name};
    for (const auto& sheet : book_.sheets) facts.sheets.push_back({sheet.name, sheet.hidden});
    return facts;
  }
  [[nodiscard]] std::uint64_t read_bytes() const override { return events_.part().inflated(); }
  [[nodiscard]] std::uint64_t total_bytes() const override { return events_.part().size(); }

 private:
  Result<bool> located(Result<bool> got) const {
    if (got || got.error().kind == ErrorKind::Cancelled) return got;
    return fail(got.error().kind, got.error().what + " (the last row that was read is row " + std::to_string(given_) + ")");
  }

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") return start_row(attributes);
    if (!in_row_) return;
    if (name == "c") return start_cell(attributes);
    if (name == "v" || name == "t") in_text_ = !in_reading_;
    if (name == "f") formula_ = true;
    if (name == "rPh") in_reading_ = true;
  }

  void start_row(const XmlAttributes& attributes) {
    std::uint64_t number = 0;
    const auto text = attributes["r"];
    std::from_chars(text.data(), text.data() + text.size(), number);
    line_ = number > line_ ? number : line_ + 1;       // rows without a number, or out of order, follow the one before
    too_many_rows_ = line_ > kMostSheetRows || ++rows_ > kMostSheetRows;
    row_->line = line_;
    row_->problem = {};
    row_->marks.clear();
    for (auto& cell : row_->cells) cell.clear();
    width_ = 0;
    in_row_ = true;
  }

  void start_cell(const XmlAttributes& attributes) {
    std::size_t column = 0;
    std::uint64_t line = 0;
    column_ = parse_cell_place(attributes["r"], column, line) ? column : width_;
    type_.assign(attributes["t"]);
    style_ = 0;
    const auto style = attributes["s"];
    std::from_chars(style.data(), style.data() + style.size(), style_);
    value_.clear();
    formula_ = cut_ = in_reading_ = false;
  }

  void text(std::string_view piece) override {
    if (!in_text_) return;
    if (value_.size() + piece.size() > limits_.most_cell) cut_ = true;
    else value_.append(piece);
  }

  void end(std::string_view name) override {
    if (!in_row_) return;
    if (name == "v" || name == "t") in_text_ = false;
    if (name == "rPh") in_reading_ = false;
    if (name == "c") end_cell();
    if (name == "row") {
      in_row_ = false;
      row_->cells.resize(width_);
      events_.pause();
    }
  }

  void mark(CellMark what) { row_->marks.push_back({column_, what}); }

  void end_cell() {
    if (column_ >= limits_.most_cells) {
      row_->problem = {RowProblemKind::TooManyCells, 0, "more cells than " + std::to_string(limits_.most_cells)};
      return;
    }
    width_ = std::max(width_, column_ + 1);
    if (row_->cells.size() < width_) row_->cells.resize(width_);
    std::string& cell = row_->cells[column_];
    if (type_ == "s") shared(cell);
    else if (type_ == "str" || type_ == "inlineStr" || type_ == "d") cell = value_, unescape_cell(cell);
    else if (type_ == "b") cell = value_ == "1" ? "TRUE" : value_ == "0" ? "FALSE" : value_;
    else if (type_ == "e") cell = value_, mark(CellMark::BrokenFormula);
    else number(cell);
    if (drop_control(cell)) mark(CellMark::ControlDropped);
    if (formula_) mark(CellMark::Formula);
    if (cut_) mark(CellMark::Cut);
  }

  void shared(std::string& cell) {
    std::size_t index = 0;
    const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), index);
    if (read.ec != std::errc{} || index >= book_.texts.size()) {
      row_->problem = {RowProblemKind::BadBytes, 0, "a cell names a text that the workbook does not have"};
      return;
    }
    cell.assign(book_.texts.at(index));
    unescape_cell(cell);
  }

  void number(std::string& cell) {
    if (value_.empty()) return;
    double value = 0;
    const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), value);
    if (read.ec != std::errc{} || read.ptr != value_.data() + value_.size()) {
      cell = value_;
      return;
    }
    const NumberForm form = style_ < book_.forms.size() ? book_.forms[style_] : NumberForm{};
    using Kind = NumberForm::Kind;
    if (form.kind == Kind::Date || form.kind == Kind::Time || form.kind == Kind::DateTime) {
      cell = date_text(value, form.kind, book_.dates_from_1904);
      if (!cell.empty()) return mark(CellMark::Date);
    }
    const bool rounded = std::fabs(value) >= 1e15 && digits_of(value_) >= 1;
    cell = plain_number(value_, value, rounded);
    if (form.kind == Kind::Zeros && cell.find_first_not_of("0123456789") == cell.npos && cell.size() < static_cast<std::size_t>(form.zeros) && form.zeros < 100)
      cell.insert(0, static_cast<std::size_t>(form.zeros) - cell.size(), '0');
    mark(rounded ? CellMark::Rounded : CellMark::Number);
  }

  std::unique_ptr<ZipParts> zip_;
  XlsxBook book_;
  std::size_t sheet_;
  Merges merges_;
  TableLimits limits_;
  XmlEvents events_;
  TableRow* row_ = nullptr;
  std::string value_, type_;
  std::size_t column_ = 0, width_ = 0, style_ = 0;
  std::uint64_t line_ = 0, rows_ = 0, given_ = 0;
  bool in_row_ = false, in_text_ = false, in_reading_ = false, formula_ = false, cut_ = false, too_many_rows_ = false;
  const std::vector<std::string> no_names_;
};

Result<std::size_t> choose_sheet(const XlsxBook& book, const std::string& wanted) {
  for (std::size_t i = 0; i < book.sheets.size(); ++i)
    if (wanted.empty() ? !book.sheets[i].hidden : book.sheets[i].name == wanted) return i;
  if (wanted.empty()) return fail(ErrorKind::Invalid, "the workbook has no sheet that is not hidden");
  std::string there;
  for (std::size_t i = 0; i < book.sheets.size() && i < 20; ++i) there += (i ? ", " : "") + book.sheets[i].name;
  return fail(ErrorKind::NotFound, "the workbook has no sheet \"" + wanted + "\"; it has: " + there);
}

Result<std::unique_ptr<TableReader>> open_book(std::unique_ptr<ZipParts> zip, const TableOptions& options) {
  GZ_TRY_ASSIGN(auto book, read_xlsx_book(*zip, options.limits));
  GZ_TRY_ASSIGN(const std::size_t sheet, choose_sheet(book, options.sheet));
  GZ_TRY_ASSIGN(auto for_merges, zip->part(book.sheets[sheet].part));
  GZ_TRY_ASSIGN(auto merges, Merges::find(std::move(for_merges)));
  GZ_TRY_ASSIGN(auto rows, zip->part(book.sheets[sheet].part));
  return std::unique_ptr<TableReader>(std::make_unique<XlsxReader>(std::move(zip), std::move(book), sheet, std::move(merges), std::move(rows), options));
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_xlsx(const std::filesystem::path& file, const TableOptions& options) {
  GZ_TRY_ASSIGN(auto zip, ZipParts::open(file, options));
  return open_book(std::move(zip), options);
}

Result<std::unique_ptr<TableReader>> open_xlsx(ByteView bytes, const TableOptions& options) {
  GZ_TRY_ASSIGN(auto zip, ZipParts::open(bytes, options));
  return open_book(std::move(zip), options);
}

}  // namespace guzheng
