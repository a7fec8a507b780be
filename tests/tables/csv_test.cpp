// CSV as it comes from other systems: separators, quotes, encodings, bad bytes, endless lines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/tables/csv_reader.h"
#include "tests/tables/table_kit.h"

namespace guzheng {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using test::read_all;
using Cells = std::vector<std::vector<std::string>>;

TEST(Csv, separators_quotes_and_line_ends) {
  EXPECT_EQ(read_all("a,b\r\n\"1,2\",\"x\"\"y\"\r\n,\r\n").cells(), (Cells{{"a", "b"}, {"1,2", "x\"y"}, {"", ""}}));
  EXPECT_EQ(read_all("a;b;c\n1;2,5;3\n").cells(), (Cells{{"a", "b", "c"}, {"1", "2,5", "3"}}));
  EXPECT_EQ(read_all("a\tb\n1\t2").cells(), (Cells{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_all("a|b\r1|2\r").cells(), (Cells{{"a", "b"}, {"1", "2"}})) << "line ends of old Macs";
  EXPECT_EQ(read_all("sep=;\r\na,b;c\r\n").cells(), (Cells{{"a,b", "c"}})) << "Excel's own mark";
  EXPECT_EQ(read_all("a,b\n\"one\ntwo\",2\n").cells(), (Cells{{"a", "b"}, {"one\ntwo", "2"}}));
  EXPECT_EQ(read_all("").cells(), Cells{});
  EXPECT_EQ(read_all("\n\n\na\n\n").cells(), (Cells{{"a"}}));
}

TEST(Csv, lines_of_different_widths_come_as_they_are) {
  const auto read = read_all("a,b,c\n1\n1,2,3,4,5\n");
  EXPECT_EQ(read.cells(), (Cells{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4", "5"}}));
  EXPECT_EQ(read.rows[2].line, 3u);
}

TEST(Csv, line_numbers_count_lines_of_the_file) {
  const auto read = read_all("h,i\n\n\"x\ny\nz\",1\nlast,2\n");
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_EQ(read.rows[1].line, 3u);
  EXPECT_EQ(read.rows[2].line, 6u);
}

TEST(Csv, a_quotation_mark_that_never_closes_costs_one_line) {
  std::string text = "name,code\n\"open,1\n";
  for (int i = 0; i < 5000; ++i) text += "row " + std::to_string(i) + ",x\n";
  const auto read = read_all(text);
  ASSERT_EQ(read.rows.size(), 5002u);
  EXPECT_EQ(read.rows[1].problem.kind, RowProblemKind::OpenQuote);
  EXPECT_THAT(read.rows[1].cells, ElementsAre("\"open", "1"));
  EXPECT_THAT(read.rows[2].cells, ElementsAre("row 0", "x"));
  EXPECT_EQ(read.rows[2].line, 3u);
}

TEST(Csv, stray_quotation_marks_are_kept_and_told) {
  const auto read = read_all("a,b\n5\" screen,\"x\" y\n");
  EXPECT_THAT(read.rows[1].cells, ElementsAre("5\" screen", "x y"));
  EXPECT_TRUE(test::has_mark(read.rows[1], 0, CellMark::StrayQuote));
  EXPECT_TRUE(test::has_mark(read.rows[1], 1, CellMark::StrayQuote));
}

TEST(Csv, encodings) {
  const std::string gbk = "\xC3\xFB\xB3\xC6,\xB4\xFA\xC2\xEB\n\xBA\xBC\xD6\xDD,1\n";                       // 名称,代码 / 杭州
  const Cells expected{{"名称", "代码"}, {"杭州", "1"}};
  auto read = read_all(gbk);
  EXPECT_EQ(read.cells(), expected);
  EXPECT_EQ(read.facts.encoding, TextEncoding::Gb18030);
  EXPECT_EQ(read_all("\xEF\xBB\xBF名称,代码\n杭州,1\n").cells(), expected) << "the BOM is no part of the first name";
  const auto utf16 = [](std::u16string_view text, bool big) {
    std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char16_t c : text) {
      const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
      out += big ? std::string{high, low} : std::string{low, high};
    }
    return out;
  };
  EXPECT_EQ(read_all(utf16(u"名称,代码\n杭州,1\n", false)).cells(), expected);
  EXPECT_EQ(read_all(utf16(u"名称,代码\n杭州,1\n", true)).cells(), expected);
  EXPECT_EQ(read_all(utf16(u"name,code\nabc,1\n", false).substr(2)).cells(), (Cells{{"name", "code"}, {"abc", "1"}})) << "without BOM";
  EXPECT_EQ(read_all("a,b\n1,2\n").facts.encoding, TextEncoding::Auto) << "ASCII is all of them";
}

// The first Chinese character comes after megabytes of ASCII, and in GB18030.
TEST(Csv, the_encoding_is_decided_where_it_first_matters) {
  std::string text;
  while (text.size() < 3u << 20) text += "plain,ascii\n";
  text += "\xBA\xBC\xD6\xDD,\x81\x30\x81\x30\n";                                                            // 杭州, U+0080 in four bytes
  const auto read = read_all(text);
  ASSERT_TRUE(read.whole);
  EXPECT_EQ(read.rows.back().cells[0], "杭州");
}

TEST(Csv, rare_characters_of_gb18030) {
  const auto read = read_all("\xFD\x9B,\x95\x32\x82\x36\n\xE9\x46,1\n");                                     // 龥, U+20000, 镕 is E946
  ASSERT_TRUE(read.whole);
  EXPECT_EQ(read.rows[0].problem.kind, RowProblemKind::None);
  EXPECT_EQ(read.rows[0].cells[1], "\xF0\xA0\x80\x80");
  EXPECT_EQ(read.rows[1].cells[0], "镕");
}

TEST(Csv, a_bad_byte_costs_one_row_and_its_place_is_told) {
  const auto read = read_all("名称,码\n杭\xFF州,1\n宁波,2\n");
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_EQ(read.rows[1].problem.kind, RowProblemKind::BadBytes);
  EXPECT_EQ(read.rows[1].problem.at, std::string("名称,码\n杭").size());
  EXPECT_THAT(read.rows[1].problem.what, HasSubstr("0xff"));
  EXPECT_EQ(read.rows[1].cells[0], "杭\xEF\xBF\xBD州");
  EXPECT_EQ(read.rows[2].problem.kind, RowProblemKind::None);
  TableOptions options;
  options.encoding = TextEncoding::Gb18030;
  const auto gbk = read_all("\xBA\xBC\xD6\xDD,1\n\xBA\xFF\xD6\xDD,2\n\xC4\xFE\xB2\xA8,3\n", TableKind::Csv, options);
  ASSERT_EQ(gbk.rows.size(), 3u);
  EXPECT_EQ(gbk.rows[1].problem.kind, RowProblemKind::BadBytes);
  EXPECT_EQ(gbk.rows[1].problem.at, 7u);
  EXPECT_EQ(gbk.rows[2].cells[0], "宁波");
}

TEST(Csv, nul_and_control_characters_are_taken_out_and_told) {
  using namespace std::string_literals;
  const auto read = read_all("a,b\nx\0y\1,\"q\0\"\n"s);
  EXPECT_THAT(read.rows[1].cells, ElementsAre("xy", "q"));
  EXPECT_TRUE(test::has_mark(read.rows[1], 0, CellMark::ControlDropped));
  EXPECT_TRUE(test::has_mark(read.rows[1], 1, CellMark::ControlDropped));
}

// 100 MB without a line end: one row with a problem, the row after it is read.
TEST(Csv, an_endless_line_is_bounded) {
  const test::TablesFolder folder;
  {
    std::ofstream file(folder.path / "long.csv", std::ios::binary);
    file << "name,code\n";
    const std::string piece(1u << 20, 'x');
    for (int i = 0; i < 100; ++i) file << piece;
    file << "\nafter,1\n";
  }
  auto reader = open_table(folder.path / "long.csv").value();
  const auto read = test::all_rows(*reader);
  ASSERT_EQ(read.rows.size(), 3u);
  EXPECT_EQ(read.rows[1].problem.kind, RowProblemKind::TooLong);
  EXPECT_LE(read.rows[1].cells[0].size(), 200u);
  EXPECT_THAT(read.rows[2].cells, ElementsAre("after", "1"));
  EXPECT_EQ(read.rows[2].line, 3u);
}

TEST(Csv, bounds_of_cells) {
  TableOptions options;
  options.limits.most_cells = 3;
  options.limits.most_cell = 10;
  const auto read = read_all("1,2,3,4\n一二三四五,b\n", TableKind::Csv, options);
  EXPECT_EQ(read.rows[0].problem.kind, RowProblemKind::TooManyCells);
  EXPECT_EQ(read.rows[0].cells.size(), 3u);
  EXPECT_EQ(read.rows[1].cells[0], "一二三") << "cut between characters";
  EXPECT_TRUE(test::has_mark(read.rows[1], 0, CellMark::Cut));
}

TEST(Csv, can_be_called_off) {
  TableOptions options;
  int asked = 0;
  options.called_off = [&] { return ++asked > 2; };
  std::string text;
  while (text.size() < 4u << 20) text += "a,b\n";
  const auto read = read_all(text, TableKind::Csv, options);
  EXPECT_FALSE(read.whole);
  EXPECT_EQ(read.error.kind, ErrorKind::Cancelled);
  EXPECT_GT(read.rows.size(), 0u);
}

TEST(Csv, kinds_by_content) {
  EXPECT_EQ(table_kind(as_bytes("PK\x03\x04zip")).value(), TableKind::Xlsx);
  EXPECT_EQ(table_kind(as_bytes(" \n{\"a\":1}")).value(), TableKind::JsonLines);
  EXPECT_EQ(table_kind(as_bytes("\xEF\xBB\xBF{\"a\":1}")).value(), TableKind::JsonLines);
  EXPECT_EQ(table_kind(as_bytes("a,{b}")).value(), TableKind::Csv);
  EXPECT_EQ(table_kind(as_bytes("\xD0\xCF\x11\xE0xls")).error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(open_table("/tmp").error().kind, ErrorKind::Io);
  EXPECT_EQ(open_table("/tmp/no such file.csv").error().kind, ErrorKind::NotFound);
}

// What is written by the rules of CSV is read back the same, whatever the cells hold and wherever blocks end.
TEST(Csv, written_cells_come_back) {
  std::mt19937 random(20261127);
  const std::vector<std::string> pieces{"a", "\"", ",", "\n", "\r\n", "；", "杭州", " ", "𠮷", "'", "0012", "\t", "|", ""};
  for (int round = 0; round < 40; ++round) {
    Cells expected;
    std::string text;
    const std::size_t width = 2 + random() % 4, rows = round == 0 ? 60'000 : 1 + random() % 200;
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<std::string> row;
      for (std::size_t c = 0; c < width; ++c) {
        std::string cell = c == 0 ? "x" : "";
        for (std::size_t n = random() % 4; n > 0; --n) cell += pieces[random() % pieces.size()];
        text += c ? ",\"" : "\"";
        for (const char ch : cell) text += ch == '"' ? "\"\"" : std::string(1, ch);
        text += '"';
        row.push_back(std::move(cell));
      }
      text += r % 2 ? "\n" : "\r\n";
      expected.push_back(std::move(row));
    }
    TableOptions options;
    options.separator = ',';
    const auto read = read_all(text, TableKind::Csv, options);
    ASSERT_TRUE(read.whole);
    ASSERT_EQ(read.cells(), expected) << "round " << round;
  }
}

}  // namespace
}  // namespace guzheng
