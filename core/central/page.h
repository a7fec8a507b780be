// Room central. The page for the bureau: files of resources/central/page, in the program. Pure.
#pragma once

#include <string_view>

namespace guzheng {

struct PageFile {
  std::string_view name, type, text;               // type: as HTTP says it
};
// Null: no such file.
const PageFile* page_file(std::string_view name);

}  // namespace guzheng
