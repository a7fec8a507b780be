#include "core/device/adb.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <future>

#include "core/device/adb_wire.h"
#include "core/device/link.h"
#include "core/device/tracker.h"
#include "tests/device/file_phone.h"
#include "tests/device/scripted_server.h"
#include "tests/support/pictures.h"

namespace guzheng {
namespace {

using namespace test;
using namespace std::chrono_literals;

// A-7.3a: each way to have no phone is told apart.
TEST(Adb, no_server_is_a_network_error_that_names_the_place) {
  AdbServer adb(tcp_transport("127.0.0.1", closed_port()));
  const auto version = adb.version();
  ASSERT_FALSE(version);
  EXPECT_EQ(version.error().kind, ErrorKind::Network);
  EXPECT_NE(version.error().what.find("127.0.0.1:"), std::string::npos);
}

TEST(Adb, version_and_devices) {
  const ScriptedServer server([](Connection& c) {
    const auto request = c.request();
    if (request == "host:version") c.write("OKAY" + counted("0029"));
    if (request == "host:devices-l") c.write("OKAY" + counted("A1 device product:p model:M transport_id:1\nB2 unauthorized\n"));
  });
  auto adb = server.adb();
  EXPECT_EQ(*adb.version(), 41);
  const auto devices = adb.devices();
  ASSERT_TRUE(devices);
  ASSERT_EQ(devices->size(), 2u);
  EXPECT_EQ(devices->at(0).model, "M");
  EXPECT_EQ(devices->at(1).state, "unauthorized");
}

TEST(Adb, localhost_by_name) {
  const ScriptedServer server([](Connection& c) {
    c.request();
    c.write("OKAY" + counted("0029"));
  });
  EXPECT_EQ(*AdbServer(tcp_transport("localhost", server.port())).version(), 41);
}

TEST(Adb, a_phone_that_is_unknown_or_not_authorised) {
  const ScriptedServer server([](Connection& c) {
    const auto request = c.request();
    c.write("FAIL" + counted(request.ends_with("X9") ? "device 'X9' not found" : "device unauthorized.\nCheck the phone"));
  });
  auto adb = server.adb();
  EXPECT_EQ(adb.shell("X9", "id", 5s).error().kind, ErrorKind::NotFound);
  const auto denied = adb.exec("B2", "id", 5s);
  EXPECT_EQ(denied.error().kind, ErrorKind::Denied);
  EXPECT_NE(denied.error().what.find("Check the phone"), std::string::npos);
}

TEST(Adb, what_is_no_adb_server_is_refused) {
  const ScriptedServer server([](Connection& c) { c.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  EXPECT_EQ(server.adb().version().error().kind, ErrorKind::Protocol);
}

TEST(Adb, shell_separates_output_from_errors_and_gives_the_exit_code) {
  const ScriptedServer server([](Connection& c) {
    if (c.accept_service() != "S1|shell,v2,raw:ls /") return;
    for (const auto& p : {shell_packet(1, "a\n"), shell_packet(2, "oops"), shell_packet(1, "b\n"), shell_packet(3, "\x02")}) c.write(p);
  });
  const auto output = server.adb().shell("S1", "ls /", 5s);
  ASSERT_TRUE(output) << output.error().what;
  EXPECT_EQ(as_text(output->out), "a\nb\n");
  EXPECT_EQ(as_text(output->err), "oops");
  EXPECT_EQ(output->exit_code, 2);
}

TEST(Adb, a_shell_that_ends_without_exit_code_or_never_ends) {
  const ScriptedServer server([](Connection& c) {
    const auto service = c.accept_service();
    c.write(shell_packet(1, "half"));
    if (service.ends_with("hang")) c.read(1);
  });
  auto adb = server.adb();
  EXPECT_EQ(adb.shell("S1", "cut", 5s).error().kind, ErrorKind::Network);
  EXPECT_EQ(adb.shell("S1", "hang", 50ms).error().kind, ErrorKind::Timeout);
}

TEST(Adb, exec_gives_raw_bytes_within_its_limits) {
  const std::string raw("\0\r\n\xff" "end", 7);
  const ScriptedServer server([&](Connection& c) {
    const auto service = c.accept_service();
    c.write(raw);
    if (service.ends_with("hang")) c.read(1);
  });
  auto adb = server.adb();
  EXPECT_EQ(as_text(*adb.exec("S1", "cat x", 5s)), raw);
  EXPECT_EQ(adb.exec("S1", "cat x", 5s, 6).error().kind, ErrorKind::Protocol);
  EXPECT_EQ(adb.exec("S1", "hang", 50ms).error().kind, ErrorKind::Timeout);
}

TEST(Adb, push_and_pull_carry_every_byte) {
  FilePhone phone;
  const ScriptedServer server([&](Connection& c) { if (c.accept_service() == "S1|sync:") phone.serve(c); });
  auto adb = server.adb();
  Bytes file(200'001);
  for (std::size_t i = 0; i < file.size(); ++i) file[i] = static_cast<std::uint8_t>(i * 7 + i / 256);
  const auto pushed = adb.push("S1", file, "/data/x", 0600);
  ASSERT_TRUE(pushed) << pushed.error().what;
  EXPECT_EQ(phone.target, "/data/x,33152");                 // 0100600
  EXPECT_EQ(phone.pushed, file);
  const auto pulled = adb.pull("S1", "/data/x");
  ASSERT_TRUE(pulled) << pulled.error().what;
  EXPECT_EQ(*pulled, file);
  EXPECT_EQ(adb.pull("S1", "/data/x", 1000).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(adb.pull("S1", "/none").error().kind, ErrorKind::NotFound);
}

TEST(Adb, a_push_that_the_phone_could_not_keep_is_an_error) {
  FilePhone phone;
  const ScriptedServer server([&](Connection& c) { if (c.accept_service() == "S1|sync:") phone.serve(c); });
  auto adb = server.adb();
  phone.lie = true;
  EXPECT_EQ(adb.push("S1", as_bytes("abc"), "/data/x").error().kind, ErrorKind::Io);
  phone.full = true;
  EXPECT_EQ(adb.push("S1", as_bytes("abc"), "/data/x").error().kind, ErrorKind::NoSpace);
}

TEST(Stream, cancel_wakes_a_blocked_read_and_a_blocked_write) {
  std::promise<void> over;
  const auto both_woke = over.get_future().share();
  const ScriptedServer server([both_woke](Connection& c) {
    c.accept_service();
    c.read(1);                                              // then reads nothing more, and does not hang up either
    both_woke.wait_for(60s);
  });
  auto stream = server.adb().open("S1", "localabstract:x");
  ASSERT_TRUE(stream);
  Status wrote;
  Result<std::size_t> got;
  std::thread writer([&] {
    const Bytes much(1u << 20);
    while (wrote) wrote = (*stream)->write_all(much);
  });
  std::thread reader([&] {
    Bytes into(10);
    got = (*stream)->read_some(into, -1ms);
  });
  std::this_thread::sleep_for(50ms);
  (*stream)->cancel();
  writer.join();
  reader.join();
  over.set_value();
  EXPECT_EQ(wrote.error().kind, ErrorKind::Cancelled);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::Cancelled);
  Bytes into(1);
  EXPECT_EQ((*stream)->read_some(into, 0ms).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ((*stream)->write_all(into).error().kind, ErrorKind::Cancelled);
}

std::unique_ptr<DeviceLink> link_to(const ScriptedServer& server) {
  return adb_link(std::make_shared<AdbServer>(server.transport()), "S1");
}

// What the server's threads say; the one before may still be on its way when the test goes on.
class Answer {
 public:
  void operator=(std::string text) {
    const std::lock_guard lock(mutex_);
    text_ = std::move(text);
  }
  [[nodiscard]] std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// A-7.3b: half a screenshot is never taken for one.
TEST(AdbLink, a_screenshot_that_is_cut_or_no_picture_is_refused) {
  Answer answer;
  const ScriptedServer server([&](Connection& c) {
    if (c.accept_service() == "S1|exec:screencap -p") c.write(answer.text());
  });
  const auto link = link_to(server);
  answer = "/system/bin/sh: screencap: not found\n";
  const auto text = link->screenshot(5s);
  EXPECT_EQ(text.error().kind, ErrorKind::Protocol);
  EXPECT_NE(text.error().what.find("screencap: not found"), std::string::npos);
  const Bytes png = test_png(20, 20);
  answer = std::string(as_text(png).substr(0, png.size() - 3));
  EXPECT_FALSE(link->screenshot(5s));
  answer = std::string(as_text(png));
  EXPECT_EQ(*link->screenshot(5s), png);
}

// A-7.2a: a phone that does not answer is not waited for longer than is wanted.
TEST(AdbLink, a_phone_that_hangs_can_be_called_off) {
  const Cancel cancel;
  const ScriptedServer server([&](Connection& c) {
    c.accept_service();
    cancel.cancel();                         // and no answer
    c.request();                             // until the other side hangs up
  });
  const auto link = link_to(server);
  EXPECT_EQ(link->screenshot(-1ms, cancel).error().kind, ErrorKind::Cancelled);
}

// A-7.3b
TEST(AdbLink, hierarchy_without_its_trailer_or_an_error) {
  Answer answer;
  const ScriptedServer server([&](Connection& c) {
    if (c.accept_service() == "S1|exec:uiautomator dump /dev/tty") c.write(answer.text());
  });
  const auto link = link_to(server);
  const std::string xml = "<?xml version='1.0'?><hierarchy rotation=\"0\"><node text=\"店铺\"/></hierarchy>";
  answer = xml + "UI hierchary dumped to: /dev/tty\n";
  EXPECT_EQ(*link->hierarchy(5s), xml);
  answer = "ERROR: could not get idle state.\n";
  const auto error = link->hierarchy(5s);
  EXPECT_EQ(error.error().kind, ErrorKind::NotFound);
  EXPECT_NE(error.error().what.find("idle state"), std::string::npos);
  answer = xml.substr(0, 50);
  EXPECT_FALSE(link->hierarchy(5s));
}

struct SeenLists {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
  void add(const Result<std::vector<AdbDevice>>& list) {
    std::string line = list ? "" : std::string(to_string(list.error().kind));
    if (list)
      for (const auto& d : *list) line += d.serial + "=" + d.state + ";";
    const std::lock_guard lock(mutex);
    lines.push_back(line);
    changed.notify_all();
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, 60s, [&] { return lines.size() >= count; });
    return lines;
  }
};

// A-8.3g: phones come and go with and without the server's word, the server goes and comes back.
TEST(DeviceTracker, tells_changes_and_one_error_and_comes_back) {
  SeenLists seen;
  std::atomic<int> trackers{0};
  std::atomic<bool> hang_up{false};
  std::mutex mutex;
  std::string list = "A1 device model:M\n";
  const ScriptedServer server([&](Connection& c) {
    if (c.request() == "host:devices-l") {
      const std::lock_guard lock(mutex);
      return c.write("OKAY" + counted(list));
    }
    const int number = ++trackers;
    if (number == 2) return;                                // hangs up without a word
    c.write("OKAY" + counted("A1\tdevice\n"));
    while (number == 1 && !hang_up) std::this_thread::sleep_for(1ms);
    if (number == 1) return;
    c.read(1);
  });
  DeviceTracker tracker(server.transport(), [&](const auto& now) { seen.add(now); });
  EXPECT_THAT(seen.wait_for(1), testing::ElementsAre("A1=device;"));
  {
    const std::lock_guard lock(mutex);
    list = "A1 offline\nB2 device\n";
  }
  EXPECT_THAT(seen.wait_for(2), testing::ElementsAre("A1=device;", "A1=offline;B2=device;"));
  hang_up = true;
  EXPECT_THAT(seen.wait_for(4), testing::ElementsAre("A1=device;", "A1=offline;B2=device;", "network", "A1=offline;B2=device;"));
  tracker.stop();
  EXPECT_EQ(trackers, 3);
}

TEST(DeviceTracker, stops_while_it_waits_for_a_server) {
  SeenLists seen;
  DeviceTracker tracker(tcp_transport("127.0.0.1", closed_port()), [&](const auto& list) { seen.add(list); });
  EXPECT_THAT(seen.wait_for(1), testing::ElementsAre("network"));
  tracker.stop();
}

}  // namespace
}  // namespace guzheng
