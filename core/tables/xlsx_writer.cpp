#include <xlsxwriter.h>

#include <sys/stat.h>

#include <algorithm>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/tables/new_file.h"
#include "core/tables/record_text.h"
#include "core/tables/table_writer.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostCharacters = 32'767;
constexpr std::uint64_t kRowsOfSheet = 1'048'576;

// A name that a sheet may have: no []:*?/\ and at most 31 characters, which are counted in UTF-16.
std::string sheet_name(std::string_view wanted, int number) {
  std::string out;
  std::size_t count = 0;
  for (const char c : wanted) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++count > 24) break;
    out.push_back(std::string_view("[]:*?/\\'").find(c) == std::string_view::npos && static_cast<unsigned char>(c) >= 0x20 ? c : '_');
  }
  if (out.empty()) out = "Sheet";
  return number == 1 ? out : out + " (" + std::to_string(number) + ")";
}

ErrorKind kind_of(lxw_error error) { return error == LXW_ERROR_CREATING_XLSX_FILE || error == LXW_ERROR_CREATING_TMPFILE ? ErrorKind::NoSpace : ErrorKind::Io; }

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(NewFile file, std::string sheet) : file_(std::move(file)), sheet_name_(std::move(sheet)) {
    folder_ = file_.hidden().has_parent_path() ? file_.hidden().parent_path().string() : ".";
    // rows go to a hidden file beside the target and not to /tmp: what is exported may not lie about elsewhere
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    options.use_zip64 = LXW_TRUE;
    book_ = workbook_new_opt(file_.hidden().c_str(), &options);
  }
  ~XlsxWriter() override {
    if (book_) (void)workbook_close(book_);            // the library frees nothing before
  }
  [[nodiscard]] bool begun() const { return book_ != nullptr; }

  Status write(std::span<const std::string> cells) override {
    if (facts_.rows == 0) header_.assign(cells.begin(), cells.end());
    if (!sheet_ || in_sheet_ >= kRowsOfSheet) { GZ_TRY(next_sheet()); }
    GZ_TRY(put(cells));
    ++facts_.rows;
    return ok();
  }

  Result<TableWriterFacts> finish() override {
    if (!sheet_) { GZ_TRY(next_sheet()); }
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR) return fail(kind_of(error), std::string("write the workbook: ") + lxw_strerror(error));
    if (::chmod(file_.hidden().c_str(), 0600) != 0) return fail_errno("write the workbook");
    GZ_TRY(file_.put_in_place());
    return facts_;
  }

 private:
  Status next_sheet() {
    const int number = sheet_ ? ++facts_.sheets : 1;
    sheet_ = workbook_add_worksheet(book_, sheet_name(sheet_name_, number).c_str());
    if (!sheet_) return fail(ErrorKind::Io, "no sheet could be added to the workbook");
    worksheet_freeze_panes(sheet_, 1, 0);
    in_sheet_ = 0;
    return number > 1 ? put(header_) : ok();
  }

  Status put(std::span<const std::string> cells) {
    for (std::size_t i = 0; i < cells.size() && i < 16'384; ++i) {
      if (cells[i].empty()) continue;
      text_ = cells[i];
      drop_control(text_);
      shorten();
      const auto error = worksheet_write_string(sheet_, static_cast<lxw_row_t>(in_sheet_), static_cast<lxw_col_t>(i), text_.c_str(), nullptr);
      if (error != LXW_NO_ERROR) return fail(kind_of(error), std::string("write the workbook: ") + lxw_strerror(error));
    }
    ++in_sheet_;
    return ok();
  }

  void shorten() {
    if (text_.size() < kMostCharacters) return;
    std::size_t count = 0, at = 0, end = 0;
    for (; at < text_.size(); ++at) {
      const auto c = static_cast<unsigned char>(text_[at]);
      if ((c & 0xC0) == 0x80) continue;
      count += c >= 0xF0 ? 2 : 1;
      if (count <= kMostCharacters - 1) end = at;
      if (count > kMostCharacters) break;
    }
    if (count <= kMostCharacters) return;
    text_.resize(end);
    text_.append("…");
    ++facts_.cut;
  }

  NewFile file_;
  std::string sheet_name_, folder_, text_;
  std::vector<std::string> header_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  std::uint64_t in_sheet_ = 0;
  TableWriterFacts facts_;
};

}  // namespace

Result<std::unique_ptr<TableWriter>> make_xlsx_writer(const std::filesystem::path& file, const std::string& sheet) {
  GZ_TRY_ASSIGN(auto placed, NewFile::begin(file));
  auto writer = std::make_unique<XlsxWriter>(std::move(placed), sheet);
  if (!writer->begun()) return fail(ErrorKind::Io, "write " + file.string() + ": no memory");
  return std::unique_ptr<TableWriter>(std::move(writer));
}

}  // namespace guzheng
