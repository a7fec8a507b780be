#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/identity/keyfile.h"
#include "core/identity/practice.h"
#include "core/identity/timestamp.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {
struct TempFolder {
  fs::path path;
  TempFolder() {
    std::string name = (fs::temp_directory_path() / "gz-identity-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~TempFolder() { fs::remove_all(path); }
};
// Made once: key derivation is slow on purpose.
class PracticeBureau : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = new TempFolder;
    const auto t = SystemClock().monotonic();
    auto made = open_practice_bureau(folder->path / "practice", clock());
    ASSERT_TRUE(made) << made.error().what;
    bureau = new Bureau(*made);
    first_ms = (SystemClock().monotonic().us - t.us) / 1000;
  }
  static void TearDownTestSuite() {
    delete bureau;
    delete folder;
  }
  static const Clock& clock() {
    static const SystemClock system;
    return system;
  }
  static inline TempFolder* folder = nullptr;
  static inline Bureau* bureau = nullptr;
  static inline std::int64_t first_ms = 0;
};
}  // namespace

// A-7.2b: officers are identified by certificates of their bureau
TEST_F(PracticeBureau, NamesTwoOfficersWithBadges) {
  RecordProperty("first_start_ms", std::to_string(first_ms));
  ASSERT_EQ(bureau->officers.size(), 2u);
  const auto first = bureau->officers[0]->info(), second = bureau->officers[1]->info();
  EXPECT_EQ(first.subject_cn, "练习员甲");
  EXPECT_EQ(first.badge, "练习-0001");
  EXPECT_EQ(second.badge, "练习-0002");
  EXPECT_EQ(first.unit, bureau->name);
  EXPECT_TRUE(first.practice);
  EXPECT_NE(first.sha256, second.sha256);
  EXPECT_EQ(bureau->station, "LX-03");
}

TEST_F(PracticeBureau, OpensAgainWithTheSamePeople) {
  const auto start = SystemClock().monotonic();
  const auto again = open_practice_bureau(folder->path / "practice/", clock());
  RecordProperty("again_ms", std::to_string((SystemClock().monotonic().us - start.us) / 1000));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->officers[0]->info().sha256, bureau->officers[0]->info().sha256);
  EXPECT_EQ(again->archive_pem, bureau->archive_pem);
}

// keys are private files
TEST_F(PracticeBureau, KeyFilesBelongToTheOwnerAlone) {
  int keys = 0;
  for (const auto& entry : fs::directory_iterator(folder->path / "practice")) {
    struct stat st {};
    ASSERT_EQ(::stat(entry.path().c_str(), &st), 0);
    EXPECT_EQ(st.st_mode & 077, 0u) << entry.path();
    keys += entry.path().extension() == ".p12";
  }
  EXPECT_EQ(keys, 10);
}

TEST_F(PracticeBureau, WrongPassphraseIsDenied) {
  const auto cert = ssl::read_cert(as_bytes(bureau->officers[0]->certificate_pem()));
  ASSERT_TRUE(cert);
  const auto key = unlock_key(folder->path / "practice/officer1.p12", "guess", cert->get());
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, ErrorKind::Denied);
}

TEST_F(PracticeBureau, SignsDetached) {
  const Bytes content = to_bytes("evidence\n");
  const auto der = bureau->officers[0]->sign_detached(content);
  ASSERT_TRUE(der) << der.error().what;
  const unsigned char* at = der->data();
  const ssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der->size())));
  ASSERT_TRUE(cms);
  EXPECT_EQ(ssl::to_der(cms.get(), i2d_CMS_ContentInfo), *der);
  const ssl::Store store(X509_STORE_new());
  const auto root = ssl::read_cert(as_bytes(bureau->org_root_pem));
  X509_STORE_add_cert(store.get(), root->get());
  const auto verify = [&](ByteView bytes) {
    const ssl::Bio bio = ssl::memory(bytes);
    return CMS_verify(cms.get(), nullptr, store.get(), bio.get(), nullptr, CMS_BINARY | CMS_DETACHED) == 1;
  };
  X509_STORE_set_purpose(store.get(), X509_PURPOSE_ANY);
  EXPECT_TRUE(verify(content));
  EXPECT_FALSE(verify(to_bytes("evidencf\n")));
}

// A-7.4b: time stamps
TEST_F(PracticeBureau, StampsWithRisingSerials) {
  const Bytes imprint = sha256(as_bytes("head\n"));
  const auto one = bureau->authorities.at(0)->stamp(imprint), two = bureau->authorities.at(0)->stamp(imprint);
  ASSERT_TRUE(one) << one.error().what;
  ASSERT_TRUE(two);
  const auto a = read_timestamp_response(*one, imprint), b = read_timestamp_response(*two, imprint);
  ASSERT_TRUE(a);
  ASSERT_TRUE(b);
  EXPECT_EQ(a->authority, "练习时间戳");
  EXPECT_NE(a->serial, b->serial);
  EXPECT_LE(a->time, b->time);
  EXPECT_TRUE(check_timestamp_trust(*one, bureau->tsa_root_pem));
  EXPECT_FALSE(check_timestamp_trust(*one, bureau->org_root_pem));
  EXPECT_EQ(read_timestamp_response(*one, sha256(as_bytes("other"))).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(check_timestamp_response(*one, imprint, b->nonce).error().kind, ErrorKind::Protocol);
}

TEST(PracticeFolder, RefusesAFolderOfSomethingElse) {
  TempFolder temp;
  ASSERT_TRUE(write_atomically(temp.path / "letter.txt", as_bytes("x")));
  const auto opened = open_practice_bureau(temp.path, SystemClock());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::Exists);
}
