// The container's form, over bytes in memory.
#include <gtest/gtest.h>

#include "core/seal/tree.h"
#include "core/seal/zip_reader.h"

namespace guzheng {
namespace {

class MemoryFile final : public RandomAccess {
 public:
  explicit MemoryFile(Bytes bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  bool read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    if (offset > bytes_.size() || into.size() > bytes_.size() - offset) return false;
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    return true;
  }

 private:
  Bytes bytes_;
};

Bytes make_zip(std::vector<std::pair<std::string, std::string>> files) {
  Bytes out, directory;
  for (const auto& [name, text] : files) {
    const ZipMember m{name, text.size(), crc32_more(0, as_bytes(text)), out.size()};
    append(out, zip_local_header(m));
    append(out, as_bytes(text));
    append(directory, zip_central_header(m));
  }
  const std::uint64_t at = out.size();
  append(out, directory);
  append(out, zip_end(files.size(), directory.size(), at));
  return out;
}

std::string rules(const Bytes& zip, bool read = false) {
  VerifyReport report;
  auto source = zip_source_over(std::make_unique<MemoryFile>(zip), report);
  if (!source) return "none";
  if (read)
    for (const auto& entry : (*source)->entries()) (void)(*source)->read(entry, [](ByteView) { return ok(); }, report);
  std::string out;
  for (const auto& finding : report.damage()) out += finding.rule + ";";
  return out;
}

const std::string kId = "LX-03-20261121-0001";
const std::vector<std::pair<std::string, std::string>> kFiles{{kId + "/a.txt", "one"}, {kId + "/b.txt", "two"}};

TEST(ZipReader, CanonicalZipHasNoFindings) { EXPECT_EQ(rules(make_zip(kFiles), true), ""); }

TEST(ZipReader, CrcIsTheKnownOne) { EXPECT_EQ(crc32_more(0, as_bytes("123456789")), 0xcbf43926u); }

TEST(ZipReader, BytesBeforeBetweenAndBehindAreFound) {
  Bytes zip = make_zip(kFiles);
  Bytes behind = zip;
  behind.push_back(0);
  EXPECT_EQ(rules(behind), "zip.end;");
  Bytes before{'x'};
  append(before, zip);
  EXPECT_NE(rules(before), "");
  Bytes cut(zip.begin(), zip.end() - 1);
  EXPECT_EQ(rules(cut), "zip.end;");
}

TEST(ZipReader, NamesTwiceOrOutOfOrderAreFound) {
  EXPECT_NE(rules(make_zip({kFiles[0], kFiles[0]})).find("zip.order"), std::string::npos);
  EXPECT_NE(rules(make_zip({kFiles[1], kFiles[0]})).find("zip.order"), std::string::npos);
}

TEST(ZipReader, EveryBitOfTheContainerIsHeld) {
  const Bytes good = make_zip(kFiles);
  for (std::size_t at = 0; at < good.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      Bytes bad = good;
      bad[at] ^= static_cast<std::uint8_t>(1 << bit);
      EXPECT_NE(rules(bad, true), "") << "byte " << at << " bit " << bit;
    }
}

TEST(ZipReader, EveryTruncationIsFound) {
  const Bytes good = make_zip(kFiles);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(rules(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)), true), "") << size;
}

TEST(ZipForm, Zip64IsUsedOnlyWhereNeeded) {
  const ZipMember small{"a", 10, 0, 0}, big{"a", 0x100000000, 0, 0}, far{"a", 10, 0, 0x100000000};
  EXPECT_EQ(zip_local_header(small).size(), 31u);
  EXPECT_EQ(zip_local_header(big).size(), 51u);
  EXPECT_EQ(zip_local_header(far).size(), 31u);
  EXPECT_EQ(zip_central_header(big).size(), 47u + 20);
  EXPECT_EQ(zip_central_header(far).size(), 47u + 12);
  EXPECT_EQ(zip_end(1, 10, 10).size(), 22u);
  EXPECT_EQ(zip_end(70'000, 10, 10).size(), 98u);
}

TEST(Tree, NamesThatAreNotAllowed) {
  for (const char* bad : {"", "/a", "a/", "a//b", "../a", "data/../x", "data/.x", "data/A.txt", "data/con", "data/aux.txt", "data/lpt1.png",
                          "data/a b", "data/a\\b", "data/\xc3\xa9", "Verify.txt"})
    EXPECT_NE(path_problem(bad), "") << bad;
  EXPECT_NE(path_problem(std::string(101, 'a')), "");
  for (const char* good : {"VERIFY.txt", "data/main/rec-0000.mp4", "data/attach/tst/00000012.head", "bag-info.txt", "data/console.txt"})
    EXPECT_EQ(path_problem(good), "") << good;
}

TEST(Tree, TwinsAndForeignFilesAreFound) {
  VerifyReport report;
  using K = SourceEntry::Kind;
  check_tree(kId, {{kId + "/data/a.txt", K::File}, {kId + "/data/A.txt", K::File}, {"other/x", K::File}, {kId + ".evil/x", K::File}}, report);
  std::string found;
  for (const auto& finding : report.damage()) found += finding.rule + ";";
  EXPECT_EQ(found, "tree.name;tree.twice;tree.foreign;tree.foreign;");
}

}  // namespace
}  // namespace guzheng
