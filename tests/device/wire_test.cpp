#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/device/byte_queue.h"

#include "core/device/adb.h"
#include "core/device/adb_wire.h"
#include "core/device/h264_sps.h"
#include "core/device/scrcpy_wire.h"
#include "tests/support/pictures.h"

namespace guzheng {
namespace {

Bytes bytes(std::string_view hex) {
  Bytes out;
  EXPECT_TRUE(from_hex(hex, out)) << hex;
  return out;
}

Result<VideoHeader> header(std::string_view hex, ScrcpyVersion version) {
  const Bytes b = bytes(hex);
  return parse_video_header(std::span<const std::uint8_t, 12>(b.data(), 12), version);
}

// A-7.3b
TEST(ScrcpyWire, frame_header_of_3x) {
  const auto config = header("8000000000000000" "00000020", {3, 3, 3});
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->config);
  EXPECT_FALSE(config->key);
  EXPECT_EQ(config->size, 32u);
  const auto key = header("4000000000000123" "00001000", {3, 0, 0});
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->key);
  EXPECT_FALSE(key->config);
  EXPECT_EQ(key->pts_us, 0x123);
  EXPECT_EQ(header("3fffffffffffffff" "00000001", {3, 0, 0})->pts_us, 0x3fffffffffffffff);
}

// A-7.3b
TEST(ScrcpyWire, frame_header_and_session_packet_of_4x) {
  const auto config = header("4000000000000000" "00000020", {4, 0, 0});
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->config);
  EXPECT_FALSE(config->session);
  const auto key = header("2000000000000456" "00001000", {4, 1, 0});
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->key);
  EXPECT_EQ(key->pts_us, 0x456);
  const auto session = header("80000000" "00000438" "00000960", {4, 0, 0});
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->session);
  EXPECT_EQ(session->video, (VideoSize{1080, 2400}));
  EXPECT_TRUE(header("80000001" "00000438" "00000960", {4, 1, 0})->session) << "other flags beside it";
}

// A-7.3b
TEST(ScrcpyWire, audio_headers) {
  const auto audio = [](std::string_view hex, ScrcpyVersion version) {
    const Bytes b = bytes(hex);
    return parse_audio_header(std::span<const std::uint8_t, 12>(b.data(), 12), version);
  };
  EXPECT_TRUE(audio("8000000000000000" "00000013", {3, 3, 3})->config);
  EXPECT_TRUE(audio("4000000000000000" "00000013", {4, 1, 0})->config);
  EXPECT_EQ(audio("0000000000000123" "00000040", {4, 1, 0})->pts_us, 0x123);
  EXPECT_FALSE(audio("0000000000000123" "00010001", {3, 3, 3})) << "no Opus packet is so long";
  EXPECT_FALSE(audio("80000000" "00000438" "00000960", {4, 1, 0})) << "sound has no size";
}

TEST(ScrcpyWire, impossible_headers_are_refused) {
  EXPECT_FALSE(header("0000000000000000" "00000000", {3, 3, 3})) << "no bytes";
  EXPECT_FALSE(header("0000000000000000" "ffffffff", {3, 3, 3})) << "too many";
  EXPECT_FALSE(header("80000000" "00000000" "00000960", {4, 0, 0})) << "no width";
  EXPECT_FALSE(header("80000000" "00000438" "00ffffff", {4, 0, 0})) << "too high";
}

TEST(ScrcpyWire, versions) {
  EXPECT_FALSE(scrcpy_supported({2, 7, 0}));
  EXPECT_TRUE(scrcpy_supported({3, 0, 0}));
  EXPECT_TRUE(scrcpy_supported({3, 3, 4}));
  EXPECT_FALSE(scrcpy_supported({3, 4, 0}));
  EXPECT_TRUE(scrcpy_supported({4, 0, 0}));
  EXPECT_TRUE(scrcpy_supported({4, 1, 0}));
  EXPECT_FALSE(scrcpy_supported({4, 2, 0}));
}

TEST(ScrcpyWire, name_and_codec) {
  Bytes name(64, 0);
  const std::string_view text = "小米 14";
  std::copy(text.begin(), text.end(), name.begin());
  EXPECT_EQ(parse_device_name(std::span<const std::uint8_t, 64>(name.data(), 64)), "小米 14");
  for (std::size_t i = 0; i < 64; ++i) name[i] = static_cast<std::uint8_t>("练"[i % 3]);   // cut inside a character
  EXPECT_EQ(parse_device_name(std::span<const std::uint8_t, 64>(name.data(), 64)).size(), 63u);
  const auto codec = [](std::string_view hex) {
    const Bytes b = bytes(hex);
    return parse_codec(std::span<const std::uint8_t, 4>(b.data(), 4));
  };
  EXPECT_EQ(*codec("68323634"), kCodecH264);
  EXPECT_EQ(codec("00000000").error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(codec("00000001").error().kind, ErrorKind::Unsupported);
  EXPECT_EQ(codec("12345678").error().kind, ErrorKind::Protocol);
}

TEST(ScrcpyWire, device_messages_whole_and_in_part) {
  const Bytes all = bytes("00" "00000003" "e7bb83" "01" "0102030405060708" "02" "0001" "0002" "aabb");
  const auto clipboard = parse_device_message(all);
  ASSERT_TRUE(clipboard && clipboard->message);
  EXPECT_EQ(std::get<ClipboardChanged>(*clipboard->message).utf8, "练");
  EXPECT_EQ(clipboard->used, 8u);
  const auto ack = parse_device_message(ByteView(all).subspan(8));
  ASSERT_TRUE(ack && ack->message);
  EXPECT_EQ(std::get<ClipboardAck>(*ack->message).sequence, 0x0102030405060708u);
  const auto uhid = parse_device_message(ByteView(all).subspan(17));
  ASSERT_TRUE(uhid);
  EXPECT_FALSE(uhid->message);
  EXPECT_EQ(uhid->used, 7u);
  for (const std::size_t begin : {0u, 8u, 17u})
    for (std::size_t n = 0; n < 7; ++n) {
      const auto part = parse_device_message(ByteView(all).subspan(begin, n));
      ASSERT_TRUE(part);
      EXPECT_EQ(part->used, 0u);
      EXPECT_FALSE(part->message);
    }
  EXPECT_FALSE(parse_device_message(bytes("09")));
  EXPECT_FALSE(parse_device_message(bytes("00ffffffff")));
  EXPECT_FALSE(parse_device_message(bytes("0000000001ff"))) << "not UTF-8";
}

// A-7.3b: the size in the parameter sets, cropping included, against what the encoder was asked for.
TEST(Sps, gives_the_size_that_the_encoder_was_asked_for) {
  for (const auto& [w, h] : std::vector<std::pair<int, int>>{{160, 240}, {720, 1280}, {720, 1600}, {1080, 2400}, {1080, 2340},
                                                              {2400, 1080}, {162, 90}, {18, 34}, {1440, 3120}}) {
    const test::TestEncoder encoder(w, h);
    const auto size = h264_picture_size(encoder.config());
    ASSERT_TRUE(size) << w << "x" << h << ": " << size.error().what;
    EXPECT_EQ(*size, (VideoSize{static_cast<std::uint32_t>(w), static_cast<std::uint32_t>(h)}));
  }
}

TEST(Sps, damaged_or_absent_is_an_error) {
  const test::TestEncoder encoder(160, 240);
  EXPECT_EQ(h264_picture_size({}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(h264_picture_size(bytes("0000000168ce3880")).error().kind, ErrorKind::NotFound) << "only a PPS";
  EXPECT_EQ(h264_picture_size(bytes("0000000167" "64")).error().kind, ErrorKind::Protocol);
  EXPECT_EQ(h264_picture_size(bytes("0000000167" "42c00a" "00000000000000")).error().kind, ErrorKind::Protocol);
}

TEST(AdbWire, requests_and_lengths) {
  EXPECT_EQ(as_text(*adb_request("host:version")), "000chost:version");
  EXPECT_FALSE(adb_request(""));
  EXPECT_FALSE(adb_request(std::string(65536, 'x')));
  EXPECT_EQ(*parse_hex4(as_bytes("00fF")), 255u);
  EXPECT_FALSE(parse_hex4(as_bytes("00 1")));
  EXPECT_FALSE(parse_hex4(as_bytes("001")));
}

TEST(AdbWire, what_fail_means) {
  EXPECT_EQ(adb_failure("device 'X1' not found").kind, ErrorKind::NotFound);
  EXPECT_EQ(adb_failure("no devices/emulators found").kind, ErrorKind::NotFound);
  EXPECT_EQ(adb_failure("device offline").kind, ErrorKind::Network);
  EXPECT_EQ(adb_failure("closed").kind, ErrorKind::Protocol);
  const auto denied = adb_failure("device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set");
  EXPECT_EQ(denied.kind, ErrorKind::Denied);
  EXPECT_NE(denied.what.find("ADB_VENDOR_KEYS"), std::string::npos);
}

TEST(AdbWire, device_lists) {
  const auto devices = parse_devices_l(
      "R58M123ABC             device usb:1-2 product:a52q model:SM_A525F device:a52q transport_id:3\n"
      "127.0.0.1:6001         unauthorized transport_id:4\n"
      "0123456789             no permissions (missing udev rules? user is in the plugdev group); see [http://x]\n"
      "emulator-5554\toffline\n\n");
  ASSERT_EQ(devices.size(), 4u);
  EXPECT_EQ(devices[0].serial, "R58M123ABC");
  EXPECT_EQ(devices[0].state, "device");
  EXPECT_EQ(devices[0].model, "SM_A525F");
  EXPECT_EQ(devices[0].product, "a52q");
  EXPECT_EQ(devices[0].transport_id, "3");
  EXPECT_EQ(devices[1].serial, "127.0.0.1:6001");
  EXPECT_EQ(devices[1].state, "unauthorized");
  EXPECT_EQ(devices[2].state, "no permissions");
  EXPECT_EQ(devices[3].state, "offline");
}

// The same stream in pieces of any size.
TEST(AdbWire, shell_packets_in_pieces) {
  const Bytes stream = bytes("01" "03000000" "616263" "02" "01000000" "78" "01" "00000000" "01" "01000000" "64" "03" "01000000" "07");
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    ShellV2Parser parser;
    std::string out, err;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      const auto part = ByteView(stream).subspan(at, std::min(piece, stream.size() - at));
      ASSERT_TRUE(parser.feed(part, [&](bool is_error, ByteView data) {
        (is_error ? err : out) += as_text(data);
        return ok();
      }));
    }
    EXPECT_EQ(out, "abcd");
    EXPECT_EQ(err, "x");
    EXPECT_TRUE(parser.exited());
    EXPECT_EQ(parser.exit_code(), 7);
  }
}

TEST(AdbWire, shell_packets_that_cannot_be) {
  const auto feed = [](std::string_view hex) {
    ShellV2Parser parser;
    return parser.feed(bytes(hex), [](bool, ByteView) { return ok(); });
  };
  EXPECT_FALSE(feed("0900000000"));
  EXPECT_FALSE(feed("01ffffffff"));
  EXPECT_FALSE(feed("0300000000"));
}

// A-8.3f: a reader who never catches up does not make the memory grow.
TEST(ByteQueue, AReaderWhoLagsHoldsWhatWaits) {
  ByteQueue queue;
  Bytes piece(65'536), out(65'536);
  std::size_t came = 0, taken = 0;
  std::uint8_t next_in = 0, next_out = 0;
  for (int i = 0; i < 4000; ++i) {
    for (auto& byte : piece) byte = next_in++;
    if (queue.size() < (1u << 20)) {
      queue.push(piece);
      came += piece.size();
    } else {
      next_in = static_cast<std::uint8_t>(next_in - piece.size());
    }
    const auto n = queue.take(std::span(out).first(60'000));
    for (std::size_t k = 0; k < n; ++k) ASSERT_EQ(out[k], next_out++);
    taken += n;
  }
  EXPECT_GT(taken, 200u << 20);
  EXPECT_EQ(came, taken + queue.size());
  EXPECT_LT(queue.held(), 8u << 20);
}

}  // namespace
}  // namespace guzheng
