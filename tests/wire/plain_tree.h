// Test support. The tree of RFC 6962 as its section 2.1 defines it, from all leaves at once, without stored nodes: what the log and its proofs are held to.
#pragma once

#include "core/wire/merkle.h"

namespace guzheng::test {

// Leaves are hashed pair by pair from the left, level by level; a node without a partner is carried up as it is.
inline TreeHash plain_root(std::vector<TreeHash> hashes) {
  if (hashes.empty()) return tree_empty();
  while (hashes.size() > 1) {
    std::vector<TreeHash> above;
    for (std::size_t i = 0; i < hashes.size(); i += 2) above.push_back(i + 1 < hashes.size() ? tree_node(hashes[i], hashes[i + 1]) : hashes[i]);
    hashes = std::move(above);
  }
  return hashes[0];
}

// The siblings on the way up, gathered on the same walk.
inline TreeProof plain_path(std::vector<TreeHash> hashes, std::size_t index) {
  TreeProof proof;
  while (hashes.size() > 1) {
    if (const std::size_t sibling = index ^ 1; sibling < hashes.size()) proof.push_back(hashes[sibling]);
    std::vector<TreeHash> above;
    for (std::size_t i = 0; i < hashes.size(); i += 2) above.push_back(i + 1 < hashes.size() ? tree_node(hashes[i], hashes[i + 1]) : hashes[i]);
    hashes = std::move(above);
    index /= 2;
  }
  return proof;
}

inline std::vector<TreeHash> plain_leaves(std::size_t count) {
  std::vector<TreeHash> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(tree_leaf(as_bytes("entry " + std::to_string(i))));
  return out;
}

}  // namespace guzheng::test
