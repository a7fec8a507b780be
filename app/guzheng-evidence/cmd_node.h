// Program guzheng-evidence. Nodes: where the station's list of them lies.
#pragma once

#include <filesystem>
#include <string>

#include "app/guzheng-evidence/desk.h"

namespace guzheng::evidence {

// --nodes DIR, or `nodes` beside the operation log of whoever sits at the desk.
std::filesystem::path nodes_folder(const std::string& given, const PolicyDesk& desk, const DeskChoice& choice);

}  // namespace guzheng::evidence
