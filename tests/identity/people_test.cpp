// A bureau made by the certificate tool: its people log in, sign, open, forget their passphrases, leave.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/base/file.h"
#include "core/identity/ca.h"
#include "core/identity/keyfile.h"
#include "core/identity/login.h"
#include "core/identity/opener.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

constexpr const char *kRoot = "root passphrase", *kArchive = "archive passphrase", *kFirst = "甲的口令 1", *kSecond = "乙的口令 2";

template <typename T>
T need(Result<T> result) {
  if (result) return std::move(*result);
  ADD_FAILURE() << result.error().what;
  std::abort();
}
void need(Status status) {
  if (!status) ADD_FAILURE() << status.error().what;
}

// AuthEnvelopedData as evidence is encrypted: for the archive (RSA-OAEP) and an officer (ECDH).
Bytes sealed_for(const std::vector<std::string>& pems, const std::string& content) {
  const ssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  CMS_set_detached(cms.get(), 0);
  for (const auto& pem : pems) {
    const auto cert = need(ssl::read_cert(as_bytes(pem)));
    CMS_RecipientInfo* recipient = CMS_add1_recipient_cert(cms.get(), cert.get(), CMS_KEY_PARAM);
    if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_TRANS) continue;
    EVP_PKEY_CTX* key = CMS_RecipientInfo_get0_pkey_ctx(recipient);
    EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_OAEP_PADDING);
    EVP_PKEY_CTX_set_rsa_oaep_md(key, EVP_sha256());
  }
  const Bytes bytes = to_bytes(content);
  const ssl::Bio bio = ssl::memory(bytes);
  EXPECT_EQ(CMS_final(cms.get(), bio.get(), nullptr, CMS_BINARY), 1);
  return ssl::to_der(cms.get(), i2d_CMS_ContentInfo);
}

// Founded once: RSA keys and derivations are slow on purpose. Each test works on its own copy.
class PeopleTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "gz-people-XXXXXX").string();
    home_ = ::mkdtemp(name.data());
    ManualClock clock;
    need(CertificateTool::found(home_ / "model", "某某市市场监督管理局", KeyKind::P256, kRoot, clock.wall()));
    auto tool = need(CertificateTool::open(home_ / "model"));
    need(tool.unlock(kRoot));
    need(tool.issue({Role::Archive, "", "", 0}, kArchive, clock.wall()));
    need(tool.issue({Role::Station, "", "LX-07", 0}, "", clock.wall()));
    need(tool.issue({Role::Officer, "王甲", "执法-01", 0}, kFirst, clock.wall()));
    need(tool.issue({Role::Officer, "李乙", "执法-02", 0}, kSecond, clock.wall()));
    need(tool.write_policy({"网监科", "取证系统", "", "LX-07", {{"某机构", "http://127.0.0.1:9/", need(read_text(home_ / "model/station/org.crt"))}}}));
  }
  static void TearDownTestSuite() { fs::remove_all(home_); }
  PeopleTest() : folder_(home_ / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::copy(home_ / "model", folder_, fs::copy_options::recursive);
    policy_ = need(read_policy(folder_ / "station/policy.toml"));
  }
  CertificateTool tool(const char* passphrase = kRoot) const {
    auto opened = need(CertificateTool::open(folder_));
    if (passphrase) need(opened.unlock(passphrase));
    return opened;
  }
  static inline fs::path home_;
  const fs::path folder_;
  Policy policy_;
  ManualClock clock_;
};

}  // namespace

// A-7.2b: a passphrase that a person chose is slow to guess; one that the tool drew needs no such help
TEST_F(PeopleTest, KeysOfPeopleAreSlowToGuess) {
  const auto iterations = [&](const std::string& stem) {
    const Bytes bytes = need(read_file(folder_ / (stem + ".p12"), 1u << 20));
    const unsigned char* at = bytes.data();
    const ssl::P12 p12(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
    const ASN1_INTEGER* count = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &count, p12.get());
    return ASN1_INTEGER_get(count);
  };
  const auto ca = tool(nullptr);
  for (const auto& entry : ca.list().entries)
    EXPECT_EQ(iterations(entry.files), entry.role == Role::Station ? kDrawnKeyIterations : kKeyIterations) << entry.files;
  EXPECT_EQ(iterations("private/root"), kKeyIterations);
}

// A-7.2b: a bureau opens without anybody; logging in adds one's signature and one's way to evidence
TEST_F(PeopleTest, LoggingInUnlocksOnesKeysAndLoggingOutWipesThem) {
  auto bureau = need(open_bureau(policy_, clock_));
  EXPECT_FALSE(bureau.practice);
  EXPECT_TRUE(bureau.officers.empty());
  EXPECT_EQ(bureau.opener, nullptr);
  EXPECT_EQ(bureau.authorities.size(), 1u);
  EXPECT_TRUE(bureau.station_signer->sign_detached(to_bytes("x")));
  Login login(policy_, clock_);
  const auto first = login.login(bureau, "执法-01", kFirst);
  ASSERT_TRUE(first) << first.what;
  EXPECT_EQ(first.name, "王甲");
  ASSERT_TRUE(login.login(bureau, "执法-01", kFirst));          // twice is as once
  ASSERT_TRUE(login.login(bureau, "执法-02", kSecond));
  ASSERT_EQ(bureau.officers.size(), 2u);
  EXPECT_EQ(bureau.officers[0]->info().badge, "执法-01");
  const auto signer = bureau.officers[0];
  EXPECT_TRUE(signer->sign_detached(to_bytes("x")));
  const Bytes envelope = sealed_for({bureau.officer_encryption_pems.at(0)}, "secret");
  EXPECT_EQ(need(bureau.opener->open(envelope)), to_bytes("secret"));
  const auto opener = bureau.opener;
  login.logout(bureau, "执法-01");
  EXPECT_FALSE(login.is_in("执法-01"));
  EXPECT_EQ(bureau.officers.size(), 1u);
  EXPECT_EQ(signer->sign_detached(to_bytes("x")).error().kind, ErrorKind::Denied);
  EXPECT_EQ(opener->open(envelope).error().kind, ErrorKind::Denied);
  EXPECT_EQ(bureau.opener->open(envelope).error().kind, ErrorKind::Denied);      // the other officer's key
  ASSERT_TRUE(login.login(bureau, "执法-01", kFirst));
  EXPECT_TRUE(signer->sign_detached(to_bytes("x")));            // who held it goes on
}

// Wrong passphrases slow down, also after a restart, and never shut out.
TEST_F(PeopleTest, WrongPassphrasesSlowDown) {
  auto bureau = need(open_bureau(policy_, clock_));
  for (int n = 1; n <= 3; ++n) {
    Login login(policy_, clock_);                               // a restart each time
    const auto wrong = login.login(bureau, "执法-01", "guess guess");
    EXPECT_EQ(wrong.problem, LoginProblem::WrongPassphrase);
    EXPECT_EQ(wrong.wait_seconds, 1 << (n - 1));
    const auto right = login.login(bureau, "执法-01", kFirst);    // too soon, even if right
    EXPECT_EQ(right.problem, LoginProblem::Wait);
    EXPECT_EQ(right.wait_seconds, wrong.wait_seconds);
    EXPECT_TRUE(Login(policy_, clock_).login(bureau, "执法-02", kSecond));      // others are not held up
    bureau.officers.clear();
    clock_.advance_ms(wrong.wait_seconds * 1000);
  }
  Login login(policy_, clock_);
  ASSERT_EQ(login.login(bureau, "执法-01", "guess guess").wait_seconds, 8);
  clock_.wall_now.ms -= 3'600'000'000;                          // set back: the wait begins anew and is no longer than it was
  clock_.wall_now.ms = std::max<std::int64_t>(clock_.wall_now.ms, 1'795'000'000'000);
  EXPECT_EQ(login.login(bureau, "执法-01", kFirst).problem, LoginProblem::Wait);
  clock_.advance_ms(8000);
  ASSERT_TRUE(login.login(bureau, "执法-01", kFirst));
  login.logout(bureau, "执法-01");
  EXPECT_EQ(login.login(bureau, "执法-01", "guess guess").wait_seconds, 1);      // forgotten after a right one
  clock_.advance_ms(1000);
  std::ofstream(policy_.state / "login.json") << "{broken";
  EXPECT_TRUE(login.login(bureau, "执法-01", kFirst));
  EXPECT_EQ(delay_after(0), 0);
  for (int n = 1; n < 100; ++n) EXPECT_LE(delay_after(n), 900);
}

TEST_F(PeopleTest, WhatIsWrongIsToldApart) {
  auto bureau = need(open_bureau(policy_, clock_));
  const auto ask = [&](const std::string& badge, const char* passphrase) { return Login(policy_, clock_).login(bureau, badge, passphrase).problem; };
  EXPECT_EQ(ask("执法-99", kFirst), LoginProblem::UnknownOfficer);
  clock_.wall_now.ms -= 2 * 3'600'000;
  EXPECT_EQ(ask("执法-01", kFirst), LoginProblem::NoList);       // neither certificate nor list are of that time
  clock_ = {};
  {
    auto ca = tool();
    std::vector<std::string> serials;
    for (const auto& entry : ca.of_person("执法-02")) serials.push_back(entry.serial);
    ASSERT_EQ(serials.size(), 2u);
    need(ca.revoke(serials, RevocationReason::Left, clock_.wall()));
    EXPECT_EQ(ca.revoke(serials, RevocationReason::Left, clock_.wall()).error().kind, ErrorKind::NotFound);
  }
  EXPECT_EQ(ask("执法-02", kSecond), LoginProblem::Revoked);
  clock_.advance_ms(std::int64_t{1100} * 86'400'000);
  need(tool().write_crl(clock_.wall()));
  EXPECT_EQ(ask("执法-01", kFirst), LoginProblem::Expired);
  const auto soon = need(expiring(policy_, clock_.wall()));
  EXPECT_THAT(soon, testing::Contains(testing::Field(&Expiry::what, "执法-01")));
  EXPECT_THAT(soon, testing::Not(testing::Contains(testing::Field(&Expiry::what, "station"))));
  clock_ = {};
  need(tool().write_crl(clock_.wall()));
  for (const auto& file : fs::directory_iterator(policy_.people))
    if (file.path().extension() == ".p12") fs::remove(file.path());
  EXPECT_EQ(ask("执法-01", kFirst), LoginProblem::NoKey);
  fs::permissions(policy_.station_passphrase, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(open_bureau(policy_, clock_).error().kind, ErrorKind::Denied);
}

// B-5.4.4: a lost passphrase never loses evidence; new keys leave older evidence open
TEST_F(PeopleTest, WhatTheOfficerCanNoLongerOpenTheArchiveOpens) {
  auto bureau = need(open_bureau(policy_, clock_));
  Bytes old;
  {
    Login login(policy_, clock_);
    ASSERT_TRUE(login.login(bureau, "执法-01", kFirst));
    old = sealed_for({bureau.archive_pem, bureau.officer_encryption_pems.at(0)}, "part");
  }
  clock_.advance_ms(86'400'000);
  {                                                             // renewed under the same passphrase: both keys are there
    auto ca = tool();
    need(ca.renew(ca.of_person("执法-01").at(0), kFirst, 0, clock_.wall()));
    auto again = need(open_bureau(policy_, clock_));
    Login login(policy_, clock_);
    ASSERT_TRUE(login.login(again, "执法-01", kFirst));
    EXPECT_EQ(need(again.opener->open(old)), to_bytes("part"));
    const Bytes fresh = sealed_for(again.officer_encryption_pems, "new");
    EXPECT_EQ(need(again.opener->open(fresh)), to_bytes("new"));
    EXPECT_NE(again.officer_encryption_pems, bureau.officer_encryption_pems);
  }
  clock_.advance_ms(86'400'000);
  {                                                             // the passphrase is lost: new keys under a new one
    auto ca = tool();
    need(ca.renew(ca.of_person("执法-01").at(0), "a new passphrase", 0, clock_.wall()));
  }
  auto again = need(open_bureau(policy_, clock_));
  Login login(policy_, clock_);
  ASSERT_TRUE(login.login(again, "执法-01", "a new passphrase"));
  EXPECT_EQ(again.opener->open(old).error().kind, ErrorKind::Denied);
  const auto ca = tool(nullptr);
  const auto archive = std::find_if(ca.list().entries.begin(), ca.list().entries.end(), [](const auto& e) { return e.role == Role::Archive; });
  const auto opener = need(make_file_opener(folder_ / (archive->files + ".crt"), folder_ / (archive->files + ".p12"), kArchive));
  EXPECT_EQ(need(opener->open(old)), to_bytes("part"));
}

TEST_F(PeopleTest, APassphraseCanBeChanged) {
  auto bureau = need(open_bureau(policy_, clock_));
  Login login(policy_, clock_);
  EXPECT_EQ(login.change_passphrase("执法-01", "guess guess", "another one").problem, LoginProblem::WrongPassphrase);
  clock_.advance_ms(1000);
  EXPECT_FALSE(login.change_passphrase("执法-01", kFirst, "short"));
  ASSERT_TRUE(login.change_passphrase("执法-01", kFirst, "another one"));
  EXPECT_EQ(login.login(bureau, "执法-01", kFirst).problem, LoginProblem::WrongPassphrase);
  clock_.advance_ms(1000);
  const auto in = login.login(bureau, "执法-01", "another one");
  ASSERT_TRUE(in);
  EXPECT_TRUE(in.opens);
}

// A-7.4b (FORMAT.md 11.1): a station is known again by its name: renewing keeps it, and no other station gets it.
TEST_F(PeopleTest, AStationKeepsItsNameAndSharesItWithNone) {
  auto opened = tool();
  const auto first = need(describe_certificate(as_bytes(need(read_text(folder_ / "station/station-LX-07.crt")))));
  const auto again = need(opened.renew(opened.of_person("LX-07").back(), "", 0, {clock_.wall().ms + 86'400'000}));
  const auto renewed = need(describe_certificate(as_bytes(again.at(0).pem)));
  EXPECT_NE(renewed.sha256, first.sha256);
  EXPECT_EQ(std::tie(renewed.subject_cn, renewed.unit, renewed.badge), std::tie(first.subject_cn, first.unit, first.badge));
  EXPECT_GT(renewed.not_before, first.not_before);
  const auto taken = opened.issue({Role::Station, first.subject_cn, "LX-08", 0}, "", clock_.wall());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::Exists);
  EXPECT_TRUE(opened.issue({Role::Station, "", "LX-08", 0}, "", clock_.wall()));
}

TEST(IdleLock, LocksAfterTheMinutesOfThePolicyAlsoWhenTheMachineSlept) {
  ManualClock clock;
  IdleLock lock(10, clock);
  clock.advance_ms(9 * 60'000);
  EXPECT_FALSE(lock.due());
  lock.activity();
  clock.advance_ms(10 * 60'000 - 1);
  EXPECT_FALSE(lock.due());
  clock.advance_ms(1);
  EXPECT_TRUE(lock.due());
  lock.activity();
  clock.wall_now.ms += 600'000;                                 // asleep: the monotonic clock stood still
  EXPECT_TRUE(lock.due());
  lock.activity();
  clock.wall_now.ms -= 3'600'000;
  clock.monotonic_now.us += 600'000'000;                        // the wall clock was set back
  EXPECT_TRUE(lock.due());
}

// The register: killed at any moment, whatever certificate lies in the folder is known, and the next call works.
TEST_F(PeopleTest, AKilledToolLeavesNoCertificateThatIsNotInTheRegister) {
  for (int round = 0; round < 6; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto ca = CertificateTool::open(folder_);
      if (!ca || !ca->unlock(kRoot)) ::_exit(1);
      ManualClock clock;
      for (int i = 0; i < 100; ++i) {
        const auto made = ca->issue({Role::Officer, "丁", std::to_string(round) + "-" + std::to_string(i), 0}, "passphrase", clock.wall());
        if (!made || !ca->revoke({made->at(0).serial}, RevocationReason::Superseded, clock.wall())) ::_exit(1);
      }
      ::_exit(0);
    }
    ::usleep(350'000 + static_cast<useconds_t>(round) * 97'003);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto ca = tool();
    std::set<std::string> known;
    for (const auto& entry : ca.list().entries) known.insert(entry.sha256);
    for (const auto& file : fs::directory_iterator(policy_.people)) {
      if (file.path().extension() != ".crt") continue;
      const auto info = need(describe_certificate(need(read_file(file.path()))));
      EXPECT_TRUE(known.contains(info.sha256)) << file.path();
    }
  }
  need(tool().write_crl(clock_.wall()));
  EXPECT_TRUE(open_bureau(policy_, clock_));
}
