// An import is one thing: durable in steps, resumed, taken back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/registry/key_map.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::asking;
using test::count_of;
using test::kOfficer;
using test::kOther;
using test::named;

// an import is one thing, and can be taken back as one
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

}  // namespace
}  // namespace guzheng
