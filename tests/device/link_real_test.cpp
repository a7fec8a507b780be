// The contract of a phone link, over Debian's own adb server and a training phone: the real protocols end to end.
#include "tests/device/link_contract.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>

#include "core/device/tracker.h"
#include "tests/support/adb_fixture.h"

namespace guzheng::test {
namespace {

struct RealPhone {
  AdbFixture adb;
  std::string serial = adb.add_phone(GUZHENG_PHONE);
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

INSTANTIATE_TEST_SUITE_P(Scrcpy333, LinkContract, testing::Values(MakeLink([] { return real_link({3, 3, 3}); })), one_link);
INSTANTIATE_TEST_SUITE_P(Scrcpy41, LinkContract, testing::Values(MakeLink([] { return real_link({4, 1, 0}); })), one_link);

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

// A-7.3b: a page that never rests has no hierarchy, as on a stock Android: the phone's words come back.
TEST(RealAdb, an_animated_page_gives_no_hierarchy_and_says_why) {
  AdbFixture adb;
  const auto serial = adb.add_phone(GUZHENG_PHONE, {"--scene", "scroll"});
  const auto xml = adb_link(adb.server(), serial)->hierarchy(std::chrono::seconds(60));
  ASSERT_FALSE(xml);
  EXPECT_EQ(xml.error().kind, ErrorKind::NotFound);
  EXPECT_NE(xml.error().what.find("idle state"), std::string::npos);
}

// A-7.3a: a phone whose owner has not allowed this computer.
TEST(RealAdb, an_unauthorised_phone_is_denied_with_adbs_own_words) {
  AdbFixture adb;
  const auto serial = adb.add_phone(GUZHENG_PHONE, {"--auth", "deny"}, "unauthorized");
  const auto output = adb.server()->shell(serial, "id", std::chrono::seconds(20));
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().kind, ErrorKind::Denied);
  EXPECT_NE(output.error().what.find("unauthorized"), std::string::npos);
}

// A-7.3a: a phone that is full says so before anything starts.
TEST(RealAdb, a_full_phone_refuses_the_push) {
  AdbFixture adb;
  const auto serial = adb.add_phone(GUZHENG_PHONE, {"--storage-full"});
  const auto pushed = adb.server()->push(serial, Bytes(1000), "/data/local/tmp/file.bin");
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().kind, ErrorKind::NoSpace) << pushed.error().what;
}

// A-8.3g: the tracker sees a phone come and go.
TEST(RealAdb, tracker_sees_a_phone_come_and_go) {
  AdbFixture adb;
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t present = 99;
  DeviceTracker tracker(tcp_transport("127.0.0.1", adb.port()), [&](const Result<std::vector<AdbDevice>>& list) {
    if (!list) return;
    const std::lock_guard lock(mutex);
    present = static_cast<std::size_t>(std::count_if(list->begin(), list->end(), [](const auto& d) { return d.state == "device"; }));
    changed.notify_all();
  });
  const auto seen = [&](std::size_t count) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(60), [&] { return present == count; });
  };
  EXPECT_TRUE(seen(0));
  const auto serial = adb.add_phone(GUZHENG_PHONE);
  EXPECT_TRUE(seen(1));
  adb.pull_cable(serial);
  EXPECT_TRUE(seen(0));
}

// A-8.3g: two phones side by side on one server, each with its own picture.
TEST(RealAdb, two_phones_stream_side_by_side) {
  AdbFixture adb;
  std::vector<std::unique_ptr<ScreenStream>> streams;
  for (const auto* size : {"720x1280", "480x800"}) {
    const auto serial = adb.add_phone(GUZHENG_PHONE, {"--size", size});
    ScreenOptions options;
    options.version = {4, 0, 0};
    options.server_file = adb.server_file().string();
    options.accepted_server_digests = {adb.server_digest()};
    options.scid = 7;
    auto stream = adb_link(adb.server(), serial)->start_screen(options);
    ASSERT_TRUE(stream) << stream.error().what;
    streams.push_back(std::move(*stream));
  }
  std::vector<std::uint32_t> heights;
  for (const auto& stream : streams) {
    const auto event = stream->next_video();
    ASSERT_TRUE(event && std::holds_alternative<StreamVideoSize>(*event));
    heights.push_back(std::get<StreamVideoSize>(*event).height);
  }
  EXPECT_EQ(heights, (std::vector<std::uint32_t>{1280, 800}));
}

TEST(RealAdb, a_server_file_that_no_policy_accepts_is_not_pushed) {
  auto under_test = real_link({3, 3, 3});
  under_test->options.accepted_server_digests.clear();
  const auto stream = under_test->link->start_screen(under_test->options);
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, ErrorKind::Denied);
}

// A-5.2b: hands without a picture: text of any script goes into the field that has the focus, and the phone says that it took it.
TEST(RealAdb, a_session_without_picture_types) {
  for (const ScrcpyVersion version : {ScrcpyVersion{3, 3, 3}, ScrcpyVersion{4, 0, 0}}) {
    AdbFixture adb;
    const auto serial = adb.add_phone(GUZHENG_PHONE);
    ScreenOptions options;
    options.version = version;
    options.server_file = adb.server_file().string();
    options.accepted_server_digests = {adb.server_digest()};
    options.scid = 9;
    options.video = false;
    const auto link = adb_link(adb.server(), serial);
    options.audio = true;
    EXPECT_EQ(link->start_screen(options).error().kind, ErrorKind::Unsupported);
    options.audio = false;
    const auto stream = link->start_screen(options);
    ASSERT_TRUE(stream) << stream.error().what;
    EXPECT_FALSE((*stream)->device_name().empty());
    EXPECT_EQ((*stream)->next_video().error().kind, ErrorKind::Unsupported);
    ASSERT_TRUE(link->shell("monkey -p cn.guzheng.mall -c android.intent.category.LAUNCHER 1", std::chrono::seconds(10)));
    const auto page = link->hierarchy(std::chrono::seconds(10)).value();
    const auto at = page.find("search_entry"), bounds = page.find("bounds=\"[", at);
    ASSERT_NE(at, page.npos);
    int left = 0, top = 0;
    ASSERT_EQ(std::sscanf(page.c_str() + bounds, "bounds=\"[%d,%d]", &left, &top), 2);
    ASSERT_TRUE(link->shell("input tap " + std::to_string(left + 40) + " " + std::to_string(top + 10), std::chrono::seconds(10)));
    ASSERT_TRUE((*stream)->send(SetClipboard{5, true, "养生旗舰店"}));
    for (;;) {
      const auto message = (*stream)->next_message();
      ASSERT_TRUE(message);
      if (const auto* ack = std::get_if<ClipboardAck>(&*message)) {
        EXPECT_EQ(ack->sequence, 5u);
        break;
      }
    }
    EXPECT_NE(link->hierarchy(std::chrono::seconds(10)).value().find("text=\"养生旗舰店\""), std::string::npos);
    (*stream)->stop();
  }
}

}  // namespace
}  // namespace guzheng::test
