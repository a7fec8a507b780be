// Which scrcpy server file is put onto a phone. A-8.3f
#include "core/device/server_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "tests/support/fake_link.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ServerFileTest : public testing::Test {
 protected:
  ServerFileTest() {
    auto name = (fs::temp_directory_path() / "gz-server-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  ~ServerFileTest() override { fs::remove_all(folder); }
  fs::path put(const std::string& name, const std::string& content) {
    EXPECT_TRUE(write_atomically(folder / name, as_bytes(content)));
    return folder / name;
  }
  static std::string digest(const std::string& content) { return sha256_hex(as_bytes(content)); }
  fs::path folder;
};

TEST_F(ServerFileTest, UpstreamsFilesAreKnownByDigestWithTheirVersion) {
  ASSERT_EQ(upstream_servers().size(), 4u);
  for (const auto& known : upstream_servers()) EXPECT_EQ(known.sha256.size(), 64u);
  EXPECT_TRUE(std::is_sorted(upstream_servers().begin(), upstream_servers().end(), [](const auto& a, const auto& b) { return a.version < b.version; }));
}

TEST_F(ServerFileTest, OfAFolderTheNewestThatIsAccepted) {
  put("scrcpy-server-v3.3.4", "old");
  const auto newer = put("scrcpy-server-v4.0", "newer");
  put("scrcpy-server-v9.9", "nobody's");
  put("readme.txt", "newer");
  const auto found = find_server_file({folder / "nowhere", folder}, {digest("old"), digest("newer")});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->path, newer);
  EXPECT_EQ(found->version, (ScrcpyVersion{4, 0, 0}));
}

TEST_F(ServerFileTest, TheFirstPlaceCounts) {
  const auto file = put("scrcpy-server-v3.3.4", "old");
  put("scrcpy-server-v4.0", "newer");
  const auto found = find_server_file({{}, file, folder}, {digest("old"), digest("newer")});
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->path, file);
}

TEST_F(ServerFileTest, WhatDoesNotCountIsNamedWithTheReason) {
  put("scrcpy-server", "ours");
  put("scrcpy-server-v4.1", "nobody's");
  const auto none = find_server_file({folder}, {digest("ours")});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::NotFound);
  EXPECT_THAT(none.error().what, HasSubstr("does not say its version"));
  EXPECT_THAT(none.error().what, HasSubstr("SHA-256 " + digest("nobody's") + " is not accepted"));
  EXPECT_THAT(none.error().what, HasSubstr("as upstream released it"));
  EXPECT_THAT(find_server_file({folder / "nowhere"}, {}).error().what, HasSubstr("nowhere"));
}

// Which file which phone takes is data: the first offer that is for the phone.
TEST_F(ServerFileTest, OnlyThePhonesOfAnOfferTakeItsFile) {
  const auto special = put("special.jar", "for some phones alone"), own = put("scrcpy-server-v4.1", "the bureau's own build");
  const std::vector<ServerOffer> offers{{"ro.some.kind=1", special, {}, {digest("for some phones alone")}}, {"", {}, {folder}, {digest("the bureau's own build")}}};
  const auto chosen = [&](const std::string& answer) {
    FakePhone phone;
    phone.shell["getprop ro.some.kind"].out = Bytes(answer.begin(), answer.end());
    FakeLink link(phone);
    return choose_server(link, offers);
  };
  const auto some = chosen("1\n");
  ASSERT_TRUE(some) << some.error().what;
  EXPECT_EQ(some->server_file, special.string());
  EXPECT_EQ(some->accepted_server_digests, std::vector{digest("for some phones alone")});
  for (const char* answer : {"\n", "0\n", "11\n"}) {
    const auto other = chosen(answer);
    ASSERT_TRUE(other) << other.error().what;
    EXPECT_EQ(other->server_file, own.string());
    EXPECT_EQ(other->version, (ScrcpyVersion{4, 1, 0}));
    EXPECT_EQ(other->accepted_server_digests, std::vector{digest("the bureau's own build")}) << "another offer's file is not accepted on it";
  }
  ASSERT_TRUE(fs::remove(special));
  EXPECT_EQ(chosen("1\n").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(chosen("\n"));
  FakeLink gone;
  gone.cut();
  EXPECT_EQ(choose_server(gone, offers).error().kind, ErrorKind::Network) << "a phone that does not answer is not taken for one that says no";
  FakeLink none;
  EXPECT_EQ(choose_server(none, {}).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace guzheng::test
