// Notices of hits: to whom, read by whom, gone with their batch.
#include <gtest/gtest.h>

#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;
using test::put;
const Act kOther{"李乙 执法-02", "看过"};

// a hit is told to the unit concerned, and who read it and when is kept with it.
TEST(Notices, by_unit_read_by_whom_and_when) {
  test::Library library;
  auto& store = *library.store;
  const auto east = store.put_unit({0, "城东所", "01"}, kOfficer).value(), west = store.put_unit({0, "城西所", "02"}, kOfficer).value();
  const auto a = put(library, "甲商行（练习）", "", east), b = put(library, "乙商行（练习）", "", west), c = put(library, "丙商行（练习）");
  for (const auto id : {a, b, c, a}) ASSERT_TRUE(store.raise_notice(id, "新的投诉"));
  EXPECT_EQ(store.unseen_notices().value(), 4);
  EXPECT_EQ(store.unseen_notices(east).value(), 2);
  EXPECT_EQ(store.unseen_notices(0).value(), 1) << "of a subject that no unit watches over";
  const auto of_east = store.notices(east).value();
  ASSERT_EQ(of_east.size(), 2u);
  EXPECT_EQ(of_east[0].subject_name, "甲商行（练习）");
  library.clock.advance_ms(60'000);
  ASSERT_TRUE(store.see_notices({of_east[0].id, of_east[1].id}, kOther));
  EXPECT_EQ(store.unseen_notices().value(), 2);
  EXPECT_TRUE(store.notices(east).value().empty());
  const auto all = store.notices({}, false).value();
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].seen_by, kOther.who);
  EXPECT_EQ(all[0].seen, library.clock.wall());
  EXPECT_EQ(store.see_notice(all[0].id, kOfficer).error().kind, ErrorKind::NotFound) << "read once: the first reader stays";
  EXPECT_EQ(store.notices({}, false).value()[0].seen_by, kOther.who);
  EXPECT_EQ(store.history(a).value()[0].what, "notice") << "in the chained changes";
  EXPECT_TRUE(store.verify_changes());
}

// raised in the transaction of what was matched: not there before it, gone with it, and kept when somebody has read it.
TEST(Notices, come_and_go_with_their_batch) {
  test::Library library;
  auto& store = *library.store;
  const auto id = put(library, "甲商行（练习）");
  {
    auto session = store.begin_import("a.csv", kOfficer).value();
    ASSERT_TRUE(session->add_record(id, {0, RecordKind::Penalty, {}, "罚款", "", "", ""}));
    ASSERT_TRUE(session->raise_notice(id, "罚款"));
    EXPECT_EQ(store.unseen_notices().value(), 0) << "not before it is durable";
  }
  EXPECT_EQ(store.unseen_notices().value(), 0) << "nothing was committed, so nobody is told";
  EXPECT_TRUE(store.records(id).value().empty());
  ASSERT_TRUE(store.undo(store.batches().value()[0].id, kOfficer));
  auto session = store.begin_import("b.csv", kOfficer).value();
  ASSERT_TRUE(session->raise_notice(id, "一"));
  ASSERT_TRUE(session->raise_notice(id, "二"));
  const auto batch = session->finish("").value().id;
  session.reset();
  const auto there = store.notices({}).value();
  ASSERT_EQ(there.size(), 2u);
  ASSERT_TRUE(store.see_notice(there[1].id, kOther));
  ASSERT_TRUE(store.undo(batch, kOfficer));
  const auto left = store.notices({}, false).value();
  ASSERT_EQ(left.size(), 1u) << "what somebody has read is not unread by an undo";
  EXPECT_EQ(left[0].text, "一");
}

TEST(Notices, who_is_watched) {
  test::Library library;
  auto& store = *library.store;
  const auto id = put(library, "甲商行（练习）");
  EXPECT_EQ(store.watched_as(id).value(), "");
  const auto no = store.put_entry(id, {0, EntryKind::WebShop, "甲店", "练习商城", "", "", 0, {}, Reach::Unchecked, false, ""}, kOfficer).value();
  ASSERT_TRUE(store.set_abnormal(id, no, true, {kOfficer.who, "打不开"}));
  EXPECT_EQ(store.watched_as(id).value(), "异常库");
  ASSERT_TRUE(store.set_tag(id, store.put_tag({0, "品类", "食品"}, kOfficer).value(), true, kOfficer));
  ASSERT_TRUE(store.set_tag(id, store.put_tag({0, std::string(kWatchGroup), "重点监管"}, kOfficer).value(), true, kOfficer));
  EXPECT_EQ(store.watched_as(id).value(), "重点监管");
}

}  // namespace
}  // namespace guzheng
