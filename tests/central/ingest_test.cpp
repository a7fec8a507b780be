// What the server does with a package that came whole (core/central/ingest.h): A-7.4c, A-8.1, A-8.3e, A-8.5, A-8.6.
#include <fstream>

#include "core/central/calendar_time.h"
#include "core/seal/proof_words.h"
#include "core/seal/receipt_text.h"
#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class IngestTest : public test::CentralTest {
 protected:
  // Refused with this kind, written down, nothing kept but what was there, the upload gone.
  void expect_refused(ByteView zip, ErrorKind kind, const std::string& why, const std::string& station = "LX-03") {
    const auto before = refusals().size();
    const auto size = log_->size().value();
    const auto kept = objects(*first_);
    const auto taken = take(zip, station);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, kind) << taken.error().what;
    EXPECT_THAT(taken.error().what, HasSubstr(why));
    ASSERT_EQ(refusals().size(), before + 1);
    EXPECT_EQ(std::get<std::string>(refusals().back().at(0)), station);
    EXPECT_EQ(std::get<std::string>(refusals().back().at(2)), to_string(kind));
    EXPECT_EQ(log_->size().value(), size);
    EXPECT_EQ(objects(*first_), kept);
    EXPECT_EQ(objects(*second_), kept);
  }
};

TEST_F(IngestTest, KeepsAPackageInTwoStoresAndReceiptsIt) {
  const auto bag = vault_form("ws");
  const auto zip = upload_zip(bag);
  const auto receipt = take(zip);
  ASSERT_TRUE(receipt) << receipt.error().what;

  // as the workstation looks at it
  const SentPackage sent{bag.filename(), sha256_hex(read_file(bag / "seal/seal.txt").value()), sha256_hex(zip)};
  const auto checked = check_package_receipt(parse_receipt(write_receipt(*receipt).value()).value(), sent, trust());
  ASSERT_TRUE(checked) << checked.error().what;
  EXPECT_TRUE(checked->synced());
  EXPECT_EQ(checked->entry.verdict, "whole");
  EXPECT_EQ(checked->entry.bytes, zip.size());
  EXPECT_EQ(checked->entry.station, "LX-03");

  // A-7.4c: twice the same bytes, for three years
  const std::vector<std::string> one{"case/" + sent.package + "/" + sent.zip_sha256 + ".zip"};
  for (ObjectStore* store : {static_cast<ObjectStore*>(first_.get()), static_cast<ObjectStore*>(second_.get())}) {
    EXPECT_EQ(objects(*store), one);
    EXPECT_EQ(stored_sha256(*store, one[0]).value(), sent.zip_sha256);
    EXPECT_EQ(store->head(one[0])->retain_until, months_later(checked->entry.received_at, 36, 480));
    EXPECT_EQ(store->remove(one[0]).error().kind, ErrorKind::Denied);
  }

  // the signed text lies beside the bag from now on, and every verifier holds the package to it (FORMAT.md 9.2)
  const fs::path beside = bag.parent_path() / (sent.package + ".receipt");
  fs::create_directory(beside);
  ASSERT_TRUE(write_text(beside / "central.txt", receipt->text));
  ASSERT_TRUE(write_atomically(beside / "central.txt.p7s", receipt->text_signature));
  VerifyOptions options;
  options.roots = parts().roots;
  options.clock = &clock_;
  options.opener = key_;
  const auto verified = verify_package(bag, options);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->verdict, Verdict::Whole) << (verified->damage.empty() ? "" : verified->damage[0].rule + verified->damage[0].what);
  EXPECT_EQ(verified->receipt.zip_sha256, sent.zip_sha256);        // and says who received which bytes, when
  EXPECT_EQ(verified->receipt.by, parse_receipt_text(receipt->text)->received_by);
  EXPECT_EQ(verified->receipt.at, parse_receipt_text(receipt->text)->received_at);
  EXPECT_THAT(verification_lines(*verified, Language::Chinese), testing::Contains(HasSubstr("中心系统回执：" + verified->receipt.by)));
  fs::remove(bag.parent_path() / (sent.package + ".after") / "seal.txt.tsr");
  const auto lost = verify_package(bag, options);
  ASSERT_TRUE(lost);
  EXPECT_EQ(lost->verdict, Verdict::Damaged);      // a token that was received and is gone
}

TEST_F(IngestTest, AnswersTheSameToTheSame) {
  const auto zip = upload_zip(vault_form("ws"));
  const auto once = take(zip);
  ASSERT_TRUE(once) << once.error().what;
  stop();
  start();
  const auto again = take(zip);
  ASSERT_TRUE(again);
  EXPECT_EQ(write_receipt(*again).value(), write_receipt(*once).value());
  EXPECT_EQ(log_->size().value(), 1u);
  EXPECT_EQ(objects(*first_).size(), 1u);
  EXPECT_TRUE(refusals().empty());
  EXPECT_TRUE(ingest_->receipt(sha256_hex(zip), "LX-03"));
  EXPECT_EQ(ingest_->receipt(sha256_hex(zip), "LX-04").error().kind, ErrorKind::NotFound);
}

TEST_F(IngestTest, RefusesWhatIsDamaged) {
  const auto zip = upload_zip(vault_form("ws"));
  for (const std::size_t at : {std::size_t{10}, zip.size() / 3, zip.size() / 2, zip.size() * 2 / 3, zip.size() - 5}) {
    auto bent = zip;
    bent[at] ^= 0x10;
    expect_refused(bent, ErrorKind::Tampered, "");
  }
  auto cut = zip;
  cut.resize(zip.size() - 1000);
  expect_refused(cut, ErrorKind::Tampered, "zip.");
  expect_refused(to_bytes("no package at all"), ErrorKind::Invalid, "no ZIP");
  EXPECT_TRUE(take(zip));                          // and what is whole is taken after all that
}

TEST_F(IngestTest, RefusesWhatIsNotForIt) {
  const test::KeyInMemory other;
  expect_refused(upload_zip(vault_form("ws", {}, &other)), ErrorKind::Denied, "content-key");
  const auto zip = upload_zip(vault_form("ws2"));
  expect_refused(zip, ErrorKind::Denied, "no package of LX-04", "LX-04");
  auto practice = parts();
  practice.practice = true;
  ingest_ = std::make_unique<Ingest>(practice);
  expect_refused(zip, ErrorKind::Denied, "practice system");
}

// sealed by a station of a bureau that this system does not know
TEST_F(IngestTest, RefusesAnUnknownStation) {
  const auto elsewhere = folder_ / "elsewhere";
  ASSERT_TRUE(test::make_sample_bureau(elsewhere, {clock_.wall(), {}, {}, {}}));
  const auto ours = std::exchange(bureau_, test::open_sample_bureau(elsewhere, clock_).value());
  const auto zip = upload_zip(vault_form("ws"));
  bureau_ = ours;
  auto known = parts();                            // its time-stamp authority is known: the station alone is not
  known.roots.tsa_pem = read_text(elsewhere / "tsa-roots.pem").value();
  ingest_ = std::make_unique<Ingest>(known);
  expect_refused(zip, ErrorKind::Tampered, "");
}

TEST_F(IngestTest, RefusesOtherEvidenceUnderAnIdThatIsTaken) {
  test::SampleOptions options;
  options.packets = 30;                            // both are the first package of today
  const auto first = upload_zip(vault_form("ws", options));
  options.packets = 31;
  const auto other = upload_zip(vault_form("ws2", options));
  ASSERT_TRUE(take(first));
  expect_refused(other, ErrorKind::Exists, "other evidence");
}

// what came late is a new edition with its own receipt; an edition that lacks what an earlier receipt names is refused
TEST_F(IngestTest, TakesWhatCameLateAndMissesWhatIsGone) {
  const auto bag = vault_form("ws");
  const auto token = bag.parent_path() / (bag.filename().string() + ".after") / "seal.txt.tsr";
  const auto bytes = read_file(token).value();
  fs::remove(token);
  const auto early = upload_zip(bag);
  const auto first = take(early);
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_EQ(parse_log_entry(first->entry)->verdict, "incomplete");
  ASSERT_TRUE(write_atomically(token, bytes));
  const auto second = take(upload_zip(bag));
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_EQ(second->index, 1u);
  EXPECT_EQ(parse_log_entry(second->entry)->verdict, "whole");
  EXPECT_TRUE(parse_receipt_text(second->text)->tokens.contains(bag.filename().string() + ".after/seal.txt.tsr"));
  EXPECT_EQ(write_receipt(*take(early)).value(), write_receipt(*first).value());
  fs::remove(token);
  const auto receipt_folder = bag.parent_path() / (bag.filename().string() + ".receipt");
  fs::create_directory(receipt_folder);            // other bytes than `early`, and without the token
  ASSERT_TRUE(write_text(receipt_folder / "central.txt", first->text));
  ASSERT_TRUE(write_atomically(receipt_folder / "central.txt.p7s", first->text_signature));
  expect_refused(upload_zip(bag), ErrorKind::Tampered, "seal.txt.tsr was there");
}

// A-8.3e: an automatic capture that nobody confirmed is kept 30 days
TEST_F(IngestTest, KeepsAnAutomaticCaptureThirtyDays) {
  test::SampleOptions options;
  options.change = [](const std::string& file, Json& value) {
    if (file == "order.json") value["type"] = "自动取证";
  };
  const auto receipt = take(upload_zip(vault_form("ws", options)));
  ASSERT_TRUE(receipt) << receipt.error().what;
  const auto entry = parse_log_entry(receipt->entry).value();
  EXPECT_EQ(entry.verdict, "incomplete");
  EXPECT_EQ(entry.stores[0].retain_until, days_later(entry.received_at, 30));
  EXPECT_THAT(objects(*second_).at(0), HasSubstr("automatic/"));
}

// a store that is away decides nothing: the upload stays, and is taken when the store is back
TEST_F(IngestTest, WaitsForAStoreThatIsAway) {
  const auto zip = upload_zip(vault_form("ws"));
  const auto object = incoming(zip);
  for (const auto kind : {ErrorKind::Denied, ErrorKind::Tampered, ErrorKind::NoSpace, ErrorKind::Network}) {
    second_->away = kind;
    const auto taken = ingest_->take(object, "LX-03");
    ASSERT_FALSE(taken);
    EXPECT_FALSE(Ingest::is_refusal(taken.error().kind)) << to_string(kind);
    second_->away.reset();
    first_->away = kind;
    const auto other = ingest_->take(object, "LX-03");
    ASSERT_FALSE(other);
    EXPECT_FALSE(Ingest::is_refusal(other.error().kind)) << to_string(kind);
    first_->away.reset();
  }
  EXPECT_EQ(log_->size().value(), 0u);
  EXPECT_TRUE(refusals().empty());
  const auto taken = ingest_->take(object, "LX-03");
  ASSERT_TRUE(taken) << taken.error().what;
  EXPECT_EQ(first_->head(object).error().kind, ErrorKind::NotFound);
}

TEST(CalendarTime, MonthsEndOnTheSameDayOrTheLast) {
  const auto at = [](const char* text) { return *parse_time(text); };
  EXPECT_EQ(months_later(at("2026-11-27T14:00:00.000+08:00"), 36, 480), at("2029-11-27T14:00:00.000+08:00"));
  EXPECT_EQ(months_later(at("2028-02-29T00:30:00.000+08:00"), 36, 480), at("2031-02-28T00:30:00.000+08:00"));
  EXPECT_EQ(months_later(at("2026-12-31T23:59:59.999+08:00"), 2, 480), at("2027-02-28T23:59:59.999+08:00"));
  EXPECT_EQ(days_later(at("2026-12-31T23:59:59.999+08:00"), 30), at("2027-01-30T23:59:59.999+08:00"));
}

}  // namespace
}  // namespace guzheng
