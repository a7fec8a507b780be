// What is heard at the desk: the switch, a running session's sound, a recording's sound in step with its film.
#include <gmock/gmock.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/desk/player_desk.h"
#include "tests/desk/paper_out.h"
#include "tests/desk/shelf.h"
#include "tests/support/sounds.h"
#include "ui/base/speaker_row.h"

namespace guzheng {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::Gt;
using testing::Lt;
constexpr int kPatience = 60'000;

PcmSource constant(std::int16_t value) {
  return [value](std::span<std::int16_t> out, std::int64_t) { std::fill(out.begin(), out.end(), value); };
}

TEST(SpeakerDesk, VolumeAndSwitch) {      // issue 4: heard at the desk
  const auto paper = std::make_shared<PaperSpeaker>();
  SpeakerDesk desk(std::make_unique<PaperOut>(paper));
  std::vector<bool> listened;
  desk.open(constant(10'000), [&](bool on) { listened.push_back(on); });
  ASSERT_TRUE(QTest::qWaitFor([&] { return desk.state() == SpeakerDesk::State::Playing; }, kPatience));
  desk.set_volume(100);
  EXPECT_THAT(paper->pull(20), Each(10'000));
  desk.set_volume(50);
  EXPECT_THAT(paper->pull(20), Each(testing::AllOf(Gt(1'000), Lt(2'000))));
  desk.set_volume(0);
  EXPECT_THAT(paper->pull(20), Each(0));
  desk.set_on(false);
  EXPECT_FALSE(paper->source) << "the device is given back";
  EXPECT_EQ(desk.state(), SpeakerDesk::State::Silent);
  desk.set_on(true);
  EXPECT_TRUE(paper->source);
  desk.close();
  EXPECT_FALSE(paper->source);
  EXPECT_EQ(listened, (std::vector<bool>{true, false, true, false}));
  desk.open(constant(1));
  EXPECT_TRUE(paper->source) << "what was on stays on for the next session";
}

// No error box: the switch goes off by itself and says why; it can be tried again.
TEST(SpeakerDesk, WithoutADeviceItIsOffAndSaysSo) {
  const auto paper = std::make_shared<PaperSpeaker>();
  paper->refuse = Error{ErrorKind::NotFound, "no device"};
  SpeakerDesk desk(std::make_unique<PaperOut>(paper));
  const ui::SpeakerRow row(desk, "听", false);
  const auto* button = row.findChild<QPushButton*>();
  ASSERT_NE(button, nullptr);
  desk.open(constant(1));
  ASSERT_TRUE(QTest::qWaitFor([&] { return desk.state() == SpeakerDesk::State::NoDevice; }, kPatience));
  EXPECT_FALSE(desk.on());
  EXPECT_FALSE(button->isChecked());
  EXPECT_TRUE(button->accessibleDescription().contains("没有声音设备")) << button->accessibleDescription().toStdString();
  paper->refuse.reset();                     // somebody plugs one in
  desk.set_on(true);
  ASSERT_TRUE(QTest::qWaitFor([&] { return desk.state() == SpeakerDesk::State::Playing; }, kPatience));
  EXPECT_TRUE(button->isChecked());
  paper->told(fail(ErrorKind::Io, "unplugged"));           // from the loudspeaker's thread, as a device does
  ASSERT_TRUE(QTest::qWaitFor([&] { return desk.state() == SpeakerDesk::State::Failed; }, kPatience));
  EXPECT_FALSE(desk.on());

  SpeakerDesk none(nullptr);
  none.open(constant(1));
  EXPECT_EQ(none.state(), SpeakerDesk::State::NoDevice);
  EXPECT_FALSE(none.on());
}

class PlayerSound : public test::Shelf {
 protected:
  void open(bool encrypted) {
    test::SampleOptions shape;
    shape.id = "LX-01-20261121-000" + std::to_string(++laid_);
    shape.audio = test::SampleOptions::Audio::WithText;
    shape.packets = 60;                      // two seconds of film, of which 1.5 s have sound
    const auto id = lay(shape);
    if (encrypted) {
      ASSERT_TRUE(station_.vault().encrypt(id));
      list();
    }
    const auto* entry = vault_.entry(id);
    ASSERT_NE(entry, nullptr);
    view_ = load_package(*entry, station_.bureau().opener.get()).value();
    ASSERT_EQ(view_.files->encrypted(), encrypted);
    ASSERT_EQ(view_.sound.size(), 1u);
    EXPECT_EQ(view_.sound[0].place_us, 0);
    EXPECT_EQ(view_.sound[0].duration_us, 1'500'000);
    player_.open(view_.film, view_.files, view_.sound);
  }
  // What a loudspeaker gets in real time until the film has come to `until_ms`.
  std::vector<std::int16_t> hear(std::int64_t until_ms) {
    std::vector<std::int16_t> out;
    (void)QTest::qWaitFor([&] {
      const auto piece = paper_->pull(20);
      if (paper_->source) out.insert(out.end(), piece.begin(), piece.end());
      QTest::qSleep(18);
      return player_.position_ms() >= until_ms || !player_.playing();
    }, kPatience);
    return out;
  }
  std::shared_ptr<PaperSpeaker> paper_ = std::make_shared<PaperSpeaker>();
  int laid_ = 0;
  PackageView view_;
  PlayerDesk player_{station_.clock(), std::make_unique<PaperOut>(paper_)};
};

// A-7.3b: the sound of a package is heard with its film, out of the encrypted vault too; mute is mute, pause is pause.
TEST_F(PlayerSound, ItIsHeardWithTheFilm) {
  for (const bool encrypted : {false, true}) {
    open(encrypted);
    player_.speaker().set_volume(100);
    EXPECT_FALSE(paper_->source) << "the device is not held before something plays";
    player_.set_playing(true);
    ASSERT_TRUE(paper_->source);
    const auto heard = hear(1'200);
    ASSERT_GT(heard.size(), 48'000u);
    const auto last = std::span(heard).last(static_cast<std::size_t>(48 * 300) * 2);
    EXPECT_THAT(test::pitch(last), DoubleNear(440, 40)) << encrypted;
    EXPECT_THAT(test::loudness(last), Gt(2'000)) << encrypted;
    player_.set_playing(false);
    EXPECT_FALSE(paper_->source);
    player_.close();
  }
}

TEST_F(PlayerSound, SeekAndEndAreFollowed) {
  open(false);
  player_.speaker().set_volume(100);
  player_.seek(1'700);                       // after the sound
  player_.set_playing(true);
  EXPECT_THAT(test::loudness(hear(1'900)), Lt(50));
  player_.seek(300);
  ASSERT_TRUE(QTest::qWaitFor([&] { return player_.position_ms() < 1'000; }, kPatience));
  if (!player_.playing()) player_.set_playing(true);
  const auto heard = hear(900);
  EXPECT_THAT(test::loudness(std::span(heard).last(static_cast<std::size_t>(48 * 200) * 2)), Gt(2'000));
  (void)hear(10'000);
  EXPECT_FALSE(player_.playing()) << "it ends with the film";
  EXPECT_FALSE(paper_->source);
}

// The film stands still while somebody talks: what is said is heard to its end, and the bar reaches it.
TEST_F(PlayerSound, SoundThatOutlastsThePicturesIsHeardToItsEnd) {
  test::SampleOptions shape;
  shape.audio = test::SampleOptions::Audio::WithText;
  shape.packets = 45;                        // the last picture at 1466 ms, the sound to 1500 ms
  const auto id = lay(shape);
  view_ = load_package(*vault_.entry(id), station_.bureau().opener.get()).value();
  view_.sound[0].place_us = 1'000'000;       // as if it had begun later: to 2500 ms
  player_.open(view_.film, view_.files, view_.sound);
  EXPECT_EQ(player_.duration_ms(), 2'500);
  player_.speaker().set_volume(100);
  player_.seek(2'000);                       // no picture is there
  ASSERT_TRUE(QTest::qWaitFor([&] { return player_.position_ms() == 2'000; }, kPatience));
  player_.set_playing(true);
  const auto heard = hear(10'000);
  EXPECT_FALSE(player_.playing());
  EXPECT_THAT(test::loudness(heard), Gt(1'000));
  EXPECT_LE(player_.position_ms(), 2'500);
  EXPECT_GE(player_.position_ms(), 2'200);
}

}  // namespace
}  // namespace guzheng
