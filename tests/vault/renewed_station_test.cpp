// The vault after the station's certificate was renewed (FORMAT.md 11.1): later reports of older packages, second copy and scrub (A-7.4a, A-7.4b).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/identity/opener.h"
#include "core/vault/scrub.h"
#include "core/vault/second_copy.h"
#include "tests/support/sample_bag.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// One package, sealed and encrypted with the first certificate and copied; then the station serves with its renewed one.
class RenewedStation : public testing::Test {
 protected:
  RenewedStation() {
    std::string pattern = (fs::temp_directory_path() / "gz-renewed-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    EXPECT_TRUE(test::make_sample_bureau(root_ / "bureau", {clock_.wall(), {}, {}, {}}));
    first_ = test::open_sample_bureau(root_ / "bureau", clock_).value();
    first_.opener = make_file_opener(root_ / "bureau/archive.crt", root_ / "bureau/archive.p12", "test").value();
    renewed_ = first_;
    renewed_.station_signer = test::sample_signer(root_ / "bureau", "station-renewed", clock_).value();
    vault_ = Vault::open(root_ / "vault", clock_).value();
    vault_->serve(&first_);
    EXPECT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
    const auto made = test::make_sample_bag(root_ / "vault/open", first_, clock_);
    id_ = made.bag.filename().string();
    OpenBag bag{id_, made.bag, {}};
    EXPECT_TRUE(vault_->store(bag) && vault_->encrypt(id_));
    vault_->serve(&renewed_);
    write_report();
  }
  ~RenewedStation() override {
    vault_.reset();
    open_up();
    fs::remove_all(root_);
  }

  void open_up() const {
    for (auto it = fs::recursive_directory_iterator(root_); it != fs::recursive_directory_iterator(); ++it)
      if (it->is_directory()) fs::permissions(it->path(), fs::perms::owner_all);
  }
  void write_report() const {
    const std::string pdf = "%PDF-1.7 Guzheng package " + id_ + " seal " + sha256_hex(read_file(sealed(id_ + "/seal/seal.txt")).value()) + "\n";
    ASSERT_TRUE(make_private_folder(report().parent_path()) && write_text(report(), pdf));
    ASSERT_TRUE(write_atomically(report().string() + ".p7s", first_.officers[0]->sign_detached(as_bytes(pdf)).value()));
  }
  fs::path sealed(const std::string& path) const { return root_ / "vault/sealed" / path; }
  fs::path copy(const std::string& path) const { return root_ / "copy/sealed" / path; }
  fs::path report() const { return sealed(id_ + ".report/001/report.pdf"); }
  std::string list(const char* suffix = "") const { return id_ + ".enc/002/parts-sha256.txt" + suffix; }
  ScrubbedPackage scrubbed(bool with_key = true) {
    return scrub(*vault_, clock_, {{first_.org_root_pem, first_.tsa_root_pem, {}}, with_key ? first_.opener.get() : nullptr, {}, {}}).value().packages.at(0);
  }

  fs::path root_;
  SystemClock clock_;
  Bureau first_, renewed_;
  std::unique_ptr<Vault> vault_;
  std::string id_;
};

TEST_F(RenewedStation, ALaterReportIsEncryptedAndCopied) {
  const auto done = vault_->encrypt(id_);
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_TRUE(done->list_stamped);
  EXPECT_FALSE(done->copy_behind) << done->copy_behind->what;
  EXPECT_THAT(vault_->unencrypted().value(), IsEmpty());
  for (const char* suffix : {"", ".p7s", ".p7s.tsr"}) EXPECT_EQ(read_file(copy(list(suffix))).value(), read_file(sealed(list(suffix))).value()) << suffix;
  EXPECT_TRUE(fs::exists(copy(id_ + ".report/001/report.pdf.p7m.0000")));
  for (const bool key : {true, false}) {
    const auto one = scrubbed(key);
    EXPECT_EQ(one.result, "good") << testing::PrintToString(one.damaged);
    EXPECT_EQ(one.verdict, key ? "whole" : "cannot-tell");
  }
}

TEST_F(RenewedStation, ScrubMendsTheListItsSignatureAndItsStamp) {
  ASSERT_TRUE(vault_->encrypt(id_));
  open_up();
  for (const char* suffix : {"", ".p7s", ".p7s.tsr"})
    for (const bool mine : {true, false})
      for (const bool gone : {true, false}) {
        const std::string path = list(suffix);
        const fs::path hurt = mine ? sealed(path) : copy(path);
        Bytes bytes = read_file(hurt).value();
        const Bytes before = bytes;
        bytes[bytes.size() / 2] ^= 1;
        fs::remove(hurt);
        if (!gone) ASSERT_TRUE(write_atomically(hurt, bytes));
        const auto one = scrubbed();
        EXPECT_EQ(one.result, "repaired") << hurt << gone << testing::PrintToString(one.damaged);
        EXPECT_THAT(one.repaired, Contains(mine ? path : "copy:" + path)) << gone;
        ASSERT_TRUE(fs::exists(hurt)) << gone;
        EXPECT_EQ(read_file(hurt).value(), before);
      }
  const fs::path part = sealed(id_ + ".report/001/report.pdf.p7m.0000");
  const Bytes before = read_file(part).value();
  fs::remove(part);
  EXPECT_EQ(scrubbed().result, "repaired") << "parts are mended on its word";
  EXPECT_EQ(read_file(part).value(), before);
}

// On both copies the stamp is gone: it is that which is named, nothing is moved, and a late one heals it.
TEST_F(RenewedStation, AStampThatIsNowhereIsNamedAndFetchedAgain) {
  ASSERT_TRUE(vault_->encrypt(id_));
  open_up();
  fs::remove(sealed(list(".p7s.tsr")));
  fs::remove(copy(list(".p7s.tsr")));
  const auto one = scrubbed();
  EXPECT_EQ(one.result, "damaged");
  EXPECT_EQ(one.verdict, "cannot-tell");
  EXPECT_THAT(one.damaged, testing::ElementsAre(list(".p7s.tsr")));
  StampDesk desk(renewed_, clock_);
  ASSERT_TRUE(stamp_parts_list(sealed(id_), desk));
  EXPECT_TRUE(copy_follows(sealed(id_)));
  EXPECT_TRUE(fs::exists(copy(list(".p7s.tsr"))));
  EXPECT_EQ(scrubbed().result, "good");
}

// Nobody stamps: the report stays in plain bytes and is told; the next time it is taken.
TEST_F(RenewedStation, OfflineItStaysPlain) {
  Bureau offline = renewed_;
  offline.authorities.clear();
  vault_->serve(&offline);
  const auto refused = vault_->encrypt(id_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("encrypt again when a time-stamp authority answers"));
  EXPECT_TRUE(fs::exists(report()));
  EXPECT_FALSE(fs::exists(sealed(id_ + ".enc/002")));
  EXPECT_THAT(vault_->unencrypted().value(), testing::ElementsAre(id_));
  EXPECT_EQ(scrubbed().result, "plain");
  vault_.reset();
  vault_ = Vault::open(root_ / "vault", clock_).value();             // what waits from that run is brought to no end
  EXPECT_TRUE(fs::exists(report()));
  vault_->serve(&renewed_);
  EXPECT_TRUE(vault_->encrypt(id_));
  EXPECT_FALSE(fs::exists(report()));
  EXPECT_EQ(scrubbed().result, "good");
}

TEST_F(RenewedStation, AnotherStationOfTheBureauIsRefused) {
  Bureau other = renewed_;
  for (const std::string who : {"station-other", "station-earlier"}) {
    other.station_signer = test::sample_signer(root_ / "bureau", who, clock_).value();
    vault_->serve(&other);
    EXPECT_EQ(vault_->encrypt(id_).error().kind, ErrorKind::Denied) << who;
    EXPECT_TRUE(fs::exists(report()));
    EXPECT_FALSE(fs::exists(sealed(id_ + ".enc/002")));
  }
}

}  // namespace
}  // namespace guzheng
