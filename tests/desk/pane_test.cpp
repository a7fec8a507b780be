// What a point in the pane means on the phone (A-8.3g), and the sentences for phones that cannot be used.
#include <gtest/gtest.h>

#include "ui/base/errors.h"
#include "ui/capture/phone_chooser.h"
#include "ui/capture/phone_keys.h"
#include "ui/capture/phone_pane.h"

namespace guzheng::ui {
namespace {

TEST(Pane, TallPictureStandsInTheMiddle) {
  const auto at = picture_rect({500, 668}, 720, 1280, 14);
  EXPECT_EQ(at, QRect(70, 14, 360, 640));
  EXPECT_EQ(picture_point({70, 14}, at, 720, 1280, false), QPoint(0, 0));
  EXPECT_EQ(picture_point({250, 334}, at, 720, 1280, false), QPoint(360, 640));
  EXPECT_EQ(picture_point({429.9, 653.9}, at, 720, 1280, false), QPoint(719, 1279));
}

TEST(Pane, OutsideThePictureIsNoTouch) {
  const auto at = picture_rect({500, 668}, 720, 1280, 14);
  EXPECT_FALSE(picture_point({60, 300}, at, 720, 1280, false));
  EXPECT_FALSE(picture_point({250, 5}, at, 720, 1280, false));
}

TEST(Pane, ADragThatLeavesThePictureStaysAtItsEdge) {
  const auto at = picture_rect({500, 668}, 720, 1280, 14);
  EXPECT_EQ(picture_point({-50, 1000}, at, 720, 1280, true), QPoint(0, 1279));
}

TEST(Pane, LandscapePictureFillsTheWidth) {
  const auto at = picture_rect({500, 668}, 1280, 720, 14);
  EXPECT_EQ(at.width(), 472);
  EXPECT_EQ(picture_point(QRectF(at).center(), at, 1280, 720, false), QPoint(640, 360));
}

TEST(Pane, NoPictureNoTouch) { EXPECT_FALSE(picture_point({10, 10}, picture_rect({500, 668}, 0, 0, 14), 0, 0, true)); }

TEST(Pane, KeysOfAPhone) {
  EXPECT_EQ(android_key(Qt::Key_Escape), kKeyBack);
  EXPECT_EQ(android_key(Qt::Key_Return), kKeyEnter);
  EXPECT_EQ(android_key(Qt::Key_A), 0u) << "letters go as text";
}

// A-8.3g: the other finger of a pinch, as scrcpy's client places it.
TEST(Pane, ThePinchsOtherFingerIsMirrored) {
  EXPECT_EQ(mirrored({0, 0}, 720, 1280), QPoint(719, 1279));
  EXPECT_EQ(mirrored({700, 100}, 720, 1280), QPoint(19, 1179));
  EXPECT_EQ(mirrored(mirrored({5, 6}, 720, 1280), 720, 1280), QPoint(5, 6));
}

// A-8.3g: combinations reach the phone with Android's meta state; what the window needs for itself stays there.
TEST(Pane, CombinationsOfKeys) {
  const auto sent = [](int key, Qt::KeyboardModifiers held) { return combination(key, held); };
  ASSERT_TRUE(sent(Qt::Key_A, Qt::ControlModifier));
  EXPECT_EQ(sent(Qt::Key_A, Qt::ControlModifier)->keycode, 29u);
  EXPECT_EQ(sent(Qt::Key_A, Qt::ControlModifier)->meta, 0x3000u);
  EXPECT_EQ(sent(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier)->meta, 0x3041u);
  EXPECT_EQ(sent(Qt::Key_Tab, Qt::AltModifier)->meta, 0x12u);
  EXPECT_EQ(sent(Qt::Key_3, Qt::MetaModifier)->keycode, 10u);
  EXPECT_EQ(sent(Qt::Key_3, Qt::MetaModifier)->meta, 0x30000u);
  EXPECT_FALSE(sent(Qt::Key_A, Qt::NoModifier)) << "letters go as text";
  EXPECT_FALSE(sent(Qt::Key_L, Qt::ControlModifier)) << "locks the desk";
  EXPECT_FALSE(sent(Qt::Key_S, Qt::ControlModifier)) << "saves a description";
  EXPECT_FALSE(sent(Qt::Key_2, Qt::ControlModifier)) << "another page";
  EXPECT_FALSE(sent(Qt::Key_2, Qt::AltModifier)) << "another kind";
  EXPECT_FALSE(sent(Qt::Key_F8, Qt::ControlModifier));
}

// A-8.3g: Alt is the desk's own key, as in scrcpy.
TEST(Pane, ActsOnThePhoneItself) {
  const auto is = [](int key, Qt::KeyboardModifiers held, const auto& what) {
    const auto act = phone_act(key, held);
    return act && std::holds_alternative<std::decay_t<decltype(what)>>(*act);
  };
  EXPECT_TRUE(is(Qt::Key_N, Qt::AltModifier, ExpandNotifications{}));
  EXPECT_TRUE(is(Qt::Key_N, Qt::AltModifier | Qt::ShiftModifier, CollapsePanels{}));
  EXPECT_TRUE(is(Qt::Key_E, Qt::AltModifier, ExpandSettings{}));
  EXPECT_TRUE(is(Qt::Key_R, Qt::AltModifier, RotateDevice{}));
  EXPECT_FALSE(std::get<DisplayPower>(*phone_act(Qt::Key_O, Qt::AltModifier)).on);
  EXPECT_TRUE(std::get<DisplayPower>(*phone_act(Qt::Key_O, Qt::AltModifier | Qt::ShiftModifier)).on);
  EXPECT_EQ(std::get<KeyEvent>(*phone_act(Qt::Key_W, Qt::AltModifier)).keycode, kKeyWakeUp);
  EXPECT_EQ(std::get<KeyEvent>(*phone_act(Qt::Key_Up, Qt::AltModifier | Qt::KeypadModifier)).keycode, kKeyVolumeUp);
  EXPECT_FALSE(phone_act(Qt::Key_N, Qt::ControlModifier | Qt::AltModifier));
  EXPECT_FALSE(phone_act(Qt::Key_N, Qt::NoModifier));
}

PhoneSource source(std::vector<PhoneEntry> phones, std::optional<Error> error = {}, bool optional = false) {
  return {"127.0.0.1:5037", optional, true, std::move(error), std::move(phones)};
}

TEST(PhoneSentences, EachReasonHasItsOwn) {
  const Error gone{ErrorKind::Network, "127.0.0.1:5037: connection refused"};
  const QString all[] = {phone_state_sentence({source({}, gone)}), phone_state_sentence({source({})}),
                         phone_state_sentence({source({{"A", "", "unauthorized", 0, false}})}), phone_state_sentence({source({{"A", "", "offline", 0, false}})})};
  for (const auto& one : all) {
    EXPECT_FALSE(one.isEmpty());
    EXPECT_EQ(std::count(std::begin(all), std::end(all), one), 1) << one.toStdString();
  }
}

TEST(PhoneSentences, SilentWhenOneCanBeUsed) {
  EXPECT_TRUE(phone_state_sentence({source({{"A", "", "offline", 0, false}}), source({{"B", "", "device", 1, false}})}).isEmpty());
}

TEST(PhoneSentences, AServerThatNeedNotRunIsNoTrouble) {
  const Error gone{ErrorKind::Network, "refused"};
  EXPECT_EQ(phone_state_sentence({source({}, gone, true), source({})}), phone_state_sentence({source({})}));
}

// Every act and kind has its sentence, in three parts; nothing falls through the table.
TEST(Errors, EveryActAndKindHasASentence) {
  for (int doing = 0; doing <= static_cast<int>(Doing::KeepInventory); ++doing) {
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Bug); ++kind) {
      const auto said = sentence(static_cast<Doing>(doing), {static_cast<ErrorKind>(kind), "detail"});
      EXPECT_FALSE(said.happened.isEmpty() || said.means.isEmpty() || said.next.isEmpty()) << doing << ' ' << kind;
      EXPECT_EQ(said.detail, "detail");
    }
  }
}

}  // namespace
}  // namespace guzheng::ui
