// Files beside an encrypted package that no list of it names: reviews, receipts, reports' signatures, copies, records of hand-over, renewals,
// stamps. What is changed in them is found with the key and without it, and the scrub takes the good one of two (A-7.2a, A-7.4c, B-5.4.4a).
#include <gmock/gmock.h>

#include "core/base/digest.h"
#include "core/seal/renew.h"
#include "core/seal/review.h"
#include "tests/vault/care_fixture.h"

namespace guzheng {
namespace {

using namespace test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class Listless : public CareTest {
 protected:
  // An encrypted package with one of everything beside it.
  void SetUp() override {
    id_ = package();
    fingerprint_ = sha256_hex(read_file(sealed(id_ + "/seal/seal.txt")).value());
    shot_sha256_ = listed("data/main/shot-0001.png");
    put_report();
    put_receipt();
    const auto reviewed = write_review({true, "看过"}, sealed(id_), *bureau().officers[0], bureau(), clock_);
    ASSERT_TRUE(reviewed) << reviewed.error().what;
    put_handover();
    VerifyOptions options = how(true);
    const auto renewed = renew_package(sealed(id_), bureau(), options);
    ASSERT_TRUE(renewed) << renewed.error().what;
    const auto done = vault_->encrypt(id_);
    ASSERT_TRUE(done) << done.error().what;
    ASSERT_TRUE(done->list_stamped);
    open_up(root_);
  }

  // The digest that the manifest gives a payload file.
  std::string listed(const std::string& path) {
    const auto text = read_text(sealed(id_ + "/manifest-sha256.txt")).value();
    const auto at = text.find("  " + path + "\n");
    EXPECT_NE(at, text.npos) << path;
    return text.substr(at - 64, 64);
  }
  void put_signed(const std::string& path, const std::string& text, const Signer& signer) {
    ASSERT_TRUE(make_private_folder(sealed(path).parent_path()));
    ASSERT_TRUE(write_text(sealed(path), text));
    const auto signature = signer.sign_detached(as_bytes(text)).value();
    ASSERT_TRUE(write_atomically(sealed(path + ".p7s"), signature));
    ASSERT_TRUE(write_atomically(sealed(path + ".p7s.tsr"), bureau().authorities.at(0)->stamp(sha256(signature)).value()));
  }
  static std::string record(const Json& value) { return canonical_json(value).value() + "\n"; }

  void put_report() {
    const std::string folder = id_ + ".report/001/", picture = "a picture with arrows";
    put_signed(folder + "report.pdf", "%PDF-1.7 Guzheng package " + id_ + " seal " + fingerprint_ + "\n", *bureau().officers[0]);
    ASSERT_TRUE(write_text(sealed(folder + "copy-0001.png"), picture));
    const Json copy{{"file", "copy-0001.png"}, {"item", 1}, {"kind", "标注"}, {"of", "data/main/shot-0001.png"}, {"of_sha256", shot_sha256_}, {"sha256", sha256_hex(as_bytes(picture))}};
    put_signed(folder + "copies.json", record({{"copies", Json::array({copy})}, {"fingerprint", fingerprint_}, {"package", id_}}), *bureau().officers[0]);
  }
  void put_receipt() {
    std::string tokens;
    const auto text = read_text(sealed(id_ + "/manifest-sha256.txt")).value();
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      const std::string line = text.substr(at, text.find('\n', at) - at);
      if (line.find("  data/attach/tst/") != line.npos && line.ends_with(".tsr")) tokens += "Token: " + line.substr(0, 66) + id_ + "/" + line.substr(66) + "\n";
    }
    put_signed(id_ + ".receipt/central.txt", "Receipt-Format: 1\nPackage: " + id_ + "\nFingerprint: " + fingerprint_ + "\nReceived-By: 平台\nReceived-At: " +
               format_time(clock_.wall()) + "\nZip-SHA256: " + sha256_hex(as_bytes("zip")) + "\n" + tokens, *bureau().station_signer);
  }
  void put_handover() {
    const auto who = bureau().officers[0]->info();
    Json beside = Json::array();
    for (const std::string& path : {id_ + ".after/seal.txt.tsr", id_ + ".review/001/review.json"})
      beside.push_back({{"path", path}, {"sha256", sha256_hex(read_file(sealed(path)).value())}});
    put_signed(id_ + ".handover/export.json", record({{"at", format_time(clock_.wall())}, {"beside", beside},
               {"by", {{"badge", who.badge}, {"certificate_sha256", who.sha256}, {"name", who.subject_cn}}}, {"bytes", 3}, {"file", "package.zip"}, {"fingerprint", fingerprint_},
               {"medium", "光盘"}, {"package", id_}, {"sha256", sha256_hex(as_bytes("zip"))}, {"to", "法院"}}), *bureau().officers[0]);
  }

  VerifyOptions how(bool key) {
    VerifyOptions options;
    options.roots = {bureau().org_root_pem, bureau().tsa_root_pem};
    options.clock = &clock_;
    options.opener = key ? bureau().opener.get() : nullptr;
    return options;
  }
  Verification verify(bool key) { return verify_package(sealed(id_), how(key)).value(); }
  static std::string findings(const Verification& v) {
    std::string out;
    for (const auto& one : v.damage) out += one.rule + " " + one.path + " " + one.what + "\n";
    return out;
  }
  // All that stands beside and is in clear.
  std::vector<std::string> paths() {
    std::vector<std::string> out;
    const auto files = package_files(root_ / "vault/sealed", id_).value();
    for (const auto& [path, size] : files)
      if (path.starts_with(id_ + ".") && path.find(".p7m.") == path.npos && !path.ends_with("parts-sha256.txt") && !path.ends_with("parts-sha256.txt.p7s")) out.push_back(path);
    return out;
  }

  std::string id_, fingerprint_, shot_sha256_;
};

TEST_F(Listless, WhatIsSoundIsSoundWithTheKeyAndUntoldWithoutIt) {
  EXPECT_EQ(verify(true).verdict, Verdict::Practice) << findings(verify(true));
  const auto without = verify(false);
  EXPECT_EQ(without.verdict, Verdict::CannotTell) << findings(without);
  EXPECT_EQ(without.renewals, 1u);
  EXPECT_EQ(without.review.number, 1);
  EXPECT_GE(paths().size(), 18u);
}

TEST_F(Listless, AChangedByteIsFoundWithoutTheKeyToo) {
  for (const auto& path : paths()) {
    const auto before = read_file(sealed(path)).value();
    flip(sealed(path), before.size() / 2);
    for (const bool key : {true, false}) EXPECT_EQ(verify(key).verdict, Verdict::Damaged) << path << (key ? " with" : " without") << " the key";
    ASSERT_TRUE(write_atomically(sealed(path), before));
  }
  EXPECT_EQ(verify(false).verdict, Verdict::CannotTell);
}

TEST_F(Listless, StrangeFilesAndThoseOfAnotherPackageAreFoundWithoutTheKey) {
  const auto found = [&](const std::string& path, const std::string& text, const char* rule) {
    const fs::path file = sealed(path);
    ASSERT_TRUE(make_private_folder(file.parent_path()));
    const auto before = read_file(file);
    ASSERT_TRUE(write_text(file, text));
    for (const bool key : {true, false}) EXPECT_THAT(findings(verify(key)), HasSubstr(rule)) << path;
    if (before) { ASSERT_TRUE(write_atomically(file, *before)); }
    else fs::remove(file);
    std::error_code ec;
    if (fs::is_empty(file.parent_path(), ec)) fs::remove(file.parent_path());
  };
  found(id_ + ".after/note.txt", "x", "beside.extra");
  found(id_ + ".after/00000000.head.tsr", "x", "beside.extra");
  found(id_ + ".receipt/other.txt", "x", "beside.extra");
  found(id_ + ".report/001/notes.txt", "x", "beside.extra");
  found(id_ + ".review/003/review.json", "{}\n", "beside.review");
  found(id_ + ".handover/export.json", "{}\n", "beside.form");
  for (const char* path : {".report/001/report.pdf.p7s", ".review/001/review.json.p7s", ".receipt/central.txt.p7s", ".report/001/copies.json.p7s"}) {
    fs::rename(sealed(id_ + path), root_ / "away");
    for (const bool key : {true, false}) EXPECT_THAT(findings(verify(key)), HasSubstr("beside.signature")) << path;
    fs::rename(root_ / "away", sealed(id_ + path));
  }
  EXPECT_EQ(verify(false).verdict, Verdict::CannotTell);
}

TEST_F(Listless, ScrubTakesTheGoodOneOfTwo) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  ASSERT_TRUE(copy_package(root_ / "vault", root_ / "copy", id_));
  open_up(root_);
  for (const auto& path : paths()) {
    const auto before = read_file(copy(path)).value();
    for (const bool mine : {true, false})
      for (const bool gone : {true, false}) {
        const fs::path hurt = mine ? sealed(path) : copy(path);
        if (gone) fs::remove(hurt);
        else flip(hurt, before.size() / 2);
        const auto done = scrub(*vault_, clock_, mine == gone ? full() : without_key());
        ASSERT_TRUE(done) << done.error().what;
        EXPECT_EQ(done->packages.at(0).result, "repaired") << hurt << (gone ? " gone" : " flipped");
        EXPECT_THAT(done->packages.at(0).repaired, Contains(mine ? path : "copy:" + path));
        ASSERT_TRUE(fs::exists(hurt)) << hurt;
        EXPECT_EQ(read_file(hurt).value(), before) << hurt;
      }
  }
}

// Whoever can write to the second copy's medium cannot have a file of his brought into the vault, whatever the verifier says at which path.
TEST_F(Listless, WhatTheVaultNeverHadIsToldAndNotTaken) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  ASSERT_TRUE(copy_package(root_ / "vault", root_ / "copy", id_));
  open_up(root_);
  const auto plant = [&](const std::string& path, const Bytes& bytes) {
    ASSERT_TRUE(make_private_folder(copy(path).parent_path()));
    ASSERT_TRUE(write_atomically(copy(path), bytes));
  };
  const auto bytes = [](const std::string& text) { return Bytes(as_bytes(text).begin(), as_bytes(text).end()); };
  // a renewal whose fault is reported where it points to, not where it lies
  std::string index = read_text(copy(id_ + ".renew/001/index-sha512.txt")).value();
  const auto line = index.find("  " + id_ + "/VERIFY.txt\n");
  ASSERT_NE(line, index.npos);
  index.replace(line - 128, 8, "00000000");
  const std::string renewal = id_ + ".renew/002/index-sha512.txt";
  plant(renewal, bytes(index));
  plant(renewal + ".tsr", bureau().authorities.at(0)->stamp(sha256(bytes(index))).value());
  for (const bool key : {true, false}) {
    const auto done = scrub(*vault_, clock_, key ? full() : without_key()).value();
    EXPECT_EQ(done.packages.at(0).result, "damaged");
    EXPECT_THAT(done.packages.at(0).damaged, Contains(renewal));
    EXPECT_THAT(done.packages.at(0).repaired, IsEmpty());
    EXPECT_FALSE(fs::exists(sealed(id_ + ".renew/002"))) << "with the key: " << key;
  }
  fs::remove_all(copy(id_ + ".renew/002"));
  // the bureau's own signature over another report, with its stamp, where the vault has lost its own
  const std::string signature = id_ + ".report/001/report.pdf.p7s";
  const Bytes other = bureau().officers[0]->sign_detached(as_bytes("another report")).value();
  const Bytes good = read_file(copy(signature)).value(), good_stamp = read_file(copy(signature + ".tsr")).value();
  plant(signature, other);
  plant(signature + ".tsr", bureau().authorities.at(0)->stamp(sha256(other)).value());
  fs::remove(sealed(signature));
  fs::remove(sealed(signature + ".tsr"));
  for (const int run : {1, 2}) {
    const auto done = scrub(*vault_, clock_, without_key()).value();
    EXPECT_THAT(done.packages.at(0).damaged, Contains(signature)) << run;
    EXPECT_FALSE(fs::exists(sealed(signature))) << "nobody without a key can tell what it is over; run " << run;
    EXPECT_FALSE(fs::exists(sealed(signature + ".tsr"))) << run;
  }
  // the right one comes back without a key too when its stamp is there to vouch for it
  plant(signature, good);
  plant(signature + ".tsr", good_stamp);
  ASSERT_TRUE(write_atomically(sealed(signature + ".tsr"), good_stamp));
  EXPECT_EQ(scrub(*vault_, clock_, without_key())->packages.at(0).result, "repaired");
  EXPECT_EQ(read_file(sealed(signature)).value(), good);
}

}  // namespace
}  // namespace guzheng
