// Room wire. The evidence log's tree as RFC 6962 hashes it, and what proves that an entry is in it and that it only ever grew. Pure: whoever holds a
// signed checkpoint can check the server by these alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng {

using TreeHash = std::array<std::uint8_t, 32>;                   // SHA-256
using TreeProof = std::vector<TreeHash>;

TreeHash tree_empty();                                           // the root of a log without entries
TreeHash tree_leaf(ByteView entry);                              // SHA-256(0x00 ‖ entry)
TreeHash tree_node(const TreeHash& left, const TreeHash& right); // SHA-256(0x01 ‖ left ‖ right)

std::string tree_hex(const TreeHash& hash);
std::optional<TreeHash> tree_from_hex(std::string_view hex);

// Is `leaf` entry number `index` of the log that has `size` entries and this root? (RFC 9162, 2.1.3.2)
bool proves_inclusion(const TreeHash& leaf, std::uint64_t index, std::uint64_t size, const TreeProof& proof, const TreeHash& root);
// Does the log of `second` entries begin with the very `first` entries of the older one? (RFC 9162, 2.1.4.2; of an empty log everything is a continuation)
bool proves_consistency(std::uint64_t first, const TreeHash& first_root, std::uint64_t second, const TreeHash& second_root, const TreeProof& proof);

}  // namespace guzheng
