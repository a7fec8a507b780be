// Room intake. Code tables from files: industries (GB/T 4754), the profession's own (SG 3), a newer list of regions.
#pragma once

#include <filesystem>

#include "core/codes/cleaner.h"

namespace guzheng {

// A CSV, JSON Lines or XLSX file with the columns 代码 or code, and 名称 or name. Invalid: which row is wrong and why.
Result<CodeTable> read_code_table(const std::filesystem::path& file, const std::string& name);
// Keeps it as FOLDER/codes/NAME.csv, in place of one of the same name. Invalid: a name of anything but a–z, 0–9 and hyphens.
Result<CodeTable> import_code_table(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& file);
// "region" (built in, unless one was imported) and all that were imported.
Result<CodeTables> load_code_tables(const std::filesystem::path& folder);

}  // namespace guzheng
