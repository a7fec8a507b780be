// One subject with all it has, and the chain of what was changed. A-5.2a, A-5.3, A-8.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/sql/connection.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::asking;
using test::count_of;
using test::kOfficer;
using test::kOther;
using test::named;

// A-5.2a
TEST(Subjects, added_changed_removed_and_back) {
  test::Library library;
  const auto id = library.store->add(named("青禾瑞丰茶叶店（练习）"), kOfficer).value();
  Subject subject = library.store->get(id).value();
  subject.name = "青禾瑞祥茶叶店（练习）";
  subject.region = "990101";
  library.clock.advance_ms(1000);
  ASSERT_TRUE(library.store->change(subject, kOther));
  EXPECT_EQ(count_of(*library.store, "瑞丰"), 0);
  EXPECT_EQ(count_of(*library.store, "瑞祥"), 1);
  ASSERT_TRUE(library.store->change(subject, kOther)) << "nothing differs";
  ASSERT_TRUE(library.store->remove(id, kOfficer));
  EXPECT_EQ(count_of(*library.store, "瑞祥"), 0);
  EXPECT_EQ(library.store->get(id).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(library.store->change(subject, kOther).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(library.store->bounds().value().count, 0);
  ASSERT_TRUE(library.store->restore(id, kOfficer));
  EXPECT_EQ(library.store->restore(id, kOfficer).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(count_of(*library.store, "瑞祥"), 1);
  const auto history = library.store->history(id).value();
  ASSERT_EQ(history.size(), 4u);
  EXPECT_EQ(history[2].who, kOther.who);
  EXPECT_EQ(history[2].why, kOther.why);
  EXPECT_EQ(history[2].before, R"({"name":"青禾瑞丰茶叶店（练习）","region":""})");
  EXPECT_EQ(history[2].after, R"({"name":"青禾瑞祥茶叶店（练习）","region":"990101"})");
  EXPECT_EQ(history[2].at.ms - history[3].at.ms, 1000);
  EXPECT_EQ(library.store->verify_changes().value(), 4);
}

TEST(Subjects, bad_values_say_which_field) {
  const test::Library library;
  const auto why = [&](const std::function<void(SubjectRow&)>& spoil) {
    SubjectRow row = named("甲（练习）");
    spoil(row);
    const auto added = library.store->add(row, kOfficer);
    EXPECT_FALSE(added);
    return added ? std::string() : added.error().what;
  };
  EXPECT_THAT(why([](auto& r) { r.subject.name.clear(); }), testing::HasSubstr("\"name\" is missing"));
  EXPECT_THAT(why([](auto& r) { r.subject.address = std::string("a\0b", 3); }), testing::HasSubstr("\"address\" holds a control"));
  EXPECT_THAT(why([](auto& r) { r.subject.licences = std::string(5000, 'x'); }), testing::HasSubstr("\"licences\" is longer"));
  EXPECT_THAT(why([](auto& r) { r.subject.category = "\xc0\xaf"; }), testing::HasSubstr("\"category\" is not UTF-8"));
  EXPECT_THAT(why([](auto& r) { r.subject.kind = static_cast<SubjectKind>(99); }), testing::HasSubstr("\"kind\""));
  EXPECT_THAT(why([](auto& r) { r.entries.emplace_back().link = "a\x01"; }), testing::HasSubstr("\"link\""));
  EXPECT_THAT(why([](auto& r) { r.sensitive.push_back({SensitiveKind::Phone, "none"}); }), testing::HasSubstr("digits"));
  EXPECT_EQ(library.store->add(named("甲（练习）"), {"", ""}).error().kind, ErrorKind::Invalid) << "nobody did it";
  EXPECT_EQ(library.store->bounds().value().count, 0);
}

// A-5.2a, A-5.3a: entries by number, which is never given twice
TEST(Subjects, entries) {
  const test::Library library;
  const auto id = library.store->add(named("甲（练习）"), kOfficer).value();
  Entry entry;
  entry.kind = EntryKind::MiniProgram;
  entry.name = "小程序甲";
  entry.platform = "练习小程序平台";
  entry.link = "https://WWW.Practice.invalid/A/";
  EXPECT_EQ(library.store->put_entry(id, entry, kOfficer).value(), 1);
  EXPECT_EQ(library.store->put_entry(id, entry, kOfficer).value(), 2);
  entry.no = 2;
  entry.name = "视频号甲";
  ASSERT_TRUE(library.store->put_entry(id, entry, kOfficer));
  EXPECT_EQ(count_of(*library.store, "视频号"), 1);
  EXPECT_EQ(library.store->by_link("http://practice.invalid/A").value(), std::vector<SubjectId>{id});
  ASSERT_TRUE(library.store->remove_entry(id, 2, kOfficer));
  EXPECT_EQ(count_of(*library.store, "视频号"), 0);
  entry.no = 0;
  EXPECT_EQ(library.store->put_entry(id, entry, kOfficer).value(), 3);
  entry.no = 9;
  EXPECT_EQ(library.store->put_entry(id, entry, kOfficer).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(library.store->entries(id).value().size(), 2u);
  EXPECT_EQ(library.store->history(id).value().size(), 6u);
}

// A-5.3c
TEST(Subjects, records_are_gathered_under_their_subject) {
  const test::Library library;
  const auto a = library.store->add(named("甲（练习）"), kOfficer).value(), b = library.store->add(named("乙（练习）"), kOfficer).value();
  for (int kind = 0; kind < kRecordKinds; ++kind) {
    Record record;
    record.kind = static_cast<RecordKind>(kind);
    record.at = {kind * 1000};
    record.title = "第" + std::to_string(kind) + "件";
    ASSERT_TRUE(library.store->add_record(a, record, kOfficer));
  }
  ASSERT_TRUE(library.store->add_record(b, {0, RecordKind::Complaint, {5}, "投诉", "假冒", "12315", "T-1"}, kOfficer));
  const auto all = library.store->records(a).value();
  ASSERT_EQ(all.size(), 9u);
  EXPECT_EQ(all[0].title, "第8件") << "newest first";
  EXPECT_EQ(library.store->records(a, RecordKind::Penalty).value().size(), 1u);
  EXPECT_EQ(library.store->records(b).value()[0].reference, "T-1");
  EXPECT_EQ(library.store->add_record(77, {0, RecordKind::Case, {}, "x", "", "", ""}, kOfficer).error().kind, ErrorKind::NotFound);
}

TEST(Changes, a_changed_line_is_seen) {
  test::Library library;
  for (const auto* name : {"甲（练习）", "乙（练习）", "丙（练习）"}) ASSERT_TRUE(library.store->add(named(name), kOfficer));
  library.store.reset();
  {
    auto sql = SqlConnection::open(library.folder / "registry.sqlite", {}, {true, 4}).value();
    ASSERT_TRUE(sql->run("PRAGMA query_only=0"));
    EXPECT_FALSE(sql->run("UPDATE change SET who='x' WHERE id=2")) << "changes are only appended";
    EXPECT_FALSE(sql->run("DELETE FROM change WHERE id=2"));
    ASSERT_TRUE(sql->run("DROP TRIGGER change_stays; UPDATE change SET who='x' WHERE id=2"));
  }
  library.open();
  const auto verified = library.store->verify_changes();
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().kind, ErrorKind::Tampered);
  EXPECT_THAT(verified.error().what, testing::HasSubstr("change 2"));
}

TEST(Store, one_program_at_a_time_and_none_older) {
  test::Library library;
  ASSERT_TRUE(library.store->add(named("甲（练习）"), kOfficer));
  EXPECT_EQ(SubjectStore::open(library.folder, test::library_key(), library.clock, {}).error().kind, ErrorKind::Exists);
  for (const auto* file : {"registry.sqlite", "registry-index-0.sqlite"})
    EXPECT_EQ(fs::status(library.folder / file).permissions() & fs::perms::all, fs::perms::owner_read | fs::perms::owner_write);
  library.store.reset();
  {
    auto sql = SqlConnection::open(library.folder / "registry.sqlite", {}, {true, 4}).value();
    ASSERT_TRUE(sql->run("PRAGMA query_only=0; PRAGMA user_version=99"));
  }
  EXPECT_EQ(SubjectStore::open(library.folder, test::library_key(), library.clock, {}).error().kind, ErrorKind::Unsupported);
}

// A-5, practice data: no real name, region or number among them
TEST(Practice, subjects_that_cannot_be_anybody) {
  std::set<std::string> codes;
  for (std::uint64_t n = 0; n < 5000; ++n) {
    const auto row = practice_subject(1, n);
    const Subject& s = row.subject;
    EXPECT_NE(s.name.find("（练习）"), std::string::npos);
    EXPECT_TRUE(s.region.starts_with("99"));
    ASSERT_EQ(s.credit_code.size(), 18u);
    EXPECT_EQ(s.credit_code.substr(2, 6), s.region);
    EXPECT_EQ(s.credit_code.back(), credit_check_character(s.credit_code.substr(0, 17)));
    if (!s.number.empty()) {
      EXPECT_EQ(s.number.back(), number_check_digit(s.number.substr(0, 14)));
    }
    EXPECT_TRUE(codes.insert(s.credit_code).second) << n;
    for (const auto& entry : row.entries) EXPECT_NE(entry.link.find(".invalid/"), std::string::npos);
    for (const auto& value : row.sensitive) EXPECT_TRUE(value.value.starts_with("1000"));
  }
  EXPECT_EQ(practice_subject(1, 77).subject, practice_subject(1, 77).subject);
  EXPECT_EQ(credit_check_character("91350100M000100Y4"), '3') << "the standard's own kind of example";
  EXPECT_EQ(number_check_digit("11010800000001"), '6');
}

// A-4.4: what many small questions in turn are asked through: one moment, on the thread that is in it
TEST(Store, reading_sees_one_moment) {
  test::Library library;
  library.fill(3);
  const auto name = [&] { return library.store->get(1).value().name; };
  Subject subject = library.store->get(1).value();
  const std::string before = subject.name;
  subject.name = "后来的（练习）";
  {
    const SubjectStore::Reading reading(*library.store);
    EXPECT_EQ(name(), before);
    ASSERT_TRUE(library.store->change(subject, kOfficer));
    EXPECT_EQ(name(), before) << "written meanwhile";
    EXPECT_EQ(library.store->by_name(before).value(), std::vector<SubjectId>{1}) << "the index too";
    std::thread([&] { EXPECT_EQ(name(), subject.name); }).join();
    const SubjectStore::Reading within(*library.store);
    EXPECT_EQ(name(), before);
  }
  EXPECT_EQ(name(), subject.name);
  library.follow();
  EXPECT_TRUE(library.store->by_name(before).value().empty());
}

}  // namespace
}  // namespace guzheng
