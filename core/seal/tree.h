// Room seal, private. The names that a package may hold (FORMAT.md 1 and 2). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/seal/verify_source.h"

namespace guzheng {

// Why the path, relative to the bag, is not allowed; empty: it is.
std::string path_problem(std::string_view path);

// Splits "ID/data/x" and "ID.after/x" into part ("" for the bag, "after", …) and rest. False: not of this package.
bool split_package_path(std::string_view id, std::string_view path, std::string& part, std::string& rest);

// Names, links, empty folders, case-folded twins, and what does not belong to the package at all.
void check_tree(const std::string& id, const std::vector<SourceEntry>& entries, VerifyReport& report);

}  // namespace guzheng
