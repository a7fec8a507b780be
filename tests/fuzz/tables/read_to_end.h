// What every row of every table must be, whatever the bytes: UTF-8, within bounds, marks on cells that are there, lines that grow.
#pragma once

#include <cstdlib>

#include "core/tables/table.h"

namespace guzheng {

inline int read_to_end(ByteView bytes, TableKind kind, TextEncoding encoding = TextEncoding::Auto) {
  TableOptions options;
  options.encoding = encoding;
  options.limits = {.most_row = 4096, .most_cell = 512, .most_cells = 64, .most_lines_in_row = 20, .most_shared_text = 64u << 10, .most_inflated = 8u << 20};
  auto reader = open_table(bytes, kind, options);
  if (!reader) return reader.error().what.empty() ? std::abort(), 0 : 0;
  TableRow row;
  std::uint64_t line = 0;
  while (true) {
    const auto got = (*reader)->next(row);
    if (!got) return got.error().what.empty() ? std::abort(), 0 : 0;
    if (!*got) return 0;
    if (row.line < line || row.cells.size() > 64 + 300) std::abort();
    line = row.line;
    for (const auto& cell : row.cells)
      if (!is_utf8(cell) || cell.find('\0') != cell.npos) std::abort();
    for (const auto& mark : row.marks)
      if (mark.column >= row.cells.size()) std::abort();
  }
}

}  // namespace guzheng
