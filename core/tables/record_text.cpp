#include "core/tables/record_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace guzheng {

Result<bool> RecordText::more() {
  if (at_ > 0) {
    text_.erase(0, at_);
    base_ += at_;
    at_ = 0;
  }
  return decoder_.more(text_);
}

RowProblem RecordText::take(std::size_t bytes, std::size_t lines) {
  RowProblem problem;
  at_ += bytes;
  line_ += lines;
  auto& bad = decoder_.bad();
  std::size_t count = 0;
  while (!bad.empty() && bad.front().text_at < base_ + at_) {
    if (count++ == 0) {
      problem.kind = RowProblemKind::BadBytes;
      problem.at = bad.front().file_at;
      problem.what = fmt::format("byte 0x{:02x} is not {}", bad.front().byte, to_string(decoder_.encoding()));
    }
    bad.pop_front();
  }
  if (count > 1) problem.what += fmt::format(", and {} more", count - 1);
  return problem;
}

Status RecordText::skip_line(RowProblem& problem) {
  while (true) {
    auto end = rest().find_first_of("\r\n");
    const bool found = end != std::string_view::npos;
    if (found && rest()[end] == '\r' && end + 1 < rest().size() && rest()[end + 1] == '\n') ++end;
    const auto bad = take(found ? end + 1 : rest().size(), found ? 1 : 0);
    if (problem.kind == RowProblemKind::None) problem = bad;
    if (found) return ok();
    GZ_TRY_ASSIGN(const bool got, more());
    if (!got) return ok();
  }
}

bool drop_control(std::string& cell) {
  const auto control = [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\t' && c != '\n' && c != '\r') || u == 0x7f;
  };
  const auto end = std::remove_if(cell.begin(), cell.end(), control);
  if (end == cell.end()) return false;
  cell.erase(end, cell.end());
  return true;
}

}  // namespace guzheng
