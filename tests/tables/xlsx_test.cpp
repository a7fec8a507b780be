// Workbooks: merged cells, dates as numbers, numbers that lost digits, several sheets, bombs and damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include "core/tables/xlsx_book.h"
#include "tests/tables/table_kit.h"

namespace guzheng {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using test::read_workbook;
using test::workbook;

TEST(Xlsx, as_a_spreadsheet_program_writes_it) {
  const test::TablesFolder folder;
  const std::string file = (folder.path / "book.xlsx").string();
  lxw_workbook* book = workbook_new(file.c_str());
  lxw_worksheet* cover = workbook_add_worksheet(book, "封面");
  worksheet_write_string(cover, 0, 0, "说明", nullptr);
  worksheet_hide(cover);
  lxw_worksheet* sheet = workbook_add_worksheet(book, "名单");
  worksheet_set_first_sheet(sheet);
  worksheet_activate(sheet);
  lxw_format* date = workbook_add_format(book);
  format_set_num_format(date, "yyyy\"年\"m\"月\"d\"日\"");
  lxw_format* zeros = workbook_add_format(book);
  format_set_num_format(zeros, "000000");
  lxw_format* moment = workbook_add_format(book);
  format_set_num_format(moment, "yyyy-mm-dd hh:mm:ss");
  worksheet_merge_range(sheet, 0, 0, 0, 5, "二〇二六年度主体名单", nullptr);
  for (int c = 0; c < 6; ++c) worksheet_write_string(sheet, 1, static_cast<lxw_col_t>(c), std::array{"单位", "名称", "代码", "日期", "邮编", "时间"}[static_cast<std::size_t>(c)], nullptr);
  worksheet_merge_range(sheet, 2, 0, 3, 0, "西湖分局", nullptr);
  worksheet_write_string(sheet, 2, 1, "杭州示例（练习）有限公司", nullptr);
  worksheet_write_number(sheet, 2, 2, 913301001234567890.0, nullptr);
  worksheet_write_number(sheet, 2, 3, 46082, date);
  worksheet_write_number(sheet, 2, 4, 12, zeros);
  worksheet_write_number(sheet, 2, 5, 46082.354166666664, moment);
  worksheet_write_string(sheet, 3, 1, "镕喆堃玥𠮷（练习）店", nullptr);
  worksheet_write_number(sheet, 3, 2, 330106000000016.0, nullptr);
  worksheet_write_formula_str(sheet, 3, 3, "=A1&\"x\"", nullptr, "结果");
  workbook_close(book);
  auto reader = open_table(folder.path / "book.xlsx").value();
  const auto read = test::all_rows(*reader);
  ASSERT_TRUE(read.whole) << read.error.what;
  EXPECT_EQ(read.facts.sheet, "名单") << "hidden ones are passed over";
  EXPECT_EQ(read.facts.sheets.size(), 2u);
  ASSERT_EQ(read.rows.size(), 4u);
  EXPECT_EQ(read.rows[0].cells[5], "二〇二六年度主体名单");
  EXPECT_TRUE(test::has_mark(read.rows[0], 5, CellMark::Merged));
  EXPECT_TRUE(test::has_mark(read.rows[2], 2, CellMark::Rounded));
  EXPECT_THAT(read.rows[2].cells[2], HasSubstr("9.13301001234567"));
  EXPECT_EQ(read.rows[2].cells[3], "2026-03-01");
  EXPECT_TRUE(test::has_mark(read.rows[2], 3, CellMark::Date));
  EXPECT_EQ(read.rows[2].cells[4], "000012");
  EXPECT_EQ(read.rows[2].cells[5], "2026-03-01 08:30:00");
  EXPECT_EQ(read.rows[3].cells[0], "西湖分局");
  EXPECT_EQ(read.rows[3].cells[1], "镕喆堃玥𠮷（练习）店");
  EXPECT_EQ(read.rows[3].cells[2], "330106000000016");
  EXPECT_TRUE(test::has_mark(read.rows[3], 2, CellMark::Number));
  EXPECT_EQ(read.rows[3].cells[3], "结果");
  EXPECT_TRUE(test::has_mark(read.rows[3], 3, CellMark::Formula));
  EXPECT_EQ(read.rows[3].line, 4u);
  TableOptions options;
  options.sheet = "封面";
  EXPECT_EQ(test::all_rows(*open_table(folder.path / "book.xlsx", options).value()).rows[0].cells[0], "说明");
  options.sheet = "无";
  const auto none = open_table(folder.path / "book.xlsx", options);
  EXPECT_EQ(none.error().kind, ErrorKind::NotFound);
  EXPECT_THAT(none.error().what, HasSubstr("名单"));
}

TEST(Xlsx, cells_of_every_kind) {
  const auto read = read_workbook(workbook(
      "<row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙_x000D_&#10;</t></r></is></c><c r=\"D2\" t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v></c></row>"
      "<row><c t=\"s\"><v>1</v></c><c t=\"str\"><f>X</f><v>f</v></c><c><v>0.30000000000000004</v></c><c><v>91350100.0</v></c></row><row r=\"9\"/>",
      {{"xl/sharedStrings.xml", "<sst><si><t>零</t></si><si><t xml:space=\"preserve\"> 一 </t></si></sst>"}}));
  ASSERT_EQ(read.rows.size(), 2u) << read.error.what;
  EXPECT_THAT(read.rows[0].cells, ElementsAre("", "甲乙\r\n", "", "TRUE", "#REF!"));
  EXPECT_EQ(read.rows[0].line, 2u);
  EXPECT_TRUE(test::has_mark(read.rows[0], 4, CellMark::BrokenFormula));
  EXPECT_THAT(read.rows[1].cells, ElementsAre(" 一 ", "f", "0.3", "91350100"));
  EXPECT_EQ(read.rows[1].line, 3u);
}

TEST(Xlsx, dates) {
  using Kind = NumberForm::Kind;
  EXPECT_EQ(date_text(1, Kind::Date, false), "1900-01-01");
  EXPECT_EQ(date_text(59, Kind::Date, false), "1900-02-28");
  EXPECT_EQ(date_text(61, Kind::Date, false), "1900-03-01");
  EXPECT_EQ(date_text(44620, Kind::Date, true), "2026-03-01") << "the Mac's calendar";
  EXPECT_EQ(date_text(46082.75, Kind::Date, false), "2026-03-01 18:00:00");
  EXPECT_EQ(date_text(0.5, Kind::Time, false), "12:00:00");
  EXPECT_EQ(date_text(-1, Kind::Date, false), "");
  EXPECT_EQ(date_text(1e300, Kind::Date, false), "");
  EXPECT_EQ(number_form(31).kind, Kind::Date) << "Chinese built-in forms";
  EXPECT_EQ(number_form(2).kind, Kind::Plain);
  EXPECT_EQ(number_form("[$-804]yyyy\"年\"m\"月\"").kind, Kind::Date);
  EXPECT_EQ(number_form("[h]:mm").kind, Kind::Time);
  EXPECT_EQ(number_form("\"day\"0").kind, Kind::Plain);
  EXPECT_EQ(number_form("General").kind, Kind::Plain);
  EXPECT_EQ(number_form("#,##0.00").kind, Kind::Plain);
  EXPECT_EQ(number_form("000000").zeros, 6);
}

TEST(Xlsx, merged_ranges_fill_what_is_empty) {
  const auto read = read_workbook(workbook(
      "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲</v></c><c r=\"C1\" t=\"str\"><v>x</v></c></row><row r=\"2\"><c r=\"C2\" t=\"str\"><v>y</v></c></row><row r=\"3\"><c r=\"C3\" t=\"str\"><v>z</v></c></row>", {},
      "<mergeCells count=\"2\"><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"XFE1:ZZZ9\"/></mergeCells>"));
  ASSERT_EQ(read.rows.size(), 3u) << read.error.what;
  EXPECT_THAT(read.rows[0].cells, ElementsAre("甲", "甲", "x"));
  EXPECT_THAT(read.rows[1].cells, ElementsAre("甲", "甲", "y"));
  EXPECT_THAT(read.rows[2].cells, ElementsAre("", "", "z"));
}

TEST(Xlsx, a_bomb_is_refused) {
  std::string rows;                                                  // 100 MB of blanks within a row, packed into some 100 kB
  rows.assign(100u << 20, ' ');
  const auto read = read_workbook(workbook("<row>" + rows + "</row>"));
  EXPECT_FALSE(read.whole);
  EXPECT_EQ(read.error.kind, ErrorKind::Invalid);
  EXPECT_THAT(read.error.what, HasSubstr("bomb"));
  TableOptions options;
  options.limits.most_shared_text = 1000;
  const auto texts = read_workbook(workbook("", {{"xl/sharedStrings.xml", "<sst><si><t>" + std::string(2000, 'x') + "</t></si></sst>"}}), options);
  EXPECT_THAT(texts.error.what, HasSubstr("split it"));
  const auto entities = read_workbook(workbook("", {{"xl/sharedStrings.xml", "<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><sst><si><t>&b;</t></si></sst>"}}));
  EXPECT_THAT(entities.error.what, HasSubstr("document type"));
}

TEST(Xlsx, damage_is_told_with_the_last_good_row) {
  const auto cut = read_workbook(workbook("<row r=\"7\"><c t=\"str\"><v>a</v></c></row><row><c"));
  EXPECT_EQ(cut.rows.size(), 1u);
  EXPECT_EQ(cut.error.kind, ErrorKind::Invalid);
  EXPECT_THAT(cut.error.what, HasSubstr("row 7"));
  const auto missing = read_workbook(workbook("<row><c t=\"s\"><v>5</v></c><c t=\"str\"><v>b</v></c></row>"));
  ASSERT_EQ(missing.rows.size(), 1u);
  EXPECT_EQ(missing.rows[0].problem.kind, RowProblemKind::BadBytes);
  EXPECT_EQ(read_workbook({{"a.txt", "no workbook"}}).error.kind, ErrorKind::NotFound);
  EXPECT_EQ(test::read_all("PK\x03\x04 no zip", TableKind::Xlsx).error.kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng
