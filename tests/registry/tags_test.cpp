// The tag library, tags in bulk and taken back.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::asking;
using test::kOfficer;
using test::kOther;

//
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

// whole stretches are turned back; who was turned by somebody since, or is gone, is left; searches and counts say the same as the rows
TEST(Tags, undo_of_a_large_batch_either_way) {
  constexpr std::uint64_t kMany = 12'000;                        // more than one stretch
  test::Library library;
  const auto brought = library.fill(kMany);
  const auto later = library.fill(500, kMany);
  auto& store = *library.store;
  const auto tag = store.put_tag({0, "品类", "食品"}, kOfficer).value(), other = store.put_tag({0, "品类", "茶叶"}, kOfficer).value();
  std::vector<SubjectId> all;
  ASSERT_TRUE(store.each_match({}, [&](SubjectId id) { all.push_back(id); return true; }));
  ASSERT_TRUE(store.tag_these(all, other, true, kOfficer));
  const auto on = store.tag_these(all, tag, true, kOfficer).value();
  library.follow();
  const auto carried = [&](std::int64_t which) {
    auto query = asking("练习");
    query.filter.tags = {which};
    std::vector<SubjectId> out;
    EXPECT_TRUE(store.each_match(query, [&](SubjectId id) { out.push_back(id); return true; }));
    const auto tags = store.tags().value();
    EXPECT_EQ(std::find_if(tags.begin(), tags.end(), [&](const Tag& t) { return t.id == which; })->count, static_cast<std::int64_t>(out.size()));
    return out;
  };
  ASSERT_EQ(carried(tag), all);

  const auto off = store.tag_these(all, tag, false, kOther).value();
  library.follow();
  ASSERT_TRUE(carried(tag).empty());
  ASSERT_TRUE(store.set_tag(all[7], tag, true, kOther));         // by hand since: it has the tag already
  ASSERT_TRUE(store.undo(later, kOfficer));                      // these are no more
  int stops = 0;
  EXPECT_EQ(store.undo(off, kOfficer, [&](auto, auto) { return ++stops > 1; }).error().kind, ErrorKind::Cancelled);
  const auto back = store.undo(off, kOfficer).value();
  std::vector<SubjectId> left = all;
  left.resize(kMany);
  EXPECT_EQ(back.untagged, static_cast<std::int64_t>(kMany) - 10'000) << "the rest, after the stretch that was done before the stop";
  EXPECT_EQ(carried(tag), left) << "before the index has followed";
  library.follow();
  EXPECT_EQ(carried(tag), left);
  EXPECT_TRUE(store.tags_of(all.back()).value().empty()) << "nobody who is gone carries a tag";

  ASSERT_TRUE(store.set_tag(left[3], tag, false, kOther));
  const auto taken = store.undo(on, kOfficer).value();
  EXPECT_EQ(taken.untagged, static_cast<std::int64_t>(kMany) - 1);
  EXPECT_TRUE(carried(tag).empty());
  library.follow();
  EXPECT_TRUE(carried(tag).empty());
  EXPECT_EQ(carried(other), left) << "another tag of the same subjects is not touched";
  EXPECT_TRUE(store.verify_changes());
  ASSERT_TRUE(store.undo(brought, kOfficer));
}

}  // namespace
}  // namespace guzheng
