// What a point in the pane means on the phone (A-8.3g), and the sentences for phones that cannot be used.
#include <gtest/gtest.h>

#include "ui/base/errors.h"
#include "ui/capture/phone_chooser.h"
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
