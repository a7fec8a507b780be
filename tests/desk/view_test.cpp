// Values as pages show them: journal rows with their place in the film, log rows, spans, digests.
#include <gtest/gtest.h>

#include "core/desk/log_desk.h"
#include "core/desk/package_view.h"
#include "ui/base/text.h"

namespace guzheng {
namespace {

JournalLine line(std::uint64_t seq, std::int64_t ms, std::string kind, std::string body) {
  return {seq, std::string(64, '0'), WallTime{1'795'000'000'000 + ms}, std::move(kind), std::move(body), {}};
}

// A-7.3b: an act is found in the recording by the time since the first segment; a capture by its own frame.
TEST(JournalRows, PlaceInTheFilm) {
  ShotView shot;
  shot.number = 1;
  shot.path = "/vault/sealed/LX-01/data/main/shot-0001.png";
  shot.position_ms = 4321;
  shot.description.title = "平台首页";
  const std::vector<JournalLine> lines = {
      line(0, 0, "tsa.beacon", "sha256:00"), line(1, 500, "session.open", "{}"), line(2, 2000, "seg.open", "{}"),
      line(3, 3500, "input", "{\"act\":\"back\"}"),
      line(4, 7000, "shot", std::string(64, 'a') + "  data/main/shot-0001.png 1 2 data/main/rec-0000.mp4"),
      line(5, 7100, "shot", std::string(64, 'b') + "  data/main/shot-0001.xml 1 2 data/main/rec-0000.mp4")};
  const auto rows = journal_rows(lines, {shot});
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0].position_ms, 0) << "before the film began";
  EXPECT_EQ(rows[3].position_ms, 1500);
  EXPECT_FALSE(rows[3].key_point);
  EXPECT_EQ(rows[4].position_ms, 4321) << "the frame that the session noted, not the clock";
  EXPECT_EQ(rows[4].item, 1);
  EXPECT_TRUE(rows[4].key_point);
  EXPECT_EQ(rows[4].title, "平台首页");
  EXPECT_FALSE(rows[5].key_point) << "the hierarchy is no point of its own";
}

TEST(JournalRows, EveryKindIsEitherPointOrNot) {
  for (const auto kind : journal_kinds()) (void)is_key_point(kind);
  EXPECT_TRUE(is_key_point("gap.begin"));
  EXPECT_TRUE(is_key_point("crash.recover"));
  EXPECT_FALSE(is_key_point("tsa.anchor"));
}

TEST(LogRows, WhoIsApartFromWhat) {
  const auto row = log_row(line(7, 0, "op.seal", R"({"package":"LX-01-20261121-0001","result":"complete","who":"练习员甲"})"));
  EXPECT_EQ(row.who, "练习员甲");
  ASSERT_EQ(row.details.size(), 2u);
  EXPECT_EQ(row.details[0], (std::pair<std::string, std::string>{"package", "LX-01-20261121-0001"}));
}

TEST(LogRows, ABodyThatIsNoObjectIsStillShown) {
  const auto row = log_row(line(7, 0, "op.seal", "torn"));
  EXPECT_EQ(row.body, "torn");
  EXPECT_TRUE(row.details.empty());
}

TEST(Text, SpansAndDigests) {
  EXPECT_EQ(ui::span_text(767'900), "00:12:47");
  EXPECT_EQ(ui::short_span_text(3'767'000), "1:02:47");
  EXPECT_EQ(ui::grouped_digest("0123456789abcdef", 2), "0123 4567\n89ab cdef");
  EXPECT_EQ(ui::short_digest(std::string(56, '0') + "abcde07b"), "0000 0000 … e07b");
  EXPECT_EQ(ui::clock_text(WallTime{0}), "08:00:00");
  EXPECT_EQ(ui::bytes_text(8'100'000), "8.1 MB");
}

}  // namespace
}  // namespace guzheng
