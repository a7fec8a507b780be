// The digests of many files, one thread a digest, are those of each file by itself.
#include <gtest/gtest.h>

#include "core/seal/verify_digests.h"

namespace guzheng {
namespace {

Bytes bytes_of(std::size_t size, unsigned seed) {
  Bytes out(size);
  for (auto& byte : out) byte = static_cast<std::uint8_t>((seed = seed * 1664525u + 1013904223u) >> 24);
  return out;
}

class DigestLines : public testing::TestWithParam<bool> {};

// B-5.4.4a
TEST_P(DigestLines, EachFileHasItsOwnWhereverItEnds) {
  constexpr std::size_t batch = 2u << 20;
  const std::size_t sizes[] = {0, 1, 63, 4096, batch - 1, batch, batch + 1, 3 * batch, 0, 20 * batch + 7, 5, 0};
  DigestLine line(GetParam());
  std::vector<std::pair<FileDigests, std::shared_ptr<const FileDigests>>> pairs;
  unsigned seed = 1;
  for (const std::size_t size : sizes) {
    const Bytes file = bytes_of(size, seed++);
    for (std::size_t at = 0; at < size; at += 1'000'003) line.update(ByteView(file).subspan(at, std::min<std::size_t>(1'000'003, size - at)));
    auto got = line.end_file();
    pairs.emplace_back(digest_bytes(file), std::move(got));
  }
  line.wait();
  for (const auto& [want, got] : pairs) EXPECT_EQ(want, *got) << want.size;
}

TEST_P(DigestLines, ManySmallFilesAndNoneAtAll) {
  { DigestLine unused(GetParam()); }
  { DigestLine left(GetParam()); left.update(bytes_of(9'000'000, 3)); }          // given up within a file
  DigestLine line(GetParam());
  std::vector<std::shared_ptr<const FileDigests>> got;
  for (unsigned i = 0; i < 2000; ++i) {
    line.update(bytes_of(i, i));
    got.push_back(line.end_file());
  }
  line.wait();
  for (unsigned i = 0; i < 2000; ++i) ASSERT_EQ(digest_bytes(bytes_of(i, i)), *got[i]);
}

INSTANTIATE_TEST_SUITE_P(All, DigestLines, testing::Bool());

}  // namespace
}  // namespace guzheng
