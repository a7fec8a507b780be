// Room tables. The merged ranges of one sheet: the value of their first cell belongs to all their cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tables/zip_parts.h"

namespace guzheng {

// "BC12" → column 54 (from 0), row 12 (from 1). False: no such form, or outside a sheet's bounds.
bool parse_cell_place(std::string_view text, std::size_t& column, std::uint64_t& row);

class Merges {
 public:
  // Looks for <mergeCell ref="A1:B2"/> in the sheet's XML without parsing all of it.
  static Result<Merges> find(std::unique_ptr<ZipPart> sheet);
  // Rows come in growing order. Fills what is empty, marks it.
  Status fill(TableRow& row);

 private:
  struct Range {
    std::uint64_t top = 0, bottom = 0;
    std::size_t left = 0, right = 0;
    std::string value;
  };
  Status add(std::string_view reference);
  std::vector<Range> waiting_;                         // by row, the next one last
  std::vector<Range> active_;
};

}  // namespace guzheng
