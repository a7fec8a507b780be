// Marks from samples: what marked subjects agree on marks the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/registry/marks.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;

Subject marked(const std::string& category, Sensitivity level, const std::string& region = "", const std::string& data_region = "") {
  Subject out;
  out.name = "样本（练习）";
  out.category = category;
  out.sensitivity = level;
  out.region = region;
  out.data_region = data_region;
  return out;
}

TEST(Marks, what_enough_samples_agree_on) {
  MarkSamples samples;
  for (int i = 0; i < 9; ++i) samples.add(marked("保健食品", Sensitivity::Internal, "990101", "990100"));
  samples.add(marked("保健食品", Sensitivity::Open, "990102", "990100"));
  samples.add(marked("茶叶", Sensitivity::Open, "990201", "990200"));
  samples.add(marked("茶叶", Sensitivity::Open, "99", "990000"));
  for (const auto level : {Sensitivity::Open, Sensitivity::Internal, Sensitivity::Open, Sensitivity::Sensitive}) samples.add(marked("服装", level));
  samples.add(marked("水产", Sensitivity::Unmarked));
  const auto rules = samples.rules();
  ASSERT_EQ(rules.size(), 5u);
  const auto rule = [&](const std::string& value) { return *std::find_if(rules.begin(), rules.end(), [&](const auto& one) { return one.value == value; }); };
  EXPECT_EQ(rule("保健食品"), (MarkRule{MarkRule::By::Category, "保健食品", Sensitivity::Internal, "", 10, 9, true})) << "nine in ten";
  EXPECT_FALSE(rule("茶叶").holds) << "two are too few";
  EXPECT_FALSE(rule("服装").holds) << "they do not agree";
  EXPECT_EQ(rule("9901"), (MarkRule{MarkRule::By::Region, "9901", Sensitivity::Unmarked, "990100", 10, 10, true}));
  EXPECT_FALSE(rule("9902").holds);

  const auto fresh = marked_by(marked("保健食品", Sensitivity::Unmarked, "990105"), rules);
  EXPECT_EQ(fresh.sensitivity, Sensitivity::Internal);
  EXPECT_EQ(fresh.data_region, "990100");
  const auto by_hand = marked("保健食品", Sensitivity::Core, "990105", "110000");
  EXPECT_EQ(marked_by(by_hand, rules), by_hand) << "a person's mark stays";
  const auto other = marked("服装", Sensitivity::Unmarked, "990301");
  EXPECT_EQ(marked_by(other, rules), other);
}

TEST(Marks, the_library_is_marked_in_one_batch_and_back) {
  test::Library library;
  auto& store = *library.store;
  std::vector<SubjectId> bare;
  const auto put = [&](const Subject& subject) {
    SubjectRow row;
    row.subject = subject;
    return store.add(row, kOfficer).value();
  };
  for (int i = 0; i < 4; ++i) put(marked("保健食品", Sensitivity::Internal, "990101", "990100"));
  for (int i = 0; i < 3; ++i) bare.push_back(put(marked("保健食品", Sensitivity::Unmarked, "990102")));
  const auto by_hand = put(marked("保健食品", Sensitivity::Core, "990103", "110000"));
  const auto was = store.get(by_hand).value();
  const auto rules = learn_marks(store, {}, {3, 80}).value();
  EXPECT_EQ(mark_alike(store, {}, rules, kOfficer, [](std::int64_t) { return false; }).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(store.get(bare[0]).value().sensitivity, Sensitivity::Unmarked) << "called off: nothing";
  const auto done = mark_alike(store, {}, rules, kOfficer).value();
  EXPECT_EQ(done.marked, 3);
  for (const auto id : bare) {
    EXPECT_EQ(store.get(id).value().sensitivity, Sensitivity::Internal);
    EXPECT_EQ(store.get(id).value().data_region, "990100");
    EXPECT_EQ(store.history(id).value()[0].batch, done.batch) << "who, when, before, after";
  }
  EXPECT_EQ(store.get(by_hand).value(), was);
  EXPECT_EQ(mark_alike(store, {}, rules, kOfficer).value().marked, 0);
  ASSERT_TRUE(store.undo(done.batch, kOfficer));
  for (const auto id : bare) EXPECT_EQ(store.get(id).value().sensitivity, Sensitivity::Unmarked);
  EXPECT_TRUE(store.verify_changes());
}

}  // namespace
}  // namespace guzheng
