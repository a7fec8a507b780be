// The log's tree (core/wire/merkle.h) against published values and a plain implementation: A-7.4c.
#include <gtest/gtest.h>

#include "tests/wire/plain_tree.h"

namespace guzheng {
namespace {

using test::plain_leaves;
using test::plain_path;
using test::plain_root;

// The values that certificate transparency's own tests publish for these eight entries.
TEST(Merkle, GivesThePublishedRoots) {
  const std::vector<std::string> entries{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                       "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                       "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                       "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  EXPECT_EQ(tree_hex(tree_empty()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  std::vector<TreeHash> leaves;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Bytes entry;
    ASSERT_TRUE(from_hex(entries[i], entry));
    leaves.push_back(tree_leaf(entry));
    EXPECT_EQ(tree_hex(plain_root(leaves)), roots[i]);
  }
}

TEST(Merkle, ProvesInclusionOfEveryEntryOfEverySize) {
  for (std::size_t size = 1; size <= 70; ++size) {
    const auto leaves = plain_leaves(size);
    const auto root = plain_root(leaves);
    for (std::size_t i = 0; i < size; ++i) {
      const auto proof = plain_path(leaves, i);
      ASSERT_TRUE(proves_inclusion(leaves[i], i, size, proof, root)) << i << " of " << size;
      if (size > 1) {
        EXPECT_FALSE(proves_inclusion(leaves[(i + 1) % size], i, size, proof, root));
        EXPECT_FALSE(proves_inclusion(leaves[i], (i + 1) % size, size, proof, root));
        EXPECT_FALSE(proves_inclusion(leaves[i], i, size, {proof.begin(), proof.end() - 1}, root));
      }
      auto longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(proves_inclusion(leaves[i], i, size, longer, root));
      EXPECT_FALSE(proves_inclusion(leaves[i], size, size, proof, root));
      for (auto& hash : longer) {
        if (&hash == &longer.back()) break;
        hash[7] ^= 1;
        EXPECT_FALSE(proves_inclusion(leaves[i], i, size, {longer.begin(), longer.end() - 1}, root));
        hash[7] ^= 1;
      }
    }
  }
}

TEST(Merkle, ConsistencyOfNothingAndOfTheSame) {
  const auto leaves = plain_leaves(5);
  const auto root = plain_root(leaves);
  EXPECT_TRUE(proves_consistency(0, tree_empty(), 5, root, {}));
  EXPECT_FALSE(proves_consistency(0, root, 5, root, {}));
  EXPECT_TRUE(proves_consistency(0, tree_empty(), 0, tree_empty(), {}));
  EXPECT_FALSE(proves_consistency(0, tree_empty(), 0, root, {}));
  EXPECT_TRUE(proves_consistency(5, root, 5, root, {}));
  EXPECT_FALSE(proves_consistency(5, root, 5, plain_root(plain_leaves(4)), {}));
  EXPECT_FALSE(proves_consistency(5, root, 4, plain_root(plain_leaves(4)), {}));
  EXPECT_FALSE(proves_consistency(3, plain_root(plain_leaves(3)), 5, root, {}));
}

TEST(Merkle, ReadsOnlyLowerCaseDigests) {
  const auto hash = tree_empty();
  EXPECT_EQ(tree_from_hex(tree_hex(hash)), hash);
  EXPECT_FALSE(tree_from_hex(tree_hex(hash) + "00"));
  EXPECT_FALSE(tree_from_hex(std::string(64, 'A')));
  EXPECT_FALSE(tree_from_hex(""));
}

}  // namespace
}  // namespace guzheng
