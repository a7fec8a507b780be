// The vault over years: encryption beside everything else, catalogue, second copy, scrub, doctor, backup (A-7.4a, A-7.4b, A-8.6).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <set>

#include "core/base/digest.h"
#include "core/custody/oplog.h"
#include "core/identity/opener.h"
#include "core/seal/package_reader.h"
#include "core/seal/vault_form.h"
#include "core/vault/backup.h"
#include "core/vault/doctor.h"
#include "core/vault/log_stamps.h"
#include "core/vault/recipients.h"
#include "core/vault/tar.h"
#include "tests/vault/care_fixture.h"

namespace guzheng {
namespace {

using namespace test;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(CareTest, EncryptsWhatWaitsAndListsItLikeBefore) {
  const auto id = package();
  const auto before = vault_->find(id).value();
  EXPECT_FALSE(before.encrypted);
  EXPECT_EQ(vault_->unencrypted().value(), std::vector<std::string>{id});
  ASSERT_TRUE(vault_->encrypt(id));
  EXPECT_THAT(vault_->unencrypted().value(), IsEmpty());
  const auto after = vault_->find(id).value();
  EXPECT_TRUE(after.encrypted && !after.locked);
  EXPECT_EQ(after.order, before.order);
  EXPECT_EQ(after.values, before.values);
  EXPECT_EQ(after.fingerprint, before.fingerprint);
  vault_->serve(nullptr);                            // nobody is logged in
  const auto locked = vault_->find(id).value();
  EXPECT_TRUE(locked.locked && locked.order.is_null());
  EXPECT_EQ(locked.problem, "");
  EXPECT_EQ(locked.fingerprint, before.fingerprint);
  EXPECT_EQ(vault_->encrypt(id).error().kind, ErrorKind::Denied);
}

// A-7.4b: where nobody here can read who the package's officers are, those at the desk do not stand in for them.
TEST_F(CareTest, NobodyAtTheDeskStandsInForOfficersWhoCannotBeRead) {
  const auto id = encrypted_package();
  Bureau keyless = bureau();
  keyless.opener = nullptr;
  ASSERT_FALSE(keyless.officer_encryption_pems.empty());
  const auto whom = recipients_of(sealed(id), keyless);
  ASSERT_TRUE(whom) << whom.error().what;
  EXPECT_EQ(whom->pems, vault_recipients(keyless, {}).value());
  EXPECT_NE(whom->people_unread, "");
  const auto known = recipients_of(sealed(id), bureau());
  ASSERT_TRUE(known) << known.error().what;
  EXPECT_EQ(known->people_unread, "");
  EXPECT_GT(known->pems.size(), whom->pems.size());
}

// A-7.4b: for the package's own officers, whoever is at the desk; one without a certificate is told.
TEST_F(CareTest, EncryptsForThePackagesOfficersNotForWhoeverSitsThere) {
  const auto id = package();
  const auto badges = std::pair{bureau().officers[0]->info().badge, bureau().officers[1]->info().badge};
  Bureau others = bureau();
  others.officer_encryption_pems = {bureau().officer_encryption_pems[1]};      // only the second is at the desk …
  others.encryption_by_badge.erase(badges.second);                             // … and has no good certificate
  vault_->serve(&others);
  const auto done = vault_->encrypt(id);
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(done->left_out, std::vector<std::string>{badges.second});
  const auto part = read_file(sealed(id + "/data/attach/people.json.p7m.0000")).value();
  const auto opens = [&](const std::string& name) {
    const std::string passphrase = read_text(bureau_folder() / "passphrase.txt", 4096).value();
    const auto opener = make_file_opener(bureau_folder() / (name + ".crt"), bureau_folder() / (name + ".p12"), Secret(passphrase.substr(0, passphrase.find('\n'))));
    return opener && static_cast<bool>((*opener)->open(part));
  };
  EXPECT_TRUE(opens("archive") && opens("officer1-enc"));
  EXPECT_FALSE(opens("officer2-enc"));
}

TEST_F(CareTest, TheCatalogueSaysNoNamesInClear) {
  const auto id = encrypted_package();
  const auto entry = vault_->find(id).value();
  const std::string shop = text_at(entry.order["subject"], "shop");
  ASSERT_FALSE(shop.empty());
  EXPECT_EQ(vault_->catalogue().names(id, entry.fingerprint)->at("order"), entry.order) << "kept, so that a list opens no package twice";
  const auto file = read_file(root_ / "vault/catalogue.sqlite").value();
  EXPECT_NE(as_text(file).find(id), std::string_view::npos);
  EXPECT_EQ(as_text(file).find(shop), std::string_view::npos);
  EXPECT_EQ(as_text(file).find("legal_basis"), std::string_view::npos);
}

TEST_F(CareTest, ALostOrDamagedCatalogueHidesNothing) {
  const auto id = encrypted_package();
  const auto rows = vault_->catalogue().rows().value();
  ASSERT_EQ(rows.size(), 1u);
  vault_.reset();
  fs::remove(root_ / "vault/catalogue.sqlite");
  open();
  EXPECT_EQ(vault_->list()->size(), 1u);
  EXPECT_EQ(vault_->catalogue().rows()->at(0).fingerprint, rows[0].fingerprint);
  vault_.reset();
  std::ofstream(root_ / "vault/catalogue.sqlite") << std::string(20000, '?');
  open();
  EXPECT_TRUE(vault_->catalogue().made_anew());
  EXPECT_EQ(vault_->list()->size(), 1u);
  EXPECT_EQ(vault_->catalogue().rows()->size(), 1u);
  EXPECT_TRUE(fs::exists(root_ / "vault/catalogue.sqlite.damaged-1"));
  ASSERT_TRUE(vault_->rebuild_catalogue());
  EXPECT_EQ(vault_->catalogue().rows()->at(0).id, id);
  vault_.reset();
  fs::remove(root_ / "vault/catalogue.key.p7m");
  open();
  EXPECT_FALSE(vault_->find(id)->locked) << "a lost key is made anew, the names read again";
}

TEST_F(CareTest, APackageWhoseFolderIsGoneIsNotForgotten) {
  const auto id = encrypted_package();
  open_up(sealed(id));
  fs::remove_all(sealed(id));
  open();
  EXPECT_EQ(vault_->reconcile().value(), std::vector<std::string>{id});
  EXPECT_EQ(scrub(*vault_, clock_, without_key())->gone, std::vector<std::string>{id});
}

TEST(Catalogue, UpgradesFromVersionOne) {
  std::string pattern = (fs::temp_directory_path() / "gz-cat-XXXXXX").string();
  const fs::path root = ::mkdtemp(pattern.data());
  const auto fixture = read_text(fs::path(GUZHENG_FIXTURES) / "catalogue-v1.sql").value();
  const std::string command = "sqlite3 '" + (root / "catalogue.sqlite").string() + "' < '" + std::string(GUZHENG_FIXTURES) + "/catalogue-v1.sql'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  {
    const auto catalogue = std::move(Catalogue::open(root).value());
    const auto rows = catalogue->rows().value();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].id, "LX-03-20261120-0001");
    EXPECT_EQ(rows[0].scrub_result, "good");
    EXPECT_EQ(rows[0].bytes, 4711u);
    EXPECT_EQ(rows[1].reports, 0u);
    EXPECT_FALSE(catalogue->made_anew());
    EXPECT_THAT(fixture, HasSubstr(std::string(catalogue_migrations()[0]))) << "the shipped step was changed";
  }
  fs::remove_all(root);
}

TEST_F(CareTest, PermissionsAreHeld) {               // A-7.4a
  const auto id = encrypted_package();
  EXPECT_THAT(vault_->check_permissions(), IsEmpty());
  ::chmod((root_ / "vault/sealed").c_str(), 0755);
  ::chmod(sealed(id + "/bag-info.txt").c_str(), 0644);
  const auto faults = vault_->check_permissions();
  EXPECT_EQ(faults.size(), 2u);
  for (const auto& fault : faults) EXPECT_TRUE(fault.repaired) << fault.what;
  EXPECT_THAT(vault_->check_permissions(), IsEmpty());
  fs::create_symlink("/etc/passwd", sealed("link"));
  EXPECT_FALSE(vault_->check_permissions().at(0).repaired);
  fs::remove(sealed("link"));
}

TEST_F(CareTest, TheSecondCopyIsKeptInStepAndCatchesUp) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto first = encrypted_package(1);
  EXPECT_THAT(not_in_step(root_ / "vault", root_ / "copy").value(), IsEmpty()) << "copied right behind the encryption";
  EXPECT_EQ(package_files(root_ / "vault/sealed", first).value(), package_files(root_ / "copy/sealed", first).value());
  fs::rename(root_ / "copy", root_ / "away");        // the medium is taken out; an empty mount point stays
  fs::create_directories(root_ / "copy");
  const auto second = package(2);
  const auto behind = vault_->encrypt(second);
  ASSERT_TRUE(behind && behind->copy_behind) << "encrypted, and told that the copy did not follow";
  EXPECT_EQ(behind->copy_behind->kind, ErrorKind::NotFound);
  EXPECT_EQ(not_in_step(root_ / "vault", root_ / "copy").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(copy_package(root_ / "vault", root_ / "copy", second).error().kind, ErrorKind::NotFound) << "nothing is put into an empty mount point";
  fs::remove_all(root_ / "copy");
  fs::rename(root_ / "away", root_ / "copy");
  EXPECT_EQ(not_in_step(root_ / "vault", root_ / "copy").value(), std::vector<std::string>{second});
  ASSERT_TRUE(copy_package(root_ / "vault", root_ / "copy", second));
  EXPECT_THAT(not_in_step(root_ / "vault", root_ / "copy").value(), IsEmpty());
  VerifyOptions options;
  options.roots = {bureau().org_root_pem, bureau().tsa_root_pem};
  options.clock = &clock_;
  options.opener = bureau().opener.get();
  EXPECT_EQ(verify_package(copy(second), options)->verdict, Verdict::Practice) << "the copy is a package of its own";
  EXPECT_EQ(set_second_copy(root_ / "vault", root_ / "vault/inside").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(make_private_folder(root_ / "other"));
  EXPECT_EQ(set_second_copy(root_ / "other", root_ / "copy").error().kind, ErrorKind::Invalid) << "it is another vault's";
}

// A-7.4a: the copy is there for the day on which the vault is wrong.
TEST_F(CareTest, WhatTheVaultLostStaysOnTheSecondCopy) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  const std::string part = id + "/data/main/shot-0001.png.p7m.0000", later = id + ".after/seal.txt.tsr", tag = id + "/manifest-sha256.txt";
  ASSERT_TRUE(fs::exists(copy(part)) && fs::exists(copy(later)));
  open_up(root_);
  std::map<std::string, Bytes> before;
  for (const auto& path : {part, later, tag}) before[path] = read_file(copy(path)).value();
  fs::resize_file(sealed(part), before[part].size() / 2);
  fs::resize_file(sealed(tag), before[tag].size() - 1);
  fs::remove_all(sealed(id + ".after"));
  fs::remove(copy(id + "/bag-info.txt"));
  const auto told = copy_package(root_ / "vault", root_ / "copy", id);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::Tampered);
  for (const auto& path : {part, later, tag}) {
    EXPECT_THAT(told.error().what, HasSubstr(path));
    EXPECT_EQ(read_file(copy(path)).value(), before[path]) << path;
  }
  EXPECT_TRUE(fs::exists(copy(id + "/bag-info.txt"))) << "the rest goes on";
  EXPECT_EQ(not_in_step(root_ / "vault", root_ / "copy").value(), std::vector<std::string>{id});
  const auto done = scrub(*vault_, clock_, without_key());
  ASSERT_TRUE(done) << done.error().what;
  for (const auto& path : {part, later, tag}) {
    EXPECT_THAT(done->packages.at(0).repaired, Contains(path));
    EXPECT_EQ(read_file(sealed(path)).value(), before[path]);
  }
  EXPECT_TRUE(copy_package(root_ / "vault", root_ / "copy", id));
}

TEST_F(CareTest, WhatIsNotWhatWasListedIsNotCopied) {
  const auto id = encrypted_package();
  const std::string part = id + "/data/main/shot-0001.png.p7m.0000", good = id + "/data/main/shot-0002.png.p7m.0000", tag = id + "/manifest-sha256.txt";
  flip(sealed(part), 200);
  flip(sealed(tag), 3);
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto told = copy_package(root_ / "vault", root_ / "copy", id);
  ASSERT_FALSE(told);
  for (const auto& path : {part, tag}) {
    EXPECT_THAT(told.error().what, HasSubstr(path));
    EXPECT_FALSE(fs::exists(copy(path))) << path;
  }
  EXPECT_EQ(read_file(copy(good)).value(), read_file(sealed(good)).value()) << "the rest goes on";
}

TEST_F(CareTest, OnlyPlainBytesWhosePartsStandLeaveTheSecondCopy) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  open_up(root_);
  const std::string one = id + "/data/main/shot-0001.png", two = id + "/data/main/shot-0002.png";
  for (const auto& path : {one, two}) ASSERT_TRUE(write_atomically(copy(path), as_bytes("plain")));
  flip(copy(two + ".p7m.0000"), 200);
  EXPECT_THAT(copy_package(root_ / "vault", root_ / "copy", id).error().what, HasSubstr(two));
  EXPECT_FALSE(fs::exists(copy(one)));
  EXPECT_TRUE(fs::exists(copy(two)));
}

TEST_F(CareTest, DoctorFindsWhatIsWrong) {
  const auto health = [&](const std::string& id) {
    Health worst_of = Health::Good;
    bool found = false;
    for (const auto& one : examine(*vault_, bureau(), clock_, {root_ / "operations.log", true, 90}))
      if (one.id == id) {
        worst_of = std::max(worst_of, one.health);
        found = true;
      }
    EXPECT_TRUE(found) << id;
    return worst_of;
  };
  const auto id = package();
  EXPECT_EQ(health("vault.plain"), Health::Attention);
  ASSERT_TRUE(vault_->encrypt(id));
  EXPECT_EQ(health("vault.plain"), Health::Good);
  EXPECT_EQ(health("scrub.age"), Health::Attention);
  ASSERT_TRUE(scrub(*vault_, clock_, full()));
  EXPECT_EQ(health("scrub.age"), Health::Good);
  EXPECT_EQ(health("retention"), Health::Good);
  EXPECT_EQ(health("copy.none"), Health::Attention);
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  EXPECT_EQ(health("copy.step"), Health::Attention);
  ASSERT_TRUE(copy_package(root_ / "vault", root_ / "copy", id));
  EXPECT_EQ(health("copy.step"), Health::Good);
  fs::rename(root_ / "copy", root_ / "away");
  EXPECT_EQ(health("copy.away"), Health::Attention);
  EXPECT_EQ(health("authority"), Health::Good);
  EXPECT_EQ(health("certificate"), Health::Good);
  EXPECT_EQ(health("vault.permissions"), Health::Good);
  { ASSERT_TRUE(OperationLog::open(root_ / "operations.log", clock_).value()->append("op.start", Json{{"a", 1}})); }
  EXPECT_EQ(health("log.chain"), Health::Good);
  flip(root_ / "operations.log", 20);
  EXPECT_EQ(health("log.chain"), Health::Bad);
  vault_->set_limits({~0ull, ~0ull, 0});
  EXPECT_EQ(health("disk.space"), Health::Bad);
  ManualClock later;
  later.wall_now = {clock_.wall().ms + 20LL * 365 * 24 * 3600 * 1000};
  bool expired = false;
  for (const auto& one : examine(*vault_, bureau(), later, {"", false, 90})) expired = expired || (one.id == "certificate" && one.health == Health::Bad);
  EXPECT_TRUE(expired);
  open_up(sealed(id));
  fs::remove_all(sealed(id));
  EXPECT_EQ(health("vault.gone"), Health::Bad);
}

std::shared_ptr<Opener> archive_key() {
  fs::path p12, crt;
  for (const auto& entry : fs::recursive_directory_iterator(bureau_folder())) {
    if (entry.path().filename() == "archive.p12") p12 = entry.path();
    if (entry.path().filename() == "archive.crt") crt = entry.path();
  }
  std::string passphrase = read_text(bureau_folder() / "passphrase.txt").value();
  passphrase.pop_back();
  return make_file_opener(crt, p12, passphrase).value();
}

TEST_F(CareTest, BackupAndRestoreGiveTheSameStation) {
  const auto id = encrypted_package();
  const fs::path desk = root_ / "desk", file = root_ / "station.gzbackup";
  ASSERT_TRUE(make_private_folder(desk / "bureau"));
  ASSERT_TRUE(write_atomically(desk / "bureau/officer1.p12", as_bytes("key")));
  { ASSERT_TRUE(OperationLog::open(desk / "operations.log", clock_).value()->append("op.start", Json{{"a", 1}})); }
  StampDesk authorities(bureau(), clock_);
  ASSERT_TRUE(stamp_log(desk / "operations.log", authorities, clock_, "station"));
  const fs::path elsewhere = root_ / "elsewhere/policy.toml";
  ASSERT_TRUE(make_private_folder(elsewhere.parent_path()));
  ASSERT_TRUE(write_atomically(elsewhere, as_bytes("policy")));
  for (const char* passing : {".enc-making", ".report-making", ".review-making"}) {      // what is only being made is no part of it
    ASSERT_TRUE(make_private_folder(sealed(id + passing) / "001"));
    ASSERT_TRUE(write_atomically(sealed(id + passing) / "001/half", as_bytes("half")));
  }
  const BackupRequest request{desk, root_ / "vault", bureau().archive_pem, bureau().station_signer.get(), {}, {{"policy/policy.toml", elsewhere}}};
  const auto made = write_backup(request, file);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->sha256, digest_file(file)->sha256);
  EXPECT_EQ(write_backup(request, file).error().kind, ErrorKind::Exists);
  EXPECT_EQ(write_backup(request, root_ / "vault/inside").error().kind, ErrorKind::Invalid);
  const auto archive = archive_key();
  RestoreRequest restore{archive.get(), bureau().org_root_pem, clock_.wall(), {}};
  const auto back = restore_backup(file, root_ / "new", restore);
  ASSERT_TRUE(back) << back.error().what;
  EXPECT_EQ(back->files, made->files);
  EXPECT_EQ(back->signer_sha256, bureau().station_signer->info().sha256);
  EXPECT_EQ(read_text(root_ / "new/desk/bureau/officer1.p12").value(), "key");
  EXPECT_EQ(read_text(root_ / "new/desk/policy/policy.toml").value(), "policy");
  for (const auto& entry : fs::recursive_directory_iterator(root_ / "new")) EXPECT_NE(entry.path().filename(), "half") << entry.path();
  EXPECT_EQ(read_text(root_ / "new/desk/operations.log").value(), read_text(desk / "operations.log").value());
  const auto stamps = check_log_stamps(root_ / "new/desk/operations.log", bureau().tsa_root_pem, clock_).value();
  EXPECT_THAT(stamps.broken, IsEmpty());
  ASSERT_EQ(stamps.stamps.size(), 1u);
  EXPECT_FALSE(stamps.stamps.at(0).pending);
  EXPECT_EQ(package_files(root_ / "new/vault/sealed", id).value(), package_files(root_ / "vault/sealed", id).value());
  const auto again = std::move(Vault::open(root_ / "new/vault", clock_).value());
  again->serve(&bureau());
  EXPECT_EQ(scrub(*again, clock_, full())->packages.at(0).result, "good");
  EXPECT_EQ(restore_backup(file, root_ / "new", restore).error().kind, ErrorKind::Exists) << "only into an empty place";
  // for others, cut, changed, signed by somebody else: nothing is left behind
  const auto refused = [&](const fs::path& from, const RestoreRequest& how) {
    const auto done = restore_backup(from, root_ / "never", how);
    EXPECT_FALSE(done);
    EXPECT_FALSE(fs::exists(root_ / "never"));
    for (const auto& entry : fs::directory_iterator(root_)) EXPECT_THAT(entry.path().filename().string(), testing::Not(HasSubstr("restoring")));
    return done ? ErrorKind::Bug : done.error().kind;
  };
  auto officer = restore;
  officer.archive = bureau().opener.get();
  EXPECT_EQ(refused(file, officer), ErrorKind::Denied);
  auto other_root = restore;
  other_root.org_pem = bureau().tsa_root_pem;
  EXPECT_EQ(refused(file, other_root), ErrorKind::Tampered);
  const auto bytes = read_file(file).value();
  for (const std::size_t at : {bytes.size() / 3, bytes.size() / 2, bytes.size() - 5}) {
    Bytes changed = bytes;
    changed[at] ^= 1;
    ASSERT_TRUE(write_atomically(root_ / "changed", changed));
    EXPECT_EQ(refused(root_ / "changed", restore), ErrorKind::Tampered) << at;
    ASSERT_TRUE(write_atomically(root_ / "cut", ByteView(bytes).first(at)));
    EXPECT_EQ(refused(root_ / "cut", restore), ErrorKind::Tampered) << at;
  }
  EXPECT_EQ(refused(root_ / "vault/catalogue.sqlite", restore), ErrorKind::Invalid);
}

TEST_F(CareTest, KeysOfAnotherStationAreNoBackupOfThisOne) {
  (void)package();
  EXPECT_TRUE(check_same_station(root_ / "vault", bureau()));
  Bureau other = bureau();
  other.station = "LX-99";
  EXPECT_EQ(check_same_station(root_ / "vault", other).error().kind, ErrorKind::Invalid);
  other = bureau();
  other.org_root_pem = bureau().tsa_root_pem;
  EXPECT_EQ(check_same_station(root_ / "vault", other).error().kind, ErrorKind::Invalid) << "the same number at another bureau";
}

// A package that cannot be told is no reason to save nothing, and none to be silent.
TEST_F(CareTest, ABackupTellsOfPackagesWhoseStationCannotBeRead) {
  const auto id = package();
  EXPECT_THAT(check_same_station(root_ / "vault", bureau()).value(), IsEmpty());
  open_up(root_);
  ASSERT_TRUE(write_text(sealed(id + "/seal/certs/station.crt"), "rubbish"));
  EXPECT_THAT(check_same_station(root_ / "vault", bureau()).value(), testing::ElementsAre(HasSubstr(id + ": seal/certs/station.crt cannot be read")));
  fs::remove(sealed(id + "/seal/certs/station.crt"));
  EXPECT_THAT(check_same_station(root_ / "vault", bureau()).value(), testing::ElementsAre(HasSubstr(id + ": seal/certs/station.crt cannot be read")));
}

// A-7.4b: a list by another certificate would make the package damaged: nothing is published, the package stays as it was.
TEST_F(CareTest, AnotherStationsCertificateListsNoParts) {
  const auto id = package();
  Bureau other = bureau();
  other.station_signer = bureau().officers[0];
  vault_->serve(&other);
  const auto refused = vault_->encrypt(id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  EXPECT_FALSE(fs::exists(sealed(id + ".enc")));
  VerifyOptions options;
  options.roots = {bureau().org_root_pem, bureau().tsa_root_pem};
  options.clock = &clock_;
  EXPECT_EQ(verify_package(sealed(id), options)->verdict, Verdict::Practice);
  vault_->serve(&bureau());
  EXPECT_TRUE(vault_->encrypt(id));
}

// A-7.4a: what is made beside a package later stands on the copy too.
TEST_F(CareTest, TheCopyFollowsAnActBesideThePackage) {
  ASSERT_TRUE(set_second_copy(root_ / "vault", root_ / "copy"));
  const auto id = encrypted_package();
  ASSERT_TRUE(make_private_folder(sealed(id + ".review/001")));
  ASSERT_TRUE(write_text(sealed(id + ".review/001/review.json"), "{}"));
  EXPECT_TRUE(copy_follows(sealed(id)));
  EXPECT_TRUE(fs::exists(copy(id + ".review/001/review.json")));
  EXPECT_TRUE(copy_follows(root_ / "elsewhere" / id)) << "a bag in no vault has no copy";
  fs::rename(root_ / "copy", root_ / "away");
  EXPECT_EQ(copy_follows(sealed(id)).error().kind, ErrorKind::NotFound);
}

TEST(Tar, StockTarReadsItAndHostileOnesAreRefused) {
  std::string pattern = (fs::temp_directory_path() / "gz-tar-XXXXXX").string();
  const fs::path root = ::mkdtemp(pattern.data());
  const std::string longest = "vault/sealed/" + std::string(100, 'a') + "/" + std::string(90, 'b');
  Bytes tar;
  for (const auto& [path, text] : {std::pair<std::string, std::string>{"desk/a.txt", "hello"}, {longest, std::string(700, 'x')}}) {
    append(tar, tar_header({path, text.size(), 0600}).value());
    append(tar, as_bytes(text));
    append(tar, Bytes(tar_padding(text.size())));
  }
  append(tar, tar_end());
  ASSERT_TRUE(write_atomically(root / "t.tar", tar));
  ASSERT_EQ(std::system(("tar -C '" + root.string() + "' -xf '" + (root / "t.tar").string() + "'").c_str()), 0);
  EXPECT_EQ(read_text(root / "desk/a.txt").value(), "hello");
  EXPECT_EQ(read_text(root / longest).value().size(), 700u);
  EXPECT_FALSE(tar_header({"../x", 1, 0600}));
  EXPECT_FALSE(tar_header({"/x", 1, 0600}));
  for (std::size_t at = 0; at < 512; ++at) {          // every byte of a header is checked
    Bytes changed = tar;
    changed[at] ^= 0x11;
    TarReader reader({[](const TarMember&) { return ok(); }, [](ByteView) { return ok(); }, [] { return ok(); }});
    EXPECT_FALSE(reader.feed(changed) && reader.finish()) << at;
  }
  fs::remove_all(root);
}

}  // namespace
}  // namespace guzheng
