#include "core/tables/jsonl_reader.h"

#include "core/tables/json_line.h"
#include "core/tables/record_text.h"

namespace guzheng {

namespace {

class JsonLinesReader final : public TableReader {
 public:
  JsonLinesReader(std::unique_ptr<ByteSource> source, const TableOptions& options) : limits_(options.limits), text_(std::move(source), options) {}

  Result<bool> next(TableRow& row) override {
    while (true) {
      GZ_TRY_ASSIGN(const auto length, line_length());
      if (length == 0 && text_.rest().empty()) return false;
      row.line = text_.line();
      row.problem = {};
      if (length > limits_.most_row) { GZ_TRY(cut(row)); return true; }
      const auto line = text_.rest().substr(0, length);
      const bool blank = line.find_first_not_of(std::string_view(" \t\r\0", 4)) == line.npos;
      JsonLine reader(columns_, limits_, row);
      if (!blank && !reader.read(line)) show(line, row);
      const bool line_end = length < text_.rest().size();
      const auto bad = text_.take(length + (line_end ? 1 : 0), line_end ? 1 : 0);
      if (bad.kind != RowProblemKind::None && row.problem.kind == RowProblemKind::None) row.problem = bad;
      if (!blank) return true;
    }
  }
  [[nodiscard]] const std::vector<std::string>& names() const override { return columns_.names(); }
  [[nodiscard]] TableFacts facts() const override { return {TableKind::JsonLines, text_.decoder().encoding(), 0, {}, {}}; }
  [[nodiscard]] std::uint64_t read_bytes() const override { return text_.decoder().read_bytes(); }
  [[nodiscard]] std::uint64_t total_bytes() const override { return text_.decoder().total_bytes(); }

 private:
  // Of the line at the front, without its line feed; more than most_row: it is too long and may not be there as a whole.
  Result<std::size_t> line_length() {
    std::size_t searched = 0;
    while (true) {
      const auto end = text_.rest().find('\n', searched);
      if (end != std::string_view::npos) return end;
      searched = text_.rest().size();
      if (searched > limits_.most_row) return searched;
      GZ_TRY_ASSIGN(const bool got, text_.more());
      if (!got) return text_.rest().size();
    }
  }

  // What could not be read is shown as it stands, in the first cell.
  static void show(std::string_view line, TableRow& row) {
    row.cells.assign(1, std::string(line.substr(0, 200)));
    row.marks.clear();
    while (!row.cells[0].empty() && !is_utf8(row.cells[0])) row.cells[0].pop_back();
    drop_control(row.cells[0]);
  }

  Status cut(TableRow& row) {
    show(text_.rest(), row);
    GZ_TRY(text_.skip_line(row.problem));
    row.problem = {RowProblemKind::TooLong, 0, "the line is longer than " + std::to_string(limits_.most_row) + " bytes"};
    return ok();
  }

  const TableLimits limits_;
  RecordText text_;
  JsonColumns columns_;
};

}  // namespace

std::unique_ptr<TableReader> make_jsonl_reader(std::unique_ptr<ByteSource> source, const TableOptions& options) {
  return std::make_unique<JsonLinesReader>(std::move(source), options);
}

}  // namespace guzheng
