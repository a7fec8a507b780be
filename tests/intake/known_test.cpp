// An import that meets subjects the library knows: phones, and who is told. 
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/intake/library_kit.h"

namespace guzheng {
namespace {

using test::IntakeLibrary;
using test::item_of;
using test::kImporter;

constexpr std::string_view kHeader = "名称,地址,联系电话\n";

// a phone that a later file brings is not lost: filled in where there is none, put beside the known one by an update; taken back with the import.
TEST(Known, phones_come_along) {
  IntakeLibrary library;
  const auto import = [&](const std::string& rows, OnMatch on_match) {
    MappingProfile profile;
    profile.on_match = on_match;
    static int number = 0;
    return library.import(library.file("f" + std::to_string(++number) + ".csv", std::string(kHeader) + rows), profile).value();
  };
  const auto phones = [&](SubjectId id) {
    std::vector<std::string> out;
    const auto values = library.store->sensitive(id, kImporter).value();
    for (const auto& value : values) out.push_back(value.value);
    return out;
  };
  import("示例甲（练习）店,练习市1号,13800000001\n示例乙（练习）店,练习市2号,\n", OnMatch::Fill);
  const auto all = library.subjects();
  ASSERT_EQ(all.size(), 2u);
  const std::string second = "示例甲（练习）店,,13800000002\n示例乙（练习）店,,13800000003\n";
  const auto filled = import(second, OnMatch::Fill);
  EXPECT_EQ(filled.counts.merged, 2);
  EXPECT_THAT(phones(all[0].id), testing::ElementsAre("13800000001")) << "filled, not written over";
  EXPECT_THAT(phones(all[1].id), testing::ElementsAre("13800000003"));
  const auto notes = library.notes(filled.batch);
  ASSERT_TRUE(item_of(notes.at(3), "sensitive-filled"));
  EXPECT_EQ(item_of(notes.at(3), "sensitive-filled")->after.find("13800000003"), std::string::npos) << "masked in the list of results";
  ASSERT_TRUE(undo_import(library.place(), filled.batch, kImporter));
  EXPECT_THAT(phones(all[1].id), testing::IsEmpty());
  const auto updated = import(second, OnMatch::Update);
  EXPECT_THAT(phones(all[0].id), testing::ElementsAre("13800000001", "13800000002"));
  EXPECT_TRUE(item_of(library.notes(updated.batch).at(2), "sensitive-added"));
  import(second, OnMatch::Update);
  EXPECT_THAT(phones(all[0].id), testing::ElementsAre("13800000001", "13800000002")) << "the same is not there twice";
  import("示例乙（练习）店,,13800000009\n", OnMatch::Skip);
  EXPECT_THAT(phones(all[1].id), testing::ElementsAre("13800000003"));
}

// a row of a subject that is watched is told to its unit though it brings no record; of the others nobody is bothered.
TEST(Known, the_watched_are_told_of) {
  IntakeLibrary library;
  library.notice_words = [](const ImportHit& hit) { return "第 " + std::to_string(hit.line) + " 行 " + hit.watched + hit.title; };
  ASSERT_TRUE(library.import(library.file("f.csv", "名称\n示例甲（练习）店\n示例乙（练习）店\n")));
  const auto first = library.subjects()[0];
  const auto tag = library.store->put_tag({0, std::string(kWatchGroup), "重点监管"}, kImporter).value();
  ASSERT_TRUE(library.store->set_tag(first.id, tag, true, kImporter));
  const auto done = library.import(library.file("g.csv", "名称,地址,行政处罚\n示例甲（练习）店,练习市1号,\n示例乙（练习）店,练习市2号,\n示例丙（练习）店,练习市3号,警告\n示例丙（练习）店,练习市3号,罚款\n")).value();
  const auto notices = library.store->notices({}).value();
  ASSERT_EQ(notices.size(), 1u) << "what is new with this file is no hit, however often it stands in it";
  EXPECT_EQ(notices[0].text, "第 2 行 重点监管");
  EXPECT_EQ(notices[0].subject, first.id);
  ASSERT_TRUE(undo_import(library.place(), done.batch, kImporter));
  EXPECT_EQ(library.store->unseen_notices().value(), 0) << "of an import that was taken back nobody is told";
}

}  // namespace
}  // namespace guzheng
