// Room tables. One sheet of an .xlsx workbook, row after row: merged ranges filled, dates as dates, numbers that lost digits told.
// Read twice: once for the merged ranges, which stand behind the rows, once for the rows. Empty rows are passed over.
#pragma once

#include "core/tables/table.h"

namespace guzheng {

Result<std::unique_ptr<TableReader>> open_xlsx(const std::filesystem::path& file, const TableOptions& options);
Result<std::unique_ptr<TableReader>> open_xlsx(ByteView bytes, const TableOptions& options);

}  // namespace guzheng
