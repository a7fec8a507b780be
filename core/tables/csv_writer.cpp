#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/tables/new_file.h"
#include "core/tables/record_text.h"
#include "core/tables/table_writer.h"

namespace guzheng {

namespace {

constexpr std::size_t kHeld = 256u << 10;

class CsvWriter final : public TableWriter {
 public:
  CsvWriter(NewFile file, UniqueFd fd) : file_(std::move(file)), fd_(std::move(fd)) { text_.append("\xEF\xBB\xBF"); }

  Status write(std::span<const std::string> cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text_.push_back(',');
      put(cells[i]);
    }
    text_.append("\r\n");
    ++facts_.rows;
    return text_.size() > kHeld ? flush() : ok();
  }

  Result<TableWriterFacts> finish() override {
    GZ_TRY(flush());
    GZ_TRY(file_.put_in_place());
    return facts_;
  }

 private:
  void put(std::string cell) {
    drop_control(cell);
    if (looks_like_formula(cell)) {
      cell.insert(cell.begin(), '\'');
      ++facts_.guarded;
    }
    if (cell.find_first_of("\",\r\n;\t") == cell.npos && !cell.starts_with(' ') && !cell.ends_with(' ')) {
      text_.append(cell);
      return;
    }
    text_.push_back('"');
    for (const char c : cell) {
      if (c == '"') text_.push_back('"');
      text_.push_back(c);
    }
    text_.push_back('"');
  }
  Status flush() {
    GZ_TRY(write_all(fd_.get(), as_bytes(text_), file_.hidden().string()));
    text_.clear();
    return ok();
  }

  NewFile file_;
  UniqueFd fd_;
  std::string text_;
  TableWriterFacts facts_;
};

}  // namespace

bool looks_like_formula(std::string_view cell) {
  if (cell.empty()) return false;
  const char c = cell.front();
  if (c == '=' || c == '@' || c == '\t' || c == '\r') return true;
  if (c != '+' && c != '-') return false;
  const auto rest = cell.substr(1);
  const bool plain = !rest.empty() && rest.find_first_not_of("0123456789.") == rest.npos && std::count(rest.begin(), rest.end(), '.') <= 1;
  return !plain;
}

Result<std::unique_ptr<TableWriter>> make_csv_writer(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(auto placed, NewFile::begin(file));
  UniqueFd fd(::open(placed.hidden().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) return fail_errno("write " + file.string());
  return std::unique_ptr<TableWriter>(std::make_unique<CsvWriter>(std::move(placed), std::move(fd)));
}

Result<std::unique_ptr<TableWriter>> make_table_writer(const std::filesystem::path& file, const std::string& sheet) {
  std::string end = file.extension().string();
  std::transform(end.begin(), end.end(), end.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (end == ".csv") return make_csv_writer(file);
  if (end == ".xlsx") return make_xlsx_writer(file, sheet);
  return fail(ErrorKind::Invalid, file.string() + ": the name must end in .csv or .xlsx");
}

}  // namespace guzheng
