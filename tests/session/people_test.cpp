// A session of a real bureau: a policy, officers who logged in, a time-stamp authority of its own (`openssl ts` behind HTTP).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/identity/ca.h"
#include "core/identity/login.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

// tsa_server.py; ends when its stdin closes.
class Authority {
 public:
  explicit Authority(const fs::path& folder) : folder_(folder) {
    fs::create_directory(folder);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(ends[0], 0);
      ::execlp("python3", "python3", TSA_SERVER, folder.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[0]);
    stdin_ = ends[1];
    for (int i = 0; i < 6000 && !fs::exists(folder / "port"); ++i) ::usleep(10'000);
  }
  ~Authority() {
    ::close(stdin_);
    ::waitpid(child_, nullptr, 0);
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + read_text(folder_ / "port").value() + "/"; }
  [[nodiscard]] std::string root() const { return read_text(folder_ / "root.pem").value(); }

 private:
  fs::path folder_;
  pid_t child_ = -1;
  int stdin_ = -1;
};

FakePhone real_phone() {
  FakePhone phone = training_phone();
  std::string properties(as_text(phone.shell["getprop"].out));
  const std::string mark = "[ro.guzheng.training]: [1]\n";
  properties.erase(properties.find(mark), mark.size());
  phone.shell["getprop"].out = to_bytes(properties);
  return phone;
}

class PolicySession : public testing::Test {
 protected:
  PolicySession() : authority_(root_.path() / "tsa") {
    const fs::path folder = root_.path() / "bureau";
    EXPECT_TRUE(CertificateTool::found(folder, "某某市市场监督管理局", KeyKind::P256, "root passphrase", clock_.wall()));
    auto tool = CertificateTool::open(folder).value();
    EXPECT_TRUE(tool.unlock("root passphrase"));
    EXPECT_TRUE(tool.issue({Role::Archive, "", "", 0}, "archive passphrase", clock_.wall()));
    EXPECT_TRUE(tool.issue({Role::Station, "", "LX-07", 0}, "", clock_.wall()));
    EXPECT_TRUE(tool.issue({Role::Officer, "王甲", "执法-01", 0}, "first passphrase", clock_.wall()));
    EXPECT_TRUE(tool.issue({Role::Officer, "李乙", "执法-02", 0}, "second passphrase", clock_.wall()));
    EXPECT_TRUE(tool.write_policy({"", "", "", "LX-07", {{"某机构", authority_.url(), authority_.root()}}}));
    policy_ = read_policy(folder / "station/policy.toml").value();
    bureau_ = open_bureau(policy_, clock_).value();
    login_ = std::make_unique<Login>(policy_, clock_);
    EXPECT_TRUE(login_->login(bureau_, "执法-01", "first passphrase"));
    vault_ = Vault::open(root_.path() / "vault", clock_).value();
  }
  SessionSetup setup(FakePhone phone) {
    SessionSetup setup;
    setup.order = {"ZL-1", "网络交易检查", "案-1", "投诉举报", "店铺首页、证照公示、商品页", "电子商务法", "示例食品店", "", "", "", "", ""};
    setup.link = std::make_shared<FakeLink>(std::move(phone));
    setup.bureau = &bureau_;
    setup.vault = vault_.get();
    setup.clock = &clock_;
    setup.software_version = "0.1.0";
    setup.listener = &memory_;
    setup.challenge_ms = 1;
    setup.officer1 = bureau_.officers.at(0);
    return setup;
  }
  Verification look(const fs::path& bag) const {
    VerifyOptions options;
    options.roots = {bureau_.org_root_pem, bureau_.tsa_root_pem};
    options.clock = &clock_;
    return verify_package(bag, options).value();
  }
  SystemClock clock_;
  Temporary root_;
  Authority authority_;
  Policy policy_;
  std::unique_ptr<Login> login_;
  Bureau bureau_;
  std::unique_ptr<Vault> vault_;
  Memory memory_;
};

// A-7.2b, A-7.3d: the order first, then the statements; the second officer signs later: 待签, then 完整
TEST_F(PolicySession, ThePackageOfARealBureauIsWholeOnceTheSecondOfficerHasSigned) {
  auto begun = setup(real_phone());
  begun.officer2_certificate_pem = find_person(policy_.people, "执法-02").value().signing.at(0).pem;
  begun.statements = {{"出示执法证", "现出示执法证件", "王甲 执法-01", OpeningAnswer::Silent, "当事人", "", ""},
                      {"权利告知", "你有陈述、申辩的权利", "", OpeningAnswer::Consents, "当事人", "已知晓", ""},
                      {"回避告知", "是否申请回避", "王甲 执法-01", OpeningAnswer::Refuses, "店长", "申请回避", "系亲属"},
                      {"保密告知", "依法保密", "王甲 执法-01", OpeningAnswer::Absent, "", "", ""}};
  auto session = std::move(CaptureSession::start(std::move(begun)).value());
  EXPECT_EQ(session->pause(" ").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(session->pause("休会：等候当事人"));
  ASSERT_TRUE(session->resume());
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_FALSE(sealed.seal.second_signature);
  const auto waiting = look(sealed.folder);
  EXPECT_EQ(waiting.verdict, Verdict::Incomplete) << damage_of(waiting);
  EXPECT_THAT(waiting.incomplete, ElementsAre("待签"));

  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(lines.at(1).kind, "session.open");
  EXPECT_EQ(lines.at(2).kind, "order.recv");
  EXPECT_EQ(lines.at(3).kind, "people");
  // 行政处罚法 43, 55: each statement with its own answer, by whom and how
  EXPECT_THAT(bodies(lines, "confirm"),
              ElementsAre(R"({"act":"say","no":1,"text":"现出示执法证件","title":"出示执法证","who":"王甲 执法-01"})",
                          R"({"act":"answer","no":1,"result":"silent","text":"","who":"当事人"})",
                          R"({"act":"say","no":2,"text":"你有陈述、申辩的权利","title":"权利告知","who":"王甲 执法-01"})",
                          R"({"act":"answer","no":2,"result":"consents","text":"已知晓","who":"当事人"})",
                          R"({"act":"say","no":3,"text":"是否申请回避","title":"回避告知","who":"王甲 执法-01"})",
                          R"({"act":"answer","no":3,"reason":"系亲属","result":"refuses","text":"申请回避","who":"店长"})",
                          R"({"act":"say","no":4,"text":"依法保密","title":"保密告知","who":"王甲 执法-01"})",
                          R"({"act":"answer","no":4,"result":"absent","text":"","who":""})"));
  EXPECT_EQ(lines.at(4).kind, "confirm");
  EXPECT_THAT(bodies(lines, "pause"), ElementsAre(HasSubstr("休会：等候当事人")));

  const std::string people = read_text(sealed.folder / "data/attach/people.json").value();
  // only the one who was named, over what was sealed
  EXPECT_EQ(sign_later(sealed.folder, people, *bureau_.officers.at(0), bureau_, clock_).error().kind, ErrorKind::Denied);
  ASSERT_TRUE(login_->login(bureau_, "执法-02", "second passphrase"));
  const Signer& second = *bureau_.officers.at(1);
  EXPECT_EQ(sign_later(sealed.folder, people + " ", second, bureau_, clock_).error().kind, ErrorKind::Tampered);
  Bureau silent = bureau_;
  silent.authorities.clear();
  const auto unstamped = sign_later(sealed.folder, people, second, silent, clock_);
  ASSERT_TRUE(unstamped) << unstamped.error().what;
  EXPECT_TRUE(unstamped->fresh);
  EXPECT_FALSE(unstamped->stamped);
  EXPECT_THAT(look(sealed.folder).incomplete, ElementsAre("待时间戳"));
  const auto stamped = sign_later(sealed.folder, people, second, bureau_, clock_);
  ASSERT_TRUE(stamped) << stamped.error().what;
  EXPECT_FALSE(stamped->fresh);
  EXPECT_TRUE(stamped->stamped);
  const auto whole = look(sealed.folder);
  EXPECT_EQ(whole.verdict, Verdict::Whole) << damage_of(whole);
  EXPECT_FALSE(whole.practice);
}

// A-7.2d: a training phone makes it practice, whatever the bureau
TEST_F(PolicySession, ATrainingPhoneStaysPractice) {
  ASSERT_TRUE(login_->login(bureau_, "执法-02", "second passphrase"));
  auto session = std::move(CaptureSession::start(setup(training_phone())).value());
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_TRUE(sealed.seal.second_signature);
  const auto verification = look(sealed.folder);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_EQ(sign_later(sealed.folder, read_text(sealed.folder / "data/attach/people.json").value(), *bureau_.officers.at(1), bureau_, clock_).error().kind,
            ErrorKind::Exists);
}

// A refusal without its reason is no record: refused before anything is made.
TEST_F(PolicySession, AStatementWithoutWhatItNeedsIsRefused) {
  const auto with = [](OpeningAnswer answer, const char* by, const char* words, const char* reason) { return OpeningStatement{"权利告知", "你有权利", "王甲", answer, by, words, reason}; };
  for (const OpeningStatement& wrong : {OpeningStatement{"", "现出示执法证件", "王甲"}, OpeningStatement{"权利告知", "", "王甲"},
                                        with(OpeningAnswer::Refuses, "当事人", "拒绝", ""), with(OpeningAnswer::Consents, "", "好", ""), with(OpeningAnswer::Consents, "当事人", "", ""),
                                        with(OpeningAnswer::Silent, "", "", ""), with(OpeningAnswer::Absent, "当事人", "", ""), with(OpeningAnswer::Consents, "当事人", "好", "无")}) {
    auto begun = setup(real_phone());
    begun.officer2_certificate_pem = find_person(policy_.people, "执法-02").value().signing.at(0).pem;
    begun.statements = {wrong};
    EXPECT_EQ(CaptureSession::start(std::move(begun)).error().kind, ErrorKind::Invalid);
  }
  EXPECT_TRUE(vault_->unfinished().value().empty());
  auto same = setup(real_phone());
  same.officer2_certificate_pem = same.officer1->certificate_pem();
  EXPECT_EQ(CaptureSession::start(std::move(same)).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng::test
