// The vault form and the one way to read packages (FORMAT.md 11): A-7.4b, B-5.4.4a.
#include "core/seal/vault_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "core/base/file.h"
#include "core/identity/envelope.h"
#include "core/identity/opener.h"
#include "core/seal/late_stamps.h"
#include "core/seal/package_reader.h"
#include "core/seal/verify.h"
#include "tests/support/sample_bag.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;

// One bureau for the whole program: making one takes two seconds.
const Bureau& bureau() {
  static const Clock* clock = new SystemClock;
  static const std::string folder = (fs::temp_directory_path() / ("gz-vault-form-" + std::to_string(::getpid()))).string();
  static const Bureau* made = new Bureau(open_practice_bureau(folder, *clock).value());
  static const int clean = std::atexit([] { fs::remove_all(folder); });
  (void)clean;
  return *made;
}

class VaultForm : public testing::Test {
 protected:
  VaultForm() {
    std::string pattern = (fs::temp_directory_path() / "gz-form-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~VaultForm() override {
    for (auto it = fs::recursive_directory_iterator(root_); it != fs::recursive_directory_iterator(); ++it)
      if (it->is_directory()) fs::permissions(it->path(), fs::perms::owner_all);
    fs::remove_all(root_);
  }

  fs::path sample() {
    bag_ = test::make_sample_bag(root_, bureau(), clock_).bag;
    return bag_;
  }
  static Encryption request() { return {vault_recipients(bureau()).value(), bureau().station_signer.get(), {}}; }
  static void encrypt(const fs::path& bag) {
    const auto done = encrypt_package(bag, request());
    ASSERT_TRUE(done) << done.error().what;
  }
  Verification verify(const fs::path& bag, const Opener* opener) {
    VerifyOptions options;
    options.roots = {bureau().org_root_pem, bureau().tsa_root_pem};
    options.clock = &clock_;
    options.opener = opener;
    const auto verified = verify_package(bag, options);
    EXPECT_TRUE(verified) << verified.error().what;
    return verified ? *verified : Verification{};
  }
  [[nodiscard]] const Opener* opener() const { return bureau().opener.get(); }
  fs::path beside(const char* part) { return bag_.parent_path() / (bag_.filename().string() + part); }

  fs::path root_, bag_;
  SystemClock clock_;
};

std::set<std::string> files_under(const fs::path& folder) {
  std::set<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.insert(entry.path().lexically_relative(folder).string());
  return out;
}

void flip(const fs::path& file, std::uint64_t at) {
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char c = static_cast<char>(stream.get() ^ 1);
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(c);
}

std::string findings(const Verification& v) {
  std::string out;
  for (const auto& f : v.damage) out += f.rule + " " + f.path + " " + f.what + "\n";
  return out;
}

std::map<std::string, Bytes> contents(const PackageReader& reader) {
  std::map<std::string, Bytes> out;
  for (const auto& path : reader.list())
    if (!path.starts_with(".enc/")) out[path] = reader.whole(path).value();
  return out;
}

TEST_F(VaultForm, NoPayloadLiesInPlainBytes) {        // A-7.4b
  const auto bag = sample();
  const auto before = files_under(bag / "data");
  encrypt(bag);
  for (const auto& path : files_under(bag / "data")) EXPECT_THAT(path, HasSubstr(".p7m."));
  EXPECT_EQ(files_under(bag / "data").size(), before.size()) << "each of these small files is one part";
  EXPECT_TRUE(fs::exists(bag / "seal/seal.txt") && fs::exists(bag / "manifest-sha256.txt") && fs::exists(bag / "bag-info.txt"));
  EXPECT_FALSE(has_plain_files(bag));
  EXPECT_TRUE(is_encrypted(bag));
  EXPECT_EQ(fs::exists(beside(".enc-making")), false);
  // nothing that the order or the pages say stands anywhere in clear
  for (const auto& entry : fs::recursive_directory_iterator(root_))
    if (entry.is_regular_file()) {
      const auto bytes = read_file(entry.path()).value();
      EXPECT_EQ(as_text(bytes).find("\"legal_basis\""), std::string_view::npos) << entry.path();
    }
}

// FORMAT 11: what replaces a plain file is read once more. A part that changed after it was read back replaces nothing.
TEST_F(VaultForm, APartThatChangedAfterItWasReadBackReplacesNothing) {        // A-7.4b
  const auto bag = sample();
  fs::path hit;
  auto order = request();
  order.progress = [&](std::uint64_t, std::uint64_t) {
    const fs::path parts = beside(".enc-making") / "parts";
    for (auto it = fs::recursive_directory_iterator(parts); hit.empty() && it != fs::recursive_directory_iterator(); ++it)
      if (it->is_regular_file()) hit = it->path().lexically_relative(parts), flip(it->path(), it->file_size() / 2);
    return true;
  };
  const auto done = encrypt_package(bag, order);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::Io) << done.error().what;
  const std::string part = hit.string();
  const fs::path plain = root_ / part.substr(0, part.rfind(".p7m."));
  EXPECT_TRUE(fs::exists(plain)) << plain;
  EXPECT_FALSE(fs::exists(root_ / hit));
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
  encrypt(bag);
  EXPECT_FALSE(has_plain_files(bag));
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
}

TEST_F(VaultForm, VerifiesOnTheFlyAndSaysWhichKeyIsMissing) {
  const auto bag = sample();
  const auto plain = verify(bag, nullptr);
  ASSERT_EQ(plain.verdict, Verdict::Practice) << findings(plain);
  encrypt(bag);
  const auto with = verify(bag, opener());
  EXPECT_EQ(with.verdict, Verdict::Practice) << findings(with);
  EXPECT_EQ(with.fingerprint, plain.fingerprint);
  EXPECT_EQ(with.packets, plain.packets);
  EXPECT_EQ(with.shots, plain.shots);
  const auto without = verify(bag, nullptr);
  EXPECT_EQ(without.verdict, Verdict::CannotTell) << findings(without);
  ASSERT_FALSE(without.missing.empty());
  EXPECT_THAT(without.missing.back(), testing::StartsWith("content-key: "));
  EXPECT_EQ(without.fingerprint, plain.fingerprint);
  EXPECT_EQ(without.signatures, 3u);
  EXPECT_TRUE(without.practice);
}

TEST_F(VaultForm, AKeyForOthersIsNoDamage) {
  const auto bag = sample();
  Encryption for_archive{{bureau().archive_pem}, bureau().station_signer.get(), {}};
  ASSERT_TRUE(encrypt_package(bag, for_archive));
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::CannotTell);
}

TEST_F(VaultForm, EveryTamperingIsDamageThatNamesThePart) {
  const auto bag = sample();
  encrypt(bag);
  const std::string id = bag.filename().string();
  const fs::path saved = root_ / "saved";
  for (const auto* key : {opener(), static_cast<const Opener*>(nullptr)}) {
    std::size_t number = 0;
    for (const auto& path : files_under(bag / "data")) {
      if (++number % 4 != 0 && !path.starts_with("attach/people")) continue;
      const fs::path part = bag / "data" / path;
      fs::copy_file(part, saved, fs::copy_options::overwrite_existing);
      flip(part, fs::file_size(part) / 2);
      const auto v = verify(bag, key);
      EXPECT_EQ(v.verdict, Verdict::Damaged) << path;
      EXPECT_THAT(findings(v), HasSubstr("parts.digest " + id + "/data/" + path));
      fs::copy_file(saved, part, fs::copy_options::overwrite_existing);
    }
    const fs::path part = bag / "data/attach/order.json.p7m.0000";
    fs::permissions(part.parent_path(), fs::perms::owner_all);
    fs::rename(part, saved);
    EXPECT_THAT(findings(verify(bag, key)), HasSubstr("parts.missing " + id + "/data/attach/order.json.p7m.0000"));
    fs::rename(saved, part);
    fs::copy_file(part, bag / "data/attach/order.json.p7m.0001");
    EXPECT_THAT(findings(verify(bag, key)), HasSubstr("parts.extra"));
    fs::remove(bag / "data/attach/order.json.p7m.0001");
  }
}

TEST_F(VaultForm, TheListOfPartsCannotBeBent) {
  const auto bag = sample();
  encrypt(bag);
  const fs::path list = beside(".enc") / "001/parts-sha256.txt", signature = beside(".enc") / "001/parts-sha256.txt.p7s";
  const auto list_before = read_file(list).value(), signature_before = read_file(signature).value();
  const auto put = [](const fs::path& path, ByteView bytes) { ASSERT_TRUE(write_atomically(path, bytes)); };
  for (const auto* key : {opener(), static_cast<const Opener*>(nullptr)}) {
    // part and list changed together: the signature no longer fits
    const fs::path part = bag / "data/attach/order.json.p7m.0000", other = bag / "data/attach/people.json.p7m.0000";
    const auto part_before = read_file(part).value();
    put(part, read_file(other).value());
    std::string text(as_text(list_before));
    const auto digest_at = text.find(sha256_hex(part_before));
    ASSERT_NE(digest_at, std::string::npos);
    text.replace(digest_at, 64, sha256_hex(read_file(other).value()));
    put(list, as_bytes(text));
    const auto bent = verify(bag, key);
    EXPECT_EQ(bent.verdict, Verdict::Damaged);
    EXPECT_THAT(findings(bent), HasSubstr("parts-sha256.txt"));
    put(part, part_before);
    put(list, list_before);
    fs::remove(signature);
    EXPECT_THAT(findings(verify(bag, key)), HasSubstr("list of parts without its signature"));
    put(signature, signature_before);
    fs::rename(beside(".enc"), root_ / "away");
    EXPECT_THAT(findings(verify(bag, key)), HasSubstr("parts.list"));
    fs::rename(root_ / "away", beside(".enc"));
    EXPECT_NE(verify(bag, key).verdict, Verdict::Damaged);
  }
}

TEST_F(VaultForm, StockOpensslOpensAPart) {           // issue: `openssl cms -decrypt`
  const auto bag = sample();
  const auto plain = read_file(bag / "data/attach/order.json").value();
  encrypt(bag);
  fs::path key;
  const fs::path folder = fs::temp_directory_path() / ("gz-vault-form-" + std::to_string(::getpid()));
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().filename() == "archive.p12") key = entry.path();
  ASSERT_FALSE(key.empty());
  const std::string pem = (root_ / "key.pem").string(), out = (root_ / "out").string();
  const std::string command = "openssl pkcs12 -in '" + key.string() + "' -nodes -passin file:'" + (folder / "passphrase.txt").string() + "' -out '" + pem +
                              "' 2>/dev/null && openssl cms -decrypt -binary -inform DER -inkey '" + pem + "' -in '" +
                              (bag / "data/attach/order.json.p7m.0000").string() + "' -out '" + out + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read_file(out).value(), plain);
}

TEST_F(VaultForm, StoppedAnywhereItGoesOnAndLosesNothing) {
  const auto bag = sample();
  const auto before = contents(**open_package(bag, nullptr));
  const std::size_t steps = files_under(bag / "data").size();
  for (std::size_t kill = 1; kill <= steps + 2; kill += 5) {
    const pid_t child = ::fork();                     // killed in its kill-th step, without any clearing up
    if (child == 0) {
      auto killed = request();
      std::size_t step = 0;
      killed.progress = [&](std::uint64_t, std::uint64_t) {
        if (++step == kill) ::_exit(9);
        return true;
      };
      (void)encrypt_package(bag, killed);
      ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(contents(**open_package(bag, opener())), before) << "killed in step " << kill;
    EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice);
  }
  encrypt(bag);
  EXPECT_FALSE(has_plain_files(bag));
  EXPECT_EQ(contents(**open_package(bag, opener())), before);
}

// Killed after the list took its place: the plain files stand, the parts wait, or some of each.
TEST_F(VaultForm, FinishesWhatWasCommitted) {
  const auto bag = sample();
  const auto before = contents(**open_package(bag, nullptr));
  const fs::path copy = root_ / "plain";
  fs::copy(bag, copy, fs::copy_options::recursive);
  encrypt(bag);
  for (const auto& entry : fs::recursive_directory_iterator(bag / "data"))
    if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all);
  fs::permissions(bag / "data", fs::perms::owner_all);
  const auto parts = files_under(bag / "data");
  std::size_t number = 0;
  for (const auto& part : parts) {                    // every second part back to where it waited, its plain file back too
    const std::string of = part.substr(0, part.size() - 9);
    if (number % 3 != 0) fs::copy_file(copy / "data" / of, bag / "data" / of);
    if (number++ % 3 != 1) continue;
    const fs::path waits = beside(".enc-making") / "parts" / bag.filename() / "data" / part;
    fs::create_directories(waits.parent_path());
    fs::rename(bag / "data" / part, waits);
  }
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
  EXPECT_EQ(contents(**open_package(bag, opener())), before);
  const auto finished = finish_encryption(bag);
  ASSERT_TRUE(finished) << finished.error().what;
  EXPECT_EQ(files_under(bag / "data"), parts);
  EXPECT_FALSE(fs::exists(beside(".enc-making")));
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice);
}

TEST_F(VaultForm, AReaderOutlivesTheEncryption) {
  const auto bag = sample();
  const auto reader = *open_package(bag, opener());
  const auto before = contents(*reader);
  encrypt(bag);
  EXPECT_EQ(contents(*reader), before);
  EXPECT_TRUE(reader->encrypted());
}

TEST_F(VaultForm, CancelledItKeepsWhatIsDone) {
  const auto bag = sample();
  auto stopped = request();
  int calls = 0;
  stopped.progress = [&](std::uint64_t, std::uint64_t) { return ++calls < 4; };
  EXPECT_EQ(encrypt_package(bag, stopped).error().kind, ErrorKind::Cancelled);
  const auto made = files_under(beside(".enc-making") / "parts");
  EXPECT_EQ(made.size(), 4u);
  const std::string one = *made.begin();
  const auto digest = sha256_hex(read_file(beside(".enc-making") / "parts" / one).value());
  encrypt(bag);
  EXPECT_EQ(sha256_hex(read_file(root_ / one).value()), digest) << "what was made is used";
}

// A-7.4b: whoever can write into the vault's folder can encrypt anything for its recipients; that must not replace a picture.
TEST_F(VaultForm, APlantedPartIsMadeAnew) {
  const auto bag = sample();
  const auto before = contents(**open_package(bag, nullptr));
  auto stopped = request();
  const std::size_t files = files_under(bag / "data").size();
  std::size_t calls = 0;
  stopped.progress = [&](std::uint64_t, std::uint64_t) { return ++calls < files; };
  ASSERT_EQ(encrypt_package(bag, stopped).error().kind, ErrorKind::Cancelled);
  const fs::path waits = beside(".enc-making") / "parts" / bag.filename() / "data/main";
  const fs::path picture = waits / "shot-0001.png.p7m.0000", other = waits / "shot-0002.png.p7m.0000";
  ASSERT_TRUE(fs::exists(picture) && fs::exists(other));
  Bytes planted;
  const std::string text = "another picture";
  ASSERT_TRUE(seal_envelope_into(planted, request().recipients, as_bytes(text)));
  ASSERT_TRUE(write_atomically(picture, planted, true));
  ASSERT_TRUE(write_atomically(other, read_file(waits / "rec-0000.mp4.p7m.0000").value(), true)) << "one of this very encryption, in another's place";
  encrypt(bag);
  EXPECT_EQ(contents(**open_package(bag, opener())), before);
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
}

// A-7.4b: no plain file goes on the word of a list that the package's station has not signed.
TEST_F(VaultForm, AListByAnotherRemovesNothing) {
  const auto bag = sample();
  const auto before = files_under(bag / "data");
  const fs::path elsewhere = root_ / "elsewhere";
  fs::create_directories(elsewhere);
  const fs::path forged = elsewhere / bag.filename();
  fs::copy(bag, forged, fs::copy_options::recursive);
  Encryption by_another = request();
  by_another.station = bureau().officers[0].get();
  EXPECT_EQ(encrypt_package(forged, by_another).error().kind, ErrorKind::Denied) << "we list no parts with another certificate";
  ASSERT_TRUE(encrypt_package(forged, request()));
  const fs::path list = forged.string() + ".enc/001/parts-sha256.txt";            // who lies signs it himself
  fs::remove(list.string() + ".p7s");
  ASSERT_TRUE(write_atomically(list.string() + ".p7s", bureau().officers[0]->sign_detached(read_file(list).value()).value()));
  fs::copy(forged.string() + ".enc", beside(".enc"), fs::copy_options::recursive);
  for (const auto& entry : fs::recursive_directory_iterator(bag))
    if (entry.is_directory()) fs::permissions(entry.path(), fs::perms::owner_all);
  for (const auto& part : files_under(forged / "data"))
    if (part.find(".p7m.") != part.npos) fs::copy_file(forged / "data" / part, bag / "data" / part);
  EXPECT_EQ(finish_encryption(bag).error().kind, ErrorKind::Tampered);
  EXPECT_EQ(encrypt_package(bag, request()).error().kind, ErrorKind::Tampered);
  for (const auto& file : before) EXPECT_TRUE(fs::exists(bag / "data" / file)) << file;
}

TEST_F(VaultForm, WhatIsNotWhatWasSealedIsNotEncrypted) {
  const auto bag = sample();
  const fs::path shot = bag / "data/main/shot-0002.png";
  flip(shot, 100);
  const auto refused = encrypt_package(bag, request());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Tampered);
  EXPECT_THAT(refused.error().what, HasSubstr("shot-0002.png"));
  EXPECT_TRUE(has_plain_files(bag));
  flip(shot, 100);
  encrypt(bag);
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << "parts of the changed bytes were not kept";
}

TEST_F(VaultForm, ReportsAreEvidenceToo) {
  const auto bag = sample();
  encrypt(bag);
  const fs::path edition = beside(".report") / "001";
  const std::string pdf = "%PDF-1.7 Guzheng package " + bag.filename().string() + " seal " + sha256_hex(read_file(bag / "seal/seal.txt").value()) + "\n";
  ASSERT_TRUE(make_private_folder(edition));
  ASSERT_TRUE(write_atomically(edition / "report.pdf", as_bytes(pdf)));
  ASSERT_TRUE(write_atomically(edition / "report.pdf.p7s", bureau().officers[0]->sign_detached(as_bytes(pdf)).value()));
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
  EXPECT_TRUE(has_plain_files(bag));
  encrypt(bag);
  EXPECT_FALSE(fs::exists(edition / "report.pdf"));
  EXPECT_TRUE(fs::exists(edition / "report.pdf.p7m.0000"));
  EXPECT_TRUE(fs::exists(beside(".enc") / "002/parts-sha256.txt")) << "a new list; the old one stays";
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
  EXPECT_EQ((*open_package(bag, opener()))->text(".report/001/report.pdf").value(), pdf);
}

// A-7.4b: when the station signed the list, by somebody else's clock: with the form where an authority answers, late where none did
TEST_F(VaultForm, TheListsStampComesWithTheFormOrLate) {
  const auto bag = sample();
  StampDesk desk(bureau(), clock_);
  const fs::path token = beside(".enc") / "001/parts-sha256.txt.p7s.tsr";
  encrypt(bag);                                          // nobody was asked
  ASSERT_FALSE(fs::exists(token));
  const auto reader = open_package(bag, opener()).value();
  const PayloadReader read = [&](const std::string& path) { return reader->whole(path); };
  const auto rows = stamps_of(bag, read).value();
  ASSERT_FALSE(rows.empty());
  EXPECT_TRUE(rows.back().of == StampOf::PartsList && rows.back().pending && rows.back().path == "enc/001/parts-sha256.txt.p7s.tsr");
  const auto came = fetch_late_stamps(bag, read, desk);
  ASSERT_TRUE(came) << came.error().what;
  ASSERT_EQ(came->came.size(), 1u);
  EXPECT_TRUE(came->pending.empty());
  EXPECT_TRUE(accept_stamp(read_file(token).value(), sha256(read_file(fs::path(token).replace_extension()).value()), bureau().tsa_root_pem));
  EXPECT_FALSE(fs::exists(beside(".enc-making"))) << "nothing of its making stays";
  EXPECT_TRUE(fetch_late_stamps(bag, read, desk)->came.empty());
  EXPECT_EQ(verify(bag, opener()).verdict, Verdict::Practice) << findings(verify(bag, opener()));
  EXPECT_EQ(verify(bag, nullptr).verdict, Verdict::CannotTell) << findings(verify(bag, nullptr));
  const fs::path edition = beside(".report") / "001";    // a new list, with its stamp at once
  ASSERT_TRUE(make_private_folder(edition));
  ASSERT_TRUE(write_atomically(edition / "copy-0001.png", as_bytes("picture")));
  auto with = request();
  with.stamps = &desk;
  const auto done = encrypt_package(bag, with);
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_TRUE(done->list_stamped);
  EXPECT_TRUE(fs::exists(beside(".enc") / "002/parts-sha256.txt.p7s.tsr"));
  fs::rename(token, beside(".enc") / "002/parts-sha256.txt.tsr");          // nothing else belongs there
  for (const auto* key : {opener(), static_cast<const Opener*>(nullptr)}) EXPECT_THAT(findings(verify(bag, key)), HasSubstr("beside.extra"));
}

TEST_F(VaultForm, PartsAreHeldAgainstTheirListWithoutAKey) {
  const auto bag = sample();
  encrypt(bag);
  const auto good = check_parts(bag).value();
  EXPECT_EQ(good.parts, files_under(bag / "data").size());
  EXPECT_TRUE(good.damaged.empty());
  flip(bag / "data/main/rec-0000.mp4.p7m.0000", 500);
  EXPECT_EQ(check_parts(bag)->damaged, std::vector<std::string>{bag.filename().string() + "/data/main/rec-0000.mp4.p7m.0000"});
}

// One file of more than two parts; not a whole package: the form alone.
TEST_F(VaultForm, LargeFilesAreCutIntoParts) {
  bag_ = root_ / "LX-03-20261121-0001";
  ASSERT_TRUE(make_private_folder(bag_ / "data/main"));
  Bytes film((128u << 20) + 4711);
  for (std::size_t i = 0; i < film.size(); i += 97) film[i] = static_cast<std::uint8_t>(i >> 7);
  ASSERT_TRUE(write_atomically(bag_ / "data/main/rec-0000.mp4", film));
  ASSERT_TRUE(write_atomically(bag_ / "data/main/rec-0001.mp4", {}));
  ASSERT_TRUE(write_atomically(bag_ / "manifest-sha256.txt", as_bytes(sha256_hex(film) + "  data/main/rec-0000.mp4\n" + sha256_hex({}) + "  data/main/rec-0001.mp4\n")));
  const std::string station = bureau().station_signer->certificate_pem();
  ASSERT_TRUE(make_private_folder(bag_ / "seal/certs"));
  ASSERT_TRUE(write_atomically(bag_ / "seal/certs/station.crt", as_bytes(station)));
  ASSERT_TRUE(write_atomically(bag_ / "seal/seal.txt", as_bytes(sha256_hex(as_bytes(station)) + "  seal/certs/station.crt\n")));
  encrypt(bag_);
  EXPECT_EQ(files_under(bag_ / "data/main"), (std::set<std::string>{"rec-0000.mp4.p7m.0000", "rec-0000.mp4.p7m.0001", "rec-0000.mp4.p7m.0002", "rec-0001.mp4.p7m.0000"}));
  const auto reader = *open_package(bag_, opener());
  EXPECT_EQ(reader->size("data/main/rec-0000.mp4").value(), film.size());
  EXPECT_EQ(reader->size("data/main/rec-0001.mp4").value(), 0u);
  Digester digester(DigestKind::Sha256);
  std::size_t largest = 0;
  ASSERT_TRUE(reader->read("data/main/rec-0000.mp4", [&](ByteView piece) {
    digester.update(piece);
    largest = std::max(largest, piece.size());
    return ok();
  }));
  EXPECT_EQ(to_hex(digester.finish()), sha256_hex(film));
  EXPECT_LE(largest, 1u << 20);
  EXPECT_EQ(reader->whole("data/main/rec-0000.mp4").error().kind, ErrorKind::Invalid) << "64 MiB is the limit unless a larger one is given";
  EXPECT_TRUE(reader->whole("data/main/rec-0001.mp4")->empty());
}

TEST(Envelope, RsaAndEcRecipientsOpenWhatIsTheirs) {
  const Bytes content(100'000, 7);
  const auto sealed = seal_envelope({bureau().archive_pem, bureau().officer_encryption_pems.at(0)}, content).value();
  EXPECT_EQ(bureau().opener->open(sealed).value(), content);
  EXPECT_EQ(envelope_content_size(ByteView(sealed).first(4096)), content.size());
  EXPECT_EQ(envelope_recipients(sealed).size(), 2u);
  EXPECT_EQ(bureau().opener->open(seal_envelope({bureau().archive_pem}, content).value()).error().kind, ErrorKind::Denied);
  EXPECT_TRUE(bureau().opener->open(seal_envelope(bureau().officer_encryption_pems, {}).value())->empty());
  for (std::size_t at = 0; at < sealed.size(); at += at < 3000 ? 1 : 9973) {
    Bytes changed = sealed;
    changed[at] ^= 1;
    const auto opened = bureau().opener->open(changed);
    EXPECT_TRUE(!opened || *opened == content) << "byte " << at << ": other content came out";
  }
  for (std::size_t cut = 0; cut < sealed.size(); cut += cut < 3000 ? 13 : 9973) EXPECT_FALSE(bureau().opener->open(ByteView(sealed).first(cut)));
}

// The contract of the reading seam, on every implementation.
enum class Stored { Plain, Zip, Vault, VaultZip };
class ReaderContract : public VaultForm, public testing::WithParamInterface<Stored> {};

TEST_P(ReaderContract, GivesTheSameFiles) {
  const auto bag = sample();
  const auto expected = contents(**open_package(bag, nullptr));
  ASSERT_GT(expected.size(), 30u);
  fs::path package = bag;
  if (GetParam() == Stored::Vault || GetParam() == Stored::VaultZip) encrypt(bag);
  if (GetParam() == Stored::Zip || GetParam() == Stored::VaultZip) {
    package = root_ / "package.zip";
    const auto exported = export_package(bag, package, {}, opener());
    ASSERT_TRUE(exported) << exported.error().what;
    EXPECT_EQ(verify(package, nullptr).verdict, Verdict::Practice) << findings(verify(package, nullptr));
  }
  const auto reader = *open_package(package, opener());
  EXPECT_EQ(reader->id(), bag.filename().string());
  EXPECT_EQ(reader->encrypted(), GetParam() == Stored::Vault);
  EXPECT_EQ(contents(*reader), expected);
  for (const auto& [path, bytes] : expected) {
    EXPECT_TRUE(reader->has(path));
    EXPECT_EQ(reader->size(path).value(), bytes.size()) << path;
    std::size_t largest = 0, sum = 0;
    EXPECT_TRUE(reader->read(path, [&](ByteView piece) {
      largest = std::max(largest, piece.size());
      sum += piece.size();
      return ok();
    }));
    EXPECT_EQ(sum, bytes.size());
    EXPECT_LE(largest, 1u << 20);
  }
  EXPECT_EQ(reader->whole("data/attach/journal.log", 10).error().kind, ErrorKind::Invalid);
  for (const char* absent : {"data/main/shot-9999.png", "../other", "", "/etc/passwd", ".enc/../x"}) {
    EXPECT_FALSE(reader->has(absent));
    EXPECT_EQ(reader->whole(absent).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(reader->size(absent).error().kind, ErrorKind::NotFound);
  }
  const auto stopped = reader->read("data/attach/journal.log", [](ByteView) -> Status { return fail(ErrorKind::Cancelled, "enough"); });
  EXPECT_EQ(stopped.error().kind, ErrorKind::Cancelled);
}

INSTANTIATE_TEST_SUITE_P(All, ReaderContract, testing::Values(Stored::Plain, Stored::Zip, Stored::Vault, Stored::VaultZip));

TEST_F(VaultForm, WithoutAKeyNothingIsExported) {
  const auto bag = sample();
  encrypt(bag);
  EXPECT_EQ(export_package(bag, root_ / "p.zip").error().kind, ErrorKind::Denied);
  EXPECT_FALSE(fs::exists(root_ / "p.zip"));
  EXPECT_EQ((*open_package(bag, nullptr))->whole("data/attach/order.json").error().kind, ErrorKind::Denied);
}

}  // namespace
}  // namespace guzheng
