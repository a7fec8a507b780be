// A-7.4b over a session's whole life: real time-stamp servers that die, lie, hang and answer late, and what is fetched afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "core/seal/late_stamps.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"
#include "tests/support/tsa_fixture.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Stamps : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = new Temporary;
    one_ = new TsaServer(place_->path() / "one");
    two_ = new TsaServer(place_->path() / "two");
  }
  static void TearDownTestSuite() {
    delete one_;
    delete two_;
    delete place_;
  }
  Stamps() : desk(root.path()) {
    desk.bureau.authorities = {one_->authority(), two_->authority()};
    desk.bureau.tsa_root_pem = one_->root() + two_->root();
    one_->behave("/");
    two_->behave("/");
  }
  std::unique_ptr<CaptureSession> start() {
    return std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  }
  void expect_good(const fs::path& bag, const char* what) {
    const auto verification = verify(bag, desk);
    EXPECT_EQ(verification.verdict, Verdict::Practice) << what << damage_of(verification);
  }
  // The other two readers agree. They call `openssl` several times for each token, so not every test asks them.
  void expect_agreement(const fs::path& bag, const char* what) {
    expect_good(bag, what);
    const fs::path roots = root.path() / "roots";
    fs::create_directories(roots);
    ASSERT_TRUE(write_atomically(roots / "org.pem", as_bytes(desk.bureau.org_root_pem)));
    ASSERT_TRUE(write_atomically(roots / "tsa.pem", as_bytes(desk.bureau.tsa_root_pem)));
    const std::string ends = " '" + bag.string() + "' --org-ca '" + (roots / "org.pem").string() + "' --tsa-ca '" + (roots / "tsa.pem").string() +
                             "' > '" + (root.path() / "said").string() + "' 2>&1";
    for (const std::string tool : {"python3 " SOURCE_DIR "/tests/reader/reader.py", "bash " SOURCE_DIR "/resources/verify/verify.sh"})
      EXPECT_EQ(std::system((tool + ends).c_str()) >> 8, 6) << what << ": " << tool << "\n" << *read_text(root.path() / "said");
  }
  // On a machine that is busy the session's end may not have waited for the last ones: they are fetched.
  std::vector<StampRow> settled(const fs::path& bag) {
    StampDesk later(desk.bureau, desk.clock());
    EXPECT_THAT(fetch_late_stamps(bag, read_from_folder(bag), later)->pending, IsEmpty());
    return rows(bag);
  }
  std::vector<StampRow> rows(const fs::path& bag) { return stamps_of(bag, read_from_folder(bag)).value(); }
  static std::vector<std::string> authorities(const std::vector<StampRow>& rows, bool second) {
    std::vector<std::string> out;
    for (const auto& row : rows)
      if (row.second == second) out.push_back(row.pending ? "pending" : row.info.authority);
    return out;
  }
  static inline Temporary* place_ = nullptr;
  static inline TsaServer *one_ = nullptr, *two_ = nullptr;
  Temporary root;
  Desk desk;
};

TEST_F(Stamps, TwoAuthoritiesStampEverything) {
  auto session = start();
  capture_all(*session);
  const auto sealed = session->end().value();
  const auto all = settled(sealed.folder);
  EXPECT_THAT(authorities(all, false), Each("Test TSA one"));
  EXPECT_THAT(authorities(all, true), Each("Test TSA two"));
  EXPECT_GE(authorities(all, true).size() + 2, authorities(all, false).size()) << "nobody waits for those of final head and seal";
  EXPECT_THAT(sealed.incomplete, IsEmpty());
  for (const auto& row : all) EXPECT_LT(std::abs(row.lag_ms()), 120'000);
  expect_agreement(sealed.folder, "two authorities");
}

TEST_F(Stamps, ADeadFirstOneIsReplaced) {
  one_->behave("/error");
  auto session = start();
  capture_all(*session);
  const auto sealed = session->end().value();
  const auto all = settled(sealed.folder);
  EXPECT_THAT(authorities(all, false), Each("Test TSA two"));
  EXPECT_THAT(authorities(all, true), IsEmpty());
  EXPECT_THAT(sealed.incomplete, IsEmpty());
  expect_good(sealed.folder, "the first is dead");
}

// The first begins to lie in the middle: what it says is refused when it comes, and the series goes on with the second.
class Lying : public Stamps, public testing::WithParamInterface<const char*> {};
TEST_P(Lying, InTheMiddleOfASession) {
  auto session = start();
  ASSERT_TRUE(session->capture(page(ItemKind::PlatformHome, "平台")));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Anchor));
  one_->behave(GetParam(), 4);
  session->capture(page(ItemKind::ShopHome, "店铺"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Anchor, 2));
  session->capture(page(ItemKind::Licence, "证照"));
  session->capture(page(ItemKind::Violation, "商品"));
  session->wait_captures();
  const auto sealed = session->end().value();
  const auto first = authorities(settled(sealed.folder), false);
  EXPECT_EQ(first.front(), "Test TSA one");
  EXPECT_THAT(first, Contains("Test TSA two"));
  if (GetParam() == std::string("/text")) expect_agreement(sealed.folder, GetParam());
  else expect_good(sealed.folder, GetParam());
}
INSTANTIATE_TEST_SUITE_P(All, Lying, testing::Values("/imprint", "/stale", "/past", "/future", "/foreign", "/expired", "/text", "/late"));

// Nobody answers from the middle on, one of them by hanging: the seal stands, and what misses is fetched later, with its lag.
TEST_F(Stamps, WhatMissesIsFetchedAfterTheSeal) {
  auto session = start();
  session->wait_captures();
  one_->behave("/slow");
  two_->behave("/wrong");
  session->capture(page(ItemKind::Licence, "证照"));
  session->wait_captures();
  const auto sealed = session->end("时间戳机构无法连接").value();
  EXPECT_FALSE(sealed.seal.stamped);
  const auto before = rows(sealed.folder);
  EXPECT_THAT(authorities(before, false), AllOf(Contains("Test TSA one"), Contains("pending")));
  EXPECT_TRUE(before.back().pending && before.back().of == StampOf::Seal);
  expect_good(sealed.folder, "before");
  EXPECT_THAT(verify(sealed.folder, desk).incomplete, Contains("待时间戳"));

  one_->behave("/error");
  StampDesk later(desk.bureau, desk.clock());
  const auto nothing = fetch_late_stamps(sealed.folder, read_from_folder(sealed.folder), later).value();
  EXPECT_THAT(nothing.came, IsEmpty());
  EXPECT_THAT(nothing.problem.what, HasSubstr("two"));
  two_->behave("/");
  const auto came = fetch_late_stamps(sealed.folder, read_from_folder(sealed.folder), later).value();
  EXPECT_THAT(came.pending, IsEmpty()) << came.problem.what;
  EXPECT_GE(came.came.size(), 3u) << "heads, final head, seal";
  for (const auto& row : came.came) {
    EXPECT_EQ(row.info.authority, "Test TSA two");
    EXPECT_EQ(row.lag_ms(), row.info.time.ms - row.line_time.ms);
  }
  EXPECT_THAT(authorities(rows(sealed.folder), false), Not(Contains("pending")));
  expect_agreement(sealed.folder, "after");
  EXPECT_THAT(verify(sealed.folder, desk).incomplete, Not(Contains("待时间戳")));
  EXPECT_THAT(fetch_late_stamps(sealed.folder, read_from_folder(sealed.folder), later)->came, IsEmpty()) << "once is enough";
}

// An authority that is back is asked again while the session runs, without a capture or a minute having to pass.
TEST_F(Stamps, AWaitingHeadIsServedWhenAnAuthorityIsBack) {
  desk.bureau.authorities.pop_back();
  auto session = start();
  session->wait_captures();
  one_->behave("/error");
  session->capture(page(ItemKind::Licence, "证照"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::AnchorLate));
  EXPECT_TRUE(session->status().anchors_late);
  one_->behave("/");
  for (int i = 0; i < 1500 && session->status().anchors_late; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(session->status().anchors_late);
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(authorities(rows(sealed.folder), false), Not(Contains("pending")));
  expect_good(sealed.folder, "back");
}

// A second signature that came later is stamped too (FORMAT.md 4).
TEST_F(Stamps, ALaterSecondSignatureIsStamped) {
  auto session = start();
  const auto sealed = session->end("试验").value();
  const fs::path after = folder_beside(sealed.folder, "after");
  const auto tag = read_file(sealed.folder / "tagmanifest-sha256.txt").value();
  fs::create_directories(after);             // there already when a stamp of the session came late
  ASSERT_TRUE(write_atomically(after / "sig-officer2.p7s", desk.bureau.officers.at(1)->sign_detached(tag).value()));
  StampDesk later(desk.bureau, desk.clock());
  const auto came = fetch_late_stamps(sealed.folder, read_from_folder(sealed.folder), later).value();
  EXPECT_EQ(std::count_if(came.came.begin(), came.came.end(), [](const auto& stamp) { return stamp.of == StampOf::SecondSignature; }), 1);
  EXPECT_TRUE(fs::exists(after / "sig-officer2.p7s.tsr"));
}

}  // namespace
}  // namespace guzheng::test
