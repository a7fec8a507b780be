// One contract, two authorities: the practice one in the program, and a real `openssl ts` behind HTTP.
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/identity/http_tsa.h"
#include "core/identity/practice.h"
#include "core/identity/timestamp.h"
#include "tests/support/tsa_fixture.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

const SystemClock kClock;

class AuthorityTest : public testing::Test {
 protected:
  AuthorityTest() {
    std::string name = (fs::temp_directory_path() / "gz-tsa-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~AuthorityTest() override { fs::remove_all(folder_); }
  fs::path folder_;
};

// What every authority has to do.
void hold_to_contract(TimestampAuthority& authority, const std::string& root, const std::string& other_root) {
  const Bytes imprint = sha256(as_bytes("seal"));
  const WallTime before = kClock.wall();
  const auto one = authority.stamp(imprint);
  ASSERT_TRUE(one) << one.error().what;
  const auto info = read_timestamp_response(*one, imprint);
  ASSERT_TRUE(info) << info.error().what;
  EXPECT_GE(info->time.ms, before.ms - 1000);              // whole seconds are allowed
  EXPECT_LE(info->time.ms, kClock.wall().ms + 1000);
  EXPECT_FALSE(info->authority.empty());
  EXPECT_FALSE(info->nonce.empty());
  EXPECT_TRUE(check_timestamp_trust(*one, root));
  EXPECT_FALSE(check_timestamp_trust(*one, other_root));
  const auto two = authority.stamp(imprint);
  ASSERT_TRUE(two);
  EXPECT_NE(read_timestamp_response(*two, imprint)->nonce, info->nonce);
  EXPECT_NE(read_timestamp_response(*two, imprint)->serial, info->serial);
  EXPECT_FALSE(authority.stamp(Bytes(20)));     // no SHA-256 imprint
  // a changed byte of the signed part is seen
  Bytes changed = *one;
  for (std::size_t i = 0; i + 32 <= changed.size(); ++i)
    if (std::equal(imprint.begin(), imprint.end(), changed.begin() + static_cast<std::ptrdiff_t>(i))) changed[i] ^= 1;
  EXPECT_FALSE(read_timestamp_response(changed, imprint));
  EXPECT_FALSE(read_timestamp_response(changed, sha256(as_bytes("other"))));
  changed = *one;
  changed.push_back(0);
  EXPECT_FALSE(read_timestamp_response(changed, imprint));
}

}  // namespace

// A-7.4b: one contract for both sides of the seam
TEST_F(AuthorityTest, BothKeepTheContract) {
  const test::TsaServer server(folder_ / "server");
  const auto bureau = open_practice_bureau(folder_ / "practice", kClock);
  ASSERT_TRUE(bureau) << bureau.error().what;
  const auto http = make_http_authority({"Test TSA", server.url("/"), server.root(), "", "", 5000, 30'000});
  hold_to_contract(*http, server.root(), bureau->tsa_root_pem);
  hold_to_contract(*bureau->authorities.at(0), bureau->tsa_root_pem, server.root());
}

// what is not the answer to our question is refused
TEST_F(AuthorityTest, HttpAnswersAreHeldToTheRequest) {
  const test::TsaServer server(folder_);
  const auto ask = [&](const std::string& path, const std::string& root, int timeout) {
    return make_http_authority({"Test TSA", server.url(path), root, "", "", 5000, timeout})->stamp(sha256(as_bytes("seal")));
  };
  ASSERT_TRUE(ask("/", server.root(), 30'000));
  EXPECT_EQ(ask("/stale", server.root(), 30'000).error().kind, ErrorKind::Protocol);      // nonce of another request
  EXPECT_EQ(ask("/wrong", server.root(), 30'000).error().kind, ErrorKind::Protocol);
  EXPECT_EQ(ask("/error", server.root(), 30'000).error().kind, ErrorKind::Protocol);
  EXPECT_EQ(ask("/imprint", server.root(), 30'000).error().kind, ErrorKind::Tampered);      // over something else, nonce as asked
  EXPECT_EQ(ask("/rejection", server.root(), 30'000).error().kind, ErrorKind::Protocol);
  EXPECT_EQ(ask("/foreign", server.root(), 30'000).error().kind, ErrorKind::Denied);        // same names, another root
  EXPECT_EQ(ask("/expired", server.root(), 30'000).error().kind, ErrorKind::Denied);
  EXPECT_EQ(ask("/slow", server.root(), 300).error().kind, ErrorKind::Timeout);
  const auto nobody = make_http_authority({"none", "http://127.0.0.1:1/", "", "", "", 2000, 3000});
  EXPECT_EQ(nobody->stamp(sha256(as_bytes("seal"))).error().kind, ErrorKind::Network);
  const auto file = make_http_authority({"none", "file:///etc/passwd", "", "", "", 2000, 3000});
  EXPECT_FALSE(file->stamp(sha256(as_bytes("seal"))));
}

// a policy that was asked for is the one that the token names
TEST_F(AuthorityTest, ThePolicyIsTheOneAskedFor) {
  const test::TsaServer server(folder_);
  HttpAuthority options{"Test TSA", server.url("/"), server.root(), "1.3.6.1.4.1.32473.3", "", 5000, 30'000};
  const Bytes imprint = sha256(as_bytes("seal"));
  const auto token = make_http_authority(options)->stamp(imprint);
  ASSERT_TRUE(token) << token.error().what;
  EXPECT_EQ(read_timestamp_response(*token, imprint)->policy, "1.3.6.1.4.1.32473.3");
  options.policy = "1.2.3.4";
  EXPECT_FALSE(make_http_authority(options)->stamp(imprint));
}

// HTTPS with the bureau's own CA, and nobody else's
TEST_F(AuthorityTest, HttpsIsHeldToItsRoot) {
  const test::TsaServer server(folder_);
  HttpAuthority options{"Test TSA", server.https_url("/"), server.root(), "", server.https_root(), 5000, 30'000};
  const auto token = make_http_authority(options)->stamp(sha256(as_bytes("seal")));
  ASSERT_TRUE(token) << token.error().what;
  options.https_ca_pem = server.root();                      // a root, not of this server
  EXPECT_EQ(make_http_authority(options)->stamp(sha256(as_bytes("seal"))).error().kind, ErrorKind::Network);
  options.https_ca_pem.clear();                              // the system's roots do not know it
  EXPECT_EQ(make_http_authority(options)->stamp(sha256(as_bytes("seal"))).error().kind, ErrorKind::Network);
}

// A-7.4b: who ends a session waits for nobody
TEST_F(AuthorityTest, ARequestIsGivenUpWhenNobodyWaits) {
  const test::TsaServer server(folder_);
  const auto authority = server.authority("/slow");          // would answer after a minute; its own limit is half of that
  int looks = 0;
  const auto token = authority->stamp_unless(sha256(as_bytes("seal")), [&] { return ++looks > 3; });
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(looks, 4);
}
