// A long operation log read from its end (core/custody/oplog_page.h): A-7.2a, A-8.2, A-8.6.
#include "core/custody/oplog_page.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/custody/oplog.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class OperationPages : public testing::Test {
 protected:
  static constexpr int kLines = 250;
  // Written once: each line is synced.
  static void SetUpTestSuite() {
    const fs::path folder = new_folder();
    const ManualClock clock;
    const auto log = OperationLog::open(folder / "log", clock).value();
    for (int i = 0; i < kLines; ++i) EXPECT_TRUE(log->append(i % 10 == 0 ? "op.central-refused" : "op.central-access", {{"n", i}, {"filler", std::string(1000, 'x')}}));
    text_ = read_text(folder / "log").value();
    fs::remove_all(folder);
  }
  static fs::path new_folder() {
    std::string pattern = (fs::temp_directory_path() / "gz-pages-XXXXXX").string();
    return ::mkdtemp(pattern.data());
  }
  OperationPages() : folder_(new_folder()) { put(text_); }
  ~OperationPages() override { fs::remove_all(folder_); }

  OperationPage page(OperationPageAsk ask = {}) {
    auto read = read_operation_page(folder_ / "log", ask);
    EXPECT_TRUE(read) << read.error().what;
    return read ? std::move(*read) : OperationPage{};
  }
  void put(const std::string& text) { ASSERT_TRUE(write_text(folder_ / "log", text)); }
  [[nodiscard]] static std::size_t line_begin(int number) {
    std::size_t at = 0;
    for (int i = 0; i < number; ++i) at = text_.find('\n', at) + 1;
    return at;
  }

  static inline std::string text_;
  const fs::path folder_;
};

TEST_F(OperationPages, GoFromTheEndToTheBeginning) {
  std::vector<std::uint64_t> seen;
  OperationPageAsk ask;
  int pages = 0;
  do {
    const auto one = page(ask);
    EXPECT_EQ(one.broken_at, std::nullopt) << one.why;
    for (const auto& line : one.lines) seen.push_back(line.seq);
    ask.before = one.begin;
    ++pages;
  } while (*ask.before > 0 && pages < 10);
  EXPECT_EQ(pages, 3);
  ASSERT_EQ(seen.size(), static_cast<std::size_t>(kLines));
  for (int i = 0; i < kLines; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], static_cast<std::uint64_t>(kLines - 1 - i));
  EXPECT_TRUE(read_operation_page(folder_ / "none", {})->lines.empty());
}

TEST_F(OperationPages, AFilterLooksAtABoundedPart) {
  OperationPageAsk ask;
  ask.wanted = [](const JournalLine& line) { return line.kind == "op.central-refused"; };
  EXPECT_EQ(page(ask).lines.size(), 25u);
  ask.wanted = [](const JournalLine&) { return false; };
  ask.most_bytes = 50'000;
  const auto one = page(ask);
  EXPECT_TRUE(one.lines.empty());
  EXPECT_LE(one.begin, text_.size() - 50'000);
  EXPECT_GT(one.begin, text_.size() - 60'000);
  ask.before = one.begin;
  EXPECT_LT(page(ask).begin, one.begin);
  for (const std::uint64_t bad : {std::uint64_t{1}, one.begin - 1, std::uint64_t{1} << 60}) {
    ask.before = bad;
    EXPECT_EQ(read_operation_page(folder_ / "log", ask).error().kind, ErrorKind::Invalid) << bad;
  }
}

TEST_F(OperationPages, TellWhatWasChangedOrTakenOut) {
  const auto from = line_begin(240), to = line_begin(241);
  auto changed = text_;
  changed[changed.find("xxx", from)] = 'y';        // its own form holds, the next line does not follow it any more
  put(changed);
  EXPECT_EQ(page().broken_at, line_begin(241)) << page().why;
  put(text_.substr(0, from) + text_.substr(to));
  EXPECT_EQ(page().broken_at, from);
  changed = text_;
  changed[from] = '#';
  put(changed);
  EXPECT_EQ(page().broken_at, from);
  EXPECT_EQ(page().lines.size(), 100u);            // what can be read is read all the same
  put(text_.substr(0, line_begin(150)) + text_.substr(line_begin(151)));
  EXPECT_EQ(page().broken_at, line_begin(150)) << "between two pages, too";
  put(text_.substr(line_begin(1)));
  OperationPageAsk all;
  all.most_lines = 1000;
  EXPECT_EQ(page(all).broken_at, 0u);
}

TEST_F(OperationPages, HalfALineIsPassedOverAndForeignBytesEnd) {
  put(text_ + "00000250 half a li");
  EXPECT_EQ(page().lines.at(0).seq, 249u);
  EXPECT_EQ(page().broken_at, std::nullopt);
  put("half a line");
  EXPECT_TRUE(page().lines.empty());
  EXPECT_EQ(page().begin, 0u);
  std::string foreign(1'000'000, 'z');
  put(foreign);
  EXPECT_TRUE(page().broken_at.has_value());
  foreign.back() = '\n';
  put(foreign);
  EXPECT_TRUE(page().broken_at.has_value());
  put(std::string(300, '\n'));
  OperationPageAsk all;
  all.most_lines = 1000;
  EXPECT_EQ(page(all).begin, 0u);
}

}  // namespace
}  // namespace guzheng
