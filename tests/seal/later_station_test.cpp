// Lists of parts after the station's certificate was renewed (FORMAT.md 11.1): A-7.4b.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

#include "core/base/file.h"
#include "core/identity/opener.h"
#include "core/seal/late_stamps.h"
#include "core/seal/package_reader.h"
#include "core/seal/vault_form.h"
#include "core/seal/verify.h"
#include "tests/support/sample_bag.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

const std::vector<std::string> kOthers{"station-other", "officer2", "station-earlier", "station-renewed-elsewhere", "station-spelled", "station-encryption"};

// A package in vault form, sealed and listed with the station's first certificate, and a report of later beside it.
class LaterStation : public testing::Test {
 protected:
  LaterStation() {
    std::string pattern = (fs::temp_directory_path() / "gz-later-station-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    EXPECT_TRUE(test::make_sample_bureau(folder(), {clock_.wall(), {}, {}, {}}));
    bureau_.emplace(test::open_sample_bureau(folder(), clock_).value());
    archive_ = make_file_opener(folder() / "archive.crt", folder() / "archive.p12", "test").value();
    desk_.emplace(*bureau_, clock_);
    bag_ = test::make_sample_bag(root_, *bureau_, clock_).bag;
    EXPECT_TRUE(encrypt_package(bag_, request(*bureau_->station_signer, nullptr)));
    pdf_ = "%PDF-1.7 Guzheng package " + bag_.filename().string() + " seal " + sha256_hex(read_file(bag_ / "seal/seal.txt").value()) + "\n";
    EXPECT_TRUE(make_private_folder(report().parent_path()) && write_text(report(), pdf_));
    EXPECT_TRUE(write_atomically(report().string() + ".p7s", bureau_->officers[0]->sign_detached(as_bytes(pdf_)).value()));
  }
  ~LaterStation() override {
    for (auto it = fs::recursive_directory_iterator(root_); it != fs::recursive_directory_iterator(); ++it)
      if (it->is_directory()) fs::permissions(it->path(), fs::perms::owner_all);
    fs::remove_all(root_);
  }

  fs::path folder() const { return root_ / "bureau"; }
  fs::path beside(const char* part) const { return bag_.parent_path() / (bag_.filename().string() + part); }
  fs::path report() const { return beside(".report") / "001/report.pdf"; }
  fs::path list(int number) const { return beside(".enc") / ("00" + std::to_string(number)) / "parts-sha256.txt"; }
  std::shared_ptr<Signer> signer(const std::string& name) const { return test::sample_signer(folder(), name, clock_).value(); }
  Encryption request(const Signer& station, StampDesk* stamps) const { return {vault_recipients(*bureau_).value(), &station, {}, stamps}; }
  Result<Encrypted> encrypt_as(const std::string& name, StampDesk* stamps) const { return encrypt_package(bag_, request(*signer(name), stamps)); }
  Verification verify(bool with_key) const {
    VerifyOptions options;
    options.roots = {bureau_->org_root_pem, bureau_->tsa_root_pem, {}};
    options.clock = &clock_;
    options.opener = with_key ? archive_.get() : nullptr;
    return verify_package(bag_, options).value();
  }
  static std::string rules(const Verification& v) {
    std::string out;
    for (const auto& finding : v.damage) out += finding.rule + " " + finding.path + " " + finding.what + "\n";
    return out;
  }
  // The list of the sealed certificate, as another signs it; its stamp goes.
  void sign_list_as(const std::string& name) const {
    const auto signature = signer(name)->sign_detached(read_file(list(1)).value()).value();
    ASSERT_TRUE(write_atomically(list(1).string() + ".p7s", signature));
  }
  // Is the report encrypted only once?
  void expect_plain() const {
    EXPECT_EQ(read_text(report()).value_or(""), pdf_);
    EXPECT_FALSE(fs::exists(beside(".enc") / "002"));
    EXPECT_FALSE(fs::exists(report().string() + ".p7m.0000"));
  }

  fs::path root_, bag_;
  SystemClock clock_;
  std::optional<Bureau> bureau_;
  std::shared_ptr<Opener> archive_;
  std::optional<StampDesk> desk_;
  std::string pdf_;
};

TEST_F(LaterStation, TheRenewedCertificateEncryptsALaterReport) {
  const auto done = encrypt_as("station-renewed", &*desk_);
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_TRUE(done->list_stamped);
  EXPECT_FALSE(fs::exists(report()));
  EXPECT_TRUE(fs::exists(list(2).string() + ".p7s.tsr"));
  EXPECT_FALSE(fs::exists(beside(".enc-making")));
  EXPECT_FALSE(has_plain_files(bag_));
  EXPECT_EQ(verify(true).verdict, Verdict::Whole) << rules(verify(true));
  EXPECT_EQ(verify(false).verdict, Verdict::CannotTell) << rules(verify(false));
  EXPECT_THAT(verify(false).missing, testing::ElementsAre(HasSubstr("content-key"))) << "as of a list by the sealed certificate";
  EXPECT_EQ((*open_package(bag_, archive_.get()))->text(".report/001/report.pdf").value(), pdf_);
  EXPECT_TRUE(check_parts(bag_).value().damaged.empty());
  EXPECT_TRUE(finish_encryption(bag_));
}

// Killed once the list stands: it is brought to its end on the word of the renewed certificate.
TEST_F(LaterStation, AKilledEncryptionIsBroughtToItsEnd) {
  ASSERT_TRUE(encrypt_as("station-renewed", &*desk_));
  const fs::path part = report().string() + ".p7m.0000", waits = beside(".enc-making") / "parts" / (bag_.filename().string() + ".report/001/report.pdf.p7m.0000");
  ASSERT_TRUE(make_private_folder(waits.parent_path()));
  fs::rename(part, waits);
  ASSERT_TRUE(write_text(report(), pdf_));
  fs::rename(list(2).string() + ".p7s.tsr", root_ / "away");
  EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(read_text(report()).value_or(""), pdf_) << "not on its word alone";
  EXPECT_TRUE(fs::exists(waits));
  fs::rename(root_ / "away", list(2).string() + ".p7s.tsr");
  ASSERT_TRUE(finish_encryption(bag_));
  EXPECT_TRUE(fs::exists(part));
  EXPECT_FALSE(fs::exists(report()));
  EXPECT_EQ(verify(true).verdict, Verdict::Whole) << rules(verify(true));
}

// Nobody answers: nothing is published, the report stays, and what was made is used when somebody does.
TEST_F(LaterStation, WithoutATimeStampNothingIsListedByTheRenewedCertificate) {
  Bureau alone = *bureau_;
  alone.authorities.clear();
  StampDesk nobody(alone, clock_);
  for (auto* desk : {&nobody, static_cast<StampDesk*>(nullptr)}) {
    const auto refused = encrypt_as("station-renewed", desk);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().what, HasSubstr("earlier certificate of this station"));
    EXPECT_NE(refused.error().kind, ErrorKind::Tampered);
    expect_plain();
    EXPECT_NE(verify(true).verdict, Verdict::Damaged) << rules(verify(true));
  }
  EXPECT_TRUE(finish_encryption(bag_));
  expect_plain();
  const auto done = encrypt_as("station-renewed", &*desk_);
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_FALSE(fs::exists(report()));
  EXPECT_EQ(verify(true).verdict, Verdict::Whole) << rules(verify(true));
}

// Another station of the bureau, an officer, a key of before the seal, and the same name under another root.
TEST_F(LaterStation, NobodyElseListsParts) {
  for (const std::string& who : kOthers) {
    const auto refused = encrypt_as(who, &*desk_);
    ASSERT_FALSE(refused) << who;
    EXPECT_EQ(refused.error().kind, ErrorKind::Denied) << who;
    EXPECT_THAT(refused.error().what, HasSubstr("encrypt it at a desk of the station that sealed it")) << who;
    EXPECT_FALSE(fs::exists(beside(".enc-making"))) << who << ": refused before anything was made";
    expect_plain();
  }
}

TEST_F(LaterStation, ListsByOthersRemoveNothingAndAreDamage) {
  for (const std::string& who : kOthers) {
    sign_list_as(who);
    std::error_code ec;
    fs::remove(list(1).string() + ".p7s.tsr", ec);
    ASSERT_TRUE(stamp_parts_list(bag_, *desk_)) << who;
    EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::Tampered) << who;
    EXPECT_EQ(check_parts(bag_).error().kind, ErrorKind::Tampered) << who;
    for (const bool key : {true, false}) EXPECT_EQ(verify(key).verdict, Verdict::Damaged) << who;
    EXPECT_TRUE(fs::exists(report())) << who;
  }
}

TEST_F(LaterStation, AMissingStampIsToldAndHealsLate) {
  sign_list_as("station-renewed");
  for (const bool key : {true, false}) {
    EXPECT_EQ(verify(key).verdict, Verdict::CannotTell) << rules(verify(key));
    EXPECT_THAT(verify(key).missing, Contains("parts-stamp"));
  }
  EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::NotFound) << "nothing is removed on its word yet";
  EXPECT_THAT(check_parts(bag_).error().what, HasSubstr("(stamp)"));
  const auto reader = open_package(bag_, archive_.get()).value();
  const auto came = fetch_late_stamps(bag_, [&](const std::string& path) { return reader->whole(path); }, *desk_);
  ASSERT_TRUE(came) << came.error().what;
  EXPECT_TRUE(came->pending.empty());
  EXPECT_TRUE(finish_encryption(bag_));
  EXPECT_EQ(verify(true).verdict, Verdict::Whole) << rules(verify(true));
  EXPECT_THAT(verify(false).missing, testing::Not(Contains("parts-stamp")));
}

TEST_F(LaterStation, AStampOverOtherBytesIsDamage) {
  sign_list_as("station-renewed");
  fs::copy_file(beside(".after") / "seal.txt.tsr", list(1).string() + ".p7s.tsr");
  EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::Tampered);
  for (const bool key : {true, false}) {
    EXPECT_EQ(verify(key).verdict, Verdict::Damaged);
    EXPECT_THAT(rules(verify(key)), HasSubstr("stamp.imprint"));
  }
}

// Once a certificate of root or station in the package is not the sealed one, it vouches for nobody.
TEST_F(LaterStation, ARootThatWasNotSealedVouchesForNoSuccessor) {
  sign_list_as("station-renewed");
  ASSERT_TRUE(stamp_parts_list(bag_, *desk_));
  ASSERT_TRUE(finish_encryption(bag_));
  const fs::path org = bag_ / "seal/certs/org.crt";
  fs::permissions(org, fs::perms::owner_all);
  fs::permissions(org.parent_path(), fs::perms::owner_all);
  ASSERT_TRUE(write_text(org, bureau_->org_root_pem + "\n"));
  EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(encrypt_as("station-renewed", &*desk_).error().kind, ErrorKind::Tampered);
  fs::remove(org);
  EXPECT_EQ(finish_encryption(bag_).error().kind, ErrorKind::Tampered) << "that it is gone is no missing stamp";
}

// The station's renewed certificate is named in the sealed list of revoked ones, or has lapsed: at the time of the stamp it is no signer.
class LaterStationGone : public testing::TestWithParam<bool> {};

TEST_P(LaterStationGone, ListsNothing) {
  const bool revoked = GetParam();
  std::string pattern = (fs::temp_directory_path() / "gz-later-gone-XXXXXX").string();
  const fs::path root = ::mkdtemp(pattern.data());
  const SystemClock clock;
  constexpr std::int64_t kHour = 3'600'000;
  const WallTime now = clock.wall();
  test::BureauPlan plan{now, {}, {}, {}};
  if (revoked) plan.revoked["station-renewed"] = {now.ms - kHour};
  else plan.validity["station-renewed"] = {{now.ms - 12 * kHour}, {now.ms - kHour}};
  ASSERT_TRUE(test::make_sample_bureau(root / "bureau", plan));
  const auto bureau = test::open_sample_bureau(root / "bureau", clock).value();
  const auto signer = test::sample_signer(root / "bureau", "station-renewed", clock).value();
  StampDesk desk(bureau, clock);
  const auto bag = test::make_sample_bag(root, bureau, clock).bag;
  const auto refused = encrypt_package(bag, {vault_recipients(bureau).value(), signer.get(), {}, &desk});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr(revoked ? "revoked" : "not valid at the time of the stamp"));
  EXPECT_FALSE(is_encrypted(bag));
  ASSERT_TRUE(encrypt_package(bag, {vault_recipients(bureau).value(), bureau.station_signer.get(), {}}));
  const fs::path list = bag.string() + ".enc/001/parts-sha256.txt";
  ASSERT_TRUE(write_atomically(list.string() + ".p7s", signer->sign_detached(read_file(list).value()).value()));
  if (!revoked) {
    EXPECT_EQ(stamp_parts_list(bag, desk).error().kind, ErrorKind::Denied) << "a stamp of today would be evidence against the list";
    EXPECT_FALSE(fs::exists(list.string() + ".p7s.tsr"));
  } else {
    ASSERT_TRUE(stamp_parts_list(bag, desk));
    EXPECT_EQ(finish_encryption(bag).error().kind, ErrorKind::Tampered);
  }
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator(); ++it)
    if (it->is_directory()) fs::permissions(it->path(), fs::perms::owner_all);
  fs::remove_all(root);
}

INSTANTIATE_TEST_SUITE_P(RevokedOrLapsed, LaterStationGone, testing::Bool());

}  // namespace
}  // namespace guzheng
