// Pure parsers of the training phone: adb messages and keys, scrcpy control messages and options, shell lines, file tree.
#include <gtest/gtest.h>

#include "core/training/adb/auth.h"
#include "core/training/adb/message.h"
#include "core/training/file_tree.h"
#include "core/training/scrcpy/control_reader.h"
#include "core/training/scrcpy/options.h"
#include "core/training/scrcpy/video.h"
#include "core/training/scrcpy/wire.h"
#include "core/training/shell/line.h"

namespace guzheng::training {
namespace {

TEST(AdbMessage, RoundTripAndSum) {
  const auto bytes = encode_message(kWrte, 7, 9, as_bytes("abc"), true);
  const auto header = parse_header(ByteView(bytes).first(kHeaderSize), kMaxPayload);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->command, kWrte);
  EXPECT_EQ(header->arg0, 7u);
  EXPECT_EQ(header->arg1, 9u);
  EXPECT_EQ(header->length, 3u);
  EXPECT_EQ(header->check, 'a' + 'b' + 'c');
}

TEST(AdbMessage, RefusesWhatIsNoMessage) {
  auto bytes = encode_message(kOpen, 1, 0, {}, true);
  EXPECT_FALSE(parse_header(ByteView(bytes).first(23), kMaxPayload));
  auto wrong_magic = bytes;
  wrong_magic[20] ^= 1;
  EXPECT_FALSE(parse_header(wrong_magic, kMaxPayload));
  EXPECT_FALSE(parse_header(encode_header({0x12345678, 0, 0, 0, 0}), kMaxPayload));
  EXPECT_TRUE(parse_header(encode_header({kWrte, 0, 0, 4096, 0}), 4096));
  EXPECT_FALSE(parse_header(encode_header({kWrte, 0, 0, 4097, 0}), 4096));
}

TEST(AdbKey, RefusesWrongShapes) {
  EXPECT_FALSE(parse_adb_key("not base64 !"));
  EXPECT_FALSE(parse_adb_key("AAAA user@host"));
  Bytes blob(524, 0);
  EXPECT_FALSE(parse_adb_key(to_base64(blob)));                  // not 64 words
  blob[0] = 64;
  blob[8] = 0xaa;                                                // lowest byte of the modulus
  blob[520] = 3;
  const auto key = parse_adb_key(to_base64(blob) + " user@host" + std::string(1, '\0'));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->modulus.back(), 0xaa);
  EXPECT_EQ(key->exponent, 3u);
  EXPECT_FALSE(signature_matches(*key, Bytes(20, 1), Bytes(256, 2)));
}

// Every message that core/device's client can write is read back, in both spellings of scroll values.
TEST(ControlReader, ReadsWhatTheClientWrites) {
  for (const ScrcpyVersion version : {ScrcpyVersion{3, 0, 0}, ScrcpyVersion{3, 3, 3}, ScrcpyVersion{4, 1, 0}}) {
    const std::vector<ControlMessage> all = {KeyEvent{KeyAction::Up, 66, 2, 0x1000}, TextEvent{"ascii"},
                                             TouchEvent{TouchAction::Move, 5, 10, -3, 720, 1280, 1.0f, 1, 2},
                                             ScrollEvent{1, 2, 720, 1280, 0.0f, -1.0f, 0}, BackOrScreenOn{}, SetClipboard{9, true, "中文"},
                                             GetClipboard{1}, ExpandNotifications{}, ExpandSettings{}, CollapsePanels{},
                                             DisplayPower{false}, RotateDevice{}, StartApp{"cn.guzheng.mall"}, ResetVideo{}};
    for (const auto& message : all) {
      const auto bytes = *encode_control(message, version);
      for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
        const auto part = read_control(ByteView(bytes).first(cut), version);
        ASSERT_TRUE(part);
        EXPECT_FALSE(part->has_value()) << "type " << int(bytes[0]) << " whole after " << cut;
      }
      const auto read = read_control(bytes, version);
      ASSERT_TRUE(read && read->has_value());
      EXPECT_EQ((*read)->bytes, bytes.size());
      const auto* got = std::get_if<ControlMessage>(&(*read)->message);
      ASSERT_NE(got, nullptr);
      EXPECT_EQ(got->index(), message.index());
      EXPECT_EQ(*encode_control(*got, version), bytes);
    }
  }
}

TEST(ControlReader, UhidIsTakenAndIgnored) {
  const ScrcpyVersion v30{3, 0, 0}, v31{3, 1, 0};
  Bytes old = {12, 0, 1, 2, 'k', 'b', 0, 3, 1, 2, 3};
  auto read = read_control(old, v30);
  ASSERT_TRUE(read && read->has_value());
  EXPECT_EQ((*read)->bytes, old.size());
  Bytes with_ids = {12, 0, 1, 0x12, 0x34, 0x56, 0x78, 2, 'k', 'b', 0, 3, 1, 2, 3};
  read = read_control(with_ids, v31);
  ASSERT_TRUE(read && read->has_value());
  EXPECT_EQ((*read)->bytes, with_ids.size());
  EXPECT_TRUE(std::holds_alternative<IgnoredControl>((*read)->message));
}

TEST(ControlReader, RefusesNonsense) {
  EXPECT_FALSE(read_control(Bytes{99}, {3, 3, 3}));
  EXPECT_FALSE(read_control(Bytes{1, 0, 0, 2, 0}, {3, 3, 3}));          // a text of 512 bytes
  EXPECT_FALSE(read_control(Bytes{9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0}, {3, 3, 3}));
}

TEST(ServerOptions, VersionsServed) {
  for (const char* text : {"3.0", "3.0.1", "3.0.2", "3.1", "3.2", "3.3", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "4.0", "4.1"}) {
    const auto version = served_version(text);
    ASSERT_TRUE(version) << text;
    EXPECT_EQ(version->text(), text);
  }
  for (const char* text : {"2.7", "3", "3.3.5", "4.2", "4.1.0", "", "3.3.3 "}) EXPECT_FALSE(served_version(text)) << text;
}

TEST(ServerOptions, ReadsAndWarns) {
  const auto options = parse_server_options({"3.3.3", "scid=0000abcd", "tunnel_forward=true", "audio=false", "max_size=1001", "max_fps=30",
                                             "video_bit_rate=4000000", "video_codec_options=i-frame-interval=2,profile:int=1", "what=1"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->socket_name(), "scrcpy_0000abcd");
  EXPECT_TRUE(options->tunnel_forward && options->video && options->control && !options->audio);
  EXPECT_EQ(options->max_size, 1000u);
  EXPECT_EQ(options->i_frame_interval_s, 2);
  EXPECT_EQ(options->warnings.size(), 2u);
  EXPECT_FALSE(parse_server_options({"3.3.3", "scid=80000000"}));
  EXPECT_FALSE(parse_server_options({"3.3.3", "video_codec=h265"}));
  EXPECT_FALSE(parse_server_options({"3.3.3", "nonsense"}));
  EXPECT_FALSE(parse_server_options({}));
}

TEST(ScrcpyWire, FrameFlagsMoveOneBitInVersion4) {
  EXPECT_EQ(to_hex(frame_header({3, 3, 4}, 5, false, true, 7)), "400000000000000500000007");
  EXPECT_EQ(to_hex(frame_header({4, 0, 0}, 5, false, true, 7)), "200000000000000500000007");
  EXPECT_EQ(to_hex(frame_header({3, 3, 4}, 5, true, false, 7)), "800000000000000000000007");
  EXPECT_EQ(to_hex(frame_header({4, 1, 0}, 5, true, false, 7)), "400000000000000000000007");
  EXPECT_EQ(to_hex(session_packet({4, 0, 0}, 720, 1280)), "80000000000002d000000500");
  EXPECT_TRUE(session_packet({3, 3, 4}, 720, 1280).empty());
  EXPECT_EQ(codec_header({3, 0, 0}, 720, 1280).size(), 12u);
  EXPECT_EQ(codec_header({4, 0, 0}, 720, 1280).size(), 4u);
  EXPECT_EQ(device_name_field(std::string(80, 'x')).size(), 64u);
  EXPECT_EQ(device_name_field(std::string(80, 'x')).back(), 0);
}

TEST(ScrcpyWire, VideoSizeIsAMultipleOfEight) {
  EXPECT_EQ(video_size(1080, 2400, 0), (VideoSize{1080, 2400}));
  EXPECT_EQ(video_size(721, 1283, 0), (VideoSize{720, 1280}));
  EXPECT_EQ(video_size(720, 1280, 640), (VideoSize{360, 640}));
  EXPECT_EQ(video_size(1280, 720, 640), (VideoSize{640, 360}));
}

std::string words(std::string_view line) {
  const auto parsed = parse_line(line);
  if (!parsed) return "error: " + parsed.error().what;
  std::string out;
  for (const auto& pipeline : *parsed) {
    out += pipeline.joint == Joint::IfOk ? "&&" : pipeline.joint == Joint::IfFailed ? "||" : ";";
    for (const auto& command : pipeline.commands) {
      out += "(";
      for (const auto& [name, value] : command.assignments) out += name + ":=" + expand(value, {}) + " ";
      for (const auto& word : command.words) out += "[" + expand(word, {{"V", "val"}}) + "]";
      if (command.out_file) out += (command.append ? ">>" : ">") + expand(*command.out_file, {});
      if (command.err_to_out) out += "2>&1";
      out += ")";
    }
  }
  return out;
}

TEST(ShellLine, Forms) {
  EXPECT_EQ(words("a b; c && d || e"), ";([a][b]);([c])&&([d])||([e])");
  EXPECT_EQ(words("A=1 B='x y' cmd \"q $V\" '$V' \\$V"), ";(A:=1 B:=x y [cmd][q val][$V][$V])");
  EXPECT_EQ(words("a | b > /x 2>&1"), ";([a])([b]>/x2>&1)");
  EXPECT_EQ(words("a '' >> f"), ";([a][]>>f)");
  EXPECT_EQ(words(""), "");
  EXPECT_EQ(words(" # only a remark"), "");
  for (const char* bad : {"a |", "| a", "a &", "&& a", "'open", "\"open", "a >", "$(x)", "(x)"})
    EXPECT_TRUE(words(bad).starts_with("error: ")) << bad << " gave " << words(bad);
}

TEST(FileTree, PermissionsOfTheShellUser) {
  const ManualClock clock;
  FileTree tree(Switches{}, clock);
  EXPECT_TRUE(tree.write("/data/local/tmp/../tmp//a/b", Bytes{1, 2}, 0644, 5));
  EXPECT_EQ(tree.stat("/data/local/tmp/a/b")->size, 2u);
  EXPECT_TRUE(tree.stat("/data/local/tmp/a")->folder());
  EXPECT_EQ(tree.write("/system/x", {}, 0644, 0).error().kind, ErrorKind::Denied);
  EXPECT_EQ(tree.write("/data/local/tmp/../../system/x", {}, 0644, 0).error().kind, ErrorKind::Denied);
  EXPECT_EQ(tree.list("/data/data").error().kind, ErrorKind::Denied);
  EXPECT_EQ(tree.read("/nosuch").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(tree.remove("/data/local/tmp/a"));
  EXPECT_FALSE(tree.stat("/data/local/tmp/a/b"));
  FileTree full(Switches{.storage_full = true}, clock);
  EXPECT_EQ(full.write("/data/local/tmp/a", Bytes{1}, 0644, 0).error().kind, ErrorKind::NoSpace);
}

}  // namespace
}  // namespace guzheng::training
