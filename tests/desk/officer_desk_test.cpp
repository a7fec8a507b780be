// Who sits at the desk (A-7.2b): a bureau made by the certificate tool, its policy opened as the window does, officers coming and going.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QKeyEvent>
#include <QSignalSpy>
#include <fstream>

#include "core/base/file.h"
#include "core/desk/officer_desk.h"
#include "core/desk/settings_desk.h"
#include "core/desk/trust.h"
#include "core/identity/ca.h"
#include "tests/desk/paper_session.h"
#include "tests/support/adb_fixture.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

constexpr int kLimit = 60'000;
constexpr const char *kWang = "执法-01", *kLi = "执法-02", *kZhao = "执法-03";
constexpr const char *kWangWords = "passphrase of wang", *kLiWords = "passphrase of li";

template <typename T>
T needed(Result<T> result) {
  if (result) return std::move(*result);
  ADD_FAILURE() << result.error().what;
  std::abort();
}
void needed(Status status) {
  if (!status) ADD_FAILURE() << status.error().what;
}

class OfficerDeskTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "gz-officers-XXXXXX").string();
    home_ = ::mkdtemp(name.data());
    const SystemClock clock;
    const auto now = clock.wall();
    needed(CertificateTool::found(home_ / "model", "某某市市场监督管理局", KeyKind::P256, "root passphrase", now));
    auto tool = needed(CertificateTool::open(home_ / "model"));
    needed(tool.unlock("root passphrase"));
    needed(tool.issue({Role::Archive, "", "", 0}, "archive passphrase", now));
    needed(tool.issue({Role::Station, "", "LX-07", 0}, "", now));
    needed(tool.issue({Role::Officer, "王甲", kWang, 0}, kWangWords, now));
    needed(tool.issue({Role::Officer, "李乙", kLi, 0}, kLiWords, now));
    needed(tool.issue({Role::Officer, "赵丙", kZhao, 20}, "passphrase of zhao", now));
    needed(tool.write_policy({"网监科", "取证系统", "", "LX-07", {{"某机构", "http://127.0.0.1:9/", needed(read_text(home_ / "model/station/org.crt"))}}}));
    for (const auto& entry : fs::directory_iterator(home_ / "model/station/people"))      // 赵丙 is known by certificate only
      if (entry.path().filename().string().starts_with(kZhao) && entry.path().extension() == ".p12") fs::remove(entry.path());
    adb_ = std::make_unique<test::AdbFixture>();
    serial_ = adb_->add_phone(GUZHENG_PHONE);
  }
  static void TearDownTestSuite() {
    adb_.reset();
    fs::remove_all(home_);
  }
  void SetUp() override {
    folder_ = home_ / testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::copy(home_ / "model", folder_, fs::copy_options::recursive);
    options_.home = folder_ / "home";
    options_.policy = folder_ / "station/policy.toml";
    options_.vault = folder_ / "vault";
    options_.practice_server = folder_ / "server.jar";
    needed(write_atomically(options_.practice_server, as_bytes("server")));
    replace("min_free_gib = 20", "min_free_gib = 1");
    clock_.wall_now = SystemClock().wall();
  }
  void TearDown() override {
    officers_.reset();
    live_.reset();
    if (phones_) phones_->stop();
    if (station_) station_->drain();
    phones_.reset();
    station_.reset();
  }
  void replace(const std::string& from, const std::string& to) const {
    auto text = needed(read_text(options_.policy));
    text.replace(text.find(from), from.size(), to);
    needed(write_atomically(options_.policy, as_bytes(text)));
  }
  void make() {
    station_ = std::make_unique<StationDesk>(options_, &clock_);
    phones_ = std::make_unique<PhoneList>(station_->quick());
    live_ = std::make_unique<LiveDesk>(*station_, *phones_, [this](SessionSetup setup) -> Result<std::unique_ptr<CaptureSession>> {
      setup_ = setup;
      return std::make_unique<PaperSession>(std::move(setup));
    });
    officers_ = std::make_unique<OfficerDesk>(*station_, *live_);
  }
  void open() {
    make();
    QSignalSpy opened(station_.get(), &StationDesk::opened);
    station_->open();
    ASSERT_TRUE(opened.wait(kLimit));
    ASSERT_EQ(officers_->door(), Door::LoggedOut);
  }
  LoginAnswer answer_to(const std::function<void()>& act) {
    LoginAnswer got;
    int count = 0;
    const auto link = QObject::connect(officers_.get(), &OfficerDesk::answered, officers_.get(), [&](const QString&, const LoginAnswer& answer, int days) {
      got = answer;
      days_left_ = days;
      ++count;
    });
    QSignalSpy answered(officers_.get(), &OfficerDesk::answered);
    act();
    EXPECT_TRUE(answered.wait(kLimit));
    QObject::disconnect(link);
    return got;
  }
  LoginAnswer log_in(const std::string& badge, const std::string& passphrase) {
    return answer_to([&] { officers_->log_in(badge, passphrase); });
  }
  void second_after(const std::function<void()>& act) {
    QSignalSpy changed(officers_.get(), &OfficerDesk::second_changed);
    act();
    ASSERT_TRUE(changed.wait(kLimit));
  }
  void start() {
    phones_->add_source("127.0.0.1", adb_->port(), false);
    QSignalSpy started(live_.get(), &LiveDesk::started);
    live_->start({}, {serial_, "", "device", 0, false}, {{"出示执法证", "现出示执法证件", "王甲 执法-01"}});
    ASSERT_TRUE(started.wait(kLimit));
  }
  std::vector<std::string> log() {
    station_->drain();
    std::vector<std::string> kinds;
    for (const auto& line : needed(read_operation_log(station_->log_path())).lines) kinds.push_back(line.kind);
    return kinds;
  }

  static inline fs::path home_;
  static inline std::unique_ptr<test::AdbFixture> adb_;
  static inline std::string serial_;
  fs::path folder_;
  DeskOptions options_;
  ManualClock clock_;
  std::unique_ptr<StationDesk> station_;
  std::unique_ptr<PhoneList> phones_;
  std::unique_ptr<LiveDesk> live_;
  std::unique_ptr<OfficerDesk> officers_;
  SessionSetup setup_;
  int days_left_ = -1;
};

// FORMAT.md 9.4: the list that lies in the policy's folder now; one that cannot be read leaves the one that was.
TEST_F(OfficerDeskTest, AVerificationIsGivenTheNewestRevocationList) {
  open();
  const Trust trust = trust_of(*station_);
  ASSERT_TRUE(write_atomically(station_->policy()->crl, to_bytes("newer")));
  EXPECT_EQ(trust_now(trust).crl_pem, "newer");
  EXPECT_TRUE(fs::remove(station_->policy()->crl) && trust_now(trust).crl_pem == station_->bureau().org_crl_pem);
}

// Never silently the practice desk: every problem with its line, and another try when it was put right.
TEST_F(OfficerDeskTest, APolicyWithMistakesIsToldWithItsLinesAndNothingOpens) {
  replace("min_free_gib = 1", "min_free_gib = 0");
  replace("idle_lock_minutes = 10", "idle_lock_minutes = \"ten\"");
  make();
  Error told;
  QObject::connect(station_.get(), &StationDesk::policy_failed, station_.get(), [&](const Error& error) { told = error; });
  QSignalSpy failed(station_.get(), &StationDesk::policy_failed);
  station_->open();
  ASSERT_TRUE(failed.wait(kLimit));
  EXPECT_NE(told.what.find("vault.min_free_gib"), std::string::npos) << told.what;
  EXPECT_NE(told.what.find("people.idle_lock_minutes"), std::string::npos) << told.what;
  EXPECT_NE(told.what.find("policy.toml:"), std::string::npos) << told.what;
  EXPECT_FALSE(station_->is_open());
  EXPECT_FALSE(fs::exists(options_.home / "bureau")) << "no practice bureau was made";
  EXPECT_EQ(officers_->door(), Door::Closed);
  replace("min_free_gib = 0", "min_free_gib = 1");
  replace("idle_lock_minutes = \"ten\"", "idle_lock_minutes = 10");
  QSignalSpy opened(station_.get(), &StationDesk::opened);
  station_->open();
  ASSERT_TRUE(opened.wait(kLimit));
  EXPECT_EQ(station_->vault().limits().start_bytes, 1ull << 30);
}

TEST_F(OfficerDeskTest, AWrongPassphraseWaitsAndTheRightOneOpens) {
  open();
  EXPECT_FALSE(station_->card().practice);
  EXPECT_EQ(station_->people().size(), 3u);
  const auto wrong = log_in(kWang, "wrong");
  EXPECT_EQ(wrong.problem, LoginProblem::WrongPassphrase);
  EXPECT_EQ(wrong.wait_seconds, 1);
  EXPECT_EQ(log_in(kWang, kWangWords).problem, LoginProblem::Wait);
  EXPECT_EQ(log_in(kZhao, "passphrase of zhao").problem, LoginProblem::NoKey);
  EXPECT_EQ(officers_->door(), Door::LoggedOut);
  EXPECT_EQ(station_->opener(), nullptr);
  clock_.advance_ms(1000);
  ASSERT_TRUE(log_in(kWang, kWangWords));
  EXPECT_EQ(days_left_, -1) << "valid for three years: no warning";
  EXPECT_EQ(officers_->door(), Door::Open);
  ASSERT_NE(station_->opener(), nullptr);
  ASSERT_EQ(station_->card().officers.size(), 1u);
  EXPECT_EQ(station_->card().officers[0].name, "王甲");
  EXPECT_TRUE(officers_->log_out());
  EXPECT_EQ(log(), (std::vector<std::string>{"op.start", "op.login-failed", "op.login-failed", "op.login", "op.logout"}));      // A-7.2a
}

// The Bureau that others use is never changed: whoever came later stands in another one, and keys of those who left are Denied.
TEST_F(OfficerDeskTest, ABureauThatWasGivenOutStaysAsItWas) {
  open();
  ASSERT_TRUE(log_in(kWang, kWangWords));
  const Bureau* const before = &station_->bureau();
  ASSERT_EQ(before->officers.size(), 1u);
  second_after([&] { officers_->log_in_second(kLi, kLiWords); });
  EXPECT_NE(&station_->bureau(), before);
  EXPECT_EQ(before->officers.size(), 1u);
  EXPECT_EQ(station_->bureau().officers.size(), 2u);
  const auto opener = before->opener;
  QSignalSpy seated(station_.get(), &StationDesk::seated);
  officers_->log_out();
  ASSERT_TRUE(seated.wait(kLimit));
  EXPECT_EQ(before->officers.at(0)->sign_detached(to_bytes("x")).error().kind, ErrorKind::Denied);
  EXPECT_EQ(before->opener, opener);
  EXPECT_TRUE(station_->bureau().officers.empty());
  EXPECT_FALSE(station_->session_setup().officer1);
}

TEST_F(OfficerDeskTest, TheSecondOfficerSignsLaterOrNowAndIsNeverTheFirst) {
  open();
  ASSERT_TRUE(log_in(kWang, kWangWords));
  officers_->name_second(kWang);
  EXPECT_FALSE(officers_->busy()) << "refused at once";
  second_after([&] { officers_->name_second(kZhao); });
  auto setup = station_->session_setup();
  EXPECT_EQ(setup.officer1->info().badge, kWang);
  EXPECT_FALSE(setup.officer2);
  EXPECT_EQ(needed(describe_certificate(as_bytes(setup.officer2_certificate_pem))).badge, kZhao);
  EXPECT_EQ(station_->bureau().officer_encryption_pems.size(), 2u) << "evidence is encrypted for whoever signs later too";
  EXPECT_EQ(answer_to([&] { officers_->log_in_second(kLi, "wrong"); }).problem, LoginProblem::WrongPassphrase);
  EXPECT_EQ(officers_->second(), kZhao) << "a wrong passphrase changes nothing";
  clock_.advance_ms(1000);
  second_after([&] { officers_->log_in_second(kLi, kLiWords); });
  setup = station_->session_setup();
  ASSERT_TRUE(setup.officer2);
  EXPECT_EQ(setup.officer2->info().badge, kLi);
  EXPECT_TRUE(setup.officer2_certificate_pem.empty());
  second_after([&] { officers_->drop_second(); });
  EXPECT_FALSE(station_->session_setup().officer2);
}

TEST_F(OfficerDeskTest, ARunningSessionGoesOnWhileLockedAndOnlyItsOfficersUnlock) {
  open();
  ASSERT_TRUE(log_in(kWang, kWangWords));
  second_after([&] { officers_->log_in_second(kLi, kLiWords); });
  start();
  ASSERT_EQ(setup_.statements.size(), 1u);
  std::vector<bool> notes;
  QObject::connect(officers_.get(), &OfficerDesk::note_due, officers_.get(), [&](bool locked, bool, const QString&) { notes.push_back(locked); });
  EXPECT_FALSE(officers_->log_out()) << "a session can only be locked";
  QSignalSpy seated(station_.get(), &StationDesk::seated);
  officers_->lock();
  EXPECT_EQ(officers_->door(), Door::Locked) << "covered before the keys are gone";
  ASSERT_TRUE(seated.wait(kLimit));
  EXPECT_EQ(setup_.officer1->sign_detached(to_bytes("x")).error().kind, ErrorKind::Denied);
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Running);
  EXPECT_EQ(officers_->awaited(), (std::vector<std::string>{kWang, kLi}));
  officers_->log_in(kZhao, "passphrase of zhao");
  EXPECT_FALSE(officers_->busy()) << "not of this session";
  ASSERT_TRUE(log_in(kLi, kLiWords));
  EXPECT_EQ(officers_->door(), Door::Locked) << "the other's key is needed too";
  ASSERT_TRUE(log_in(kWang, kWangWords));
  EXPECT_EQ(officers_->door(), Door::Open);
  EXPECT_EQ(officers_->first(), kWang);
  EXPECT_TRUE(setup_.officer1->sign_detached(to_bytes("x"))) << "the session's own signer is good again";
  EXPECT_TRUE(setup_.officer2->sign_detached(to_bytes("x")));
  EXPECT_EQ(notes, (std::vector<bool>{true, false}));
}

TEST_F(OfficerDeskTest, LocksItselfWhenNobodyIsThereAndOthersMayComeThen) {
  open();
  ASSERT_TRUE(log_in(kWang, kWangWords));
  clock_.advance_ms(9 * 60'000);
  QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier);
  QCoreApplication::sendEvent(station_.get(), &key);       // somebody is there
  clock_.advance_ms(9 * 60'000);
  QSignalSpy changed(officers_.get(), &OfficerDesk::door_changed);
  EXPECT_FALSE(changed.wait(2500)) << "nine minutes after the last key";
  clock_.advance_ms(2 * 60'000);
  ASSERT_TRUE(changed.count() > 0 || changed.wait(kLimit));
  EXPECT_EQ(officers_->door(), Door::Locked);
  EXPECT_TRUE(officers_->awaited().empty());
  ASSERT_TRUE(log_in(kLi, kLiWords));
  EXPECT_EQ(officers_->first(), kLi);
  EXPECT_EQ(station_->session_setup().officer1->info().badge, kLi);
}

TEST_F(OfficerDeskTest, OnesOwnPassphraseIsChanged) {
  open();
  ASSERT_TRUE(log_in(kWang, kWangWords));
  QSignalSpy changed(officers_.get(), &OfficerDesk::passphrase_changed);
  officers_->change_passphrase(kWangWords, "another passphrase");
  ASSERT_TRUE(changed.wait(kLimit));
  officers_->log_out();
  EXPECT_EQ(log_in(kWang, kWangWords).problem, LoginProblem::WrongPassphrase);
  clock_.advance_ms(1000);
  EXPECT_TRUE(log_in(kWang, "another passphrase"));
}

// Page 设置: what expires is told; an authority that does not answer is told with its error.
TEST_F(OfficerDeskTest, SettingsTellWhatExpiresAndWhoDoesNotAnswer) {
  open();
  SettingsDesk settings(*station_);
  QSignalSpy loaded(&settings, &SettingsDesk::changed);
  settings.refresh();
  ASSERT_TRUE(loaded.wait(kLimit));
  EXPECT_EQ(settings.card().people.size(), 3u);
  ASSERT_EQ(settings.card().roots.size(), 4u);              // root, archive, station, the authority's
  ASSERT_EQ(settings.card().expiries.size(), 1u);
  EXPECT_EQ(settings.card().expiries[0].what, kZhao);
  StampAnswer answer;
  QObject::connect(&settings, &SettingsDesk::stamped, &settings, [&](int, const StampAnswer& told) { answer = told; });
  QSignalSpy stamped(&settings, &SettingsDesk::stamped);
  settings.check_authorities();
  ASSERT_TRUE(stamped.wait(kLimit));
  EXPECT_FALSE(answer.good);
  EXPECT_EQ(answer.error.kind, ErrorKind::Network) << answer.error.what;
}

TEST(OfficerDeskPractice, ThePracticeDeskHasItsTwoOfficersAndNoLock) {
  const fs::path home = fs::temp_directory_path() / ("gz-officers-practice-" + std::to_string(::getpid()));
  {
    DeskOptions options;
    options.home = home;
    StationDesk station(options);
    PhoneList phones(station.quick());
    LiveDesk live(station, phones, [](SessionSetup) -> Result<std::unique_ptr<CaptureSession>> { return fail(ErrorKind::Bug, "not asked"); });
    OfficerDesk officers(station, live);
    QSignalSpy opened(&station, &StationDesk::opened);
    station.open();
    ASSERT_TRUE(opened.wait(kLimit));
    EXPECT_EQ(officers.door(), Door::Open);
    EXPECT_FALSE(officers.has_login());
    EXPECT_TRUE(officers.second_signs_now());
    officers.lock();
    EXPECT_EQ(officers.door(), Door::Open);
    EXPECT_TRUE(station.session_setup().officer1 && station.session_setup().officer2);
    phones.stop();
  }
  fs::remove_all(home);
}

}  // namespace
}  // namespace guzheng
