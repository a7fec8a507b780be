// Room tables. JSON Lines: one object a line. Objects within are flattened ("address.city"), arrays are given as JSON text.
#pragma once

#include "core/tables/byte_source.h"
#include "core/tables/table.h"

namespace guzheng {

std::unique_ptr<TableReader> make_jsonl_reader(std::unique_ptr<ByteSource> source, const TableOptions& options);

}  // namespace guzheng
