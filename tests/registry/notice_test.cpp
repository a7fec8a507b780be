// Notices of hits, decisions that can be taken back, two subjects that are one, values that an import brings. 
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/registry/match.h"
#include "core/registry/merge.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;
const Act kOther{"李乙 执法-02", "看过"};

SubjectId put(const test::Library& library, const std::string& name, const std::string& code = "", std::int64_t unit = 0) {
  SubjectRow row;
  row.subject.name = name;
  row.subject.credit_code = code;
  row.subject.unit = unit;
  return library.store->add(row, kOfficer).value();
}

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

// proposals within the library; what was decided is not proposed again, from either side, and is forgotten by an undo.
TEST(Alike, proposed_until_decided_from_either_side) {
  test::Library library;
  auto& store = *library.store;
  const auto a = put(library, "青禾市瑞丰食品有限公司（练习）", "91990101MA00000011"), b = put(library, "青禾瑞丰食品有限责任公司（练习）");
  put(library, "青禾市瑞丰食品有限公司（练习）", "91990101MA00000099");
  library.follow();
  const auto one = store.get(a).value(), two = store.get(b).value();
  const auto ids = [](const std::vector<MatchProposal>& all) {
    std::vector<SubjectId> out;
    for (const auto& p : all) out.push_back(p.id);
    return out;
  };
  EXPECT_THAT(ids(alike_subjects(store, one).value()), testing::ElementsAre(b)) << "another code is another subject";
  EXPECT_THAT(ids(alike_subjects(store, two).value()), testing::Contains(a));
  ASSERT_TRUE(store.decide_match(incoming_key(two), a, false, kOfficer));
  EXPECT_THAT(ids(alike_subjects(store, one).value()), testing::IsEmpty());
  EXPECT_THAT(ids(alike_subjects(store, two).value()), testing::Not(testing::Contains(a)));
  ASSERT_TRUE(store.forget_decision(incoming_key(two), a, kOfficer));
  EXPECT_EQ(store.forget_decision(incoming_key(two), a, kOfficer).error().kind, ErrorKind::NotFound);
  EXPECT_THAT(ids(alike_subjects(store, one).value()), testing::ElementsAre(b));
  EXPECT_TRUE(store.verify_changes());
}

// a confirmed match: one subject has all of both, rows like the other find it; undone, both are as they were.
TEST(Merge, one_has_all_and_back) {
  test::Library library;
  auto& store = *library.store;
  SubjectRow row;
  row.subject.name = "青禾瑞丰食品（练习）";
  row.subject.address = "青禾市人和路1号";
  row.entries = {{0, EntryKind::WebShop, "瑞丰店", "练习商城", "https://a.invalid/1", "", 0, {}, Reach::Unchecked, false, ""}};
  const auto from = store.add(row, kOfficer).value();
  ASSERT_TRUE(store.add_record(from, {0, RecordKind::Complaint, {1'000}, "投诉甲", "", "", ""}, kOfficer));
  const auto tag = store.put_tag({0, "品类", "食品"}, kOfficer).value();
  ASSERT_TRUE(store.set_tag(from, tag, true, kOfficer));
  const auto into = put(library, "青禾市瑞丰食品有限公司（练习）", "91990101MA00000011");
  library.follow();
  const auto was = store.get(into).value(), other = store.get(from).value();
  EXPECT_EQ(merge_subjects(store, into, into, kOfficer).error().kind, ErrorKind::Invalid);
  const auto merged = merge_subjects(store, from, into, kOfficer).value();
  library.follow();
  const auto now = store.get(into).value();
  EXPECT_EQ(now.name, was.name);
  EXPECT_EQ(now.short_name, other.name) << "the name that goes is still found";
  EXPECT_EQ(now.address, other.address);
  ASSERT_EQ(store.entries(into).value().size(), 1u);
  ASSERT_EQ(store.records(into).value().size(), 1u);
  EXPECT_EQ(store.tags_of(into).value().size(), 1u);
  EXPECT_EQ(store.get(from).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store.bounds().value().count, 1);
  EXPECT_EQ(match_subject(store, other, false).value().id, into) << "a row like it means the one that stayed";
  ASSERT_TRUE(unmerge_subjects(store, merged, kOfficer));
  library.follow();
  EXPECT_EQ(store.get(into).value(), was);
  EXPECT_EQ(store.get(from).value(), other);
  EXPECT_TRUE(store.entries(into).value().empty());
  EXPECT_TRUE(store.records(into).value().empty());
  EXPECT_TRUE(store.tags_of(into).value().empty());
  EXPECT_EQ(store.entries(from).value().size(), 1u);
  EXPECT_FALSE(store.match_decision(merged.decided, into).value());
  EXPECT_TRUE(store.verify_changes());
}

// values that an import brings stand beside those that are there, and go with it; what somebody wrote since stays.
TEST(Sensitive, brought_by_a_batch_and_taken_back) {
  test::Library library;
  auto& store = *library.store;
  const SensitiveValue old{SensitiveKind::Phone, "10000000001"}, fresh{SensitiveKind::Phone, "10000000002"}, identity{SensitiveKind::IdentityNumber, "990101200001019999"};
  const auto id = put(library, "甲商行（练习）");
  ASSERT_TRUE(store.set_sensitive(id, {old}, kOfficer));
  const auto bring = [&](bool fill_only) {
    auto session = store.begin_import("a.csv", kOfficer).value();
    EXPECT_TRUE(session->add_sensitive(id, {old, fresh, identity}, fill_only));
    return session->finish("").value().id;
  };
  const auto filled = bring(true);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), (std::vector<SensitiveValue>{old, identity})) << "it has a phone already";
  ASSERT_TRUE(store.undo(filled, kOfficer));
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), std::vector<SensitiveValue>{old});
  const auto beside = bring(false);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), (std::vector<SensitiveValue>{old, fresh, identity}));
  EXPECT_EQ(store.find_sensitive(fresh, kOfficer).value(), std::vector<SubjectId>{id});
  const auto history = store.history(id).value();
  for (const auto& change : history) EXPECT_EQ((change.before + change.after).find("1000000"), std::string::npos);
  ASSERT_TRUE(store.set_sensitive(id, {fresh}, kOther));
  const auto report = store.undo(beside, kOfficer).value();
  EXPECT_EQ(report.kept_count, 1);
  EXPECT_EQ(store.sensitive(id, kOfficer).value(), std::vector<SensitiveValue>{fresh});
}

// A-5.2c: begun days count whole; the abnormal library has its own cycle; what was never checked is not late but unchecked.
TEST(Fresh, days_overdue) {
  constexpr std::int64_t day = 24ll * 3600 * 1000;
  Entry entry;
  const RefreshCycle cycle{30, 7};
  EXPECT_EQ(overdue_days(entry, cycle, {100 * day}), 0);
  entry.checked = {10 * day};
  EXPECT_EQ(overdue_days(entry, cycle, {40 * day}), 0);
  EXPECT_EQ(overdue_days(entry, cycle, {40 * day + 1}), 1);
  EXPECT_EQ(overdue_days(entry, cycle, {41 * day}), 1);
  EXPECT_EQ(overdue_days(entry, cycle, {41 * day + 1}), 2);
  entry.abnormal = true;
  EXPECT_EQ(overdue_days(entry, cycle, {17 * day}), 0);
  EXPECT_EQ(overdue_days(entry, cycle, {40 * day}), 23);
}

}  // namespace
}  // namespace guzheng
