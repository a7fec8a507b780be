// A file into the library: what is taken, merged, dropped and why; called off, killed, taken back.   
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/codes/check_codes.h"
#include "core/intake/subject_maker.h"
#include "core/registry/practice_subjects.h"
#include "core/tables/table_writer.h"
#include "tests/intake/library_kit.h"

namespace guzheng {
namespace {

using ::testing::HasSubstr;
using test::IntakeLibrary;
using test::item_of;

// Made-up codes with right check characters, under a region that nobody was given.
std::string code(int n) {
  std::string out = "91990106" + std::to_string(100'000'000 + n);
  return out + credit_code_character(out);
}

std::string many_rows(int count, int from = 0) {
  std::string out = "企业名称,统一社会信用代码,住所\n";
  for (int i = from; i < from + count; ++i) out += "示例" + std::to_string(i) + "号（练习）商店," + code(i) + ",浙江省杭州市西湖区" + std::to_string(i) + "号\n";
  return out;
}

TEST(Import, what_stands_in_a_row_is_in_the_library) {
  const IntakeLibrary library;
  const auto result = library.import(library.file("a.csv",
      "主体名称,统一社会信用代码,类型,地址,经营状态,联系电话,平台,店铺名称,链接,失信名单,列入日期\n"
      "示例甲（练习）商店," + code(1) + ",个体工商户,浙江省杭州市西湖区文三路1号,存续,13800138000,练习商城,甲店,https://shop.example/1,虚假宣传,2026年3月1日\n"));
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_EQ(result->counts.added, 1);
  const auto all = library.subjects();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "示例甲（练习）商店");
  EXPECT_EQ(all[0].credit_code, code(1));
  EXPECT_EQ(all[0].kind, SubjectKind::SoleTrader);
  EXPECT_EQ(all[0].state, SubjectState::Open);
  EXPECT_EQ(all[0].region, "330106");
  EXPECT_EQ(all[0].sensitivity, Sensitivity::Internal) << "marked by rule: it has a phone (A-4.6)";
  const auto entries = library.store->entries(all[0].id).value();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].platform, "练习商城");
  EXPECT_EQ(entries[0].link, "https://shop.example/1");
  const auto records = library.store->records(all[0].id).value();
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].kind, RecordKind::Credit);
  EXPECT_EQ(records[0].title, "虚假宣传");
  EXPECT_EQ(format_day(records[0].at), "20260301");
  const auto phones = library.store->sensitive(all[0].id, test::kImporter).value();
  ASSERT_EQ(phones.size(), 1u);
  EXPECT_EQ(phones[0].value, "13800138000");
  EXPECT_THAT(read_text(result->notes).value(), ::testing::Not(HasSubstr("13800138000"))) << "no phone in the list of results";
}

// A file as it comes: title line, merged header, blanks, rubbish, doubles, wrong codes, a bad byte, a sum at the end.
TEST(Import, a_file_of_awkward_rows) {
  const IntakeLibrary library;
  const auto result = library.import(library.file("b.csv",
      "二〇二六年度主体名单,,\n"
      "企业名称*,信用代码/备注,统一社会信用代码\n"
      "示例甲(练习)商店 ,x," + code(1) + "\n"                                       // 3: corrected
      "测试,x," + code(2) + "\n"                                                    // 4: rubbish
      ",x," + code(3) + "\n"                                                        // 5: no name
      "示例甲（练习）商店,x," + code(1) + "\n"                                       // 6: twice
      "镕喆堃玥𠮷（练习）店,x,９１９９0106100000004\n"                              // 7: full width, wrong length
      "示例乙（练习）商店,x,9.1E+17\n"                                              // 8: rounded
      "示例\xFF丙（练习）商店,x,\n"                                                 // 9: a bad byte
      "示例丁（练习）商店,x,110108000000016,多余\n"                                  // 10: a number in the code's column, one cell too many
      "合计,8,\n"));
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_EQ(result->counts.rows, 9);
  EXPECT_EQ(result->counts.added, 4);
  EXPECT_EQ(result->counts.merged, 1);
  EXPECT_EQ(result->counts.dropped, 4);
  const auto notes = library.notes(result->batch);
  EXPECT_TRUE(item_of(notes.at(3), "brackets"));
  EXPECT_EQ(notes.at(4).outcome, RowOutcome::Dropped);
  EXPECT_EQ(item_of(notes.at(4), "rubbish")->rule, "rubbish-name");
  EXPECT_TRUE(item_of(notes.at(5), "missing"));
  EXPECT_EQ(notes.at(6).outcome, RowOutcome::Merged);
  EXPECT_EQ(notes.at(6).same_as, 3u);
  EXPECT_TRUE(item_of(notes.at(7), "width"));
  EXPECT_TRUE(item_of(notes.at(7), "wrong-length")->doubt);
  EXPECT_EQ(item_of(notes.at(8), "rounded")->before, "9.1E+17");
  EXPECT_TRUE(item_of(notes.at(9), "bad-bytes"));
  EXPECT_EQ(item_of(notes.at(10), "extra-cells")->before, "多余");
  EXPECT_TRUE(item_of(notes.at(10), "moved"));
  EXPECT_EQ(notes.at(11).outcome, RowOutcome::Dropped);
  for (const auto& [line, note] : notes) EXPECT_FALSE(note.items.empty()) << line;
  const auto all = library.subjects();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[3].number, "110108000000016");
}

TEST(Import, results_are_exported_for_spreadsheets) {
  const IntakeLibrary library;
  const auto result = library.import(library.file("c.csv", "名称,电话\n测试,13800138000\n 示例甲（练习）店,=1\n")).value();
  for (const std::string name : {"r.csv", "r.xlsx"}) {
    const auto facts = export_notes(result.notes, library.folder / name, false);
    ASSERT_TRUE(facts) << facts.error().what;
    auto reader = open_table(library.folder / name).value();
    TableRow row;
    std::string all;
    while (reader->next(row).value())
      for (const auto& cell : row.cells) all += cell + "|";
    EXPECT_THAT(all, HasSubstr("剔除|测试|主体名称|垃圾数据|测试"));
    EXPECT_THAT(all, HasSubstr("去掉首尾空白"));
    EXPECT_THAT(all, ::testing::Not(HasSubstr("13800138000")));
  }
  EXPECT_EQ(export_notes(result.notes, library.folder / "r.csv", false).error().kind, ErrorKind::Exists);
  EXPECT_EQ(export_notes(result.notes, library.folder / "s.csv", true, [] { return false; }).error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(std::filesystem::exists(library.folder / "s.csv"));
}

TEST(Import, one_subject_with_several_shops) {
  const IntakeLibrary library;
  const auto result = library.import(library.file("d.csv", "名称,统一社会信用代码,平台,店铺名称,链接,地址\n示例甲（练习）店," + code(1) + ",一城,甲一,http://a/1,\n示例甲（练习）店," + code(1) +
                                                               ",二城,甲二,http://a/2,杭州市西湖区1号\n示例甲（练习）店," + code(1) + ",二城,甲二,http://a/2,\n")).value();
  EXPECT_EQ(result.counts.added, 1);
  EXPECT_EQ(result.counts.merged, 2);
  const auto all = library.subjects();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].address, "杭州市西湖区1号") << "filled by the second row";
  EXPECT_EQ(library.store->entries(all[0].id)->size(), 2u) << "the third brings nothing new";
}

TEST(Import, one_name_with_two_codes_is_two_subjects) {
  const IntakeLibrary library;
  const auto result = library.import(library.file("e.csv", "名称,统一社会信用代码,行政区划\n示例甲（练习）店," + code(1) + ",330106\n示例甲（练习）店," + code(2) + ",330106\n示例甲（练习）店,,330106\n")).value();
  EXPECT_EQ(result.counts.added, 2);
  EXPECT_EQ(result.counts.merged, 1) << "without a code the name and its region decide";
}

// what is in the library already is merged, by code, number, name; the unit hears of a record.
TEST(Import, what_the_library_has_already) {
  IntakeLibrary library;
  library.notice_words = [](const ImportHit& hit) { return "第 " + std::to_string(hit.line) + " 行：" + hit.title; };
  const auto unit = library.store->put_unit({0, "西湖分局", "330106"}, test::kImporter).value();
  ASSERT_TRUE(library.store->set_unit_rules({{0, "330106", "", "", unit}}, test::kImporter));
  ASSERT_TRUE(library.import(library.file("f.csv", "名称,统一社会信用代码,地址\n示例甲（练习）店," + code(1) + ",浙江省杭州市西湖区1号\n示例乙（练习）店,,浙江省杭州市西湖区2号\n")));
  EXPECT_EQ(library.subjects()[0].unit, unit) << "proposed by the rule table";
  const auto second = library.file("g.csv", "名称,统一社会信用代码,地址,经营状态,行政处罚\n示例甲（练习）商行," + code(1) + ",新地址,吊销,罚款\n示例乙 (练习) 店,,,,\n示例丙（练习）店,,,,\n");
  const auto result = library.import(second).value();
  EXPECT_EQ(result.counts.merged, 2);
  EXPECT_EQ(result.counts.added, 1);
  auto first = library.subjects()[0];
  EXPECT_EQ(first.name, "示例甲（练习）店") << "filled, not written over";
  EXPECT_EQ(first.state, SubjectState::Revoked);
  EXPECT_TRUE(item_of(library.notes(result.batch).at(2), "same-by-credit-code"));
  EXPECT_TRUE(item_of(library.notes(result.batch).at(3), "same-by-name"));
  const auto notices = library.store->notices(unit).value();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].text, "第 2 行：罚款");
  MappingProfile update;
  update.on_match = OnMatch::Update;
  ASSERT_TRUE(library.import(second, update));
  first = library.subjects()[0];
  EXPECT_EQ(first.name, "示例甲（练习）商行");
  EXPECT_EQ(library.store->records(first.id)->size(), 1u) << "the same record is not there twice";
}

TEST(Import, is_taken_back_as_a_whole) {
  const IntakeLibrary library;
  ASSERT_TRUE(library.import(library.file("h.csv", many_rows(10))));
  const auto before = library.subjects();
  auto text = many_rows(20, 5);
  const auto second = library.import(library.file("i.csv", text)).value();
  EXPECT_EQ(second.counts.merged, 5);
  EXPECT_EQ(library.subjects().size(), 25u);
  const auto undone = undo_import(library.place(), second.batch, test::kImporter);
  ASSERT_TRUE(undone) << undone.error().what;
  EXPECT_EQ(library.subjects(), before);
  EXPECT_EQ(undo_import(library.place(), second.batch, test::kImporter).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(library.notes(second.batch).empty()) << "the list of its results stays";
}

TEST(Import, called_off_leaves_nothing) {
  IntakeLibrary library;
  ASSERT_TRUE(library.import(library.file("j.csv", many_rows(3))));
  const auto before = library.subjects();
  int told = 0;
  const auto off = library.import(library.file("k.csv", many_rows(20'000, 100)), {}, [&](const ImportProgress& progress) {
    library.clock.advance_ms(300);
    return progress.phase != ImportProgress::Phase::Reading || ++told < 20;
  });
  ASSERT_FALSE(off);
  EXPECT_EQ(off.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(library.subjects(), before);
  EXPECT_TRUE(open_imports(*library.store)->empty());
}

TEST(Import, progress_grows_and_says_how_long) {
  IntakeLibrary library;
  std::int64_t last = -1;
  bool guessed = false;
  const auto result = library.import(library.file("l.csv", many_rows(12'000)), {}, [&](const ImportProgress& progress) {
    library.clock.advance_ms(700);
    if (progress.phase != ImportProgress::Phase::Reading) return true;
    EXPECT_GE(progress.done, last);
    EXPECT_LE(progress.done, progress.of);
    last = progress.done;
    guessed |= progress.seconds_left.has_value();
    return true;
  });
  ASSERT_TRUE(result);
  EXPECT_TRUE(guessed);
  EXPECT_EQ(result->counts.added, 12'000);
}

// Broken off between two commits, as by a kill: going on ends where an undisturbed run ends, with the same notes.
TEST(Import, goes_on_after_it_was_broken_off) {
  std::string text = many_rows(9'000);
  text += "测试," + code(1) + ",x\n示例0号（练习）商店," + code(0) + ",\n示例8999号（练习）商店," + code(8999) + ",补\n新店（练习）," + code(20'000) + ",\n";
  const IntakeLibrary whole;
  const auto expected = whole.import(whole.file("m.csv", text)).value();
  IntakeLibrary library;
  const auto file = library.file("m.csv", text);
  {
    // what a kill leaves: the facts, an open batch whose last commit has a mark, more notes than the mark counts on
    auto stopped = library.import(file, {}, [&](const ImportProgress& progress) {
      library.clock.advance_ms(300);
      if (progress.batch != 0 && progress.counts.rows > 5'000 && !std::filesystem::exists(library.folder / "copy")) {
        std::filesystem::copy(library.folder / "library", library.folder / "copy", std::filesystem::copy_options::recursive);
      }
      return true;
    });
    ASSERT_TRUE(stopped);
  }
  ASSERT_TRUE(std::filesystem::exists(library.folder / "copy"));
  library.store.reset();
  std::filesystem::remove_all(library.folder / "library");
  std::filesystem::rename(library.folder / "copy", library.folder / "library");
  library.open();
  const auto open = open_imports(*library.store).value();
  ASSERT_EQ(open.size(), 1u);
  const auto partly = library.store->bounds()->count;
  EXPECT_GT(partly, 0);
  EXPECT_LT(partly, 9'000);
  {
    IntakeLibrary& l = library;
    std::filesystem::rename(file, l.folder / "elsewhere");
    static_cast<void>(l.file("m.csv", text + "x"));
    const auto other = resume_import(l.place(), open[0].id);
    EXPECT_EQ(other.error().kind, ErrorKind::Invalid) << "another file";
    std::filesystem::rename(l.folder / "elsewhere", file);
  }
  const auto result = resume_import(library.place(), open[0].id);
  ASSERT_TRUE(result) << result.error().what;
  EXPECT_EQ(result->counts, expected.counts);
  const auto names = [](const std::vector<Subject>& all) {
    std::vector<std::string> out;
    for (const auto& subject : all) out.push_back(subject.name + subject.credit_code + subject.address);
    std::sort(out.begin(), out.end());
    return out;
  };
  EXPECT_EQ(names(library.subjects()), names(whole.subjects()));
  EXPECT_EQ(library.notes(result->batch).size(), whole.notes(expected.batch).size());
  EXPECT_EQ(counts_of(library.store->batch(result->batch).value()), expected.counts);
}

TEST(Import, what_cannot_be_imported_changes_nothing) {
  const IntakeLibrary library;
  const auto unknown = library.import(library.file("n.csv", "甲,乙\n1,2\n"));
  EXPECT_EQ(unknown.error().kind, ErrorKind::Invalid);
  EXPECT_THAT(unknown.error().what, HasSubstr("甲, 乙"));
  MappingProfile profile;
  profile.columns = {{"企业", kName}};
  EXPECT_THAT(library.import(library.folder / "n.csv", profile).error().what, HasSubstr("企业"));
  EXPECT_EQ(library.import(library.folder / "none.csv").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(library.import(library.file("o.csv", "")).error().kind, ErrorKind::Invalid);
  const auto rules = run_import(library.place(), {library.file("p.csv", many_rows(1)), {}, "{\n\"schema\":\"x\"}", test::kImporter});
  EXPECT_THAT(rules.error().what, HasSubstr("line 2"));
  EXPECT_TRUE(library.store->batches()->empty());
}

TEST(Import, preview_shows_what_would_become_of_the_first_rows) {
  const IntakeLibrary library;
  const auto tables = load_code_tables(library.folder).value();
  const auto preview = preview_import(tables, {library.file("q.csv", "名单\n企业名称,无关\n 示例甲(练习)店,1\n测试,2\n"), {}, "", {}}, 10).value();
  EXPECT_EQ(preview.header_line, 2u);
  ASSERT_EQ(preview.profile.columns.size(), 1u);
  ASSERT_EQ(preview.rows.size(), 2u);
  EXPECT_EQ(preview.rows[0].cells[0], " 示例甲(练习)店");
  EXPECT_EQ(preview.rows[0].cleaned.values[kName], "示例甲（练习）店");
  EXPECT_TRUE(preview.rows[1].cleaned.dropped);
  EXPECT_TRUE(library.store->batches()->empty());
}

TEST(Import, json_lines_and_workbooks) {
  const IntakeLibrary library;
  const auto lines = library.import(library.file("r.jsonl", "{\"name\":\"示例甲（练习）店\",\"credit_code\":\"" + code(1) + "\"}\nnot json\n{\"name\":\"示例乙（练习）店\",\"address\":\"x\"}\n"));
  ASSERT_TRUE(lines) << lines.error().what;
  EXPECT_EQ(lines->counts.added, 2);
  EXPECT_EQ(lines->counts.dropped, 1);
  EXPECT_EQ(library.subjects()[1].address, "x") << "a column that only a later line has";
  auto writer = make_xlsx_writer(library.folder / "s.xlsx", "名单").value();
  ASSERT_TRUE(writer->write(std::vector<std::string>{"名称", "统一社会信用代码"}));
  ASSERT_TRUE(writer->write(std::vector<std::string>{"示例丙（练习）店", code(3)}));
  ASSERT_TRUE(writer->finish());
  EXPECT_EQ(library.import(library.folder / "s.xlsx")->counts.added, 1);
}

// The room registry makes practice subjects with check characters of its own: both must agree.
TEST(Import, check_characters_agree_with_the_registry) {
  for (std::uint64_t n = 0; n < 500; ++n) {
    const auto row = practice_subject(7, n);
    EXPECT_TRUE(row.subject.credit_code.empty() || check_credit_code(row.subject.credit_code)) << row.subject.credit_code;
    EXPECT_TRUE(row.subject.number.empty() || check_registration_number(row.subject.number)) << row.subject.number;
  }
}

TEST(Import, digits_are_masked) {
  EXPECT_EQ(masked_digits("电话13800138000，编号123456"), "电话138******00，编号123456");
  EXPECT_EQ(masked_digits(""), "");
}

}  // namespace
}  // namespace guzheng
