// A check beside the program that has the library open: its findings are written down and taken in, once, whatever dies in between (A-5.2b).
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <atomic>
#include <fstream>

#include "core/patrol/patrol.h"
#include "core/patrol/spool.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::SizeIs;

const Act kAct{"甲 J-1", "巡检"};

class Days final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {now_.load()}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return real_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return 480; }
  void pass(int days) { now_ += days * 86'400'000LL; }

 private:
  std::atomic<std::int64_t> now_{1'790'000'000'000};
  SystemClock real_;
};

class SpoolTest : public testing::Test {
 protected:
  SpoolTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    store_ = open();
  }
  ~SpoolTest() override {
    store_.reset();
    fs::remove_all(folder_);
  }
  std::unique_ptr<SubjectStore> open() {
    auto opened = SubjectStore::open(folder_, Secret(std::string(32, 'k')), clock_, [](const Json&) { return ok(); });
    return opened ? std::move(*opened) : nullptr;
  }
  SubjectId shop(const std::string& name, bool abnormal = false) {
    SubjectRow row;
    row.subject.name = name + "（练习）";
    row.entries.push_back({0, EntryKind::MiniProgram, name, "练习微讯", "", "", 0, {}, Reach::Unchecked, abnormal, abnormal ? "检查：旧" : ""});
    return store_->add(row, kAct).value();
  }
  Entry entry(SubjectId id) { return store_->entries(id).value().at(0); }
  // What a run in another process would do, with this judgement of every entry.
  PatrolCounts check_beside(const Judgement& judged, int failures = 2) {
    const auto beside = SubjectStore::open_beside(folder_, clock_).value();
    PatrolRules rules = shipped_patrol_rules();
    rules.failures = failures;
    const auto spool = FindingSpool::begin(folder_, *beside, kAct, failures).value();
    const auto counts = Patrol(*beside, [&](const PatrolFinding& one) { return spool->put(one); }, rules, {}, [&](const Entry&) { return std::optional(judged); }).run(kAct).value();
    EXPECT_TRUE(spool->close());
    return counts;
  }
  std::vector<std::string> spooled() const {
    std::vector<std::string> out;
    for (const auto& one : fs::directory_iterator(spool_folder(folder_))) out.push_back(one.path().filename().string());
    return out;
  }

  const fs::path folder_ = fs::temp_directory_path() / ("guzheng-spool-" + std::to_string(getpid()));
  Days clock_;
  std::unique_ptr<SubjectStore> store_;
};

TEST_F(SpoolTest, FindingsOfARunBesideAreTakenInOnce) {
  const auto gone = shop("甲"), well = shop("乙", true);
  EXPECT_EQ(open(), nullptr) << "the library is open";
  const auto counts = check_beside({Reach::Gone, "页面显示“已下架”"});
  EXPECT_EQ(counts.checked, 2);
  EXPECT_EQ(counts.moved_in, 1) << "the other is in there already";
  EXPECT_EQ(entry(gone).checked.ms, 0) << "nothing is written by who reads beside";
  const auto at = clock_.wall();
  clock_.pass(1);
  auto taken = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(taken.findings, 2);
  EXPECT_EQ(taken.moved_in, 1);
  EXPECT_EQ(taken.who, kAct.who);
  EXPECT_TRUE(entry(gone).abnormal);
  EXPECT_EQ(entry(gone).why, "检查：页面显示“已下架”");
  EXPECT_EQ(entry(gone).checked.ms, at.ms) << "when it was looked at, not when it was taken in";
  EXPECT_THAT(spooled(), SizeIs(0));
  EXPECT_EQ(store_->history(gone).value().at(0).who, kAct.who);

  clock_.pass(8);
  EXPECT_EQ(check_beside({Reach::Reachable, ""}).moved_back, 2);
  taken = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(taken.moved_back, 2);
  EXPECT_FALSE(entry(well).abnormal);
  EXPECT_TRUE(store_->verify_changes());
}

TEST_F(SpoolTest, TakenInAgainAfterACrashChangesNothing) {
  const auto id = shop("甲");
  check_beside({Reach::Gone, "已下架"});
  const auto name = spooled().at(0);
  fs::copy_file(spool_folder(folder_) / name, folder_ / "copy");
  take_in_spool(*store_, folder_).value();
  const auto changes = store_->history(id).value().size();
  fs::copy_file(folder_ / "copy", spool_folder(folder_) / name);       // as if the crash had come before the file went
  const auto again = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(again.findings, 0);
  EXPECT_EQ(again.late, 1);
  EXPECT_EQ(store_->history(id).value().size(), changes);
}

TEST_F(SpoolTest, WhatAPersonDidMeanwhileStands) {
  const auto moved = shop("甲"), renamed = shop("乙"), removed = shop("丙");
  check_beside({Reach::Gone, "已下架"});
  ASSERT_TRUE(store_->set_abnormal(moved, 1, true, {"乙 J-2", "人工移入"}));
  auto other = entry(renamed);
  other.name = "另一家";
  ASSERT_TRUE(store_->put_entry(renamed, other, kAct));
  ASSERT_TRUE(store_->remove(removed, kAct));
  const auto taken = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(taken.findings, 1);
  EXPECT_EQ(taken.late, 2);
  EXPECT_EQ(taken.moved_in, 0);
  EXPECT_EQ(entry(moved).why, "人工移入");
  EXPECT_EQ(entry(moved).reach, Reach::Gone);
  EXPECT_EQ(entry(renamed).checked.ms, 0);
}

TEST_F(SpoolTest, ARunThatWasKilledLosesNoWholeLine) {
  const auto first = shop("甲"), second = shop("乙");
  const pid_t child = fork();
  if (child == 0) {
    const auto beside = SubjectStore::open_beside(folder_, clock_).value();
    const auto spool = FindingSpool::begin(folder_, *beside, kAct, 2).value();
    PatrolFinding one{first, beside->entries(first).value().at(0), {Reach::Gone, "已下架"}, PatrolMove::None, clock_.wall()};
    if (!spool->put(one)) _exit(1);
    kill(getpid(), SIGKILL);
  }
  int state = 0;
  ASSERT_EQ(waitpid(child, &state, 0), child);
  ASSERT_TRUE(WIFSIGNALED(state));
  const auto part = spooled().at(0);
  ASSERT_THAT(part, HasSubstr(".part"));
  std::ofstream(spool_folder(folder_) / part, std::ios::app) << R"({"subject":)" << second;                 // torn
  const auto taken = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(taken.findings, 1);
  EXPECT_TRUE(entry(first).abnormal);
  EXPECT_EQ(entry(second).checked.ms, 0);
  EXPECT_THAT(spooled(), SizeIs(0));
}

TEST_F(SpoolTest, WhatIsBeingWrittenIsLeftAndWhatIsWrongIsPutAside) {
  const auto id = shop("甲");
  fs::create_directories(spool_folder(folder_));
  const auto writing = spool_folder(folder_) / "1.part", wrong = spool_folder(folder_) / "2.done";
  std::ofstream(writing) << R"({"failures":2,"format":1,"who":"甲","why":""})" << '\n';
  const UniqueFd held(::open(writing.c_str(), O_RDONLY));
  ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
  std::ofstream(wrong) << R"({"failures":2,"format":1,"who":"甲","why":""})" << '\n'
                       << R"({"subject":)" << id << R"(,"no":1,"name":"甲","link":"","reach":"gone","why":"","at_ms":1790000000001})" << "\n{\"subject\":1}\n";
  const auto taken = take_in_spool(*store_, folder_).value();
  EXPECT_EQ(taken.files, 0);
  ASSERT_THAT(taken.refused, SizeIs(1));
  EXPECT_THAT(taken.refused[0], HasSubstr("line 3"));
  EXPECT_THAT(taken.refused[0], HasSubstr("2.bad"));
  EXPECT_EQ(entry(id).checked.ms, 0) << "nothing of a file that is wrong somewhere";
  EXPECT_TRUE(fs::exists(writing));
  EXPECT_TRUE(take_in_spool(*store_, folder_).value().refused.empty()) << "told once";
}

// Three in a row are three, not two: each check counts, and one that reached it begins anew.
TEST_F(SpoolTest, AsManyFailuresInARowAsTheRulesSay) {
  const auto id = shop("甲");
  const auto check = [&](Reach reach) {
    check_beside({reach, reach == Reach::Unreachable ? "打不开" : ""}, 3);
    take_in_spool(*store_, folder_).value();
    clock_.pass(31);
    return entry(id).abnormal;
  };
  EXPECT_FALSE(check(Reach::Unreachable));
  EXPECT_FALSE(check(Reach::Unreachable));
  EXPECT_FALSE(check(Reach::Reachable));
  EXPECT_FALSE(check(Reach::Unreachable));
  EXPECT_FALSE(check(Reach::Unreachable));
  EXPECT_TRUE(check(Reach::Unreachable));
}

TEST_F(SpoolTest, WhoReadsBesideIsGivenNothingSensitive) {
  const auto id = shop("甲");
  ASSERT_TRUE(store_->set_sensitive(id, {{SensitiveKind::Phone, "10000000000"}}, kAct));
  const auto beside = SubjectStore::open_beside(folder_, clock_).value();
  EXPECT_EQ(beside->sensitive(id, kAct).error().kind, ErrorKind::Denied);
  EXPECT_EQ(beside->get(id).value().name, "甲（练习）");
  EXPECT_EQ(SubjectStore::open_beside(folder_ / "nowhere", clock_).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace guzheng
