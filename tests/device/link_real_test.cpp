// The contract of a phone link, over Debian's own adb server and a training phone: the real protocols end to end.
#include "tests/device/link_contract.h"
#include "tests/support/adb_fixture.h"

namespace guzheng::test {
namespace {

struct RealPhone {
  AdbFixture adb;
  std::string serial = adb.add_phone(GUZHENG_PHONE, {"--scene", "scroll"});
};

std::unique_ptr<LinkUnderTest> real_link(ScrcpyVersion version) {
  auto phone = std::make_shared<RealPhone>();
  auto under_test = std::make_unique<LinkUnderTest>();
  under_test->owner = phone;
  under_test->link = adb_link(phone->adb.server(), phone->serial);
  under_test->options.version = version;
  under_test->options.server_file = phone->adb.server_file().string();
  under_test->options.accepted_server_digests = {phone->adb.server_digest()};
  under_test->options.scid = 0x1234abcd;
  under_test->pull_cable = [p = phone.get()] { p->adb.pull_cable(p->serial); };
  return under_test;
}

INSTANTIATE_TEST_SUITE_P(Scrcpy333, LinkContract, testing::Values(MakeLink([] { return real_link({3, 3, 3}); })));
INSTANTIATE_TEST_SUITE_P(Scrcpy41, LinkContract, testing::Values(MakeLink([] { return real_link({4, 1, 0}); })));

// A-7.3a: a server that lists phones, and says of an unknown one that it is unknown.
TEST(RealAdb, version_devices_push_and_pull) {
  RealPhone phone;
  const auto server = phone.adb.server();
  EXPECT_GT(*server->version(), 30);
  const auto devices = server->devices();
  ASSERT_TRUE(devices);
  ASSERT_EQ(devices->size(), 1u);
  EXPECT_EQ(devices->at(0).serial, phone.serial);
  EXPECT_EQ(devices->at(0).state, "device");
  Bytes file(150'000);
  for (std::size_t i = 0; i < file.size(); ++i) file[i] = static_cast<std::uint8_t>(i * 31 + i / 256);
  const auto pushed = server->push(phone.serial, file, "/data/local/tmp/file.bin");
  ASSERT_TRUE(pushed) << pushed.error().what;
  const auto pulled = server->pull(phone.serial, "/data/local/tmp/file.bin");
  ASSERT_TRUE(pulled) << pulled.error().what;
  EXPECT_EQ(*pulled, file);
  EXPECT_EQ(server->pull(phone.serial, "/data/local/tmp/none").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(server->shell("127.0.0.1:1", "id", std::chrono::seconds(5)).error().kind, ErrorKind::NotFound);
}

TEST(RealAdb, a_server_file_that_no_policy_accepts_is_not_pushed) {
  auto under_test = real_link({3, 3, 3});
  under_test->options.accepted_server_digests.clear();
  const auto stream = under_test->link->start_screen(under_test->options);
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, ErrorKind::Denied);
}

}  // namespace
}  // namespace guzheng::test
