// Heads of journals and the statements about them (core/wire/witness.h): written, read, held to who signed and to the journal. A-7.3d, A-7.4a.
#include "core/wire/witness.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

HeadStatement sample() {
  return {"示例市归集系统", "LX-03", {"LX-03-20261121-0001", 42, sha256_hex(as_bytes("line")), {1'795'000'000'000}, false}, {1'795'000'000'250}};
}

TEST(Witness, FormsHaveOneSpelling) {
  const auto said = sample();
  const auto text = write_head_statement(said).value();
  EXPECT_EQ(parse_head_statement(text).value(), said);
  const auto json = write_head_report(said.report).value();
  EXPECT_EQ(parse_head_report(json).value(), said.report);
  const SignedHead head{text, to_bytes("signature")};
  const auto line = write_signed_head(head).value();
  EXPECT_EQ(parse_signed_head(line)->text, text);
  EXPECT_EQ(parse_signed_heads(line + "\n" + line + "\n")->size(), 2u);
  EXPECT_TRUE(parse_signed_heads("")->empty());
  for (const auto& bad : {line, line + "\n\n", line + "\n" + line})
    EXPECT_FALSE(parse_signed_heads(bad)) << bad;
  const auto bent = [&](const std::string& from, const std::string& to) {
    auto out = text;
    return out.replace(out.find(from), from.size(), to);
  };
  for (const auto& bad : {std::string(), text + "\n", text.substr(1), text.substr(0, text.size() - 1), bent("Seq: 42", "Seq: 042"), bent("Seq: 42", "Seq: -1"), bent("Seq: 42", "Seq: 100000000"), bent("Late: no", "Late: No"),
                          bent("Station: LX-03", "Station: LX-04"), bent("Head: ", "Head: A"), bent("LX-03-2026", "LX-03/2026"), bent("Witness-Format: 1", "Witness-Format: 2"), bent("+08:00", "+09:00")})
    EXPECT_FALSE(parse_head_statement(bad)) << bad;
}

class WitnessTrust : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-witness-XXXXXX").string();
    folder_ = new fs::path(::mkdtemp(pattern.data()));
    ASSERT_TRUE(test::make_sample_bureau(*folder_, {SystemClock().wall(), {}, {}, {{"station-other", {SystemClock().wall().ms - 1000}}}}));
  }
  static void TearDownTestSuite() {
    fs::remove_all(*folder_);
    delete folder_;
  }
  void SetUp() override {
    central_ = test::sample_signer(*folder_, "station-other", clock_).value();
    officer_ = test::sample_signer(*folder_, "officer1", clock_).value();
    const auto bureau = test::open_sample_bureau(*folder_, clock_).value();
    trust_ = {central_->certificate_pem(), bureau.org_root_pem, bureau.org_crl_pem, clock_.wall()};
    said_ = sample();
    said_.received_at = clock_.wall();
  }
  [[nodiscard]] SignedHead signed_by(const Signer& signer) const {
    const auto text = write_head_statement(said_).value();
    return {text, signer.sign_detached(as_bytes(text)).value()};
  }

  static inline fs::path* folder_ = nullptr;
  SystemClock clock_;
  std::shared_ptr<Signer> central_, officer_;
  ReceiptTrust trust_;
  HeadStatement said_;
};

TEST_F(WitnessTrust, BelievesTheCentralSystemAlone) {
  EXPECT_EQ(check_head_statement(signed_by(*central_), trust_).value(), said_);
  EXPECT_EQ(check_head_statement(signed_by(*officer_), trust_).error().kind, ErrorKind::Denied);
  auto bent = signed_by(*central_);
  bent.text.replace(bent.text.find("Seq: 42"), 7, "Seq: 43");
  EXPECT_EQ(check_head_statement(bent, trust_).error().kind, ErrorKind::Tampered);
}

TEST_F(WitnessTrust, AnswersWhatWasSent) {
  const auto answer = signed_by(*central_);
  auto sent = said_.report;
  EXPECT_TRUE(check_head_answer(answer, sent, trust_));
  auto later = trust_;
  later.now.ms += 40LL * 365 * 86'400'000;
  EXPECT_EQ(check_head_answer(answer, sent, later).error().kind, ErrorKind::Denied);       // who answers now must stand now
  sent.late = true;                                // told again, later: the first statement stands
  EXPECT_TRUE(check_head_answer(answer, sent, trust_));
  sent.seq = 41;
  EXPECT_EQ(check_head_answer(answer, sent, trust_).error().kind, ErrorKind::Tampered);
}

// years later the system's certificate has run out; what it said while it stood is still its word
TEST_F(WitnessTrust, OutlivesTheCertificate) {
  auto later = trust_;
  later.now.ms += 40LL * 365 * 86'400'000;
  const auto head = signed_by(*central_);
  EXPECT_TRUE(check_head_statement(head, later)) << check_head_statement(head, later).error().what;
  said_.received_at = later.now;                   // but not what it says now
  EXPECT_EQ(check_head_statement(signed_by(*central_), later).error().kind, ErrorKind::Denied);
}

TEST(WitnessComparing, FindsWhatWasRewritten) {
  const std::string id = "LX-03-20261121-0001";
  std::vector<std::string> lines;
  for (int i = 0; i < 50; ++i) lines.push_back(sha256_hex(as_bytes("line " + std::to_string(i))));
  auto first = sample(), second = sample(), other = sample();
  first.report.head = lines[42];
  second.report = {id, 49, lines[49], {1'795'000'060'000}, true};
  second.received_at.ms += 60'000;
  other.report.package = "LX-03-20261121-0002";
  auto seen = compare_with_witness(id, lines, {first, second, other});
  EXPECT_TRUE(seen.contradictions.empty());
  EXPECT_EQ(seen.agreed, 2u);
  EXPECT_EQ(seen.late, 1u);
  EXPECT_EQ(seen.last_seq, 49u);
  EXPECT_EQ(seen.first_at, first.received_at);
  EXPECT_EQ(seen.last_at, second.received_at);
  auto rewritten = lines;
  rewritten[42][0] = rewritten[42][0] == 'a' ? 'b' : 'a';
  seen = compare_with_witness(id, rewritten, {first, second, other});
  EXPECT_EQ(seen.contradictions.size(), 1u);
  EXPECT_EQ(seen.agreed, 1u);
  lines.resize(45);                                // cut: what was witnessed after it is gone
  seen = compare_with_witness(id, lines, {first, second, other});
  ASSERT_EQ(seen.contradictions.size(), 1u);
  EXPECT_NE(seen.contradictions[0].find("has 45 lines"), std::string::npos);
  EXPECT_EQ(compare_with_witness(id, lines, {other}).agreed, 0u);
}

}  // namespace
}  // namespace guzheng
