// Reading back from the medium: mincore(2) tells which pages of a file the kernel still holds (A-7.2a, A-8.6).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/cold_read.h"
#include "core/base/file.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSize = 64u << 20;           // far more than any read-ahead

class ColdRead : public testing::Test {
 protected:
  ColdRead() {
    std::string pattern = (fs::temp_directory_path() / "gz-cold-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    file_ = root_ / "written";
  }
  ~ColdRead() override { fs::remove_all(root_); }

  void SetUp() override {
    struct statfs where {};
    ASSERT_EQ(::statfs(root_.c_str(), &where), 0);
    if (where.f_type == TMPFS_MAGIC || where.f_type == RAMFS_MAGIC) GTEST_SKIP() << "a file system in memory has nothing to drop";
    bytes_.resize(kSize);
    for (std::size_t i = 0; i < kSize; i += 4096) bytes_[i] = static_cast<std::uint8_t>(i >> 12);
    auto written = AppendFile::create(file_).value();
    ASSERT_TRUE(written.write(bytes_));
    ASSERT_GT(resident(), kSize / 4096 * 9 / 10) << "what was just written is held in memory";
  }

  // Pages of the file that are in memory. The mapping is never touched: it brings none there.
  std::size_t resident() const {
    const UniqueFd fd(::open(file_.c_str(), O_RDONLY | O_CLOEXEC));
    void* const map = ::mmap(nullptr, kSize, PROT_READ, MAP_SHARED, fd.get(), 0);
    EXPECT_NE(map, MAP_FAILED);
    std::vector<unsigned char> pages(kSize / 4096);
    EXPECT_EQ(::mincore(map, kSize, pages.data()), 0);
    ::munmap(map, kSize);
    return static_cast<std::size_t>(std::count_if(pages.begin(), pages.end(), [](unsigned char page) { return (page & 1) != 0; }));
  }

  fs::path root_, file_;
  Bytes bytes_;
};

TEST_F(ColdRead, TheFirstByteIsReadAfterThePagesAreGone) {
  std::size_t held = ~std::size_t{0};
  Bytes back;
  ASSERT_TRUE(read_cold(file_, [&](ByteView piece) {
    if (back.empty()) held = resident();
    append(back, piece);
    return ok();
  }));
  EXPECT_LT(held, kSize / 4096 / 2) << "only what was read ahead";
  EXPECT_EQ(back, bytes_);
}

TEST_F(ColdRead, DroppingLeavesNothingAndTheDigestsAreOfTheFile) {
  ASSERT_TRUE(drop_cached(file_));
  EXPECT_LT(resident(), kSize / 4096 / 10);
  EXPECT_EQ(cold_digests(file_).value(), digest_bytes(bytes_));
  EXPECT_EQ(cold_sha256(file_).value(), digest_bytes(bytes_).sha256);
}

}  // namespace
}  // namespace guzheng
