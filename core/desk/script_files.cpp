#include "core/desk/script_files.h"

#include "core/base/bytes.h"
#include "core/base/json.h"

namespace guzheng {

namespace fs = std::filesystem;

std::string file_name_for(const fs::path& folder, std::string name, const std::string& ending) {
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '/' || c == '\\' || c == 0x7f; });
  while (!name.empty() && name.front() == '.') name.erase(0, 1);
  if (name.size() > 120) {
    name.resize(120);
    while (!name.empty() && !is_utf8(name)) name.pop_back();
  }
  if (name.empty()) name = "脚本";
  std::error_code ec;
  for (int i = 1; i < 1000; ++i) {
    const std::string file = name + (i == 1 ? "" : " " + std::to_string(i)) + ending;
    if (!fs::exists(folder / file, ec)) return file;
  }
  return name + ending;
}

}  // namespace guzheng
