// Heads of journals at the central system (core/central/heads.h): A-7.3d, A-7.4a.
#include "core/central/heads.h"

#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

class HeadBookTest : public test::CentralTest {
 protected:
  HeadBook book_{*database_, kName, *central_, clock_};
  HeadReport report_{"LX-03-20261121-0001", 42, std::string(64, 'a'), clock_.wall(), false};
};

TEST_F(HeadBookTest, SignsWithItsOwnTimeAndNeverChangesIt) {
  const auto before = clock_.wall();
  const auto head = book_.take(report_, "LX-03");
  ASSERT_TRUE(head) << head.error().what;
  const auto said = check_head_answer(*head, report_, trust());
  ASSERT_TRUE(said) << said.error().what;
  EXPECT_EQ(said->witnessed_by, kName);
  EXPECT_EQ(said->station, "LX-03");
  EXPECT_GE(said->received_at, before);
  auto again = report_;
  again.late = true;
  EXPECT_EQ(book_.take(again, "LX-03")->text, head->text);
  again.head = std::string(64, 'b');
  EXPECT_EQ(book_.take(again, "LX-03").error().kind, ErrorKind::Exists);
  EXPECT_EQ(book_.take(report_, "LX-04").error().kind, ErrorKind::Denied);
  EXPECT_EQ(book_.count().value(), 1);
}

TEST_F(HeadBookTest, GivesThemByPagesToWhoToldThem) {
  for (std::uint64_t seq = 0; seq < 205; ++seq) {
    report_.seq = seq * 2;
    ASSERT_TRUE(book_.take(report_, "LX-03"));
  }
  auto page = book_.of(report_.package, "LX-03", -1).value();
  EXPECT_EQ(page.heads.size(), 200u);
  EXPECT_TRUE(page.more);
  page = book_.of(report_.package, "LX-03", 398).value();
  EXPECT_EQ(page.heads.size(), 5u);
  EXPECT_FALSE(page.more);
  EXPECT_EQ(parse_head_statement(page.heads[0].text)->report.seq, 400u);
  EXPECT_TRUE(book_.of(report_.package, "LX-03", 408)->heads.empty());
  EXPECT_EQ(book_.of(report_.package, "LX-04", -1).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace guzheng
