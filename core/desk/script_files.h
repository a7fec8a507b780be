// Room desk, private. What a file in the scripts' folder may be called.
#pragma once

#include <filesystem>
#include <string>

namespace guzheng {

// `name` without what a file system takes for its own, and a number behind it where the folder has such a file already. `ending`: ".json", ".png".
std::string file_name_for(const std::filesystem::path& folder, std::string name, const std::string& ending = ".json");

}  // namespace guzheng
