// Scrub and second copy: what mends what, and what moves nothing (A-7.4a).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "tests/vault/care_fixture.h"

namespace guzheng {
namespace {

using namespace test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

using ScrubTest = CareTest;

// What no list names: stamps after the seal are held against each other, and the verifier decides.
TEST_F(ScrubTest, ScrubRepairsWhatNoListNames) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  const std::string path = id + ".after/seal.txt.tsr";
  const auto before = read_file(copy(path)).value();
  for (const bool mine : {true, false}) {
    const fs::path hurt = mine ? sealed(path) : copy(path);
    for (const bool gone : {true, false}) {
      if (gone) fs::remove(hurt);
      else flip(hurt, before.size() / 2);
      const auto done = scrub(*vault_, clock_, full());
      ASSERT_TRUE(done) << done.error().what;
      EXPECT_EQ(done->packages.at(0).result, "repaired") << hurt << gone;
      EXPECT_THAT(done->packages.at(0).repaired, Contains(mine ? path : "copy:" + path));
      ASSERT_TRUE(fs::exists(hurt));
      EXPECT_EQ(read_file(hurt).value(), before);
    }
  }
}

TEST_F(ScrubTest, ScrubRepairsOneCopyFromTheOther) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  EXPECT_EQ(scrub(*vault_, clock_, full())->packages.at(0).result, "good");
  EXPECT_EQ(vault_->catalogue().rows()->at(0).scrub_result, "good");
  for (const std::string& path : {id + "/data/main/shot-0001.png.p7m.0000", id + "/manifest-sha256.txt", id + "/seal/seal.txt", id + "/seal/sig-station.p7s",
                                 id + "/tagmanifest-sha256.txt", id + ".enc/001/parts-sha256.txt"}) {
    for (const bool mine : {true, false}) {
      const fs::path hurt = mine ? sealed(path) : copy(path);
      const auto before = read_file(hurt).value();
      flip(hurt, before.size() / 2);
      const auto done = scrub(*vault_, clock_, without_key());
      ASSERT_TRUE(done) << done.error().what;
      const auto& one = done->packages.at(0);
      EXPECT_EQ(one.result, "repaired") << path << (mine ? " here" : " in the copy") << testing::PrintToString(one.damaged);
      EXPECT_THAT(one.repaired, Contains(mine ? path : "copy:" + path));
      EXPECT_EQ(read_file(hurt).value(), before);
    }
  }
  open_up(root_);
  fs::remove(sealed(id + "/data/main/shot-0001.png.p7m.0000"));
  EXPECT_EQ(scrub(*vault_, clock_, full())->packages.at(0).result, "repaired") << "a file that is gone comes back too";
}

TEST_F(ScrubTest, ScrubSaysWhatNobodyCanRepair) {
  const auto id = encrypted_package();
  flip(sealed(id + "/data/attach/order.json.p7m.0000"), 700);
  const auto alone = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(alone.packages.at(0).result, "damaged");
  EXPECT_THAT(alone.packages.at(0).damaged, Contains(id + "/data/attach/order.json.p7m.0000"));
  EXPECT_EQ(vault_->catalogue().rows()->at(0).scrub_result, "damaged");
}

TEST_F(ScrubTest, ScrubStopsAndGoesOn) {
  const auto first = encrypted_package(1), second = package(2);
  auto stopped = without_key();
  stopped.progress = [&](const ScrubProgress& at) {
    EXPECT_LE(at.done, at.total);
    return at.package == 0;
  };
  EXPECT_EQ(scrub(*vault_, clock_, stopped).error().kind, ErrorKind::Cancelled);
  const auto rest = scrub(*vault_, clock_, without_key()).value();
  EXPECT_TRUE(rest.resumed);
  ASSERT_EQ(rest.packages.size(), 1u);
  EXPECT_EQ(rest.packages[0].id, second);
  EXPECT_EQ(rest.packages[0].result, "plain");
  EXPECT_EQ(scrub(*vault_, clock_, without_key())->packages.size(), 2u) << "the next one begins anew";
}

// A run that was stopped half a year ago vouches for nothing today, nor does a note of another kind of run or one that anybody wrote.
TEST_F(ScrubTest, WhatAnEarlierRunHadDoneAgesAndIsTold) {
  const auto first = encrypted_package(1), second = package(2);
  auto stopped = without_key();
  stopped.progress = [&](const ScrubProgress& at) { return at.package == 0; };
  const auto stop = [&] { ASSERT_EQ(scrub(*vault_, clock_, stopped).error().kind, ErrorKind::Cancelled); };
  const auto began = clock_.wall();
  stop();
  const auto rest = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(rest.packages.size(), 1u);
  EXPECT_EQ(rest.earlier, 1u);
  EXPECT_GE(rest.earlier_since, began);
  EXPECT_EQ(log_body(rest)["earlier"], 1);
  stop();
  ManualClock later;                                 // as Clock, but half a year on
  later.advance_ms(clock_.wall().ms - later.wall().ms + 180LL * 24 * 3600 * 1000);
  const auto anew = scrub(*vault_, later, without_key()).value();
  EXPECT_EQ(anew.packages.size(), 2u) << "half a year later it begins anew";
  EXPECT_FALSE(anew.resumed);
  stop();
  EXPECT_EQ(scrub(*vault_, clock_, full())->packages.size(), 2u) << "what was not opened was not looked at in full";
  stop();
  auto all = without_key();
  all.anew = true;
  EXPECT_EQ(scrub(*vault_, clock_, all)->packages.size(), 2u);
  ASSERT_TRUE(write_text(root_ / "vault/scrub.json", Json{{"done", {first, second}}}.dump()));
  EXPECT_EQ(scrub(*vault_, clock_, without_key())->packages.size(), 2u);
}

// A-7.4a: whoever can write to the vault and has no key cannot make scrub carry his bytes to the second copy.
TEST_F(ScrubTest, AForgedListOfPartsMovesNothing) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  const std::string part = id + "/data/main/shot-0001.png.p7m.0000";
  const auto good = read_file(copy(part)).value();
  std::string list = read_text(sealed(id + ".enc/001/parts-sha256.txt"), 1u << 20).value();
  const std::string forged = "not what was sealed", digest = sha256_hex(as_bytes(forged));
  list.replace(list.find(part) - 66, 64, digest);
  ASSERT_TRUE(write_text(sealed(part), forged));
  fs::create_directories(sealed(id + ".enc/002"));
  ASSERT_TRUE(write_text(sealed(id + ".enc/002/parts-sha256.txt"), list));
  fs::create_directories(sealed(id + ".enc/zzz"));                 // a stray folder stops nothing either
  for (const bool with_signature : {false, true}) {
    if (with_signature) {
      ASSERT_TRUE(write_atomically(sealed(id + ".enc/002/parts-sha256.txt.p7s"), bureau().officers[0]->sign_detached(as_bytes(list)).value()));
    }
    const auto done = scrub(*vault_, clock_, without_key()).value();
    EXPECT_EQ(done.packages.at(0).result, "damaged");
    EXPECT_EQ(read_file(copy(part)).value(), good) << "signed by another: " << with_signature;
    if (!with_signature) { EXPECT_EQ(read_file(sealed(part)).value(), good) << "the signed list decides"; }
  }
}

TEST_F(ScrubTest, AForgedSealMovesNothing) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  std::map<std::string, Bytes> good;
  for (const char* name : {"/bag-info.txt", "/tagmanifest-sha256.txt", "/seal/seal.txt"}) good[id + name] = read_file(copy(id + name)).value();
  const auto replace = [&](const std::string& path, const std::string& from, const std::string& to) {
    std::string text = read_text(sealed(path), 1u << 20).value();
    ASSERT_NE(text.find(from), std::string::npos) << path;
    text.replace(text.find(from), from.size(), to);
    ASSERT_TRUE(write_text(sealed(path), text));
  };
  replace(id + "/bag-info.txt", "练习", "演习");
  replace(id + "/tagmanifest-sha256.txt", sha256_hex(good[id + "/bag-info.txt"]), digest_file(sealed(id + "/bag-info.txt"))->sha256);
  replace(id + "/seal/seal.txt", sha256_hex(good[id + "/tagmanifest-sha256.txt"]), digest_file(sealed(id + "/tagmanifest-sha256.txt"))->sha256);
  vault_.reset();
  fs::remove(root_ / "vault/catalogue.sqlite");
  open();                                            // takes the forged fingerprint for the package's
  const auto done = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(done.packages.at(0).result, "repaired");
  for (const auto& [path, bytes] : good) {
    EXPECT_EQ(read_file(copy(path)).value(), bytes) << path;
    EXPECT_EQ(read_file(sealed(path)).value(), bytes) << path;
  }
}

// Two seals that both hold, or neither: scrub changes neither copy.
TEST_F(ScrubTest, WhereNobodyCanTellNeitherCopyIsChanged) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  const std::string seal = id + "/seal/seal.txt", part = id + "/data/main/shot-0001.png.p7m.0000";
  flip(sealed(seal), 10);
  flip(copy(seal), 20);
  flip(sealed(part), 300);
  const auto mine = read_file(sealed(seal)).value(), other = read_file(copy(seal)).value(), hurt = read_file(sealed(part)).value();
  const auto done = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(done.packages.at(0).result, "damaged");
  EXPECT_THAT(done.packages.at(0).damaged, Contains(seal));
  EXPECT_THAT(done.packages.at(0).repaired, IsEmpty());
  EXPECT_EQ(read_file(sealed(seal)).value(), mine);
  EXPECT_EQ(read_file(copy(seal)).value(), other);
  EXPECT_EQ(read_file(sealed(part)).value(), hurt);
}

// A list that is rotten here and a part that is rotten there: each is mended from where it holds.
TEST_F(ScrubTest, AListIsBelievedForItsSignatureNotForItsParts) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  const std::string list = id + ".enc/001/parts-sha256.txt", part = id + "/data/main/shot-0001.png.p7m.0000";
  const auto good_list = read_file(copy(list)).value(), good_part = read_file(sealed(part)).value();
  flip(sealed(list), 5);
  flip(copy(part), 300);
  const auto done = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(done.packages.at(0).result, "repaired") << testing::PrintToString(done.packages.at(0).damaged);
  EXPECT_EQ(read_file(sealed(list)).value(), good_list);
  EXPECT_EQ(read_file(copy(part)).value(), good_part);
}

TEST_F(ScrubTest, APackageThatIsGoneComesBackFromTheSecondCopy) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  vault_.reset();
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(root_ / "vault/sealed")) all.push_back(entry.path());
  for (const auto& path : all) fs::remove_all(path);
  fs::remove(root_ / "vault/catalogue.sqlite");
  open();
  EXPECT_THAT(vault_->list().value(), IsEmpty());
  EXPECT_EQ(not_in_step(root_ / "vault", root_ / "copy").value(), std::vector<std::string>{id}) << "what is only there is out of step";
  const auto done = scrub(*vault_, clock_, full()).value();
  EXPECT_EQ(done.restored, std::vector<std::string>{id});
  EXPECT_EQ(done.packages.at(0).verdict, "practice") << testing::PrintToString(done.packages.at(0).damaged);
  EXPECT_EQ(vault_->list()->size(), 1u);
  EXPECT_THAT(vault_->check_permissions(), IsEmpty());
  EXPECT_THAT(not_in_step(root_ / "vault", root_ / "copy").value(), IsEmpty());
}

TEST_F(ScrubTest, ScrubSaysWhatIsWrongWithTheSecondCopy) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto first = encrypted_package(1);
  open_up(root_);
  fs::remove(copy(first + "/seal/seal.txt"));
  fs::remove_all(copy(first + "/data/main"));
  const auto mended = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(mended.packages.at(0).result, "repaired");
  EXPECT_THAT(mended.packages.at(0).repaired, Contains("copy:" + first + "/seal/seal.txt"));
  EXPECT_THAT(not_in_step(root_ / "vault", root_ / "copy").value(), IsEmpty());
  fs::rename(root_ / "copy", root_ / "away");
  const auto second = encrypted_package(2);
  const auto away = scrub(*vault_, clock_, without_key()).value();
  EXPECT_THAT(away.copy_problem, HasSubstr("away"));
  fs::rename(root_ / "away", root_ / "copy");
  const auto back = scrub(*vault_, clock_, without_key()).value();
  EXPECT_EQ(back.copy_problem, "");
  EXPECT_EQ(back.behind, std::vector<std::string>{second});
}

}  // namespace
}  // namespace guzheng
