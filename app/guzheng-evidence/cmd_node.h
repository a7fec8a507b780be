// Program guzheng-evidence. Nodes: where the station's list of them lies, and the way to one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/guzheng-evidence/desk.h"
#include "core/device/node_book.h"
#include "core/session/session.h"

namespace guzheng::evidence {

// --nodes DIR, or `nodes` beside the operation log of whoever sits at the desk.
std::filesystem::path nodes_folder(const std::string& given, const PolicyDesk& desk, const DeskChoice& choice);

struct ChosenNode {
  std::shared_ptr<SshTransport> way;
  std::shared_ptr<SshConnection> connection;
  NodeFacts facts;                         // what its program answered, or why it did not
};
// Connects and asks the node for its state. Blocks for some seconds.
Result<ChosenNode> open_node(const std::filesystem::path& folder, const std::string& name, const Clock& clock);

}  // namespace guzheng::evidence
