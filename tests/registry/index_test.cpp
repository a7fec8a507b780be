// The index follows and may be lost. A-5.2a, A-5.4b
#include <gtest/gtest.h>

#include <fstream>

#include "core/registry/schema.h"
#include "core/sql/connection.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::asking;
using test::count_of;
using test::kOfficer;

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

}  // namespace
}  // namespace guzheng
