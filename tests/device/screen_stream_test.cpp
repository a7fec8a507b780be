// AdbLink's screen stream against a scripted scrcpy server: both wire forms, and every way a start can fail.
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>

#include "core/base/digest.h"
#include "core/device/link.h"
#include "tests/device/file_phone.h"
#include "tests/support/pictures.h"

namespace guzheng::test {
namespace {

using namespace std::chrono_literals;

// What happened, in order, and a way to wait for it.
class Diary {
 public:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
    changed_.notify_all();
  }
  bool wait_for(const std::string& line) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 60s, [&] { return std::find(lines_.begin(), lines_.end(), line) != lines_.end(); });
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

struct ScrcpyPhone {
  Bytes sound;                           // what the second of three sockets says; empty: there are two
  Bytes film;                            // after the device's name: codec and all that follows
  int refusals = 2;                      // before the socket exists
  std::string last_words;                // printed when the server ends
  bool ends_at_once = false, ends_after_film = false;
  FilePhone files;
  Diary diary;
  std::atomic<int> sockets{0};

  void serve(Connection& c) {
    c.request();
    c.write("OKAY");
    const auto service = c.request();
    if (service.starts_with("localabstract:")) return serve_socket(c, service);
    c.write("OKAY");
    if (service == "sync:") {
      diary.add("push");
      files.serve(c);
    } else {
      diary.add(service);
      if (!ends_at_once && !ends_after_film) c.read(1);          // lives until the client lets go
      if (ends_after_film) diary.wait_for("film ends");
      c.write(shell_packet(2, last_words));
      c.write(shell_packet(3, std::string_view("\x01", 1)));
      diary.add("server ends");
    }
  }

  void serve_socket(Connection& c, const std::string& service) {
    if (refusals > 0 || ends_at_once) {
      --refusals;
      return c.write("FAIL" + counted("closed"));
    }
    c.write("OKAY");
    diary.add(service);
    const int nth = sockets++;
    if (nth == 0) return serve_video(c);
    if (nth == 2 || sound.empty()) return serve_control(c);
    c.write(sound);
    c.read(1);
  }

  void serve_video(Connection& c) {
    c.write(std::string_view("\0", 1));
    while (sockets < (sound.empty() ? 2 : 3)) std::this_thread::sleep_for(1ms);
    Bytes name(64);
    const std::string_view text = "练习手机";
    std::copy(text.begin(), text.end(), name.begin());
    c.write(name);
    c.write(film);
    if (!ends_after_film) c.read(1);
    diary.add("film ends");
  }

  void serve_control(Connection& c) {
    c.write(std::string_view("\x02\0\1\0\1\xff" "\x01\0\0\0\0\0\0\0\x2a", 15));    // UHID output, then an acknowledgement
    const auto touch = c.read(32);
    if (touch.size() == 32) diary.add("touch " + to_hex(touch).substr(0, 4));
    c.read(1);
  }
};

Bytes packet(std::uint64_t flags_and_pts, ByteView data) {
  Bytes out;
  put_be<std::uint64_t>(out, flags_and_pts);
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(data.size()));
  append(out, data);
  return out;
}

Bytes words(std::initializer_list<std::uint32_t> all) {
  Bytes out;
  for (const auto word : all) put_be<std::uint32_t>(out, word);
  return out;
}

struct Stand {
  ScrcpyPhone phone;
  ScriptedServer server{[this](Connection& c) { phone.serve(c); }};
  std::unique_ptr<DeviceLink> link = adb_link(std::make_shared<AdbServer>(server.transport()), "S1");
  std::filesystem::path file = std::filesystem::temp_directory_path() / ("guzheng-server-" + std::to_string(server.port()));
  ScreenOptions options;

  explicit Stand(ScrcpyVersion version) {
    const std::string_view content = "stands for scrcpy-server";
    std::filesystem::remove(file);
    EXPECT_TRUE(write_atomically(file, as_bytes(content)));
    options.version = version;
    options.server_file = file.string();
    options.scid = 0x0badcafe;
    options.accepted_server_digests = {sha256_hex(as_bytes(content))};
  }
  ~Stand() { std::filesystem::remove(file); }
};

std::vector<std::string> events(ScreenStream& stream, int count) {
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) {
    const auto event = stream.next_video();
    if (!event) {
      lines.push_back("error " + event.error().what);
    } else if (const auto* size = std::get_if<StreamVideoSize>(&*event)) {
      lines.push_back("size " + std::to_string(size->width) + "x" + std::to_string(size->height));
    } else {
      const auto& p = std::get<StreamVideoPacket>(*event);
      lines.push_back(std::string(p.config ? "config" : p.key ? "key" : "picture") + " " + std::to_string(p.pts_us));
    }
  }
  return lines;
}

constexpr std::uint64_t kConfig3 = 1ull << 63, kKey3 = 1ull << 62, kConfig4 = 1ull << 62, kKey4 = 1ull << 61;

// A-7.3b, A-8.3g: 3.x: a rotation is found in the parameter sets alone.
TEST(ScreenStream, wire_form_of_3x_with_a_rotation) {
  Stand stand({3, 3, 3});
  const TestEncoder upright(720, 1600), turned(1600, 720);
  const auto picture = as_bytes("picture");
  for (const auto& part : {words({0x68323634, 720, 1600}), packet(kConfig3, upright.config()), packet(kKey3 | 1000, picture),
                           packet(2000, picture), packet(kConfig3, turned.config()), packet(kKey3 | 3000, picture)})
    append(stand.phone.film, part);
  const auto stream = stand.link->start_screen(stand.options);
  ASSERT_TRUE(stream) << stream.error().what;
  EXPECT_EQ((*stream)->device_name(), "练习手机");
  EXPECT_THAT(events(**stream, 7), testing::ElementsAre("size 720x1600", "config 0", "key 1000", "picture 2000",
                                                        "size 1600x720", "config 0", "key 3000"));
  const auto lines = stand.phone.diary.lines();
  ASSERT_GE(lines.size(), 4u);
  EXPECT_EQ(lines[0], "push");
  EXPECT_EQ(lines[1],
            "shell,v2,raw:CLASSPATH=/data/local/tmp/scrcpy-server.jar app_process / com.genymobile.scrcpy.Server 3.3.3 "
            "scid=0badcafe log_level=info tunnel_forward=true audio=false control=true video_codec=h264 max_fps=60 "
            "video_bit_rate=8000000 video_codec_options=i-frame-interval=2");
  EXPECT_EQ(lines[2], "localabstract:scrcpy_0badcafe");
  EXPECT_EQ(as_text(stand.phone.files.pushed), "stands for scrcpy-server");
}

// A-7.3b, A-8.3g: 4.x: session packets.
TEST(ScreenStream, wire_form_of_4x_with_a_rotation) {
  Stand stand({4, 0, 0});
  const TestEncoder upright(720, 1600), turned(1600, 720);
  const auto picture = as_bytes("picture");
  for (const auto& part : {words({0x68323634, 0x80000000, 720, 1600}), packet(kConfig4, upright.config()),
                           packet(kKey4 | 1000, picture), packet(2000, picture), words({0x80000000, 1600, 720}),
                           packet(kConfig4, turned.config()), packet(kKey4 | 3000, picture)})
    append(stand.phone.film, part);
  const auto stream = stand.link->start_screen(stand.options);
  ASSERT_TRUE(stream) << stream.error().what;
  EXPECT_THAT(events(**stream, 7), testing::ElementsAre("size 720x1600", "config 0", "key 1000", "picture 2000",
                                                        "size 1600x720", "config 0", "key 3000"));
}

// A-7.3b: sound of the phone, on the second of three sockets, in both wire forms.
TEST(ScreenStream, audio_comes_between_video_and_control) {
  for (const bool four : {false, true}) {
    Stand stand(four ? ScrcpyVersion{4, 1, 0} : ScrcpyVersion{3, 3, 3});
    stand.options.audio = true;
    stand.phone.film = four ? words({0x68323634, 0x80000000, 720, 1600}) : words({0x68323634, 720, 1600});
    for (const auto& part : {words({0x6f707573}), packet(four ? kConfig4 : kConfig3, as_bytes("OpusHead")), packet(2000, as_bytes("sound"))})
      append(stand.phone.sound, part);
    const auto stream = stand.link->start_screen(stand.options);
    ASSERT_TRUE(stream) << stream.error().what;
    const auto config = (*stream)->next_audio();
    ASSERT_TRUE(config) << config.error().what;
    EXPECT_TRUE(config->config);
    EXPECT_EQ(as_text(config->data), "OpusHead");
    const auto sound = (*stream)->next_audio();
    ASSERT_TRUE(sound) << sound.error().what;
    EXPECT_FALSE(sound->config);
    EXPECT_EQ(sound->pts_us, 2000);
    EXPECT_EQ(as_text(sound->data), "sound");
    EXPECT_TRUE((*stream)->next_message()) << "the third socket is the control socket";
    EXPECT_THAT(stand.phone.diary.lines()[1], testing::HasSubstr(" audio=true audio_codec=opus control=true "));
    std::thread waiting([&] { EXPECT_EQ((*stream)->next_audio().error().kind, ErrorKind::Cancelled); });
    (*stream)->stop();
    waiting.join();
  }
}

// A-7.3b: 0 says that the phone gives none, 1 that it could not start; the picture goes on.
TEST(ScreenStream, a_phone_without_audio_says_so) {
  for (const auto& [said, word] : {std::pair{0u, "gives no audio"}, {1u, "could not start"}}) {
    Stand stand({3, 3, 3});
    stand.options.audio = true;
    stand.phone.sound = words({said});
    stand.phone.film = words({0x68323634, 720, 1600});
    append(stand.phone.film, packet(kKey3 | 1000, as_bytes("picture")));
    const auto stream = stand.link->start_screen(stand.options);
    ASSERT_TRUE(stream) << stream.error().what;
    const auto sound = (*stream)->next_audio();
    ASSERT_FALSE(sound);
    EXPECT_EQ(sound.error().kind, ErrorKind::Unsupported);
    EXPECT_THAT(sound.error().what, testing::HasSubstr(word));
    EXPECT_THAT(events(**stream, 2), testing::ElementsAre("size 720x1600", "key 1000"));
  }
}

// A-8.3g
TEST(ScreenStream, touches_go_out_messages_come_in_and_stop_ends_the_server) {
  Stand stand({3, 3, 3});
  append(stand.phone.film, words({0x68323634, 720, 1600}));
  const auto stream = stand.link->start_screen(stand.options);
  ASSERT_TRUE(stream) << stream.error().what;
  ASSERT_TRUE((*stream)->send(TouchEvent{}));
  EXPECT_TRUE(stand.phone.diary.wait_for("touch 0200"));
  const auto message = (*stream)->next_message();
  ASSERT_TRUE(message) << message.error().what;
  EXPECT_EQ(std::get<ClipboardAck>(*message).sequence, 42u);
  (*stream)->stop();
  EXPECT_TRUE(stand.phone.diary.wait_for("server ends"));
  EXPECT_TRUE(stand.phone.diary.wait_for("film ends"));
}

TEST(ScreenStream, a_server_that_ends_at_once_is_quoted) {
  Stand stand({3, 3, 3});
  stand.phone.ends_at_once = true;
  stand.phone.last_words = "[server] ERROR: The server version (3.3.4) does not match the client (3.3.3)\n";
  const auto stream = stand.link->start_screen(stand.options);
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().kind, ErrorKind::Network);
  EXPECT_NE(stream.error().what.find("does not match the client (3.3.3)"), std::string::npos);
}

TEST(ScreenStream, a_server_that_ends_in_mid_stream_is_quoted) {
  Stand stand({3, 3, 3});
  stand.phone.ends_after_film = true;
  stand.phone.last_words = "[server] ERROR: encoder died\n";
  append(stand.phone.film, words({0x68323634, 720, 1600}));
  const auto stream = stand.link->start_screen(stand.options);
  ASSERT_TRUE(stream) << stream.error().what;
  ASSERT_TRUE((*stream)->next_video());
  const auto end = (*stream)->next_video();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::Network);
  EXPECT_NE(end.error().what.find("encoder died"), std::string::npos);
}

TEST(ScreenStream, a_phone_without_an_encoder_says_so) {
  for (const std::uint32_t codec : {0u, 1u}) {
    Stand stand({3, 3, 3});
    append(stand.phone.film, words({codec, 0, 0}));
    const auto stream = stand.link->start_screen(stand.options);
    ASSERT_FALSE(stream);
    EXPECT_EQ(stream.error().kind, ErrorKind::Unsupported);
  }
}

// A-7.3a: nothing runs on the phone whose digest the policy does not name.
TEST(ScreenStream, refuses_what_may_not_run_and_pushes_nothing) {
  Stand stand({3, 3, 3});
  const auto refused = [&](const ScreenOptions& options) {
    const auto stream = stand.link->start_screen(options);
    return stream ? std::string("started") : std::string(to_string(stream.error().kind));
  };
  auto options = stand.options;
  options.accepted_server_digests.clear();
  EXPECT_EQ(refused(options), "denied");
  options = stand.options;
  options.codec_options = "a=1;reboot";
  EXPECT_EQ(refused(options), "invalid");
  options = stand.options;
  options.version = {2, 7, 0};
  EXPECT_EQ(refused(options), "unsupported");
  options = stand.options;
  options.scid = 0x80000000;
  EXPECT_EQ(refused(options), "invalid");
  options = stand.options;
  options.server_file += ".none";
  EXPECT_EQ(refused(options), "not-found");
  EXPECT_TRUE(stand.phone.diary.lines().empty());
}

}  // namespace
}  // namespace guzheng::test
