#include "core/identity/practice.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <future>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/certificate.h"
#include "core/identity/keyfile.h"
#include "core/identity/opener.h"
#include "core/identity/practice_tsa.h"
#include "core/identity/signer.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kBureauName = "示例市市场监督管理局（练习）";
constexpr const char* kPassphrase = "练习-practice-only";
constexpr std::int64_t kPracticeDay = 86'400'000;
constexpr std::int64_t kValid = 3650 * kPracticeDay;

constexpr const char* kReadme =
    "本文件夹是“固证”的练习单位：根证书、两名练习员、工作站、归档加密证书、练习时间戳机构，以及练习归集服务器的证书。\n"
    "私钥口令公开写在 passphrase.txt 中，任何人都可以用它签名，因此由它签名的材料只供练习，不得作为证据。\n"
    "两个根证书的私钥在签发完成后即已丢弃，不能再签发新证书。删除整个文件夹后，程序下次启动会另建一个练习单位。\n"
    "\n"
    "A practice bureau for learning. The keys' passphrase is written openly in passphrase.txt: whatever they sign is no\n"
    "evidence. The keys of both roots were thrown away after they had issued these certificates.\n";

struct Person {
  const char* file;              // stem of .crt and .p12
  const char* common_name;
  const char* badge;
  CertificateUse use;
  KeyKind key;
  bool by_tsa_root;
};
constexpr std::array<Person, 10> kPeople = {{
    {"station", "LX-03 取证工作站（练习）", "", CertificateUse::Signing, KeyKind::P256, false},
    {"officer1", "练习员甲", "练习-0001", CertificateUse::Signing, KeyKind::P256, false},
    {"officer2", "练习员乙", "练习-0002", CertificateUse::Signing, KeyKind::P256, false},
    {"officer1-enc", "练习员甲（加密）", "练习-0001", CertificateUse::Encryption, KeyKind::P256, false},
    {"officer2-enc", "练习员乙（加密）", "练习-0002", CertificateUse::Encryption, KeyKind::P256, false},
    {"tsa", "练习时间戳", "", CertificateUse::Timestamping, KeyKind::P256, true},
    {"archive", "归档加密（练习）", "", CertificateUse::Encryption, KeyKind::Rsa3072, false},
    {"ingest", "接收加密（练习）", "", CertificateUse::Encryption, KeyKind::P256, false},
    {"central", "归集系统（练习）", "", CertificateUse::Signing, KeyKind::P256, false},
    {"server", "localhost", "", CertificateUse::Server, KeyKind::P256, false},
}};

struct Issuer {
  ssl::Key key;
  ssl::Cert cert;
};

CertificateRequest request_for(const char* common_name, const char* badge, CertificateUse use, WallTime now) {
  return {common_name, kBureauName, std::string(kPracticeUnit), badge, use, {now.ms - kPracticeDay}, {now.ms + kValid}, {}, {"localhost", "127.0.0.1", "::1"}};
}

Result<Issuer> make_root(const char* common_name, ssl::Key key, WallTime now) {
  GZ_TRY_ASSIGN(auto cert, issue_certificate(request_for(common_name, "", CertificateUse::Root, now), key.get(), nullptr, key.get()));
  return Issuer{std::move(key), std::move(cert)};
}

// Certificate and key file of one person.
Status enrol(const fs::path& folder, const Person& person, ssl::Key key, const Issuer& issuer, WallTime now) {
  GZ_TRY_ASSIGN(const auto cert, issue_certificate(request_for(person.common_name, person.badge, person.use, now), key.get(),
                                                   issuer.cert.get(), issuer.key.get()));
  GZ_TRY_ASSIGN(const auto p12, lock_key(key.get(), cert.get(), person.common_name, kPassphrase, Passphrase::Drawn));
  GZ_TRY(write_text(folder / (std::string(person.file) + ".crt"), ssl::cert_pem(cert.get())));
  return write_atomically(folder / (std::string(person.file) + ".p12"), p12);
}

// Everything of a new bureau into `folder`, two threads at a time for what computes.
Status fill_folder(const fs::path& folder, WallTime now) {
  auto archive_key = std::async(std::launch::async, make_key, KeyKind::Rsa3072);      // the slowest: a second or so
  GZ_TRY_ASSIGN(auto tsa_key, make_key(KeyKind::P256));
  GZ_TRY_ASSIGN(const auto tsa, make_root("练习时间戳根", std::move(tsa_key), now));
  GZ_TRY_ASSIGN(auto root_key, make_key(KeyKind::P256));
  GZ_TRY_ASSIGN(const auto org, make_root("示例市市场监督管理局（练习）根", std::move(root_key), now));
  std::vector<std::future<Status>> enrolments;
  for (const Person& person : kPeople) {
    GZ_TRY_ASSIGN(auto key, person.key == KeyKind::Rsa3072 ? archive_key.get() : make_key(person.key));
    enrolments.push_back(std::async(std::launch::async, [&, p = &person, k = std::move(key)]() mutable {
      return enrol(folder, *p, std::move(k), p->by_tsa_root ? tsa : org, now);
    }));
  }
  GZ_TRY_ASSIGN(const auto crl, issue_crl_pem(org.cert.get(), org.key.get(), {now.ms - kPracticeDay}, {now.ms + kValid}));
  GZ_TRY(write_text(folder / "org.crt", ssl::cert_pem(org.cert.get())));
  GZ_TRY(write_text(folder / "org.crl", crl));
  GZ_TRY(write_text(folder / "tsa-root.crt", ssl::cert_pem(tsa.cert.get())));
  GZ_TRY(write_text(folder / "passphrase.txt", std::string(kPassphrase) + "\n"));
  GZ_TRY(write_text(folder / "README.txt", kReadme));
  const Json bureau{{"department", "网络交易监督管理科（练习）"},
                    {"name", kBureauName},
                    {"practice", true},
                    {"station", "LX-03"},
                    {"system_name", "示例市移动电商智慧监管系统（练习）"},
                    {"system_owner", kBureauName}};
  GZ_TRY_ASSIGN(const auto text, canonical_json(bureau));
  for (auto& enrolment : enrolments) GZ_TRY(enrolment.get());
  return write_text(folder / "bureau.json", text + "\n");
}

// Removes what first starts that were killed left beside `folder`.
void sweep_unfinished(const fs::path& folder, const std::string& prefix) {
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(folder.parent_path(), ec)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const long pid = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
    if (pid > 0 && ::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ec);
  }
}

Status create_bureau(const fs::path& folder, WallTime now) {
  const std::string prefix = "." + folder.filename().string() + ".creating-";
  GZ_TRY(make_private_folder(folder.parent_path()));
  sweep_unfinished(folder, prefix);
  const fs::path temporary = folder.parent_path() / (prefix + std::to_string(::getpid()));
  std::error_code ec;
  fs::remove_all(temporary, ec);
  GZ_TRY(make_private_folder(temporary));
  auto made = fill_folder(temporary, now);
  // rename(2) replaces an empty folder and refuses a full one: another program was faster, its bureau is ours too
  if (made && ::rename(temporary.c_str(), folder.c_str()) != 0 && errno != ENOTEMPTY && errno != EEXIST)
    made = fail_errno("rename to " + folder.string());
  fs::remove_all(temporary, ec);
  if (!made) return made;
  return sync_folder(folder.parent_path());
}

Result<Bureau> read_bureau(const fs::path& folder, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto text, read_text(folder / "bureau.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto json, parse_json(text));
  Bureau bureau;
  bureau.name = text_at(json, "name");
  bureau.system_name = text_at(json, "system_name");
  bureau.system_owner = text_at(json, "system_owner");
  bureau.department = text_at(json, "department");
  bureau.station = text_at(json, "station");
  bureau.practice = true;
  GZ_TRY_ASSIGN(bureau.org_root_pem, read_text(folder / "org.crt"));
  GZ_TRY_ASSIGN(bureau.org_crl_pem, read_text(folder / "org.crl"));
  GZ_TRY_ASSIGN(bureau.tsa_root_pem, read_text(folder / "tsa-root.crt"));
  GZ_TRY_ASSIGN(bureau.archive_pem, read_text(folder / "archive.crt"));
  if (auto ingest = read_text(folder / "ingest.crt")) bureau.ingest_pem = std::move(*ingest);       // practice bureaus of before have no central server
  GZ_TRY_ASSIGN(auto passphrase, read_text(folder / "passphrase.txt", 4096));
  if (!passphrase.empty() && passphrase.back() == '\n') passphrase.pop_back();
  GZ_TRY_ASSIGN(bureau.station_signer, make_file_signer(folder / "station.crt", folder / "station.p12", passphrase, clock));
  for (const char* officer : {"officer1", "officer2"}) {
    const std::string stem = officer;
    GZ_TRY_ASSIGN(auto signer, make_file_signer(folder / (stem + ".crt"), folder / (stem + ".p12"), passphrase, clock));
    bureau.officers.push_back(std::move(signer));
    // practice bureaus of before officers had encryption keys: what they recorded is opened by the archive's key
    if (auto encryption = read_text(folder / (stem + "-enc.crt"))) {
      bureau.encryption_by_badge.emplace(bureau.officers.back()->info().badge, *encryption);
      bureau.officer_encryption_pems.push_back(std::move(*encryption));
    }
  }
  const std::string opens = bureau.officer_encryption_pems.empty() ? "archive" : "officer1-enc";
  GZ_TRY_ASSIGN(bureau.opener, make_file_opener(folder / (opens + ".crt"), folder / (opens + ".p12"), passphrase));
  GZ_TRY_ASSIGN(const auto tsa_pem, read_file(folder / "tsa.crt"));
  GZ_TRY_ASSIGN(auto tsa_cert, ssl::read_cert(tsa_pem));
  GZ_TRY_ASSIGN(const auto tsa_info, describe_certificate(tsa_pem));
  bureau.authorities.push_back(
      make_practice_authority(tsa_info.subject_cn, std::make_unique<LazyKey>(folder / "tsa.p12", Secret(passphrase), std::move(tsa_cert)),
                              folder / "tsa.serial", clock));
  return bureau;
}

}  // namespace

Result<Bureau> open_practice_bureau(const fs::path& given, const Clock& clock) {
  std::error_code ec;
  fs::path folder = fs::absolute(given, ec).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();          // a trailing slash
  if (!fs::exists(folder / "bureau.json", ec)) {
    if (fs::exists(folder, ec) && !fs::is_empty(folder, ec))
      return fail(ErrorKind::Exists, folder.string() + " is there and holds no practice bureau");
    GZ_TRY(create_bureau(folder, clock.wall()));
  }
  auto bureau = read_bureau(folder, clock);
  if (!bureau) return fail(bureau.error().in("open practice bureau"));
  return bureau;
}

}  // namespace guzheng
