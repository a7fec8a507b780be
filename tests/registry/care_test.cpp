// Whose subject it is, and whether it is looked after in time. A-5.2a, A-5.2b, A-5.2c
#include <gtest/gtest.h>

#include "core/registry/unit_rules.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;
using test::named;

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
