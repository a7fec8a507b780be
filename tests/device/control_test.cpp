#include "core/device/control.h"

#include <gtest/gtest.h>

namespace guzheng {
namespace {

std::string hex(const ControlMessage& message, ScrcpyVersion version = {3, 3, 3}) {
  const auto bytes = encode_control(message, version);
  return bytes ? to_hex(*bytes) : std::string(to_string(bytes.error().kind));
}

// A-8.3g: each message byte for byte; vectors worked out by hand from device.md.
TEST(Control, messages_without_a_body) {
  EXPECT_EQ(hex(ExpandNotifications{}), "05");
  EXPECT_EQ(hex(ExpandSettings{}), "06");
  EXPECT_EQ(hex(CollapsePanels{}), "07");
  EXPECT_EQ(hex(RotateDevice{}), "0b");
  EXPECT_EQ(hex(ResetVideo{}), "11");
  EXPECT_EQ(hex(BackOrScreenOn{KeyAction::Up}), "0401");
  EXPECT_EQ(hex(GetClipboard{1}), "0801");
  EXPECT_EQ(hex(DisplayPower{false}), "0a00");
  EXPECT_EQ(hex(DisplayPower{true}), "0a01");
}

TEST(Control, key) {
  EXPECT_EQ(hex(KeyEvent{KeyAction::Up, kKeyEnter, 5, 0x41}), "000100000042" "00000005" "00000041");
}

TEST(Control, touch) {
  const TouchEvent touch{TouchAction::Move, 0x1234567887654321, 100, 200, 1080, 1920, 1.0f, 1, 2};
  EXPECT_EQ(hex(touch), "0202" "1234567887654321" "00000064" "000000c8" "0438" "0780" "ffff" "00000001" "00000002");
}

TEST(Control, pressure_is_fixed_point_and_clamped) {
  const auto pressure = [](float value) {
    TouchEvent touch;
    touch.pressure = value;
    return hex(touch).substr(44, 4);
  };
  EXPECT_EQ(pressure(0.0f), "0000");
  EXPECT_EQ(pressure(0.5f), "8000");
  EXPECT_EQ(pressure(1.0f), "ffff");
  EXPECT_EQ(pressure(7.0f), "ffff");
  EXPECT_EQ(pressure(-1.0f), "0000");
  EXPECT_EQ(pressure(0.0f / 0.0f), "0000");
}

// The value is divided by 16 since 3.3.1, and was itself fixed point before.
TEST(Control, scroll_by_version) {
  ScrollEvent scroll{1, 2, 3, 4, 1.0f, -1.0f, 1};
  const std::string front = "03" "00000001" "00000002" "0003" "0004", back = "00000001";
  EXPECT_EQ(hex(scroll, {3, 0, 0}), front + "7fff" "8000" + back);
  EXPECT_EQ(hex(scroll, {3, 3, 0}), front + "7fff" "8000" + back);
  EXPECT_EQ(hex(scroll, {3, 3, 1}), front + "0800" "f800" + back);
  EXPECT_EQ(hex(scroll, {4, 1, 0}), front + "0800" "f800" + back);
  scroll.horizontal = 16.0f;
  scroll.vertical = -99.0f;
  EXPECT_EQ(hex(scroll, {3, 3, 4}), front + "7fff" "8000" + back);
  EXPECT_EQ(hex(scroll, {3, 2, 0}), front + "7fff" "8000" + back);
}

// A-8.3g: Chinese goes by clipboard with paste.
TEST(Control, clipboard) {
  EXPECT_EQ(hex(SetClipboard{0x0102030405060708, true, "练"}), "09" "0102030405060708" "01" "00000003" "e7bb83");
}

TEST(Control, text_at_its_limit_and_beyond_is_refused_not_cut) {
  EXPECT_EQ(hex(TextEvent{"hi"}), "01" "00000002" "6869");
  EXPECT_TRUE(encode_control(TextEvent{std::string(300, 'a')}, {}));
  EXPECT_EQ(hex(TextEvent{std::string(301, 'a')}), "invalid");
  EXPECT_EQ(hex(TextEvent{"\xe7\xbb"}), "invalid");
  EXPECT_EQ(hex(StartApp{std::string(256, 'a')}), "invalid");
  EXPECT_EQ(hex(StartApp{"com.x"}), "1005" "636f6d2e78");
  EXPECT_TRUE(encode_control(SetClipboard{1, false, std::string((1u << 18) - 14, 'a')}, {}));
  EXPECT_EQ(hex(SetClipboard{1, false, std::string((1u << 18) - 13, 'a')}), "invalid");
}

TEST(Control, version_text) {
  EXPECT_EQ((ScrcpyVersion{3, 3, 3}).text(), "3.3.3");
  EXPECT_EQ((ScrcpyVersion{4, 0, 0}).text(), "4.0");
}

}  // namespace
}  // namespace guzheng
