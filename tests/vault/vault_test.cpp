#include "core/vault/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class VaultTest : public testing::Test {
 protected:
  VaultTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-vault-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~VaultTest() override {
    std::error_code ec;
    fs::remove_all(root_, ec);
  }
  std::unique_ptr<Vault> open() { return std::move(Vault::open(root_ / "vault", clock_).value()); }
  static void put(const fs::path& path, std::string_view text) {
    fs::create_directories(path.parent_path());
    ASSERT_TRUE(write_atomically(path, as_bytes(text)));
  }
  // The files of a sealed bag that a list reads.
  static void seal(const OpenBag& bag, std::string_view state = "完整", std::string_view id = {}) {
    put(bag.folder / "bag-info.txt", "External-Identifier: " + std::string(id.empty() ? bag.id : id) +
                                         "\nPayload-Oxum: 4711.3\nPackage-State: " + std::string(state) +
                                         "\nPractice: 练习 — 不得作为证据\n");
    put(bag.folder / "data/attach/order.json", "{\"reason\":\"投诉\"}\n");
    put(bag.folder / "data/attach/values.json", "{\"items\":[]}\n");
    put(bag.folder / "seal/seal.txt", "seal of " + bag.id + "\n");
  }
  fs::path root_;
  ManualClock clock_;
};

int mode(const fs::path& path) {
  struct stat st {};
  EXPECT_EQ(::stat(path.c_str(), &st), 0);
  return st.st_mode & 0777;
}

TEST_F(VaultTest, BagsArePrivateAndNumbered) {      // A-7.4a
  auto vault = open();
  const auto first = std::move(vault->begin("LX-03", 0).value());
  const auto second = std::move(vault->begin("LX-03", 0).value());
  EXPECT_EQ(first.id, "LX-03-" + format_day(clock_.wall()) + "-0001");
  EXPECT_EQ(second.id, "LX-03-" + format_day(clock_.wall()) + "-0002");
  for (const char* part : {"", "data/main", "data/attach/raw", "data/attach/tst"}) EXPECT_EQ(mode(first.folder / part), 0700);
  EXPECT_EQ(mode(root_ / "vault"), 0700);
}

TEST_F(VaultTest, NumbersAreNeverUsedTwice) {       // A-7.2a: also when the counter was lost
  auto vault = open();
  { auto killed = std::move(vault->begin("LX-03", 0).value()); }
  auto sealed = std::move(vault->begin("LX-03", 0).value());
  seal(sealed);
  ASSERT_TRUE(vault->store(sealed));
  fs::remove_all(root_ / "vault/counter");
  EXPECT_TRUE(open()->begin("LX-03", 0)->id.ends_with("-0003"));
  EXPECT_TRUE(open()->begin("LX-04", 0)->id.ends_with("-0001")) << "each station counts for itself";
}

TEST_F(VaultTest, WhatAPowerCutBroughtBackBesideASealedBagGoes) {       // A-7.2a
  auto vault = open();
  auto sealed = std::move(vault->begin("LX-03", 0).value());
  const fs::path back = root_ / "vault/open" / (sealed.id + ".ballast");
  seal(sealed);
  ASSERT_TRUE(vault->store(sealed));
  auto running = std::move(vault->begin("LX-03", 0).value());
  const fs::path mine = root_ / "vault/open" / (running.id + ".salts");
  for (const auto& file : {back, mine}) ASSERT_TRUE(write_atomically(file, as_bytes("x")));
  ASSERT_TRUE(vault->unfinished());
  EXPECT_FALSE(fs::exists(back));
  EXPECT_TRUE(fs::exists(mine)) << "the bag is still there and needs it";
}

TEST_F(VaultTest, WhatAKilledProgramLeftAmongTheStampsGoes) {       // A-7.2a
  auto vault = open();
  auto sealed = std::move(vault->begin("LX-03", 0).value());
  const fs::path after = root_ / "vault/open" / (sealed.id + ".after");
  ASSERT_TRUE(make_private_folder(after));
  const std::string dead = ".seal.txt.tsr.999999999-3.tmp", living = ".seal.txt.tsr." + std::to_string(::getpid()) + "-3.tmp";
  for (const auto& name : {dead, living}) ASSERT_TRUE(write_atomically(after / name, as_bytes("x")));
  seal(sealed);
  ASSERT_TRUE(vault->store(sealed));
  EXPECT_FALSE(fs::exists(root_ / "vault/sealed" / (sealed.id + ".after") / dead));
  EXPECT_TRUE(fs::exists(root_ / "vault/sealed" / (sealed.id + ".after") / living)) << "somebody is writing it";
}

TEST_F(VaultTest, NumbersAreUniqueBetweenThreads) {
  auto vault = open();
  std::vector<std::string> ids(40);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) ids[static_cast<std::size_t>(t * 10 + i)] = vault->begin("LX-03", 0)->id;
    });
  for (auto& thread : threads) thread.join();
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST_F(VaultTest, RefusesAFullDiskAndAWrongStation) {
  auto vault = open();
  const auto full = vault->begin("LX-03", ~0ull);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().kind, ErrorKind::NoSpace);
  EXPECT_THAT(full.error().what, HasSubstr("MiB free"));
  EXPECT_EQ(vault->begin("../x", 0).error().kind, ErrorKind::Invalid);
}

TEST_F(VaultTest, SaysWhenTheFolderCannotBeWritten) {
  std::ofstream(root_ / "file") << "no folder";
  const auto there = Vault::open(root_ / "file", clock_);
  ASSERT_FALSE(there);
  EXPECT_THAT(there.error().what, HasSubstr((root_ / "file").string()));
  if (::geteuid() == 0) {                            // root passes every mode; /proc refuses even root
    EXPECT_FALSE(Vault::open("/proc/gz-vault", clock_));
  } else {
    fs::create_directories(root_ / "locked");
    fs::permissions(root_ / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(Vault::open(root_ / "locked/vault", clock_).error().kind, ErrorKind::Denied);
  }
}

TEST_F(VaultTest, StoredBagsAreListedNewestFirst) { // A-7.4a
  auto vault = open();
  for (int i = 0; i < 3; ++i) {
    auto bag = std::move(vault->begin("LX-03", 0).value());
    seal(bag, i == 1 ? "不完整：缺证照公示信息" : "完整");
    put(bag.folder.parent_path() / (bag.id + ".after/seal.txt.tsr"), "token");
    ASSERT_TRUE(vault->store(bag));
    EXPECT_EQ(bag.folder, root_ / "vault/sealed" / bag.id);
  }
  const auto list = vault->list().value();
  ASSERT_EQ(list.size(), 3u);
  EXPECT_TRUE(list[0].id.ends_with("-0003"));
  EXPECT_EQ(list[1].state, "不完整：缺证照公示信息");
  EXPECT_TRUE(list[0].practice);
  EXPECT_TRUE(list[0].stamped) << "what lies beside the bag moves with it";
  EXPECT_FALSE(list[0].second_signature);
  EXPECT_EQ(list[0].bytes, 4711u);
  EXPECT_EQ(text_at(list[0].order, "reason"), "投诉");
  EXPECT_EQ(list[0].fingerprint.size(), 64u);
  EXPECT_EQ(list[0].problem, "");
}

TEST_F(VaultTest, ABrokenPackageStaysInTheListWithItsProblem) {
  auto vault = open();
  auto good = std::move(vault->begin("LX-03", 0).value());
  seal(good);
  ASSERT_TRUE(vault->store(good));
  auto broken = std::move(vault->begin("LX-03", 0).value());
  seal(broken);
  ASSERT_TRUE(vault->store(broken));
  fs::remove(broken.folder / "data/attach/values.json");
  auto renamed = std::move(vault->begin("LX-03", 0).value());
  seal(renamed, "完整", "LX-03-20200101-0001");
  ASSERT_TRUE(vault->store(renamed));
  const auto list = vault->list().value();
  ASSERT_EQ(list.size(), 3u);
  EXPECT_THAT(list[0].problem, HasSubstr("LX-03-20200101-0001"));
  EXPECT_THAT(list[1].problem, HasSubstr("values.json"));
  EXPECT_EQ(list[2].problem, "");
  EXPECT_EQ(vault->find("LX-03-20200101-0009").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(vault->find("../../etc").error().kind, ErrorKind::NotFound);
}

TEST_F(VaultTest, OnlyBagsThatNobodyHoldsAreUnfinished) {
  auto vault = open();
  auto held = std::move(vault->begin("LX-03", 0).value());
  std::string left;
  { left = vault->begin("LX-03", 0)->id; }
  const auto unfinished = std::move(vault->unfinished().value());
  ASSERT_EQ(unfinished.size(), 1u);
  EXPECT_EQ(unfinished[0].id, left);
  EXPECT_TRUE(vault->unfinished()->empty()) << "the first answer holds the lock";
}

TEST_F(VaultTest, FinishesAStoreThatWasKilled) {
  auto vault = open();
  std::string id;
  {
    auto bag = std::move(vault->begin("LX-03", 0).value());
    seal(bag);
    fs::permissions(bag.folder, fs::perms::owner_read | fs::perms::owner_exec);
    id = bag.id;
  }
  EXPECT_TRUE(vault->unfinished()->empty());
  EXPECT_EQ(vault->find(id)->problem, "");
  EXPECT_EQ(mode(root_ / "vault/sealed" / id), 0500) << "sealed bags stay read-only";
  fs::permissions(root_ / "vault/sealed" / id, fs::perms::owner_all);
}

TEST_F(VaultTest, OneBagThatCannotBeStoredHoldsUpNoOther) {
  auto vault = open();
  std::string stuck, left;
  {
    auto bag = std::move(vault->begin("LX-03", 0).value());
    seal(bag);
    stuck = bag.id;
    left = vault->begin("LX-03", 0)->id;
  }
  fs::create_directories(root_ / "vault/sealed" / stuck);
  std::vector<Error> troubles;
  const auto unfinished = std::move(vault->unfinished(&troubles).value());
  ASSERT_EQ(unfinished.size(), 1u);
  EXPECT_EQ(unfinished[0].id, left);
  ASSERT_EQ(troubles.size(), 1u);
  EXPECT_THAT(troubles[0].what, HasSubstr(stuck));
}

TEST_F(VaultTest, StoreRefusesABagWithoutSeal) {
  auto vault = open();
  auto bag = std::move(vault->begin("LX-03", 0).value());
  EXPECT_EQ(vault->store(bag).error().kind, ErrorKind::Invalid);
  EXPECT_TRUE(fs::exists(bag.folder));
}

TEST_F(VaultTest, ReportEditionsCountUp) {          // A-AnB
  auto vault = open();
  auto bag = std::move(vault->begin("LX-03", 0).value());
  seal(bag);
  ASSERT_TRUE(vault->store(bag));
  const auto first = vault->next_report_folder(bag.id);
  ASSERT_TRUE(first && first->string().ends_with(".report/001"));
  EXPECT_FALSE(fs::exists(*first));
  fs::create_directories(*first);
  EXPECT_EQ(*vault->next_report_folder(bag.id), *first);          // an empty one was never written
  ASSERT_TRUE(write_atomically(*first / "report.pdf", as_bytes("%PDF")));
  EXPECT_TRUE(vault->next_report_folder(bag.id)->string().ends_with(".report/002"));
  EXPECT_EQ(vault->find(bag.id)->reports.size(), 1u);
}

}  // namespace
}  // namespace guzheng
