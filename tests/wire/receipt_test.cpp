// Checkpoints and receipts (core/wire): written, read, and held to what was sent. A-7.4c, A-8.6.
#include "core/wire/receipt.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "tests/support/sample_bureau.h"
#include "tests/wire/plain_tree.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class Receipts : public testing::Test {
 protected:
  // One bureau for all: its certificates as in a real one. "station-other" plays the central system, which has a certificate of its own.
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-wire-XXXXXX").string();
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
  }
  static std::string digest_of(const char* text) { return sha256_hex(as_bytes(text)); }

  // A right receipt for entry 2 of 5; `bend` may change what is said before it is signed.
  struct Said {
    ReceiptText text;
    LogEntry entry;
    Checkpoint checkpoint;
  };
  PackageReceipt make(const std::function<void(Said&)>& bend = {}, const Signer* text_by = nullptr, const Signer* checkpoint_by = nullptr) {
    Said said;
    said.text = {"LX-03-20261121-0001", sent_.fingerprint, "示例市归集系统", sent_.zip_sha256, {1'795'000'000'000}, {}, {}};
    said.text.tokens["LX-03-20261121-0001.after/seal.txt.tsr"] = digest_of("token");
    said.text.files["LX-03-20261121-0001.review/001/review.json"] = digest_of("review");
    said.entry = {said.text.package, said.text.fingerprint, said.text.zip_sha256, 1234, "LX-03", "whole", "", said.text.received_at,
                  {{"folder-a", {1'890'000'000'000}}, {"folder-b", {1'890'000'000'000}}}};
    said.entry.receipt_sha256 = sha256_hex(as_bytes(write_receipt_text(said.text).value()));
    said.checkpoint = {"示例市归集系统", 5, {}, {1'795'000'000'500}};
    if (bend) bend(said);
    PackageReceipt out;
    out.text = write_receipt_text(said.text).value();
    out.entry = write_log_entry(said.entry).value();
    auto leaves = test::plain_leaves(5);
    leaves[2] = tree_leaf(as_bytes(out.entry));
    out.index = 2;
    out.proof = test::plain_path(leaves, 2);
    said.checkpoint.root = test::plain_root(leaves);
    out.checkpoint.text = write_checkpoint(said.checkpoint).value();
    out.checkpoint.signature = (checkpoint_by ? checkpoint_by : central_.get())->sign_detached(as_bytes(out.checkpoint.text)).value();
    out.text_signature = (text_by ? text_by : central_.get())->sign_detached(as_bytes(out.text)).value();
    return out;
  }
  std::optional<ErrorKind> refused(const PackageReceipt& receipt) {
    const auto checked = check_package_receipt(receipt, sent_, trust_);
    return checked ? std::nullopt : std::optional(checked.error().kind);
  }

  static inline fs::path* folder_ = nullptr;
  SystemClock clock_;
  std::shared_ptr<Signer> central_, officer_;
  ReceiptTrust trust_;
  const SentPackage sent_{"LX-03-20261121-0001", digest_of("seal"), digest_of("zip")};
};

TEST_F(Receipts, IsBelievedWhenAllOfItHolds) {
  const auto again = parse_receipt(write_receipt(make()).value());
  ASSERT_TRUE(again) << again.error().what;
  const auto checked = check_package_receipt(*again, sent_, trust_);
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_TRUE(checked->synced());
  EXPECT_EQ(checked->entry.stores[1].name, "folder-b");
  EXPECT_EQ(checked->checkpoint.size, 5u);
}

// A-7.4c: 已同步 means at least two stores
TEST_F(Receipts, OneStoreIsNotSynced) {
  const auto checked = check_package_receipt(make([](Said& said) { said.entry.stores.resize(1); }), sent_, trust_);
  ASSERT_TRUE(checked);
  EXPECT_FALSE(checked->synced());
  LogEntry twice{"p", digest_of("a"), digest_of("b"), 1, "LX-03", "whole", digest_of("c"), {0}, {{"folder-a", {1}}, {"folder-a", {1}}}};
  EXPECT_FALSE(write_log_entry(twice));            // two copies in one place are one
}

TEST_F(Receipts, IsNotBelievedAboutAnotherPackage) {
  for (const SentPackage& other : {SentPackage{"LX-03-20261121-0002", sent_.fingerprint, sent_.zip_sha256}, SentPackage{sent_.package, digest_of("x"), sent_.zip_sha256},
                                   SentPackage{sent_.package, sent_.fingerprint, digest_of("x")}}) {
    const auto checked = check_package_receipt(make(), other, trust_);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().kind, ErrorKind::Tampered);
  }
}

TEST_F(Receipts, IsNotBelievedFromAnybodyElse) {
  EXPECT_EQ(refused(make({}, officer_.get())), ErrorKind::Denied);         // an officer of the same bureau
  EXPECT_EQ(refused(make({}, nullptr, officer_.get())), ErrorKind::Denied);
  const auto elsewhere = test::sample_signer(*folder_, "station-renewed-elsewhere", clock_).value();
  EXPECT_EQ(refused(make({}, elsewhere.get())), ErrorKind::Tampered);      // under a root that nobody gave
  const auto right = make();
  trust_.org_crl_pem = read_text(*folder_ / "newer.crl").value();          // the system's certificate was revoked since
  EXPECT_EQ(refused(right), ErrorKind::Denied);
}

TEST_F(Receipts, IsNotBelievedWhenItsPartsSayDifferentThings) {
  const std::vector<std::function<void(Said&)>> bends{
      [](Said& said) { said.entry.package = "LX-03-20261121-0009"; },        [](Said& said) { said.entry.fingerprint = digest_of("x"); },
      [](Said& said) { said.entry.zip_sha256 = digest_of("x"); },            [](Said& said) { said.entry.receipt_sha256 = digest_of("x"); },
      [](Said& said) { said.entry.received_at.ms += 1000; },                 [](Said& said) { said.checkpoint.log = "另一系统"; },
      [](Said& said) { said.checkpoint.size = 3; }};
  for (std::size_t i = 0; i < bends.size(); ++i) EXPECT_EQ(refused(make(bends[i])), ErrorKind::Tampered) << i;
  auto receipt = make();
  receipt.index = 3;
  EXPECT_EQ(refused(receipt), ErrorKind::Tampered);
  receipt = make();
  receipt.proof[0][0] ^= 1;
  EXPECT_EQ(refused(receipt), ErrorKind::Tampered);
}

// every byte of what is signed or hashed counts: one that is changed is found, whatever it is
TEST_F(Receipts, NoChangedCharacterPasses) {
  const auto right = make();
  for (std::string PackageReceipt::*part : {&PackageReceipt::text, &PackageReceipt::entry})
    for (std::size_t i = 0; i < (right.*part).size(); i += 7) {
      auto bent = right;
      (bent.*part)[i] = (bent.*part)[i] == '1' ? '2' : '1';
      EXPECT_TRUE(refused(bent)) << i;
    }
  for (std::size_t i = 0; i < right.checkpoint.text.size(); i += 3) {
    auto bent = right;
    bent.checkpoint.text[i] = bent.checkpoint.text[i] == '1' ? '2' : '1';
    EXPECT_TRUE(refused(bent)) << i;
  }
}

TEST_F(Receipts, CheckpointsHaveOneSpelling) {
  const Checkpoint checkpoint{"系统 A", 12, tree_empty(), {1'795'000'000'000}};
  const auto text = write_checkpoint(checkpoint).value();
  EXPECT_EQ(parse_checkpoint(text).value(), checkpoint);
  const auto with = [&](const std::string& from, const std::string& to) { return std::string(text).replace(text.find(from), from.size(), to); };
  for (const auto& bad : {text + "\n", text.substr(0, text.size() - 1), with("Size: 12", "Size: 012"), with("Size: 12", "Size: -1"), with("Size: 12", "Size: 12 "),
                          with("Log: 系统 A", "Log: "), with("Checkpoint-Format: 1", "Checkpoint-Format: 2"), with("e3b0", "E3b0"), std::string()})
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  EXPECT_FALSE(write_checkpoint({"two\nlines", 1, tree_empty(), {0}}));
  EXPECT_FALSE(write_checkpoint({"", 1, tree_empty(), {0}}));
}

TEST_F(Receipts, ReadsNothingThatIsNoReceipt) {
  const auto right = write_receipt(make()).value();
  for (std::size_t length = 0; length < right.size(); length += 41) EXPECT_FALSE(parse_receipt(right.substr(0, length)));
  auto json = parse_json(right).value();
  const auto without = [&](const std::function<void(Json&)>& bend) {
    Json bent = json;
    bend(bent);
    return !parse_receipt(canonical_json(bent).value());
  };
  EXPECT_TRUE(without([](Json& j) { j["more"] = 1; }));
  EXPECT_TRUE(without([](Json& j) { j.erase("proof"); }));
  EXPECT_TRUE(without([](Json& j) { j["format"] = 2; }));
  EXPECT_TRUE(without([](Json& j) { j["index"] = -1; }));
  EXPECT_TRUE(without([](Json& j) { j["index"] = "2"; }));
  EXPECT_TRUE(without([](Json& j) { j["proof"] = Json::array({"00"}); }));
  EXPECT_TRUE(without([](Json& j) { j["receipt_p7s"] = "?"; }));
  EXPECT_TRUE(without([](Json& j) { j = Json::array(); }));
  EXPECT_FALSE(parse_receipt(right + "\n"));       // canonical: one spelling
}

}  // namespace
}  // namespace guzheng
