// Room tables. CSV as it comes: any of , ; tab |, quotes or none, CRLF, CR or LF, lines of different widths, Excel's "sep=;" line.
#pragma once

#include "core/tables/byte_source.h"
#include "core/tables/table.h"

namespace guzheng {

std::unique_ptr<TableReader> make_csv_reader(std::unique_ptr<ByteSource> source, const TableOptions& options);

// The separator that parts the first lines most evenly; a comma when none does. Quoted text does not count.
char guess_separator(std::string_view beginning);

}  // namespace guzheng
