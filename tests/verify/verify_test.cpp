// The verifier over a whole sample package: every way in which it may be read, and every byte that may be changed.
#include "core/seal/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "core/base/file.h"
#include "tests/support/sample_bag.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

fs::path temporary_folder() {
  std::string name = (fs::temp_directory_path() / "guzheng-verify-XXXXXX").string();
  return ::mkdtemp(name.data());
}

// One bureau and one package for all cases: making them costs seconds.
class VerifyPackage : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = temporary_folder();
    bureau_ = std::make_unique<Bureau>(*open_practice_bureau(folder_ / "bureau", clock_));
    bag_ = test::make_sample_bag(folder_ / "whole", *bureau_, clock_, {}).bag;
    ASSERT_TRUE(export_package(bag_, folder_ / "package.zip"));
  }
  static void TearDownTestSuite() {
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add);
    fs::remove_all(folder_);
    bureau_.reset();
  }

  static VerifyOptions options() {
    VerifyOptions options;
    options.roots = {bureau_->org_root_pem, bureau_->tsa_root_pem};
    options.clock = &clock_;
    return options;
  }
  static Verification verify(const fs::path& package, const VerifyOptions& with = options()) {
    const auto v = verify_package(package, with);
    EXPECT_TRUE(v) << (v ? "" : v.error().what);
    return v ? *v : Verification{};
  }
  // Fresh package made for one case.
  static fs::path make(const test::SampleOptions& options) {
    return test::make_sample_bag(folder_ / ("case-" + std::to_string(++cases_)), *bureau_, clock_, options).bag;
  }
  static std::string rules(const Verification& v) {
    std::string out;
    for (const auto& finding : v.damage) out += finding.rule + " " + finding.path + ": " + finding.what + "\n";
    return out;
  }
  static bool has_rule(const Verification& v, std::string_view rule) {
    return std::any_of(v.damage.begin(), v.damage.end(), [&](const auto& f) { return f.rule == rule; });
  }

  static inline SystemClock clock_;
  static inline fs::path folder_, bag_;
  static inline std::unique_ptr<Bureau> bureau_;
  static inline int cases_ = 0;
};

TEST_F(VerifyPackage, FolderAndZipAreBothPractice) {                  // B-5.4.4a
  for (const auto& package : {bag_, folder_ / "package.zip"}) {
    const auto v = verify(package);
    EXPECT_EQ(v.verdict, Verdict::Practice) << rules(v);
    EXPECT_TRUE(v.practice);
    EXPECT_EQ(v.state, "完整");
    EXPECT_EQ(v.fingerprint.size(), 64u);
    EXPECT_EQ(v.shots, 4u);
    EXPECT_EQ(v.packets, 45u);
    EXPECT_EQ(v.signatures, 3u);
    EXPECT_TRUE(v.incomplete.empty());
  }
}

TEST_F(VerifyPackage, MissingRootsCannotTellButTheRestIsChecked) {    // B-5.4.4a
  auto with = options();
  with.roots.tsa_pem.clear();
  auto v = verify(bag_, with);
  EXPECT_EQ(v.verdict, Verdict::CannotTell);
  EXPECT_EQ(v.missing, std::vector<std::string>{"tsa-root"});
  with.roots.org_pem.clear();
  v = verify(bag_, with);
  EXPECT_EQ(v.missing.size(), 2u);
  EXPECT_TRUE(v.practice);
}

TEST_F(VerifyPackage, ForeignRootsAreDamage) {
  auto with = options();
  std::swap(with.roots.org_pem, with.roots.tsa_pem);
  const auto v = verify(bag_, with);
  EXPECT_EQ(v.verdict, Verdict::Damaged);
  EXPECT_TRUE(has_rule(v, "signer.chain")) << rules(v);
  EXPECT_TRUE(has_rule(v, "stamp.authority")) << rules(v);
}

TEST_F(VerifyPackage, LateSignatureAndStampAreSaid) {
  test::SampleOptions late;
  late.second_signature = late.stamp_seal = false;
  const auto v = verify(make(late));
  EXPECT_EQ(v.verdict, Verdict::Practice) << rules(v);
  EXPECT_EQ(v.incomplete, (std::vector<std::string>{"待时间戳", "待签"}));
}

TEST_F(VerifyPackage, PackageWithoutBeaconIsIncomplete) {
  test::SampleOptions none;
  none.beacon = false;
  const auto v = verify(make(none));
  EXPECT_EQ(v.verdict, Verdict::Practice) << rules(v);
  EXPECT_FALSE(v.incomplete.empty());
}

TEST_F(VerifyPackage, AudioNeedsItsTextRecord) {      // issue 3.4: 录音 without 文字记录 is 不完整, whatever the package says
  test::SampleOptions heard;
  heard.audio = test::SampleOptions::Audio::Alone;
  auto v = verify(make(heard));
  EXPECT_EQ(v.verdict, Verdict::Practice) << rules(v);
  EXPECT_EQ(v.incomplete, (std::vector<std::string>{"录音没有文字记录"}));
  heard.audio = test::SampleOptions::Audio::WithText;
  v = verify(make(heard));
  EXPECT_EQ(v.verdict, Verdict::Practice) << rules(v);
  EXPECT_TRUE(v.incomplete.empty());
}

// 完整 claimed although the beacon misses.
TEST_F(VerifyPackage, CompleteMustNotBeClaimedWithoutAllFourKinds) {  // A-7.2c A-7.3c
  test::SampleOptions lie;
  lie.change = [](const std::string& name, Json& value) {
    if (name == "values.json") {
      value["items"][2]["kind"] = "other";
      value["checklist"]["licence"] = 0;
      value["checklist"]["other"] = 1;
    }
  };
  const auto v = verify(make(lie));
  EXPECT_EQ(v.verdict, Verdict::Damaged);
  EXPECT_TRUE(has_rule(v, "tags.complete")) << rules(v);
}

TEST_F(VerifyPackage, PracticeMarkTakenFromOnePlaceIsDamage) {        // A-7.2d
  for (const std::string name : {"order.json", "people.json", "device.json", "values.json"}) {
    test::SampleOptions lie;
    lie.change = [&](const std::string& file, Json& value) {
      if (file == name) value.erase("practice");
    };
    const auto v = verify(make(lie));
    EXPECT_EQ(v.verdict, Verdict::Damaged);
    EXPECT_TRUE(has_rule(v, "marks.differ")) << name << "\n" << rules(v);
  }
}

TEST_F(VerifyPackage, ItemOrRecordingThatIsNotInTheJournalIsDamage) {
  for (const auto& lie : std::vector<std::function<void(Json&)>>{
           [](Json& v) { v["items"][0]["path"] = "data/main/shot-0009.png"; },
           [](Json& v) { v["items"][0]["before_us"] = 1; },
           [](Json& v) { v["recordings"][0]["packets"] = 1; },
           [](Json& v) { v["items"].erase(0); },
           [](Json& v) { v["gaps"].push_back({{"gap", 1}, {"begin", ""}, {"end", ""}, {"packets", 0}, {"reason", ""}}); },
           [](Json& v) { v["package"] = "LX-03-20200101-0001"; }}) {
    test::SampleOptions options_of_case;
    options_of_case.change = [&](const std::string& file, Json& value) {
      if (file == "values.json") lie(value);
    };
    const auto v = verify(make(options_of_case));
    EXPECT_EQ(v.verdict, Verdict::Damaged);
    EXPECT_TRUE(has_rule(v, "values")) << rules(v);
  }
}

TEST_F(VerifyPackage, OneOfficerTwiceIsDamage) {
  test::SampleOptions lie;
  lie.change = [](const std::string& file, Json& value) {
    if (file == "people.json") value["officers"][1] = value["officers"][0];
  };
  const auto v = verify(make(lie));
  EXPECT_TRUE(has_rule(v, "signer.distinct")) << rules(v);
}

TEST_F(VerifyPackage, AddedFileLinkAndEmptyFolderAreFound) {
  const auto copy = folder_ / "added";
  fs::create_directories(copy);
  const auto bag = copy / bag_.filename();
  const auto fresh = [&] {
    if (fs::exists(bag)) {
      for (const auto& entry : fs::recursive_directory_iterator(bag)) 
        if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add);
      fs::remove_all(bag);
    }
    fs::copy(bag_, bag, fs::copy_options::recursive);
    fs::permissions(bag, fs::perms::owner_all, fs::perm_options::add);
    fs::permissions(bag / "data", fs::perms::owner_all, fs::perm_options::add);
    fs::permissions(bag / "data/main", fs::perms::owner_all, fs::perm_options::add);
  };
  fresh();
  std::ofstream(bag / "data/main/shot-0005.png") << "x";
  EXPECT_TRUE(has_rule(verify(bag), "tree.extra"));
  fresh();
  fs::create_symlink("/etc/passwd", bag / "data/main/shot-0005.png");
  EXPECT_TRUE(has_rule(verify(bag), "tree.link"));
  fresh();
  fs::create_directory(bag / "data/more");
  EXPECT_TRUE(has_rule(verify(bag), "tree.empty-folder"));
  fresh();
  std::ofstream(bag / ".hidden") << "x";
  EXPECT_TRUE(has_rule(verify(bag), "tree.name"));
  fresh();
  fs::remove(bag / "data/main/shot-0004.xml");
  EXPECT_TRUE(has_rule(verify(bag), "tree.missing"));
}

// Every single changed byte of an export is found; the seed is fixed so that a failure can be repeated.
TEST_F(VerifyPackage, ThreeHundredRandomFlipsAreAllFound) {           // A-7.2a B-5.4.4a
  auto bytes = *read_file(folder_ / "package.zip");
  std::mt19937 random(20261121);
  const auto changed = folder_ / "changed.zip";
  for (int i = 0; i < 300; ++i) {
    const std::size_t at = random() % bytes.size();
    const auto flip = static_cast<std::uint8_t>(1u << (random() % 8));
    bytes[at] ^= flip;
    std::ofstream(changed, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    const auto v = verify_package(changed, options());
    ASSERT_TRUE(!v || v->verdict == Verdict::Damaged) << "byte " << at << " xor " << int(flip);
    bytes[at] ^= flip;
  }
}

// What lies outside every digest: headers of the container and the tokens beside the bag, at every seventh byte (container_test does every bit of a small ZIP).
TEST_F(VerifyPackage, BytesOfTheSealsStampAndOfHeadersAreHeld) {
  auto bytes = *read_file(folder_ / "package.zip");
  const auto changed = folder_ / "changed.zip";
  const std::string text(as_text(bytes));
  const auto begin = text.find(".after/seal.txt.tsr");
  ASSERT_NE(begin, std::string::npos);
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.find("/VERIFY.txt") + 20; at += 7) places.push_back(at);        // .after comes first
  for (std::size_t at = bytes.size() - 200; at < bytes.size(); at += 7) places.push_back(at);
  for (const std::size_t at : places) {
    for (const auto flip : {static_cast<std::uint8_t>(1u << (at % 8))}) {
      bytes[at] ^= flip;
      std::ofstream(changed, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
      const auto v = verify_package(changed, options());
      EXPECT_TRUE(!v || v->verdict == Verdict::Damaged) << "byte " << at << " xor " << int(flip);
      bytes[at] ^= flip;
    }
  }
}

TEST_F(VerifyPackage, OtherFilesAreNoPackage) {
  const auto note = folder_ / "note.txt";
  std::ofstream(note) << "hello";
  EXPECT_EQ(verify_package(note, options()).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(verify_package(folder_ / "nowhere", options()).error().kind, ErrorKind::NotFound);
  auto cancelled = options();
  cancelled.progress = [](std::uint64_t, std::uint64_t) { return false; };
  EXPECT_EQ(verify_package(bag_, cancelled).error().kind, ErrorKind::Cancelled);
}

}  // namespace
}  // namespace guzheng
