// Room device. The nodes a station knows (A-8.3f): FOLDER/nodes.json with their addresses, FOLDER/known_hosts with their host keys, and
// the station's ssh keys, all of mode 0600. Not thread-safe; blocks for the disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/device/ssh_connection.h"

namespace guzheng {

struct Node {
  std::string name;                        // what officers call it; one of a kind, at most 60 bytes
  std::string place;                       // where it stands
  std::string host, user;
  std::uint16_t port = 22, adb_port = 5037;
  std::filesystem::path key, certificate;  // relative to the folder, or absolute; certificate may be empty
  bool operator==(const Node&) const = default;
};

// An absent file holds no nodes. Invalid: which node and which field, and what was expected.
Result<std::vector<Node>> read_nodes(const std::filesystem::path& folder);
// Replaces the file; the same checks. Makes the folder.
Status write_nodes(const std::filesystem::path& folder, const std::vector<Node>& nodes);
// Enters one node. One of the same name is replaced when `replace`, else Exists. Window and command line may do this at once: they wait for each other.
Status enter_node(const std::filesystem::path& folder, const Node& node, bool replace);
// NotFound: the book has no such node. Its host key stays known: a machine that comes back with another one is still refused.
Status forget_node(const std::filesystem::path& folder, const std::string& name);
// NotFound: no such node; the error names those that are known.
Result<Node> find_node(const std::filesystem::path& folder, const std::string& name);

// `ring`: where the passphrase of its key may stand; null: it has none.
SshAddress address_of(const Node& node, const std::filesystem::path& folder, std::shared_ptr<const SshKeyRing> ring = nullptr);

}  // namespace guzheng
