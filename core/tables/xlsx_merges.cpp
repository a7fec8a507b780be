#include "core/tables/xlsx_merges.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::size_t kMostRanges = 500'000, kMostActive = 16'384;
constexpr std::size_t kWidest = 256;                   // a title merged over a whole sheet's width is not repeated 16,384 times
constexpr std::size_t kMostColumns = 16'384;
constexpr std::uint64_t kMostRows = 1'048'576;

}  // namespace

bool parse_cell_place(std::string_view text, std::size_t& column, std::uint64_t& row) {
  std::size_t i = 0;
  column = 0, row = 0;
  for (; i < text.size() && i < 4 && text[i] >= 'A' && text[i] <= 'Z'; ++i) column = column * 26 + static_cast<std::size_t>(text[i] - 'A') + 1;
  if (i == 0 || i > 3 || column > kMostColumns) return false;
  --column;
  const std::size_t digits = i;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && row <= kMostRows; ++i) row = row * 10 + static_cast<std::uint64_t>(text[i] - '0');
  return i == text.size() && i > digits && row >= 1 && row <= kMostRows;
}

Status Merges::add(std::string_view reference) {
  Range range;
  const auto colon = reference.find(':');
  if (colon == reference.npos || !parse_cell_place(reference.substr(0, colon), range.left, range.top) || !parse_cell_place(reference.substr(colon + 1), range.right, range.bottom)) return ok();
  if (range.left > range.right || range.top > range.bottom) return ok();
  if (waiting_.size() >= kMostRanges) return fail(ErrorKind::Invalid, "the sheet has more than 500000 merged ranges: refused");
  waiting_.push_back(std::move(range));
  return ok();
}

Result<Merges> Merges::find(std::unique_ptr<ZipPart> sheet) {
  Merges out;
  std::string text, piece(256u << 10, '\0');
  while (true) {
    GZ_TRY_ASSIGN(const std::size_t got, sheet->read(piece));
    text.append(piece, 0, got);
    std::size_t from = 0;
    for (auto at = text.find("mergeCell "); at != text.npos; at = text.find("mergeCell ", at + 1)) {
      const auto open = text.rfind('<', at);
      const bool element = open != text.npos && (at == open + 1 || (text[at - 1] == ':' && text.find_first_of(" >", open) > at));
      const auto close = text.find('>', at);
      if (close == text.npos) break;
      const std::string_view inside = std::string_view(text).substr(at, close - at);
      const auto ref = inside.find(" ref=");
      from = close;
      if (!element || ref == inside.npos || ref + 6 >= inside.size()) continue;
      const auto value = inside.substr(ref + 6);
      GZ_TRY(out.add(value.substr(0, value.find(inside[ref + 5]))));
    }
    if (got == 0) break;
    text.erase(0, std::max(from, text.size() > 256 ? text.size() - 256 : 0));      // an element may stand across two pieces
  }
  std::stable_sort(out.waiting_.begin(), out.waiting_.end(), [](const Range& a, const Range& b) { return a.top > b.top; });
  return out;
}

Status Merges::fill(TableRow& row) {
  std::erase_if(active_, [&](const Range& range) { return range.bottom < row.line; });
  while (!waiting_.empty() && waiting_.back().top <= row.line) {
    Range range = std::move(waiting_.back());
    waiting_.pop_back();
    if (range.top == row.line && range.left < row.cells.size()) range.value = row.cells[range.left];
    range.right = std::min(range.right, range.left + kWidest);
    if (!range.value.empty() && range.bottom >= row.line) active_.push_back(std::move(range));
    if (active_.size() > kMostActive) return fail(ErrorKind::Invalid, "the sheet's merged ranges lie over each other: refused");
  }
  for (const auto& range : active_) {
    if (row.cells.size() <= range.right) row.cells.resize(range.right + 1);
    for (std::size_t column = range.left; column <= range.right; ++column) {
      if (!row.cells[column].empty()) continue;
      row.cells[column] = range.value;
      row.marks.push_back({column, CellMark::Merged});
    }
  }
  return ok();
}

}  // namespace guzheng
