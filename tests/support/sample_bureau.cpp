#include "tests/support/sample_bureau.h"

#include <openssl/pem.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/identity/certificate.h"
#include "core/identity/keyfile.h"
#include "core/identity/practice.h"
#include "core/identity/practice_tsa.h"
#include "core/identity/signer.h"

namespace guzheng::test {

namespace fs = std::filesystem;

namespace {

constexpr const char* kName = "示例市市场监督管理局";
constexpr const char* kPassphrase = "test";
constexpr const char* kStationName = "LX-03 取证工作站";
constexpr std::int64_t kDay = 86'400'000;

struct Holder {
  ssl::Key key;
  ssl::Cert cert;
};

class BureauMaker {
 public:
  BureauMaker(const fs::path& folder, const BureauPlan& plan) : folder_(folder), plan_(plan) {}

  Status run() {
    GZ_TRY(make_private_folder(folder_));
    GZ_TRY_ASSIGN(const Holder org, holder("org", "示例市市场监督管理局根", "", CertificateUse::Root, nullptr));
    std::string tsa_roots;
    for (const std::string name : {"tsa", "tsa2", "tsa3"}) {
      GZ_TRY_ASSIGN(const Holder root, holder(name + "-root", name + " 根", "", CertificateUse::Root, nullptr));
      GZ_TRY_ASSIGN(const Holder leaf, holder(name, name + " 时间戳", "", CertificateUse::Timestamping, &root));
      GZ_TRY(write(name + "-root.crt", ssl::cert_pem(root.cert.get())));
      tsa_roots += ssl::cert_pem(root.cert.get());
      GZ_TRY(enrol(name, leaf));
    }
    GZ_TRY(write("tsa-roots.pem", tsa_roots));
    GZ_TRY(write("org.crt", ssl::cert_pem(org.cert.get())));
    const struct { const char *name, *common_name, *badge; } people[] = {
        {"station", kStationName, ""}, {"station-earlier", kStationName, ""}, {"station-renewed", kStationName, ""}, {"station-other", "LX-04 取证工作站", ""}, {"officer1", "执法员甲", "鄂A-0001"}, {"officer2", "执法员乙", "鄂A-0002"}};
    for (const auto& one : people) {
      GZ_TRY_ASSIGN(Holder leaf, holder(one.name, one.common_name, one.badge, CertificateUse::Signing, &org));
      GZ_TRY(enrol(one.name, leaf));
      certificates_[one.name] = std::move(leaf.cert);
    }
    GZ_TRY_ASSIGN(const Holder stranger, holder("org", "示例市市场监督管理局根", "", CertificateUse::Root, nullptr));
    GZ_TRY_ASSIGN(const Holder elsewhere, holder("station-renewed", kStationName, "", CertificateUse::Signing, &stranger));
    GZ_TRY(enrol("station-renewed-elsewhere", elsewhere));
    GZ_TRY_ASSIGN(const Holder spelled, holder("station-renewed", kStationName, "", CertificateUse::Signing, &org));
    GZ_TRY(spell_otherwise(spelled.cert.get(), org.key.get()));
    GZ_TRY(enrol("station-spelled", spelled));
    GZ_TRY_ASSIGN(const Holder unsigning, holder("station-renewed", kStationName, "", CertificateUse::Encryption, &org));
    GZ_TRY(enrol("station-encryption", unsigning));
    GZ_TRY_ASSIGN(const Holder archive, holder("archive", "归档加密", "", CertificateUse::Encryption, &org));
    GZ_TRY(enrol("archive", archive));
    GZ_TRY(write_crl("org.crl", "crl", org, plan_.revoked));
    GZ_TRY(write_crl("newer.crl", "newer-crl", org, plan_.revoked_newer));
    GZ_TRY(write("passphrase.txt", std::string(kPassphrase) + "\n"));
    const Json bureau{{"department", "网络交易监督管理科"}, {"name", kName}, {"practice", false}, {"station", "LX-03"},
                      {"system_name", "示例市移动电商智慧监管系统"}, {"system_owner", kName}};
    GZ_TRY_ASSIGN(const auto text, canonical_json(bureau));
    return write("bureau.json", text + "\n");
  }

 private:
  Validity validity(const std::string& name) const {
    const auto it = plan_.validity.find(name);
    if (it != plan_.validity.end()) return it->second;
    const std::int64_t before = name == "station-earlier" ? 2 * kDay : name == "station-renewed" ? kDay / 2 : kDay;
    return Validity{{plan_.now.ms - before}, {plan_.now.ms + 3650 * kDay}};
  }
  Status write(const std::string& name, std::string_view text) { return write_atomically(folder_ / name, as_bytes(text)); }

  Result<Holder> holder(const std::string& name, const std::string& common_name, const std::string& badge, CertificateUse use, const Holder* issuer) {
    Holder made;
    GZ_TRY_ASSIGN(made.key, make_key(KeyKind::P256));
    const auto valid = validity(name);
    GZ_TRY_ASSIGN(made.cert, issue_certificate({common_name, kName, "", badge, use, valid.from, valid.until}, made.key.get(),
                                               issuer ? issuer->cert.get() : nullptr, issuer ? issuer->key.get() : made.key.get()));
    return made;
  }

  // The same name to whoever reads it, in other bytes: BMPString for UTF8String.
  static Status spell_otherwise(X509* cert, EVP_PKEY* root) {
    const X509_NAME* first = X509_get_subject_name(cert);
    const std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), X509_NAME_free);
    for (int i = 0; name && i < X509_NAME_entry_count(first); ++i) {
      const X509_NAME_ENTRY* entry = X509_NAME_get_entry(first, i);
      const ASN1_STRING* text = X509_NAME_ENTRY_get_data(entry);
      ASN1_STRING* wide = nullptr;
      const bool spelled = ASN1_mbstring_copy(&wide, ASN1_STRING_get0_data(text), ASN1_STRING_length(text), MBSTRING_UTF8, B_ASN1_BMPSTRING) == V_ASN1_BMPSTRING &&
                           X509_NAME_add_entry_by_OBJ(name.get(), X509_NAME_ENTRY_get_object(entry), V_ASN1_BMPSTRING, ASN1_STRING_get0_data(wide), ASN1_STRING_length(wide), -1, 0) == 1;
      ASN1_STRING_free(wide);
      if (!spelled) return ssl::failure("spell a name otherwise");
    }
    if (!name || X509_set_subject_name(cert, name.get()) != 1 || X509_sign(cert, root, EVP_sha256()) <= 0) return ssl::failure("name a certificate otherwise");
    return ok();
  }

  // The practice bureau's key files, cheaply: one iteration.
  Status enrol(const std::string& name, const Holder& one) {
    const ssl::P12 p12(PKCS12_create(kPassphrase, name.c_str(), one.key.get(), one.cert.get(), nullptr, NID_aes_256_cbc, NID_aes_256_cbc, 1, 1, 0));
    if (!p12) return ssl::failure("make a key file");
    GZ_TRY(write(name + ".crt", ssl::cert_pem(one.cert.get())));
    return write_atomically(folder_ / (name + ".p12"), ssl::to_der(p12.get(), i2d_PKCS12));
  }

  Status write_crl(const std::string& file, const std::string& name, const Holder& org, const std::map<std::string, WallTime>& revoked) {
    const auto valid = validity(name);
    GZ_TRY_ASSIGN(const auto empty, issue_crl_pem(org.cert.get(), org.key.get(), valid.from, valid.until));
    if (revoked.empty()) return write(file, empty);
    const ssl::Bio bio = ssl::memory(as_bytes(empty));
    const ssl::Crl crl(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
    for (const auto& [who, when] : revoked) {
      X509_REVOKED* entry = X509_REVOKED_new();
      const ssl::Time at(ASN1_TIME_set(nullptr, static_cast<time_t>(when.ms / 1000)));
      X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificates_.at(who).get()));
      X509_REVOKED_set_revocationDate(entry, at.get());
      if (!crl || X509_CRL_add0_revoked(crl.get(), entry) != 1) return ssl::failure("revoke");
    }
    X509_CRL_sort(crl.get());
    if (X509_CRL_sign(crl.get(), org.key.get(), EVP_sha256()) <= 0) return ssl::failure("sign CRL");
    const ssl::Bio out = ssl::memory();
    if (PEM_write_bio_X509_CRL(out.get(), crl.get()) != 1) return ssl::failure("write CRL");
    return write(file, as_text(ssl::content(out.get())));
  }

  const fs::path folder_;
  const BureauPlan& plan_;
  std::map<std::string, ssl::Cert> certificates_;
};

}  // namespace

Status make_sample_bureau(const fs::path& folder, const BureauPlan& plan) { return BureauMaker(folder, plan).run(); }

Result<std::shared_ptr<Signer>> sample_signer(const fs::path& folder, const std::string& name, const Clock& clock) {
  return make_file_signer(folder / (name + ".crt"), folder / (name + ".p12"), kPassphrase, clock);
}

Result<Bureau> open_sample_bureau(const fs::path& folder, const Clock& clock, const std::string& authority) {
  GZ_TRY_ASSIGN(Bureau bureau, open_practice_bureau(folder, clock));
  GZ_TRY_ASSIGN(const auto root, describe_certificate(as_bytes(bureau.org_root_pem)));
  bureau.practice = root.practice;
  if (authority == "tsa") return bureau;
  GZ_TRY_ASSIGN(const auto pem, read_text(folder / (authority + ".crt")));
  GZ_TRY_ASSIGN(auto cert, ssl::read_cert(as_bytes(pem)));
  GZ_TRY_ASSIGN(bureau.tsa_root_pem, read_text(folder / "tsa-roots.pem"));       // each authority has a root of its own
  bureau.authorities = {make_practice_authority(authority, std::make_unique<LazyKey>(folder / (authority + ".p12"), kPassphrase, std::move(cert)),
                                                folder / (authority + ".serial"), clock)};
  return bureau;
}

}  // namespace guzheng::test
