// The subject library: what changes is kept, what was imported can be taken back, nothing is lost. A-5.2, A-5.3, A-5.4
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "core/registry/fold.h"
#include "core/registry/key_map.h"
#include "core/registry/schema.h"
#include "core/registry/sensitive_journal.h"
#include "core/registry/unit_rules.h"
#include "core/sql/connection.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::kOfficer;
const Act kOther{"李乙 执法-02", "核对"};

SubjectRow named(const std::string& name) {
  SubjectRow row;
  row.subject.name = name;
  return row;
}
SubjectQuery asking(const std::string& text) {
  SubjectQuery query;
  query.text = text;
  return query;
}
std::int64_t count_of(const SubjectStore& store, const std::string& text) { return store.search(asking(text)).value().count; }

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

// A-4.3: an import is one thing, and can be taken back as one
TEST(Import, taken_back_as_a_whole) {
  test::Library library;
  const auto before = library.fill(50);
  const auto old = library.store->page(0, 100).value();
  auto session = library.store->begin_import("second.csv", kOther).value();
  EXPECT_EQ(library.store->begin_import("third.csv", kOther).error().kind, ErrorKind::Exists);
  Subject changed = old[3];
  changed.name = "新名称商行（练习）";
  changed.state = SubjectState::Revoked;
  ASSERT_TRUE(session->change(changed));
  Subject both = old[4];
  both.address = "导入的地址 1 号";
  ASSERT_TRUE(session->change(both));
  Entry entry;
  entry.name = "新店";
  ASSERT_TRUE(session->put_entry(old[5].id, entry));
  ASSERT_TRUE(session->add_record(old[6].id, {0, RecordKind::Complaint, {9}, "投诉", "", "", ""}));
  SubjectId kept = 0;
  for (std::uint64_t n = 100; n < 150; ++n) kept = session->add(practice_subject(7, n)).value();
  const auto batch = session->finish("{}").value();
  session.reset();
  library.follow();
  EXPECT_EQ(batch.added, 50);
  EXPECT_EQ(batch.changed, 4);
  EXPECT_EQ(batch.state, BatchState::Done);
  EXPECT_EQ(library.store->history(kept).value().back().who, kOther.who) << "an imported subject knows who brought it";
  EXPECT_EQ(library.store->history(old[3].id).value()[0].batch, batch.id);
  // somebody works on what was imported
  Subject touched = library.store->get(kept).value();
  touched.category = "茶叶";
  ASSERT_TRUE(library.store->change(touched, kOfficer));
  both.address = "人工核对的地址 2 号";
  ASSERT_TRUE(library.store->change(both, kOfficer));

  int stops = 0;
  EXPECT_EQ(library.store->undo(batch.id, kOfficer, [&](std::int64_t, std::int64_t) { return ++stops > 1; }).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(library.store->batch(batch.id).value().state, BatchState::Undoing);
  library.open();                                                // the program ended within
  EXPECT_GT(library.store->search(asking("练习")).value().behind, 0) << "half an undo is not a whole index";
  const auto report = library.store->undo(batch.id, kOfficer).value();
  EXPECT_EQ(report.removed, 49);
  EXPECT_THAT(report.kept, testing::Contains(kept));
  library.follow();
  EXPECT_EQ(library.store->batch(batch.id).value().state, BatchState::Undone);
  EXPECT_EQ(library.store->undo(batch.id, kOfficer).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(library.store->get(old[3].id).value(), old[3]);
  EXPECT_EQ(library.store->get(old[4].id).value().address, both.address) << "a later hand is not undone";
  EXPECT_TRUE(library.store->records(old[6].id).value().empty());
  EXPECT_EQ(library.store->bounds().value().count, 51);
  EXPECT_EQ(count_of(*library.store, "练习"), 51);
  EXPECT_EQ(count_of(*library.store, "新名称"), 0);
  EXPECT_EQ(count_of(*library.store, "导入的"), 0);
  EXPECT_TRUE(library.store->verify_changes());
  ASSERT_TRUE(library.store->undo(before, kOfficer));
  library.follow();
  EXPECT_GE(library.store->bounds().value().count, 4) << "what a later hand touched stays";
}

TEST(Import, one_undo_stopped_and_another_done_between) {
  test::Library library;
  library.fill(2300);                                            // more than one transaction's worth of changes
  const auto rename = [&](SubjectId from, SubjectId to, const std::string& name) {
    auto session = library.store->begin_import(name, kOther).value();
    for (SubjectId id = from; id < to; ++id) {
      Subject subject = library.store->get(id).value();
      subject.name = name;
      EXPECT_TRUE(session->change(subject));
    }
    return session->finish("").value().id;
  };
  const auto names = [&] {
    std::vector<std::string> out;
    for (SubjectId id = 1; id <= 2300; ++id) out.push_back(library.store->get(id).value().name);
    return out;
  };
  const auto before = names();
  const auto first = rename(1, 50, "甲改（练习）"), second = rename(51, 2301, "乙改（练习）");
  EXPECT_EQ(library.store->undo(second, kOfficer, [](auto, auto) { return false; }).error().kind, ErrorKind::Cancelled);
  ASSERT_TRUE(library.store->undo(first, kOfficer));
  EXPECT_GT(library.store->index_progress().value().behind, 0) << "one is still half done";
  ASSERT_TRUE(library.store->undo(second, kOfficer));
  EXPECT_EQ(names(), before);
  library.follow();
  EXPECT_EQ(count_of(*library.store, "乙改"), 0);
}

TEST(Import, broken_off_and_resumed) {
  test::Library library;
  {
    auto session = library.store->begin_import("big.jsonl", kOfficer).value();
    for (std::uint64_t n = 0; n < 10; ++n) ASSERT_TRUE(session->add(practice_subject(3, n)));
    ASSERT_TRUE(session->commit_at("line 10"));
    for (std::uint64_t n = 10; n < 15; ++n) ASSERT_TRUE(session->add(practice_subject(3, n)));
  }
  library.open();
  const auto batch = library.store->batches().value().at(0);
  EXPECT_EQ(batch.state, BatchState::Open);
  EXPECT_EQ(batch.mark, "line 10");
  EXPECT_EQ(library.store->bounds().value().count, 10) << "what was not committed is gone";
  auto session = library.store->resume_import(batch.id).value();
  const std::string code = practice_subject(3, 12).subject.credit_code;
  EXPECT_EQ(session->added_under(code), 0);
  for (std::uint64_t n = 10; n < 20; ++n) ASSERT_TRUE(session->add(practice_subject(3, n)));
  EXPECT_NE(session->added_under(code), 0);
  EXPECT_EQ(session->finish("").value().added, 20);
  session.reset();
  EXPECT_EQ(library.store->resume_import(batch.id).error().kind, ErrorKind::Invalid);
  library.follow();
  EXPECT_EQ(count_of(*library.store, "练习"), 20);
  ASSERT_TRUE(library.store->undo(batch.id, kOfficer));
  EXPECT_EQ(library.store->bounds().value().count, 0);
}

TEST(Import, keys_of_many_rows) {
  KeyMap map;
  EXPECT_EQ(map.find(7), 0);
  for (std::int64_t i = 1; i <= 5000; ++i) map.add(static_cast<std::uint64_t>(i) * 1024, i);       // all of one place at first
  map.add(1024, 99);
  for (std::int64_t i = 1; i <= 5000; ++i) ASSERT_EQ(map.find(static_cast<std::uint64_t>(i) * 1024), i);
  EXPECT_EQ(map.find(3), 0);
}

// Hands and imports at once: nobody waits for the whole import, and the index misses nothing.
TEST(Import, beside_hands_and_readers) {
  test::Library library;
  std::atomic<bool> done{false};
  std::thread importer([&] {
    auto session = library.store->begin_import("a.csv", kOfficer).value();
    for (std::uint64_t n = 0; n < 20'000; ++n) ASSERT_TRUE(session->add(practice_subject(2, n)));
    ASSERT_TRUE(session->finish(""));
    done = true;
  });
  std::thread follower([&] {
    while (!done) ASSERT_TRUE(library.store->follow(3000));
  });
  int by_hand = 0;
  std::vector<SubjectId> ids;
  while (!done || by_hand < 20) {
    const auto id = library.store->add(named("手工" + std::to_string(by_hand++) + "（练习）"), kOther).value();
    Subject subject = library.store->get(id).value();
    subject.address = "改过的地址";
    ASSERT_TRUE(library.store->change(subject, kOther));
    ASSERT_TRUE(library.store->search(asking("手工")));
    ids.push_back(id);
  }
  importer.join();
  follower.join();
  library.follow();
  std::int64_t found = 0;
  ASSERT_TRUE(library.store->each_match(asking("练习"), [&](SubjectId) { return ++found > 0; }));
  EXPECT_EQ(found, 20'000 + by_hand);
  std::vector<SubjectId> hand;
  ASSERT_TRUE(library.store->each_match(asking("手工 改过的地址"), [&](SubjectId id) { hand.push_back(id); return true; }));
  EXPECT_EQ(hand, ids);
}

TEST(Index, lost_or_damaged_is_made_anew) {
  test::Library library;
  library.fill(200);
  for (const bool damaged : {false, true}) {
    library.store.reset();
    for (const char* name : {"registry-index-0.sqlite", "registry-index-1.sqlite"})
      for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(library.folder / (std::string(name) + suffix));
    if (damaged) std::ofstream(library.folder / "registry-index-0.sqlite") << std::string(9000, 'x');
    library.open();
    EXPECT_EQ(library.store->search(asking("练习")).value().behind, 200);
    library.follow();
    EXPECT_EQ(count_of(*library.store, "练习"), 200);
  }
}

TEST(Index, many_random_changes_leave_nothing_behind) {
  test::Library library;
  library.fill(300);
  std::uint64_t dice = 1;
  const auto roll = [&](std::uint64_t n) { dice = dice * 6364136223846793005ull + 1442695040888963407ull; return (dice >> 33) % n; };
  for (int step = 0; step < 400; ++step) {
    const SubjectId id = 1 + static_cast<SubjectId>(roll(300));
    auto subject = library.store->get(id);
    if (!subject) {
      ASSERT_TRUE(library.store->restore(id, kOfficer));
      continue;
    }
    if (roll(6) == 0) {
      ASSERT_TRUE(library.store->remove(id, kOfficer));
      continue;
    }
    const auto other = practice_subject(11, roll(1000));
    subject->name = other.subject.name;
    subject->address = other.subject.address;
    ASSERT_TRUE(library.store->change(*subject, kOfficer));
    if (other.entries.empty()) continue;
    Entry entry = other.entries[0];
    entry.no = 0;
    ASSERT_TRUE(library.store->put_entry(id, entry, kOfficer));
  }
  library.follow();
  // the same rows in an index that was made in one go
  const auto answers = [&] {
    std::vector<std::vector<SubjectId>> out;
    for (const auto* text : {"茶叶", "青禾", "路1", "旗舰店", "lxd", "sh", "92", "有限公司", "瑞", "990101"}) {
      std::vector<SubjectId> ids;
      EXPECT_TRUE(library.store->each_match(asking(text), [&](SubjectId id) { ids.push_back(id); return true; }));
      out.push_back(ids);
    }
    return out;
  };
  const auto grown = answers();
  library.store.reset();
  for (const char* name : {"registry-index-0.sqlite", "registry-index-1.sqlite"})
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(library.folder / (std::string(name) + suffix));
  library.open();
  library.follow();
  EXPECT_EQ(answers(), grown);
  ASSERT_TRUE(library.store->settle());
  EXPECT_EQ(answers(), grown);
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

// A-5.4b: tags that were there when the index first saw their subjects are taken off one by one, and then the subjects themselves
TEST(Index, more_goes_than_rows_came) {
  for (const std::uint64_t count : {3u, 1500u}) {                // through the table, and as a segment
    test::Library library;
    std::vector<std::int64_t> tags;
    for (const char* name : {"甲", "乙"}) tags.push_back(library.store->put_tag({0, "组", name, 0}, kOfficer).value());
    std::vector<SubjectId> ids;
    {
      auto session = library.store->begin_import("rows", kOfficer).value();
      for (std::uint64_t n = 0; n < count; ++n) ids.push_back(session->add(practice_subject(7, n)).value());
      ASSERT_TRUE(session->finish("{}"));
    }
    for (const auto tag : tags) ASSERT_TRUE(library.store->tag_these(ids, tag, true, kOfficer));
    library.store.reset();
    for (const char* name : {"registry-index-0.sqlite", "registry-index-1.sqlite"})
      for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(library.folder / (std::string(name) + suffix));
    library.open();
    library.follow();
    for (const auto tag : tags) {
      ASSERT_TRUE(library.store->tag_these(ids, tag, false, kOfficer));
      library.follow();
    }
    auto query = asking("练习");
    EXPECT_EQ(library.store->search(query).value().count, std::min<std::int64_t>(static_cast<std::int64_t>(count), 1000));
    query.filter.tags = {tags[0]};
    EXPECT_EQ(library.store->search(query).value().count, 0);
    ids.resize(std::min<std::size_t>(ids.size(), 3));
    for (const auto id : ids) ASSERT_TRUE(library.store->remove(id, kOfficer));
    library.follow();
    EXPECT_EQ(library.store->search(asking("练习")).value().count, std::min<std::int64_t>(static_cast<std::int64_t>(count) - 3, 1000));
  }
}

// A-5.4b: the program ended between the index's step and the library's note of it; an index of the version before; an index that is lost
TEST(Index, tags_after_a_crash_and_in_an_index_made_anew) {
  test::Library library;
  library.fill(600);
  const auto tag = library.store->put_tag({0, "直播基地", "青禾一号", 0}, kOfficer).value();
  std::vector<SubjectId> ids;
  for (SubjectId id = 1; id <= 600; ++id)
    if (id % 5 != 0) ids.push_back(id);                          // more than are looked at one by one
  ASSERT_TRUE(library.store->tag_these(ids, tag, true, kOfficer));
  library.follow();
  auto query = asking("练习");
  query.filter.tags = {tag};
  const auto answer = [&] {
    std::vector<SubjectId> out;
    EXPECT_TRUE(library.store->each_match(query, [&](SubjectId id) { out.push_back(id); return true; }));
    return out;
  };
  ASSERT_EQ(answer(), ids);
  library.store.reset();
  {
    const auto sql = SqlConnection::open(library.folder / "registry.sqlite", registry_migrations()).value();
    ASSERT_TRUE(sql->run("INSERT INTO tag_pending(seq,tag,subject,was) VALUES(1,1,1,0),(2,1,2,0)"));
  }
  library.open();
  EXPECT_EQ(library.store->index_progress().value().behind, 0) << "the index had done these";
  EXPECT_EQ(answer(), ids);
  for (const bool old_version : {false, true}) {
    library.store.reset();
    for (const char* name : {"registry-index-0.sqlite", "registry-index-1.sqlite"}) {
      for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(library.folder / (std::string(name) + suffix));
      if (old_version) { ASSERT_TRUE(SqlConnection::open(library.folder / name, {registry_index_migrations()[0]})); }
    }
    library.open();
    EXPECT_GT(library.store->index_progress().value().behind, 0);
    library.follow();
    EXPECT_EQ(answer(), ids);
    ASSERT_TRUE(library.store->remove(ids[0], kOfficer));
    library.follow();
    ids.erase(ids.begin());
    EXPECT_EQ(answer(), ids);
  }
}

// A-5.4
TEST(Tags, library_groups_bulk_and_undo) {
  test::Library library;
  library.fill(300);
  const auto base = library.store->put_tag({0, "直播基地", "青禾一号", 0}, kOfficer).value();
  EXPECT_EQ(library.store->put_tag({0, "直播基地", "青禾一号", 0}, kOfficer).error().kind, ErrorKind::Exists);
  const auto park = library.store->put_tag({0, "电商园区", "青禾一号", 0}, kOfficer).value();
  ASSERT_TRUE(library.store->set_tag(1, base, true, kOfficer));
  ASSERT_TRUE(library.store->set_tag(1, park, true, kOfficer));
  EXPECT_EQ(library.store->tags_of(1).value().size(), 2u);
  SubjectQuery query;
  query.filter.kinds = {SubjectKind::Company};
  std::vector<SubjectId> companies;
  ASSERT_TRUE(library.store->each_match(query, [&](SubjectId id) { companies.push_back(id); return true; }));
  const auto batch = library.store->tag_all(query, base, true, kOther).value();
  const auto carried = [&] {
    SubjectQuery tagged;
    tagged.filter.tags = {base};
    return library.store->search(tagged).value().count;
  };
  const auto tag_count = [&] { const auto tags = library.store->tags().value(); return std::find_if(tags.begin(), tags.end(), [&](const Tag& t) { return t.id == base; })->count; };
  const std::int64_t expected = static_cast<std::int64_t>(companies.size()) + (std::count(companies.begin(), companies.end(), 1) == 0);
  EXPECT_EQ(carried(), expected);
  EXPECT_EQ(tag_count(), expected);
  EXPECT_EQ(library.store->remove_tag(base, kOfficer).error().kind, ErrorKind::Denied);
  ASSERT_TRUE(library.store->undo(batch, kOfficer));
  EXPECT_EQ(carried(), 1) << "who had it before keeps it";
  EXPECT_EQ(tag_count(), 1);
  ASSERT_TRUE(library.store->set_tag(1, base, false, kOfficer));
  ASSERT_TRUE(library.store->remove_tag(base, kOfficer));
  ASSERT_TRUE(library.store->put_tag({park, "MCN 机构", "青禾", 0}, kOfficer));
  EXPECT_EQ(library.store->tags_of(1).value().at(0).group, "MCN 机构");
  EXPECT_EQ(library.store->set_tag(1, 99, true, kOfficer).error().kind, ErrorKind::NotFound);
}

// A-5.2a
TEST(Units, the_rule_that_fits_best) {
  const std::vector<UnitRule> rules{{1, "", "", "", 1}, {2, "99", "", "", 2}, {3, "9901", "", "", 3}, {4, "9901", "F52", "", 4}, {5, "9901", "F52", "练习直播", 5}, {6, "9901", "F52", "练习直播", 6}};
  EXPECT_EQ(propose_unit(rules, "110101", "", ""), 1);
  EXPECT_EQ(propose_unit(rules, "990201", "F5226", "练习直播"), 2);
  EXPECT_EQ(propose_unit(rules, "990101", "H6210", "练习直播"), 3);
  EXPECT_EQ(propose_unit(rules, "990101", "F5226", "练习商城"), 4);
  EXPECT_EQ(propose_unit(rules, "990101", "F5226", "练习直播"), 5) << "the first of equals";
  EXPECT_EQ(propose_unit({}, "990101", "", ""), 0);
  test::Library library;
  for (const auto& unit : practice_units()) ASSERT_TRUE(library.store->put_unit(unit, kOfficer));
  ASSERT_TRUE(library.store->set_unit_rules(practice_unit_rules(), kOfficer));
  library.open();
  const auto kept = library.store->unit_rules().value();
  const auto row = practice_subject(1, 5);
  EXPECT_EQ(propose_unit(kept, row.subject.region, row.subject.industry, ""), row.subject.unit);
  EXPECT_EQ(library.store->set_unit_rules({{0, "", "", "", 9999}}, kOfficer).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(library.store->unit_rules().value().size(), kept.size()) << "all or nothing";
  SubjectRow mine = named("甲（练习）");
  mine.subject.unit = 4;
  const auto id = library.store->add(mine, kOfficer).value();
  ASSERT_TRUE(library.store->raise_notice(id, "名称与失信名单相符"));
  const auto notice = library.store->notices(4).value().at(0);
  EXPECT_EQ(notice.subject, id);
  ASSERT_TRUE(library.store->see_notice(notice.id, kOfficer));
  EXPECT_TRUE(library.store->notices(4).value().empty());
  EXPECT_EQ(library.store->notices(4, false).value().size(), 1u);
}

// A-5.2b, A-5.2c
TEST(Fresh, cycles_overdue_and_the_abnormal_library) {
  test::Library library;
  constexpr std::int64_t kDay = 24ll * 3600 * 1000;
  SubjectRow row = named("甲（练习）");
  row.entries.resize(3);
  row.entries[0].checked = {library.clock.wall().ms - 31 * kDay};
  row.entries[1].checked = {library.clock.wall().ms - 29 * kDay};
  const auto id = library.store->add(row, kOfficer).value();
  const auto due = [&](bool abnormal) {
    std::vector<int> out;
    const auto entries = library.store->overdue(abnormal).value();
    for (const auto& one : entries) out.push_back(one.entry.no);
    return out;
  };
  EXPECT_EQ(due(false), (std::vector<int>{3, 1})) << "never checked comes first";
  EXPECT_EQ(library.store->overdue_count(false).value(), std::pair(std::int64_t{2}, false));
  EXPECT_EQ(library.store->set_cycle({29, 7}, kOfficer).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(library.store->set_cycle({46, 7}, kOfficer).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(library.store->set_cycle({30, 0}, kOfficer).error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(library.store->set_cycle({45, 3}, kOfficer));
  library.open();
  EXPECT_EQ(library.store->cycle().value(), (RefreshCycle{45, 3}));
  EXPECT_EQ(due(false), std::vector<int>{3});
  ASSERT_TRUE(library.store->checked(id, 3, Reach::Gone, kOfficer));
  EXPECT_EQ(due(false), std::vector<int>{});
  EXPECT_EQ(library.store->set_abnormal(id, 3, true, {kOfficer.who, ""}).error().kind, ErrorKind::Invalid) << "never without a reason";
  ASSERT_TRUE(library.store->set_abnormal(id, 3, true, {kOfficer.who, "链接已失效"}));
  EXPECT_EQ(library.store->set_abnormal(id, 3, true, {kOfficer.who, "again"}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(library.store->abnormal_entries().value().at(0).entry.why, "链接已失效");
  SubjectQuery query;
  query.filter.abnormal = true;
  EXPECT_EQ(library.store->search(query).value().count, 1);
  EXPECT_EQ(due(true), std::vector<int>{});
  library.clock.advance_ms(4 * kDay);
  EXPECT_EQ(due(true), std::vector<int>{3}) << "its own cycle";
  ASSERT_TRUE(library.store->set_abnormal(id, 3, false, {kOfficer.who, "恢复正常"}));
  EXPECT_EQ(library.store->search(query).value().count, 0);
  EXPECT_EQ(library.store->history(id).value()[0].why, "恢复正常");
  library.clock.advance_ms(60 * kDay);
  EXPECT_EQ(due(false).size(), 3u);
  ASSERT_TRUE(library.store->remove(id, kOfficer));
  EXPECT_TRUE(due(false).empty()) << "who is removed is not checked";
}

std::string all_bytes(const fs::path& folder) {
  std::string out;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    out.append(std::istreambuf_iterator<char>(in), {});
  }
  return out;
}

// A-8.2: phones and identity numbers lie in no file in clear, are found only whole, and reading them is journalled
TEST(Sensitive, encrypted_found_whole_and_journalled) {
  test::Library library;
  const std::string phone = "10001234567", identity = "990101200001019999";
  SubjectRow row = named("甲商行（练习）");
  row.sensitive = {{SensitiveKind::Phone, phone}, {SensitiveKind::IdentityNumber, identity}};
  const auto id = library.store->add(row, kOfficer).value();
  auto session = library.store->begin_import("a.csv", kOfficer).value();
  ASSERT_TRUE(session->add(row));
  ASSERT_TRUE(session->finish(""));
  session.reset();
  library.follow();
  const std::string bytes = all_bytes(library.folder);
  EXPECT_NE(bytes.find("甲商行"), std::string::npos) << "the search would find what is in clear";
  for (const auto& secret : {phone, identity, phone.substr(2, 7), identity.substr(3, 9)}) EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  EXPECT_EQ(count_of(*library.store, phone), 0);
  EXPECT_EQ(count_of(*library.store, "1000"), 0);
  EXPECT_TRUE(library.journalled.empty());
  EXPECT_EQ(library.store->sensitive(id, kOfficer).value(), row.sensitive);
  ASSERT_EQ(library.journalled.size(), 1u);
  EXPECT_EQ(library.journalled[0]["what"], "read");
  EXPECT_EQ(library.journalled[0]["subject"], id);
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, "+86 1000-123-4567"}, kOfficer).value().size(), 2u);
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, "1000123456"}, kOfficer).value().size(), 0u) << "no part finds";
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::IdentityNumber, phone}, kOfficer).value().size(), 0u);
  EXPECT_EQ(library.journalled.size(), 4u);
  for (const auto& line : library.journalled) EXPECT_EQ(line.dump().find("1234567"), std::string::npos);
  library.journal_fails = true;
  EXPECT_EQ(library.store->sensitive(id, kOfficer).error().kind, ErrorKind::Io) << "what cannot be journalled is not given out";
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, phone}, kOfficer).error().kind, ErrorKind::Io);
  library.journal_fails = false;
  ASSERT_TRUE(library.store->set_sensitive(id, {{SensitiveKind::Phone, "10007654321"}}, kOfficer));
  EXPECT_EQ(library.store->find_sensitive({SensitiveKind::Phone, phone}, kOfficer).value().size(), 1u);
  const auto history = library.store->history(id).value();
  for (const auto& change : history) EXPECT_EQ((change.before + change.after).find("1000"), std::string::npos);
}

TEST(Sensitive, the_operation_log_gets_a_line_and_no_value) {
  test::Library library;
  library.store.reset();
  auto log = OperationLog::open(library.folder / "operations.log", library.clock).value();
  auto store = SubjectStore::open(library.folder, test::library_key(), library.clock, journal_into(*log)).value();
  SubjectRow row = named("甲（练习）");
  row.sensitive = {{SensitiveKind::Phone, "10001234567"}};
  const auto id = store->add(row, kOfficer).value();
  ASSERT_TRUE(store->sensitive(id, kOfficer));
  ASSERT_TRUE(store->find_sensitive(row.sensitive[0], kOfficer));
  const auto lines = read_operation_log(library.folder / "operations.log").value().lines;
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) {
    EXPECT_EQ(line.kind, "op.sensitive");
    EXPECT_NE(line.body.find(kOfficer.who), std::string::npos);
    EXPECT_EQ(line.body.find("1234567"), std::string::npos);
  }
}

TEST(Sensitive, moved_changed_or_under_another_key) {
  test::Library library;
  for (const auto* value : {"10001111111", "10002222222"}) {
    SubjectRow row = named("甲（练习）");
    row.sensitive = {{SensitiveKind::Phone, value}};
    ASSERT_TRUE(library.store->add(row, kOfficer));
  }
  library.store.reset();
  EXPECT_EQ(SubjectStore::open(library.folder, Secret(std::string(32, 'k')), library.clock, {}).error().kind, ErrorKind::Denied);
  EXPECT_EQ(SubjectStore::open(library.folder, Secret("short"), library.clock, {}).error().kind, ErrorKind::Invalid);
  {
    auto sql = SqlConnection::open(library.folder / "registry.sqlite", {}, {true, 4}).value();
    ASSERT_TRUE(sql->run("PRAGMA query_only=0; UPDATE secret SET sealed=(SELECT sealed FROM secret WHERE subject=1) WHERE subject=2"));
  }
  library.open();
  EXPECT_TRUE(library.store->sensitive(1, kOfficer));
  EXPECT_EQ(library.store->sensitive(2, kOfficer).error().kind, ErrorKind::Tampered);
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

}  // namespace
}  // namespace guzheng
