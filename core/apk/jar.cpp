#include "core/apk/jar.h"

#include <openssl/err.h>

#include <algorithm>
#include <set>

#include "core/identity/openssl.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kMostText = 16u << 20, kMostBlockFile = 1u << 20;
constexpr std::string_view kMeta = "META-INF/", kManifest = "META-INF/MANIFEST.MF";
constexpr std::size_t kMostJarSigners = 10;

struct JarDigest {
  const char* name;                          // as attributes begin, in lower case
  const EVP_MD* (*kind)();
};
constexpr JarDigest kJarDigests[] = {{"sha-512", EVP_sha512}, {"sha-384", EVP_sha384}, {"sha-256", EVP_sha256}, {"sha1", EVP_sha1}, {"sha-1", EVP_sha1}};

Failure unfit(const std::string& what) { return fail(ErrorKind::Tampered, "JAR signature: " + what); }

using Hash = std::unique_ptr<EVP_MD_CTX, ssl::Deleter<EVP_MD_CTX_free>>;

std::string base64_digest(const EVP_MD* kind, std::string_view text) {
  Bytes out(static_cast<std::size_t>(EVP_MD_get_size(kind)));
  EVP_Digest(text.data(), text.size(), out.data(), nullptr, kind, nullptr);
  return to_base64(out);
}

// The strongest digest that a section names under NAME-Digest or NAME-Digest-SUFFIX.
const JarDigest* named_digest(const JarSection& section, const std::string& suffix, std::string& value) {
  for (const auto& one : kJarDigests) {
    const auto it = section.values.find(std::string(one.name) + "-digest" + suffix);
    if (it == section.values.end()) continue;
    value = it->second;
    return &one;
  }
  return nullptr;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Files of the signature itself: right below META-INF/.
bool is_signature_file(std::string_view name) {
  if (!name.starts_with(kMeta) || name.find('/', kMeta.size()) != name.npos) return false;
  const std::string file = lower(name.substr(kMeta.size()));
  return file == "manifest.mf" || file.ends_with(".sf") || file.ends_with(".rsa") || file.ends_with(".dsa") || file.ends_with(".ec") || file.starts_with("sig-");
}

class JarVerifier {
 public:
  JarVerifier(const ApkSource& apk, const ApkLayout& layout) : apk_(apk), layout_(layout) {}

  Result<std::vector<Bytes>> run(bool knows_v2, bool knows_v3) {
    GZ_TRY_ASSIGN(const auto entries, read_entries(apk_, layout_));
    for (const auto& entry : entries)
      if (!entries_.emplace(entry.name, &entry).second) return unfit("an entry stands twice: " + shown(entry.name));
    if (!entries_.contains(std::string(kManifest))) return fail(ErrorKind::NotFound, "no signature of any scheme");
    GZ_TRY_ASSIGN(manifest_text_, text_of(std::string(kManifest), kMostText));
    GZ_TRY_ASSIGN(const auto sections, parse_jar_text(manifest_text_));
    if (sections.empty()) return unfit("an empty manifest");
    for (std::size_t i = 1; i < sections.size(); ++i)
      if (!sections_.emplace(sections[i].name, &sections[i]).second) return unfit("the manifest names an entry twice: " + shown(sections[i].name));
    main_ = &sections.front();
    std::vector<Bytes> signers;
    for (const auto& [name, entry] : entries_) {
      if (!is_signature_file(name) || !lower(name).ends_with(".sf")) continue;
      if (signers.size() >= kMostJarSigners) return unfit("too many signers");
      GZ_TRY_ASSIGN(Bytes signer, verify_signer(name, knows_v2, knows_v3));
      signers.push_back(std::move(signer));
    }
    if (signers.empty()) return fail(ErrorKind::NotFound, "no signature of any scheme");
    GZ_TRY(verify_entries());
    return signers;
  }

 private:
  static std::string shown(std::string_view name) { return std::string(name.substr(0, 100)); }

  Result<std::string> text_of(const std::string& name, std::uint64_t most) const {
    const ApkEntry& entry = *entries_.at(name);
    if (entry.size > most) return unfit(shown(name) + " is too large");
    std::string out;
    GZ_TRY(read_entry(apk_, layout_, entry, [&](ByteView piece) -> Status { return out.append(as_text(piece)), ok(); }));
    return out;
  }

  // X.SF: signed by the block file beside it, and holding the manifest's digests.
  Result<Bytes> verify_signer(const std::string& sf_name, bool knows_v2, bool knows_v3) {
    GZ_TRY_ASSIGN(const std::string text, text_of(sf_name, kMostText));
    GZ_TRY_ASSIGN(Bytes certificate, verify_block(sf_name, text));
    GZ_TRY_ASSIGN(const auto sections, parse_jar_text(text));
    if (sections.empty()) return unfit(shown(sf_name) + " is empty");
    const auto said = sections.front().values.find("x-android-apk-signed");
    if (said != sections.front().values.end() &&
        ((knows_v2 && said->second.find('2') != std::string::npos) || (knows_v3 && said->second.find('3') != std::string::npos)))
      return unfit("its signer says that a newer signature was there too; it was taken away");
    GZ_TRY(verify_manifest(sf_name, sections));
    return certificate;
  }

  Result<Bytes> verify_block(const std::string& sf_name, const std::string& text) {
    const std::string stem = sf_name.substr(0, sf_name.size() - 3);
    for (const char* end : {".RSA", ".DSA", ".EC", ".rsa", ".dsa", ".ec"}) {
      if (!entries_.contains(stem + end)) continue;
      GZ_TRY_ASSIGN(const std::string block, text_of(stem + end, kMostBlockFile));
      const auto bytes = as_bytes(block);
      const unsigned char* at = bytes.data();
      const ssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
      // behind a filter: CMS_verify copies a plain memory BIO, and loses the copy when the message has no known digest
      const ssl::Bio content(BIO_push(BIO_new(BIO_f_null()), ssl::memory(as_bytes(text)).release()));
      // whose certificate it is says the baseline; a chain has no meaning here, developers sign for themselves
      constexpr unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY;
      const bool fits = cms && CMS_verify(cms.get(), nullptr, nullptr, content.get(), nullptr, flags) == 1;
      const ssl::CertList signers(fits ? CMS_get0_signers(cms.get()) : nullptr);
      ERR_clear_error();
      if (!fits || sk_X509_num(signers.get()) != 1) return unfit(shown(stem + end) + " does not fit " + shown(sf_name));
      return ssl::cert_der(sk_X509_value(signers.get(), 0));
    }
    return unfit(shown(sf_name) + " has no signature");
  }

  // The digest of the whole manifest; where that does not fit (entries were added by another signer), of each section for itself.
  Status verify_manifest(const std::string& sf_name, const std::vector<JarSection>& sections) {
    std::string wanted;
    const auto* whole = named_digest(sections.front(), "-manifest", wanted);
    const bool fits = whole != nullptr && base64_digest(whole->kind(), manifest_text_) == wanted;
    if (!fits) {
      const auto* main = named_digest(sections.front(), "-manifest-main-attributes", wanted);
      if (main != nullptr && base64_digest(main->kind(), main_->raw) != wanted) return unfit("the manifest is not what " + shown(sf_name) + " signs");
    }
    std::set<std::string> named;
    for (std::size_t i = 1; i < sections.size(); ++i) {
      named.insert(sections[i].name);
      const auto section = sections_.find(sections[i].name);
      if (section == sections_.end()) return unfit("the manifest lacks " + shown(sections[i].name));
      const auto* kind = named_digest(sections[i], "", wanted);
      if (kind == nullptr || (!fits && base64_digest(kind->kind(), section->second->raw) != wanted))
        return unfit("the manifest's part about " + shown(sections[i].name) + " is not what was signed");
    }
    for (const auto& [name, section] : sections_)
      if (!named.contains(name)) return unfit(shown(sf_name) + " does not sign " + shown(name));
    return ok();
  }

  Status verify_entries() {
    for (const auto& [name, entry] : entries_) {
      if (name.ends_with('/') || is_signature_file(name)) continue;
      const auto section = sections_.find(name);
      if (section == sections_.end()) return unfit(shown(name) + " is not signed");
      std::string wanted;
      const auto* kind = named_digest(*section->second, "", wanted);
      if (kind == nullptr) return unfit(shown(name) + " has no known digest");
      const Hash hash(EVP_MD_CTX_new());
      EVP_DigestInit_ex(hash.get(), kind->kind(), nullptr);
      GZ_TRY(read_entry(apk_, layout_, *entry, [&](ByteView piece) -> Status { return EVP_DigestUpdate(hash.get(), piece.data(), piece.size()), ok(); }));
      Bytes found(static_cast<std::size_t>(EVP_MD_get_size(kind->kind())));
      EVP_DigestFinal_ex(hash.get(), found.data(), nullptr);
      if (to_base64(found) != wanted) return unfit(shown(name) + " is not what was signed");
    }
    for (const auto& [name, section] : sections_)
      if (!entries_.contains(name)) return unfit(shown(name) + " is signed and not there");
    return ok();
  }

  const ApkSource& apk_;
  const ApkLayout& layout_;
  std::map<std::string, const ApkEntry*> entries_;
  std::string manifest_text_;
  std::map<std::string, const JarSection*> sections_;
  const JarSection* main_ = nullptr;
};

}  // namespace

Result<std::vector<Bytes>> verify_v1(const ApkSource& apk, const ApkLayout& layout, bool knows_v2, bool knows_v3) {
  return JarVerifier(apk, layout).run(knows_v2, knows_v3);
}

}  // namespace guzheng
