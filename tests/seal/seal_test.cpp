#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "core/base/file.h"
#include "core/identity/keyfile.h"
#include "core/seal/stamp_desk.h"
#include "core/seal/zip_form.h"
#include "tests/support/sample_bag.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

const SystemClock kClock;

class SealTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "gz-seal-XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    auto bureau = open_practice_bureau(root_ / "bureau", kClock);
    ASSERT_TRUE(bureau) << bureau.error().what;
    bureau_ = new Bureau(*bureau);
  }
  static void TearDownTestSuite() {
    delete bureau_;
    open_up(root_);
    fs::remove_all(root_);
  }
  void SetUp() override {
    folder_ = root_ / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directory(folder_);
  }
  static void open_up(const fs::path& folder) {          // sealed folders are read-only
    for (fs::recursive_directory_iterator it(folder), end; it != end; ++it)
      if (it->is_directory()) ::chmod(it->path().c_str(), 0700);
  }

  // A tiny bag by hand: what seal_bag itself promises, without a recording.
  fs::path small_bag(std::vector<PayloadFile>& payload) const {
    const fs::path bag = folder_ / "LX-03-20261121-0007";
    EXPECT_TRUE(make_private_folder(bag / "data/main"));
    for (const char* path : {"data/main/shot-0002.png", "data/main/shot-0001.png"}) {
      EXPECT_TRUE(write_atomically(bag / path, as_bytes(path)));
      payload.push_back({path, digest_bytes(as_bytes(path))});
    }
    return bag;
  }
  static BagInfo info() {
    return {"LX-03-20261121-0007", "所属单位", "取证单位", "LX-03", "0.1.0", kClock.wall(), {}, true};
  }
  static SealSigners signers() { return {bureau_->station_signer, bureau_->officers[0], bureau_->officers[1], ""}; }

  static inline fs::path root_;
  static inline Bureau* bureau_ = nullptr;
  fs::path folder_;
};

}  // namespace

// A-7.4b: fingerprint, stamp, and nothing writable once sealed
TEST_F(SealTest, SealsReadOnlyWithFingerprintAndStamp) {
  std::vector<PayloadFile> payload;
  const auto bag = small_bag(payload);
  const auto outcome = seal_bag(bag, info(), payload, signers(), *bureau_, kClock);
  ASSERT_TRUE(outcome) << outcome.error().what;
  const auto seal = read_file(bag / "seal/seal.txt");
  EXPECT_EQ(outcome->fingerprint, sha256_hex(*seal));
  EXPECT_TRUE(outcome->stamped);
  EXPECT_TRUE(outcome->second_signature);
  const auto token = read_file(folder_ / "LX-03-20261121-0007.after/seal.txt.tsr");
  ASSERT_TRUE(token);
  const auto stamp = read_stamp(*token, sha256(*seal));
  ASSERT_TRUE(stamp) << stamp.error().what;
  EXPECT_EQ(stamp->authority, "练习时间戳");
  EXPECT_EQ(read_stamp(*token, sha256(as_bytes("x"))).error().kind, ErrorKind::Tampered);
  for (const auto& entry : fs::recursive_directory_iterator(bag)) {
    struct stat st {};
    ASSERT_EQ(::stat(entry.path().c_str(), &st), 0);
    EXPECT_EQ(st.st_mode & 0222, 0u) << entry.path();
  }
  EXPECT_EQ(seal_bag(bag, info(), payload, signers(), *bureau_, kClock).error().kind, ErrorKind::Exists);
}

// A-7.2c: what is sealed is exactly what was recorded
TEST_F(SealTest, RefusesAnotherPayloadThanWritten) {
  std::vector<PayloadFile> payload;
  const auto bag = small_bag(payload);
  auto longer = payload;
  longer[0].digests.size += 1;
  EXPECT_EQ(seal_bag(bag, info(), longer, signers(), *bureau_, kClock).error().kind, ErrorKind::Tampered);
  auto fewer = payload;
  fewer.pop_back();
  EXPECT_EQ(seal_bag(bag, info(), fewer, signers(), *bureau_, kClock).error().kind, ErrorKind::Invalid);
  auto more = payload;
  more.push_back({"data/main/shot-0003.png", payload[0].digests});
  EXPECT_EQ(seal_bag(bag, info(), more, signers(), *bureau_, kClock).error().kind, ErrorKind::NotFound);
  fs::create_symlink("shot-0001.png", bag / "data/main/shot-0004.png");
  EXPECT_EQ(seal_bag(bag, info(), payload, signers(), *bureau_, kClock).error().kind, ErrorKind::Invalid);
  EXPECT_FALSE(fs::exists(bag / "seal/seal.txt"));
}

// A sealing that was killed is begun anew, and its leftovers do not get into the seal.
TEST_F(SealTest, GoesOnAfterAKilledSealing) {
  std::vector<PayloadFile> payload;
  const auto bag = small_bag(payload);
  ASSERT_TRUE(make_private_folder(bag / "seal/certs"));
  ASSERT_TRUE(write_atomically(bag / "seal/sig-officer2.p7s", as_bytes("half")));
  ASSERT_TRUE(write_atomically(bag / ".bag-info.txt.1-0.tmp", as_bytes("half")));
  auto one = signers();
  one.officer2_certificate_pem = one.officer2->certificate_pem();
  one.officer2 = nullptr;
  const auto outcome = seal_bag(bag, info(), payload, one, *bureau_, kClock);
  ASSERT_TRUE(outcome) << outcome.error().what;
  EXPECT_FALSE(outcome->second_signature);
  EXPECT_FALSE(fs::exists(bag / "seal/sig-officer2.p7s"));
  EXPECT_FALSE(fs::exists(bag / ".bag-info.txt.1-0.tmp"));
  EXPECT_TRUE(fs::exists(bag / "seal/certs/officer2.crt"));
}

// The stamp may follow later (待时间戳) and does not change the seal.
TEST_F(SealTest, StampsLater) {
  std::vector<PayloadFile> payload;
  const auto bag = small_bag(payload);
  Bureau silent = *bureau_;
  silent.authorities.clear();
  const auto outcome = seal_bag(bag, info(), payload, signers(), silent, kClock);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->stamped);
  StampDesk nobody(silent, kClock), authorities(*bureau_, kClock);
  EXPECT_FALSE(stamp_seal(bag, nobody));
  ASSERT_TRUE(stamp_seal(bag, authorities));
  EXPECT_EQ(sha256_hex(*read_file(bag / "seal/seal.txt")), outcome->fingerprint);
  EXPECT_TRUE(stamp_seal(bag, nobody));                    // there already: nothing to ask for
}

TEST_F(SealTest, ExportStopsWithoutHalfAFile) {
  std::vector<PayloadFile> payload;
  const auto bag = small_bag(payload);
  EXPECT_EQ(export_package(bag, folder_ / "package.zip").error().kind, ErrorKind::Invalid);      // not sealed
  ASSERT_TRUE(seal_bag(bag, info(), payload, signers(), *bureau_, kClock));
  const auto stopped = export_package(bag, folder_ / "package.zip", [](std::uint64_t, std::uint64_t) { return false; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
  for (const auto& entry : fs::directory_iterator(folder_)) EXPECT_FALSE(entry.is_regular_file()) << entry.path();
  std::uint64_t last = 0, total = 0;
  const auto digest = export_package(bag, folder_ / "package.zip", [&](std::uint64_t done, std::uint64_t all) {
    EXPECT_GE(done, last);
    last = done;
    total = all;
    return true;
  });
  ASSERT_TRUE(digest) << digest.error().what;
  EXPECT_EQ(last, total);
  EXPECT_EQ(*digest, sha256_hex(*read_file(folder_ / "package.zip")));
  const auto again = export_package(bag, folder_ / "again.zip");
  EXPECT_EQ(*again, *digest);                              // canonical: the same bytes each time
}

// FORMAT.md 5.4: only the archive certificate opens the salts
TEST_F(SealTest, EnvelopeOpensForItsRecipientOnly) {
  const Bytes content = to_bytes("[{\"salt\":\"00\",\"seq\":12}]");
  const auto envelope = envelope_for({bureau_->archive_pem}, content);
  ASSERT_TRUE(envelope) << envelope.error().what;
  const auto open_with = [&](const char* who) -> Bytes {
    const auto cert = ssl::read_cert(*read_file(root_ / "bureau" / (std::string(who) + ".crt")));
    auto passphrase = *read_text(root_ / "bureau/passphrase.txt");
    passphrase.pop_back();
    const auto key = unlock_key(root_ / "bureau" / (std::string(who) + ".p12"), passphrase, cert->get());
    const unsigned char* at = envelope->data();
    const ssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(envelope->size())));
    EXPECT_EQ(OBJ_obj2nid(CMS_get0_type(cms.get())), NID_id_smime_ct_authEnvelopedData);
    const ssl::Bio out = ssl::memory();
    if (CMS_decrypt(cms.get(), key->get(), cert->get(), nullptr, out.get(), CMS_BINARY) != 1) return {};
    return ssl::content(out.get());
  };
  EXPECT_EQ(open_with("archive"), content);
  EXPECT_NE(open_with("officer1"), content);
  EXPECT_FALSE(envelope_for({}, content));
}

// A-7.4b: each recipient alone opens it, by RSA or by ECDH; nobody else; a changed byte is found
TEST_F(SealTest, EachRecipientOpensAnEnvelope) {
  const Bytes content = to_bytes("页面 page\n");
  ASSERT_EQ(bureau_->officer_encryption_pems.size(), 2u);
  const auto& mine = bureau_->officer_encryption_pems[0];
  const auto both = envelope_for({bureau_->archive_pem, mine}, content);
  ASSERT_TRUE(both) << both.error().what;
  const auto opened = bureau_->opener->open(*both);
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_EQ(*opened, content);
  const auto others = envelope_for({bureau_->archive_pem, bureau_->officer_encryption_pems[1]}, content);
  ASSERT_TRUE(others);
  const auto refused = bureau_->opener->open(*others);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  Bytes changed = *both;
  changed[changed.size() - 30] ^= 1;         // in the ciphertext or its tag, behind the recipients
  const auto broken = bureau_->opener->open(changed);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::Tampered) << broken.error().what;
}

TEST(ZipForm, Zip64OnlyWhereNeeded) {
  const auto small = zip_local_header({"a/b", 0xfffffffe, 1, 0});
  EXPECT_EQ(small.size(), 30u + 3u);
  const auto large = zip_local_header({"a/b", 0xffffffff, 1, 0});
  EXPECT_EQ(large.size(), 30u + 3u + 20u);
  EXPECT_EQ(read_le<std::uint16_t>(large.data() + 4), 45);
  EXPECT_EQ(zip_central_header({"a/b", 1, 1, 0xffffffff}).size(), 46u + 3u + 12u);
  EXPECT_EQ(zip_end(65'534, 100, 100).size(), 22u);
  EXPECT_EQ(zip_end(65'535, 100, 100).size(), 22u + 56u + 20u);
  EXPECT_EQ(crc32_more(0, as_bytes("123456789")), 0xcbf43926u);
}
