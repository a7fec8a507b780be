// Two subjects that are one: proposed, decided, merged, and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/registry/match.h"
#include "core/registry/merge.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;
using test::kOther;
using test::put;

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

// A-7.2a, A-8.2: the one that stays has the numbers of both, sealed for it; an undo takes them from it again; each of it has its line in the journal, without a value
TEST(Merge, sensitive_values_go_along_and_come_back) {
  test::Library library;
  auto& store = *library.store;
  const SensitiveValue mine{SensitiveKind::Phone, "10000000001"}, theirs{SensitiveKind::Phone, "10000000002"}, identity{SensitiveKind::IdentityNumber, "990101200001019999"};
  const auto into = put(library, "青禾市瑞丰食品有限公司（练习）"), from = put(library, "青禾瑞丰食品（练习）");
  ASSERT_TRUE(store.set_sensitive(into, {mine}, kOfficer));
  ASSERT_TRUE(store.set_sensitive(from, {mine, theirs, identity}, kOfficer));
  library.journal_fails = true;
  EXPECT_EQ(merge_subjects(store, from, into, kOfficer).error().kind, ErrorKind::Io) << "no line, no opened value";
  library.journal_fails = false;
  EXPECT_EQ(store.sensitive(into, kOfficer).value(), std::vector<SensitiveValue>{mine});
  EXPECT_TRUE(store.get(from)) << "nothing of it was done";
  ASSERT_TRUE(store.undo(store.batches().value()[0].id, kOfficer));
  library.journalled.clear();

  const auto merged = merge_subjects(store, from, into, kOfficer).value();
  ASSERT_EQ(library.journalled.size(), 1u);
  EXPECT_EQ(library.journalled[0]["what"], "move");
  EXPECT_EQ(library.journalled[0]["from"], from);
  EXPECT_EQ(library.journalled[0]["subject"], into);
  EXPECT_EQ(library.journalled[0]["fields"], 3);
  EXPECT_EQ(store.sensitive(into, kOfficer).value(), (std::vector<SensitiveValue>{mine, theirs, identity}));
  EXPECT_EQ(store.find_sensitive(theirs, kOfficer).value(), std::vector<SubjectId>{into});
  library.journalled.clear();

  ASSERT_TRUE(unmerge_subjects(store, merged, kOther));
  ASSERT_EQ(library.journalled.size(), 1u);
  EXPECT_EQ(library.journalled[0]["what"], "take-back");
  EXPECT_EQ(library.journalled[0]["fields"], 2);
  EXPECT_EQ(library.journalled[0]["who"], kOther.who);
  EXPECT_EQ(store.sensitive(into, kOfficer).value(), std::vector<SensitiveValue>{mine});
  EXPECT_EQ(store.sensitive(from, kOfficer).value(), (std::vector<SensitiveValue>{mine, theirs, identity}));
  EXPECT_EQ(store.find_sensitive(theirs, kOfficer).value(), std::vector<SubjectId>{from});
  EXPECT_EQ(store.find_sensitive(mine, kOfficer).value(), (std::vector<SubjectId>{into, from}));
  for (const auto& line : library.journalled) EXPECT_EQ(line.dump().find("1000000000"), std::string::npos);
  const auto history = store.history(into).value();
  EXPECT_EQ(std::count_if(history.begin(), history.end(), [](const Change& c) { return c.what == "sensitive"; }), 3) << "set, moved, taken back: in the chained changes too";
  for (const auto& change : history) EXPECT_EQ((change.before + change.after).find("1000000000"), std::string::npos);
  EXPECT_TRUE(store.verify_changes());
}

}  // namespace
}  // namespace guzheng
