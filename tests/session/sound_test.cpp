// 录音: what the phone plays, beside the film, with its text record.
#include <gmock/gmock.h>

#include "core/media/opus_pages.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

FakePhone sounding(std::uint64_t packets) {
  FakePhone phone = training_phone();
  phone.sound_packets = packets;
  return phone;
}

std::unique_ptr<CaptureSession> listen(Desk& desk, FakePhone phone) {
  SessionSetup setup = desk.setup(std::make_shared<FakeLink>(std::move(phone)));
  setup.screen.audio = true;
  return std::move(CaptureSession::start(std::move(setup)).value());
}

// The fake phone gives its packets at once; the stretch is open from the first on.
void wait_for_sound(CaptureSession& session) {
  for (int i = 0; i < 15'000 && !session.status().sound_on; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_TRUE(session.status().sound_on);
}

TEST(SessionSound, SoundWithItsTextRecordIsWhole) {      // A-7.3b, 行政诉讼证据规定 12
  Temporary root;
  Desk desk(root.path());
  const auto session = listen(desk, sounding(100));
  wait_for_sound(*session);
  capture_all(*session);
  EXPECT_THAT(session->status().incomplete, Contains("录音没有文字记录"));
  EXPECT_EQ(session->status().sounds_unwritten, std::vector<int>{0});
  EXPECT_EQ(session->transcribe(0, " \n").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(session->transcribe(1, "甲：在吗？").error().kind, ErrorKind::Invalid) << "no such stretch";
  ASSERT_TRUE(session->transcribe(0, "先写的"));
  ASSERT_TRUE(session->transcribe(0, "甲：请问这是正品吗？\n乙：包治百病。"));
  EXPECT_THAT(session->status().incomplete, IsEmpty());
  const auto sealed = session->end().value();
  EXPECT_THAT(sealed.incomplete, IsEmpty());

  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, IsEmpty()) << damage_of(verification);
  const auto standing = scan_opus_pages(read_file(sealed.folder / "data/main/rec-0000.ogg").value());
  EXPECT_EQ(standing.packets, 100u) << "every packet the phone sent";
  EXPECT_EQ(standing.bytes, fs::file_size(sealed.folder / "data/main/rec-0000.ogg"));
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "seg.open"), Contains("{\"codec\":\"opus\",\"height\":0,\"origin_us\":5000000000,\"path\":\"data/main/rec-0000.ogg\",\"width\":0}"));
  EXPECT_THAT(bodies(lines, "seg.close"), Contains(HasSubstr("  data/main/rec-0000.ogg " + std::to_string(standing.bytes) + " 100")));
  EXPECT_THAT(bodies(lines, "shot"), Contains(HasSubstr("  data/main/rec-0000.txt 0 0 -")));
  const auto text = read_text(sealed.folder / "data/main/rec-0000.txt").value();
  EXPECT_THAT(text, HasSubstr("乙：包治百病。\n"));
  EXPECT_THAT(text, testing::Not(HasSubstr("先写的"))) << "the last one counts";
  EXPECT_THAT(text, HasSubstr("时段：录像 00:00.000 至 00:02.000"));
  const auto values = desk.vault->find(sealed.id).value().values;
  const Json& sound = values["recordings"].back();
  EXPECT_EQ(sound["path"], "data/main/rec-0000.ogg");
  EXPECT_EQ(sound["duration_us"], 2'000'000);
}

TEST(SessionSound, WithoutATextRecordThePackageIsIncomplete) {      // issue 3.4: 录音 without 文字记录 is 不完整
  Temporary root;
  Desk desk(root.path());
  const auto session = listen(desk, sounding(10));
  wait_for_sound(*session);
  capture_all(*session);
  const auto refused = session->end();
  ASSERT_FALSE(refused) << "a reason is compulsory";
  EXPECT_THAT(refused.error().what, HasSubstr("录音没有文字记录"));
  const auto sealed = session->end("另行听写").value();
  EXPECT_THAT(sealed.incomplete, testing::ElementsAre("录音没有文字记录", "另行听写"));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, Contains("录音没有文字记录"));
}

TEST(SessionSound, APhoneThatGivesNoSoundSaysSoAndTheFilmGoesOn) {      // A-7.3b
  Temporary root;
  Desk desk(root.path());
  const auto session = listen(desk, training_phone());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble));
  capture_all(*session);
  EXPECT_THAT(session->status().incomplete, Contains(HasSubstr("没有取得声音")));
  EXPECT_EQ(session->status().sounds, 0);
  const auto sealed = session->end("手机不给声音").value();
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_GT(verification.packets, 1u);
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("手机没有给出声音，录像继续")));
}

TEST(SessionSound, WithoutTheSwitchNothingIsHeard) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(sounding(10)))).value());
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_FALSE(fs::exists(sealed.folder / "data/main/rec-0000.ogg"));
}

TEST(SessionSound, ADiskThatFillsUpEndsTheSoundAndKeepsWhatStands) {      // A-7.4a
  class Full final : public ByteSink {
   public:
    explicit Full(std::unique_ptr<ByteSink> inner) : inner_(std::move(inner)) {}
    Status write(ByteView bytes) override {
      if (++writes_ <= 4) return inner_->write(bytes);
      (void)inner_->write(bytes.first(bytes.size() / 2));      // the kernel took a part
      return fail(ErrorKind::NoSpace, "no space for sound");
    }
    Status sync() override { return inner_->sync(); }
    Status close() override { return inner_->close(); }

   private:
    std::unique_ptr<ByteSink> inner_;
    int writes_ = 0;
  };
  Temporary root;
  Desk desk(root.path());
  SessionSetup setup = desk.setup(std::make_shared<FakeLink>(sounding(50)));
  setup.screen.audio = true;
  setup.recording_files = [](const fs::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto inner, append_files()(path));
    if (path.extension() != ".ogg") return inner;
    return std::make_unique<Full>(std::move(inner));
  };
  const auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble));
  capture_all(*session);
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));           // a round of the flush thread, so that what stands is proven
  ASSERT_TRUE(session->transcribe(0, "听不清"));
  const auto sealed = session->end("磁盘满").value();
  EXPECT_THAT(sealed.incomplete, Contains(HasSubstr("录音中断")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  const auto bytes = read_file(sealed.folder / "data/main/rec-0000.ogg").value();
  EXPECT_EQ(scan_opus_pages(bytes).bytes, bytes.size()) << "the torn page is cut off";
  EXPECT_THAT(bodies(journal_of(sealed.folder), "crash.recover"), Contains(HasSubstr("raw/torn-rec-0000.ogg.bin")));
}

// Issue 4: a phone that stops sending sound, and says nothing, is told; what comes later is another stretch.
TEST(SessionSound, APhoneThatFallsSilentIsTold) {      // A-7.3b
  Temporary root;
  Desk desk(root.path());
  const auto link = std::make_shared<FakeLink>(sounding(20));
  SessionSetup setup = desk.setup(link);
  setup.screen.audio = true;
  setup.sound_patience_ms = 300;
  const auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin));
  auto status = session->status();
  EXPECT_TRUE(status.sound_silent);
  EXPECT_FALSE(status.sound_on);
  EXPECT_FALSE(status.in_gap) << "the film goes on";
  EXPECT_THAT(status.incomplete, Contains("录音中断：手机没有送来声音"));
  link->give_sound(20, 5'000'000);
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  status = session->status();
  EXPECT_THAT(status.incomplete, testing::Not(Contains(HasSubstr("录音中断"))));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin, 2)) << "silent again";
  capture_all(*session);
  ASSERT_TRUE(session->transcribe(0, "一"));
  ASSERT_TRUE(session->transcribe(1, "二"));
  const auto sealed = session->end("手机不再送来声音").value();
  EXPECT_THAT(sealed.incomplete, Contains("录音中断：手机没有送来声音"));
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "gap.begin"), testing::ElementsAre(HasSubstr("\"no-sound: no packet of sound for "), HasSubstr("\"no-sound: no packet of sound for ")));
  EXPECT_THAT(bodies(lines, "gap.end"), testing::ElementsAre("{\"gap\":1,\"packets\":-1}", "{\"gap\":2,\"packets\":-1}"));
  EXPECT_THAT(bodies(lines, "seg.open"), Contains(HasSubstr("data/main/rec-0001.ogg")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(SessionSound, APhoneThatNeverSendsSoundIsTold) {      // A-7.3b
  Temporary root;
  Desk desk(root.path());
  auto phone = sounding(0);                                // the head, and then nothing
  SessionSetup setup = desk.setup(std::make_shared<FakeLink>(phone));
  setup.screen.audio = true;
  setup.sound_patience_ms = 200;
  const auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin));
  EXPECT_THAT(session->status().incomplete, Contains("没有取得声音：手机没有送来声音"));
  capture_all(*session);
  const auto sealed = session->end("手机不给声音").value();
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

// The session goes without its end, as with a program that is killed; what an officer wrote stands on the disk by then.
Recovered leave_and_recover(Desk& desk, std::unique_ptr<CaptureSession> session) {
  session.reset();
  auto bags = std::move(desk.vault->unfinished().value());
  EXPECT_EQ(bags.size(), 1u);
  auto recovered = recover(std::move(bags.at(0)), desk.setup(nullptr));
  EXPECT_TRUE(recovered) << (recovered ? "" : recovered.error().what);
  return recovered.value();
}

TEST(SessionSound, TheTextRecordOutlivesTheProgram) {      // issue 3.4, A-7.4a
  Temporary root;
  Desk desk(root.path());
  auto session = listen(desk, sounding(50));
  wait_for_sound(*session);
  capture_all(*session);
  ASSERT_TRUE(session->transcribe(0, "先写的"));
  ASSERT_TRUE(session->transcribe(0, "乙：包治百病。"));
  const fs::path beside = root.path() / "vault/open" / (session->status().package_id + ".texts");
  const auto stands = [&] {
    const auto text = read_text(beside);
    return text && text->find("包治百病") != std::string::npos;
  };
  for (int i = 0; i < 15'000 && !stands(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_TRUE(stands());
  const auto recovered = leave_and_recover(desk, std::move(session));
  EXPECT_THAT(recovered.package.incomplete, testing::Not(Contains("录音没有文字记录")));
  const auto text = read_text(recovered.package.folder / "data/main/rec-0000.txt").value();
  EXPECT_THAT(text, HasSubstr("乙：包治百病。\n"));
  EXPECT_THAT(text, HasSubstr("时段：录像 00:00.000 至 00:01.000"));
  EXPECT_THAT(text, HasSubstr("制作方法：记录人听录音后书写"));
  EXPECT_FALSE(fs::exists(beside));
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, testing::Not(Contains("录音没有文字记录")));
}

TEST(SessionSound, ATextRecordThatCannotBeReadIsNoHindrance) {      // A-7.4a
  Temporary root;
  Desk desk(root.path());
  auto session = listen(desk, sounding(50));
  wait_for_sound(*session);
  capture_all(*session);
  const fs::path beside = root.path() / "vault/open" / (session->status().package_id + ".texts");
  ASSERT_TRUE(write_atomically(beside, as_bytes("{not json")));
  const auto recovered = leave_and_recover(desk, std::move(session));
  EXPECT_THAT(recovered.package.incomplete, Contains("录音没有文字记录"));
}

// What the session would have said of the sound, the recovery says too.
TEST(SessionSound, ARecoveryKnowsWhyThereIsNoSound) {      // A-7.4a
  for (const bool heard : {true, false}) {
    Temporary root;
    Desk desk(root.path());
    SessionSetup setup = desk.setup(std::make_shared<FakeLink>(heard ? sounding(20) : training_phone()));
    setup.screen.audio = true;
    setup.sound_patience_ms = 300;
    auto session = std::move(CaptureSession::start(std::move(setup)).value());
    ASSERT_TRUE(heard || desk.memory.wait_for(TimelineEvent::Type::Trouble));
    if (heard) { ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin)); }
    capture_all(*session);
    const auto before = session->status().incomplete;
    const auto recovered = leave_and_recover(desk, std::move(session));
    const auto wanted = heard ? HasSubstr("录音中断：手机没有送来声音") : HasSubstr("没有取得声音：");
    EXPECT_THAT(before, Contains(wanted));
    EXPECT_THAT(recovered.package.incomplete, Contains(wanted));
  }
}

}  // namespace
}  // namespace guzheng::test
