// Program guzheng-evidence. Nodes: where the station's list of them lies, and how its own SSH key is opened.
#pragma once

#include <filesystem>
#include <string>

#include "app/guzheng-evidence/desk.h"
#include "core/device/node_book.h"

namespace guzheng::evidence {

// --nodes DIR, or `nodes` beside the operation log of whoever sits at the desk.
std::filesystem::path nodes_folder(const std::string& given, const PolicyDesk& desk, const DeskChoice& choice);

// When the SSH key for this node is locked: its passphrase from `file`, else from the terminal, put into the ring for as long as the program runs.
// Denied: there is neither, or it is another key's. Blocks for some tenths of a second.
Status open_node_key(const Program& program, const Node& node, const std::filesystem::path& folder, const std::string& file, const std::shared_ptr<SshKeyRing>& ring);

}  // namespace guzheng::evidence
