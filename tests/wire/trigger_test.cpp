// The signed order of a triggered capture (core/wire/trigger.h): written, read, held to who signed, to its script and to the time. A-8.3e, A-AnC, A-7.2b.
#include "core/wire/trigger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/file.h"
#include "tests/support/sample_bureau.h"
#include "tests/support/sample_trigger.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(TriggerOrderText, HasOneSpelling) {           // A-AnC
  const auto order = test::sample_order({1'795'000'000'000});
  const auto text = write_trigger_order(order).value();
  EXPECT_EQ(parse_trigger_order(text).value(), order);
  const auto bent = [&](const std::string& from, const std::string& to) {
    auto out = text;
    EXPECT_NE(out.find(from), out.npos) << from;
    return out.replace(out.find(from), from.size(), to);
  };
  for (const auto& bad : {std::string(), text + "\n", " " + text, bent("\"format\":1", "\"format\":2"), bent("\"source\":\"complaint\"", "\"source\":\"rumour\""), bent("+08:00", "+09:00"),
                          bent("\"station\":\"\"", "\"station\":\"LX-3\""), bent("\"station\":\"\"", "\"station\":1"), bent(order.id, order.id.substr(1)), bent(order.id, "A" + order.id.substr(1)),
                          bent("\"kind\":\"\",", ""), bent("\"ownership\":\"\",", ""), bent("{\"clue\"", "{\"a\":1,\"clue\"")})
    EXPECT_EQ(parse_trigger_order(bad).error().kind, ErrorKind::Invalid) << bad;
}

TEST(TriggerOrderText, NamesWhatACaptureNeeds) {   // A-7.2b, A-7.3d: subject, link, legal basis, reason, what
  const auto wrong = [](auto change) {
    auto order = test::sample_order({1'795'000'000'000});
    change(order);
    const auto text = write_trigger_order(order);
    return text ? std::string() : text.error().what;
  };
  for (const char* key : {"order_no", "reason", "what", "legal_basis", "subject_name", "link"}) EXPECT_THAT(wrong([&](TriggerOrder& o) { o.order[key] = " "; }), HasSubstr(key));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.order["link"] = "no link"; }), HasSubstr("link"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.order["more"] = "x"; }), HasSubstr("member"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.order["what"] = "a\nb"; }), HasSubstr("what"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.unit.clear(); }), HasSubstr("unit"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.clue.content.clear(); }), HasSubstr("clue"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.deadline = o.issued_at; }), HasSubstr("deadline"));
  EXPECT_THAT(wrong([](TriggerOrder& o) { o.deadline = {o.issued_at.ms + TriggerOrder::kLongestMs + 1}; }), HasSubstr("90 days"));
}

class SignedTriggerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-trigger-XXXXXX").string();
    bureau_ = new fs::path(::mkdtemp(pattern.data()));
    const WallTime now = SystemClock().wall();
    ASSERT_TRUE(test::make_sample_bureau(*bureau_, {now, {{"officer2", {{now.ms - 86'400'000LL * 9}, {now.ms - 86'400'000LL}}}}, {}, {{"officer1", now}}}));
  }
  static void TearDownTestSuite() {
    fs::remove_all(*bureau_);
    delete bureau_;
  }
  [[nodiscard]] SignedTrigger made(const std::string& who = "officer1") const { return test::signed_trigger(order_, *test::sample_signer(*bureau_, who, clock_).value()); }
  static std::string text(const std::string& name) { return read_text(*bureau_ / name, 1u << 20).value(); }
  [[nodiscard]] Result<CheckedTrigger> check(const SignedTrigger& one, const std::string& crl = "org.crl") const { return check_trigger(one, text("org.crt"), text(crl), clock_.wall()); }
  void expect(const SignedTrigger& one, ErrorKind kind, const std::string& why, const std::string& crl = "org.crl") const {
    const auto checked = check(one, crl);
    ASSERT_FALSE(checked) << why;
    EXPECT_EQ(checked.error().kind, kind) << checked.error().what;
    EXPECT_THAT(checked.error().what, HasSubstr(why));
  }

  static inline fs::path* bureau_ = nullptr;
  SystemClock clock_;
  TriggerOrder order_ = test::sample_order(SystemClock().wall());
};

TEST_F(SignedTriggerTest, HoldsWhenAnOfficerSignedIt) {          // A-7.2b
  const auto one = made();
  const auto again = parse_signed_trigger(write_signed_trigger(one).value());
  ASSERT_TRUE(again) << again.error().what;
  const auto checked = check(*again);
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_EQ(checked->order, order_);
  EXPECT_FALSE(checked->badge.empty());
  EXPECT_FALSE(checked->name.empty());
  for (const char* bad : {"", "{}", "{\"format\":1,\"order\":\"x\",\"order_p7s\":\"!\",\"script\":\"\"}", "{\"format\":1,\"order\":1,\"order_p7s\":\"\",\"script\":\"\"}"}) EXPECT_FALSE(parse_signed_trigger(bad)) << bad;
}

TEST_F(SignedTriggerTest, IsRefusedWithTheReason) {              // A-7.2b, A-8.6
  expect(made("officer2"), ErrorKind::Denied, "does not stand");              // expired
  expect(made(), ErrorKind::Denied, "revoked", "newer.crl");
  expect(made("station"), ErrorKind::Denied, "person");
  auto one = made();
  one.text.replace(one.text.find("complaint"), 9, "transfer");
  expect(one, ErrorKind::Denied, "signature");
  one = made();
  one.script += " ";
  expect(one, ErrorKind::Invalid, "another than the one");

  auto bent = order_;
  std::swap(order_, bent);
  const auto with = [&](const std::string& script) {
    order_ = test::sample_order(clock_.wall());
    order_.script_sha256 = sha256_hex(as_bytes(script));
    auto out = made();
    out.script = script;
    return out;
  };
  expect(with("no script"), ErrorKind::Invalid, "no capture script");
  expect(with(R"({"schema":"guzheng-script/1","name":"另一个","steps":[]})"), ErrorKind::Invalid, "another name");
  expect(with(R"({"schema":"guzheng-script/1","name":"示例脚本","order":{"link":"https://other.example"},"steps":[]})"), ErrorKind::Invalid, "another link");
  expect(with(R"({"schema":"guzheng-script/1","name":"示例脚本","steps":[{"do":"tap","picture":"x.png"}]})"), ErrorKind::Invalid, "pictures");

  order_ = test::sample_order({clock_.wall().ms + 3'600'000});
  expect(made(), ErrorKind::Invalid, "future");
  order_ = test::sample_order({clock_.wall().ms - 3 * 86'400'000LL});
  expect(made(), ErrorKind::Invalid, "deadline has passed");
}

}  // namespace
}  // namespace guzheng
