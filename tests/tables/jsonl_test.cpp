// JSON Lines: columns by name, nested objects, numbers with all their digits, bad lines told. A-4.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tables/table_kit.h"

namespace guzheng {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

test::AllRows lines(std::string_view text) { return test::read_all(text, TableKind::JsonLines); }

TEST(JsonLines, columns_by_name_in_the_order_of_their_coming) {
  const auto read = lines("{\"name\":\"甲\",\"code\":\"01\"}\n\n{\"code\":\"02\",\"city\":\"杭州\"}\r\n{}\n");
  EXPECT_THAT(read.names, ElementsAre("name", "code", "city"));
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_THAT(read.rows[1].cells, ElementsAre("", "02", "杭州"));
  EXPECT_EQ(read.rows[1].line, 3u);
  EXPECT_TRUE(read.rows[2].blank());
}

TEST(JsonLines, numbers_keep_their_digits) {
  const auto read = lines("{\"a\":110108000000016,\"b\":12345678901234567890123,\"c\":1.50,\"d\":9.11E+17,\"e\":true,\"f\":null,\"g\":-3}\n");
  EXPECT_THAT(read.rows[0].cells, ElementsAre("110108000000016", "12345678901234567890123", "1.50", "9.11E+17", "true", "", "-3"));
  EXPECT_TRUE(test::has_mark(read.rows[0], 0, CellMark::Number));
  EXPECT_TRUE(test::has_mark(read.rows[0], 3, CellMark::Rounded));
}

TEST(JsonLines, objects_are_flattened_and_arrays_told) {
  const auto read = lines(R"({"addr":{"city":"杭州","geo":{"x":1}},"tags":["a",{"b":[1,"c\"d"]}],"n":1})" "\n");
  EXPECT_THAT(read.names, ElementsAre("addr.city", "addr.geo.x", "tags", "n"));
  EXPECT_THAT(read.rows[0].cells, ElementsAre("杭州", "1", R"(["a",{"b":[1,"c\"d"]}])", "1"));
  EXPECT_TRUE(test::has_mark(read.rows[0], 2, CellMark::Nested));
}

TEST(JsonLines, bad_lines_cost_themselves) {
  const auto read = lines("{\"a\":1}\n{\"a\":\n[1,2]\n\"x\"\n{\"a\":1,\"a\":2}\n{\"a\":\"\xFF\"}\n{\"a\":3} x\n{\"a\":4}\n");
  ASSERT_EQ(read.rows.size(), 8u);
  EXPECT_TRUE(read.whole);
  EXPECT_EQ(read.rows[1].problem.kind, RowProblemKind::NotAnObject);
  EXPECT_EQ(read.rows[1].cells[0], "{\"a\":");
  EXPECT_THAT(read.rows[2].problem.what, HasSubstr("array"));
  EXPECT_EQ(read.rows[3].problem.kind, RowProblemKind::NotAnObject);
  EXPECT_THAT(read.rows[4].problem.what, HasSubstr("twice"));
  EXPECT_EQ(read.rows[5].problem.kind, RowProblemKind::BadBytes);
  EXPECT_EQ(read.rows[6].problem.kind, RowProblemKind::NotAnObject);
  EXPECT_EQ(read.rows[7].cells[0], "4");
  EXPECT_EQ(read.rows[7].line, 8u);
}

TEST(JsonLines, depth_and_length_are_bounded) {
  std::string deep = "{\"a\":";
  for (int i = 0; i < 100'000; ++i) deep += '[';
  const auto read = lines(deep + "\n{\"a\":\"" + std::string(5u << 20, 'x') + "\"}\n{\"a\":1}\n");
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_EQ(read.rows[0].problem.kind, RowProblemKind::NotAnObject);
  EXPECT_EQ(read.rows[1].problem.kind, RowProblemKind::TooLong);
  EXPECT_EQ(read.rows[2].cells[0], "1");
}

}  // namespace
}  // namespace guzheng
