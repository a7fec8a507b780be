// Rows into files for spreadsheets: what is written is read back, nothing runs as a formula, nothing half-written stays. A-4.3 (result lists)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/tables/table_writer.h"
#include "tests/tables/table_kit.h"

namespace guzheng {
namespace {

using Row = std::vector<std::string>;

const std::vector<Row> kRows{{"名称", "代码", "说明"},
                             {"杭州“示例”（练习）", "0012345678901234567", "a,b\n\"c\""},
                             {"𠮷", "", " ;x\t"}};

TEST(TableWriter, what_is_written_is_read_back) {
  const test::TablesFolder folder;
  for (const std::string name : {"t.csv", "t.XLSX"}) {
    auto writer = make_table_writer(folder.path / name, "结果").value();
    for (const auto& row : kRows) ASSERT_TRUE(writer->write(row));
    const auto facts = writer->finish().value();
    EXPECT_EQ(facts.rows, 3u);
    const auto read = test::all_rows(*open_table(folder.path / name).value());
    EXPECT_EQ(read.cells(), kRows) << name;
  }
  EXPECT_TRUE(read_text(folder.path / "t.csv")->starts_with("\xEF\xBB\xBF")) << "Excel takes it for UTF-8";
}

TEST(TableWriter, formulas_are_guarded) {
  for (const char* text : {"=1+1", "@SUM(A1)", "+86-571", "-A1", "\tx", "+"}) EXPECT_TRUE(looks_like_formula(text)) << text;
  for (const char* text : {"", "-5", "+86571", "-1.5", "a=1", "名称"}) EXPECT_FALSE(looks_like_formula(text)) << text;
  const test::TablesFolder folder;
  auto writer = make_csv_writer(folder.path / "t.csv").value();
  ASSERT_TRUE(writer->write(Row{"=HYPERLINK(\"http://x\")", "-5"}));
  EXPECT_EQ(writer->finish()->guarded, 1u);
  EXPECT_EQ(test::all_rows(*open_table(folder.path / "t.csv").value()).rows[0].cells, (Row{"'=HYPERLINK(\"http://x\")", "-5"}));
  auto book = make_xlsx_writer(folder.path / "t.xlsx", "x").value();
  ASSERT_TRUE(book->write(Row{"=1+1"}));
  ASSERT_TRUE(book->finish());
  const auto read = test::all_rows(*open_table(folder.path / "t.xlsx").value());
  EXPECT_EQ(read.rows[0].cells[0], "=1+1") << "a text, no formula";
  EXPECT_TRUE(read.rows[0].marks.empty());
}

TEST(TableWriter, whole_or_not_at_all) {
  const test::TablesFolder folder;
  for (const std::string name : {"a.csv", "a.xlsx"}) {
    {
      auto writer = make_table_writer(folder.path / name, "x").value();
      ASSERT_TRUE(writer->write(kRows[0]));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path)) << name;
  }
  test::write_bytes(folder.path / "b.csv", "old");
  EXPECT_EQ(make_csv_writer(folder.path / "b.csv").error().kind, ErrorKind::Exists);
  auto late = make_csv_writer(folder.path / "c.csv").value();
  test::write_bytes(folder.path / "c.csv", "another's");
  EXPECT_EQ(late->finish().error().kind, ErrorKind::Exists) << "it came while we wrote";
  EXPECT_EQ(read_text(folder.path / "c.csv").value(), "another's");
  EXPECT_EQ(make_table_writer(folder.path / "d.txt", "x").error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(make_csv_writer(folder.path / "none" / "d.csv"));
}

TEST(TableWriter, long_cells_are_cut_and_told) {
  const test::TablesFolder folder;
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "字";
  auto writer = make_xlsx_writer(folder.path / "t.xlsx", "a/b:c*d?e[f]g very long name of a sheet").value();
  ASSERT_TRUE(writer->write(Row{text}));
  EXPECT_EQ(writer->finish()->cut, 1u);
  const auto read = test::all_rows(*open_table(folder.path / "t.xlsx").value());
  EXPECT_TRUE(read.rows[0].cells[0].ends_with("字…"));
}

}  // namespace
}  // namespace guzheng
