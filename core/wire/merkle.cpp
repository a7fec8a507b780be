#include "core/wire/merkle.h"

#include <algorithm>
#include <bit>

#include "core/base/digest.h"

namespace guzheng {

namespace {

TreeHash as_tree_hash(const Bytes& digest) {
  TreeHash out{};
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

}  // namespace

TreeHash tree_empty() { return as_tree_hash(sha256({})); }

TreeHash tree_leaf(ByteView entry) {
  constexpr std::uint8_t kLeaf = 0;
  Digester digester(DigestKind::Sha256);
  digester.update({&kLeaf, 1});
  digester.update(entry);
  return as_tree_hash(digester.finish());
}

TreeHash tree_node(const TreeHash& left, const TreeHash& right) {
  Bytes both{1};
  append(both, left);
  append(both, right);
  return as_tree_hash(sha256(both));
}

std::string tree_hex(const TreeHash& hash) { return to_hex(hash); }

std::optional<TreeHash> tree_from_hex(std::string_view hex) {
  Bytes bytes;
  if (hex.size() != 64 || !from_hex(hex, bytes)) return std::nullopt;
  return as_tree_hash(bytes);
}

bool proves_inclusion(const TreeHash& leaf, std::uint64_t index, std::uint64_t size, const TreeProof& proof, const TreeHash& root) {
  if (index >= size) return false;
  std::uint64_t node = index, last = size - 1;
  TreeHash hash = leaf;
  for (const auto& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      hash = tree_node(sibling, hash);
      while ((node & 1) == 0 && node != 0) {       // a right edge that is missing levels below
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = tree_node(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool proves_consistency(std::uint64_t first, const TreeHash& first_root, std::uint64_t second, const TreeHash& second_root, const TreeProof& proof) {
  if (first > second) return false;
  if (first == 0) return proof.empty() && first_root == tree_empty() && (second != 0 || second_root == first_root);
  if (first == second) return proof.empty() && first_root == second_root;
  if (proof.empty() && !std::has_single_bit(first)) return false;
  // the older tree's root leads the way when it is itself a node of the newer one
  std::size_t at = 0;
  TreeHash older, newer;
  if (std::has_single_bit(first)) older = newer = first_root;
  else older = newer = proof[at++];
  std::uint64_t node = first - 1, last = second - 1;
  while ((node & 1) != 0) {
    node >>= 1;
    last >>= 1;
  }
  for (; at < proof.size(); ++at) {
    if (last == 0) return false;
    if ((node & 1) != 0 || node == last) {
      older = tree_node(proof[at], older);
      newer = tree_node(proof[at], newer);
      while ((node & 1) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      newer = tree_node(newer, proof[at]);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && older == first_root && newer == second_root;
}

}  // namespace guzheng
