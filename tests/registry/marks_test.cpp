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

// what a person decided is remembered, and taken back
TEST(Marks, decisions_are_remembered_and_a_refused_one_is_not_proposed_as_open) {
  test::Library library;
  auto& store = *library.store;
  const auto put = [&](const Subject& subject) {
    SubjectRow row;
    row.subject = subject;
    return store.add(row, kOfficer).value();
  };
  for (int i = 0; i < 4; ++i) put(marked("保健食品", Sensitivity::Internal, "990101", "990100"));
  for (int i = 0; i < 3; ++i) put(marked("保健食品", Sensitivity::Unmarked, "990102"));
  const auto tea = put(marked("茶叶", Sensitivity::Unmarked));
  auto survey = survey_marks(store).value();
  ASSERT_EQ(survey.proposals.size(), 2u);
  EXPECT_EQ(survey.subjects, 8);
  EXPECT_EQ(survey.proposals[0].rule, (MarkRule{MarkRule::By::Category, "保健食品", Sensitivity::Internal, "", 4, 4, true}));
  EXPECT_EQ(survey.proposals[0].bare, 3);
  EXPECT_FALSE(survey.proposals[0].choice);
  EXPECT_EQ(survey.proposals[1].bare, 3);

  EXPECT_TRUE(agreed_marks(mark_choices(store).value()).empty()) << "nothing is marked before somebody agreed";
  const auto health = survey.proposals[0].rule, region = survey.proposals[1].rule;
  ASSERT_TRUE(choose_mark(store, health, true, kOfficer));
  ASSERT_TRUE(choose_mark(store, region, false, kOfficer));
  MarkRule own;
  own.value = "茶叶";
  own.sensitivity = Sensitivity::Open;
  ASSERT_TRUE(choose_mark(store, own, true, kOfficer));
  survey = survey_marks(store).value();
  ASSERT_EQ(survey.proposals.size(), 3u) << "a rule without samples stands among them";
  EXPECT_EQ(survey.proposals[1].rule.value, "茶叶");
  EXPECT_EQ(survey.proposals[1].bare, 1);
  ASSERT_TRUE(survey.proposals[2].choice);
  EXPECT_FALSE(survey.proposals[2].choice->agreed);
  EXPECT_EQ(survey.proposals[2].choice->who, kOfficer.who);

  const auto rules = agreed_marks(mark_choices(store).value());
  EXPECT_EQ(mark_alike(store, {}, rules, kOfficer).value().marked, 4);
  EXPECT_EQ(store.get(tea).value().sensitivity, Sensitivity::Open);
  EXPECT_EQ(store.get(5).value().data_region, "") << "refused";

  own.sensitivity = Sensitivity::Core;
  ASSERT_TRUE(choose_mark(store, own, true, kOfficer));
  EXPECT_EQ(agreed_marks(mark_choices(store).value()).size(), 2u) << "one mark for each category";
  ASSERT_TRUE(forget_mark_choice(store, own, kOfficer));
  EXPECT_EQ(forget_mark_choice(store, own, kOfficer).error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(forget_mark_choice(store, region, kOfficer));
  survey = survey_marks(store).value();
  EXPECT_EQ(survey.proposals[0].rule.value, "9901") << "what would mark something stands first";
  EXPECT_FALSE(survey.proposals[0].choice) << "open again";
  EXPECT_EQ(survey_marks(store, {}, [](std::int64_t) { return false; }).error().kind, ErrorKind::Cancelled);
  EXPECT_TRUE(store.verify_changes());
}

TEST(Marks, rules_that_mark_nothing_are_refused) {
  test::Library library;
  const auto kind = [&](MarkRule rule) {
    const auto done = choose_mark(*library.store, rule, true, kOfficer);
    return done ? std::string() : done.error().what;
  };
  EXPECT_THAT(kind({MarkRule::By::Category, "", Sensitivity::Open}), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(kind({MarkRule::By::Category, "茶叶"}), testing::HasSubstr("names a level"));
  EXPECT_THAT(kind({MarkRule::By::Region, "99", Sensitivity::Unmarked, "990100"}), testing::HasSubstr("four digits"));
  EXPECT_THAT(kind({MarkRule::By::Region, "9901", Sensitivity::Unmarked, "99010"}), testing::HasSubstr("2, 4 or 6"));
  EXPECT_EQ(kind({MarkRule::By::Region, "9901", Sensitivity::Unmarked, "990100"}), "");
}

}  // namespace
}  // namespace guzheng
