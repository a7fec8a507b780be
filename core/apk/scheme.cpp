#include "core/apk/scheme.h"

#include <algorithm>
#include <map>

#include "core/apk/signature.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostSigners = 10, kMostValues = 32;
constexpr std::uint32_t kStrippingAttribute = 0xbeeff00d, kRotationAttribute = 0x559f8b02;

Failure wrong(const std::string& what) { return fail(ErrorKind::Tampered, what); }

struct Numbered {
  std::uint32_t id = 0;
  ByteView value;
};
// u32 id and then, with a length before it, a value
Result<std::vector<Numbered>> numbered_values(LittleReader& from) {
  GZ_TRY_ASSIGN(const auto parts, from.sequence(kMostValues));
  std::vector<Numbered> out;
  for (const auto part : parts) {
    LittleReader reader(part);
    Numbered one;
    GZ_TRY_ASSIGN(one.id, reader.u32());
    GZ_TRY_ASSIGN(one.value, reader.prefixed());
    out.push_back(one);
  }
  return out;
}

// One signer, as both schemes have it: what it signs, what it says for which versions of Android (v3), its signatures and its key.
struct Signer {
  ByteView signed_data;
  std::uint32_t min_sdk = 0, max_sdk = 0xffffffff;
  std::vector<Numbered> signatures;
  ByteView key;
};
Result<Signer> read_signer(ByteView bytes, bool v3) {
  LittleReader reader(bytes);
  Signer out;
  GZ_TRY_ASSIGN(out.signed_data, reader.prefixed());
  if (v3) {
    GZ_TRY_ASSIGN(out.min_sdk, reader.u32());
    GZ_TRY_ASSIGN(out.max_sdk, reader.u32());
  }
  GZ_TRY_ASSIGN(out.signatures, numbered_values(reader));
  GZ_TRY_ASSIGN(out.key, reader.prefixed());
  return out;
}

struct SignedData {
  std::vector<Numbered> digests;
  std::vector<ByteView> certificates;
  std::uint32_t min_sdk = 0, max_sdk = 0xffffffff;
  std::vector<ByteView> attributes;
};
Result<SignedData> read_signed_data(ByteView bytes, bool v3) {
  LittleReader reader(bytes);
  SignedData out;
  GZ_TRY_ASSIGN(out.digests, numbered_values(reader));
  GZ_TRY_ASSIGN(out.certificates, reader.sequence(kMostValues));
  if (v3) {
    GZ_TRY_ASSIGN(out.min_sdk, reader.u32());
    GZ_TRY_ASSIGN(out.max_sdk, reader.u32());
  }
  GZ_TRY_ASSIGN(out.attributes, reader.sequence(kMostValues));
  return out;
}

// Android's order: SHA-512 before SHA-256 before the verity tree.
int strength(ContentDigest kind) { return kind == ContentDigest::ChunkedSha512 ? 2 : kind == ContentDigest::ChunkedSha256 ? 1 : 0; }

Result<const ApkAlgorithm*> strongest(const Signer& signer, ByteView& signature) {
  const ApkAlgorithm* best = nullptr;
  for (const auto& one : signer.signatures) {
    const auto* algorithm = apk_algorithm(one.id);
    if (algorithm == nullptr || (best != nullptr && strength(algorithm->content) <= strength(best->content))) continue;
    best = algorithm;
    signature = one.value;
  }
  if (best == nullptr) return wrong("its signer uses no algorithm that Android takes");
  return best;
}

// Of one package, each taken once however many signers there are.
class ContentDigests {
 public:
  ContentDigests(const ApkSource& apk, const ApkLayout& layout) : apk_(apk), layout_(layout) {}
  Result<Bytes> of(ContentDigest kind) {
    if (const auto it = known_.find(kind); it != known_.end()) return it->second;
    GZ_TRY_ASSIGN(Bytes digest, content_digest(apk_, layout_, kind));
    return known_[kind] = std::move(digest);
  }

 private:
  const ApkSource& apk_;
  const ApkLayout& layout_;
  std::map<ContentDigest, Bytes> known_;
};

// The signer's certificate, once signature, key and content fit one another.
Result<Bytes> verify_signer(ContentDigests& content_digests, const Signer& signer, const SignedData& data) {
  ByteView signature;
  GZ_TRY_ASSIGN(const ApkAlgorithm* const algorithm, strongest(signer, signature));
  if (!signature_fits(*algorithm, signer.key, signer.signed_data, signature)) return wrong("the signature does not fit what is signed");
  const auto same_id = [](const Numbered& a, const Numbered& b) { return a.id == b.id; };
  if (!std::equal(data.digests.begin(), data.digests.end(), signer.signatures.begin(), signer.signatures.end(), same_id))
    return wrong("signatures and digests are of different algorithms");
  if (data.certificates.empty()) return wrong("the signer names no certificate");
  const Bytes key = key_of_certificate(data.certificates.front());
  if (key.empty() || !std::equal(key.begin(), key.end(), signer.key.begin(), signer.key.end())) return wrong("the key is not that of the certificate");
  const auto named = std::find_if(data.digests.begin(), data.digests.end(), [&](const auto& one) { return one.id == algorithm->id; });
  GZ_TRY_ASSIGN(const Bytes content, content_digests.of(algorithm->content));
  if (!std::equal(content.begin(), content.end(), named->value.begin(), named->value.end())) return wrong("the package's content is not what was signed");
  return Bytes(data.certificates.front().begin(), data.certificates.front().end());
}

Result<std::optional<std::uint32_t>> attribute(const SignedData& data, std::uint32_t id) {
  for (const auto one : data.attributes) {
    LittleReader reader(one);
    GZ_TRY_ASSIGN(const std::uint32_t found, reader.u32());
    if (found != id) continue;
    GZ_TRY_ASSIGN(const std::uint32_t value, reader.u32());
    return std::optional(value);
  }
  return std::optional<std::uint32_t>();
}

Result<std::vector<ByteView>> signers_of(ByteView value) {
  LittleReader reader(value);
  GZ_TRY_ASSIGN(auto signers, reader.sequence(kMostSigners));
  if (signers.empty()) return wrong("the signing block names no signer");
  return signers;
}

}  // namespace

Result<SchemeAnswer> verify_v2(const ApkSource& apk, const ApkLayout& layout, ByteView value) {
  GZ_TRY_ASSIGN(const auto signers, signers_of(value));
  SchemeAnswer out;
  ContentDigests content(apk, layout);
  for (const auto bytes : signers) {
    GZ_TRY_ASSIGN(const Signer signer, read_signer(bytes, false));
    GZ_TRY_ASSIGN(const SignedData data, read_signed_data(signer.signed_data, false));
    GZ_TRY_ASSIGN(Bytes certificate, verify_signer(content, signer, data));
    GZ_TRY_ASSIGN(const auto stripping, attribute(data, kStrippingAttribute));
    out.expects_v3 = out.expects_v3 || stripping == 3u;
    out.signers.push_back(std::move(certificate));
  }
  return out;
}

Result<SchemeAnswer> verify_v3(const ApkSource& apk, const ApkLayout& layout, ByteView value, std::uint32_t sdk) {
  GZ_TRY_ASSIGN(const auto signers, signers_of(value));
  SchemeAnswer out;
  ContentDigests content(apk, layout);
  for (const auto bytes : signers) {
    GZ_TRY_ASSIGN(const Signer signer, read_signer(bytes, true));
    if (sdk < signer.min_sdk || sdk > signer.max_sdk) continue;
    if (!out.signers.empty()) return wrong("more than one signer is for this version of Android");
    GZ_TRY_ASSIGN(const SignedData data, read_signed_data(signer.signed_data, true));
    if (data.min_sdk != signer.min_sdk || data.max_sdk != signer.max_sdk) return wrong("the versions of Android are not those that were signed");
    GZ_TRY_ASSIGN(Bytes certificate, verify_signer(content, signer, data));
    GZ_TRY_ASSIGN(out.rotates_from, attribute(data, kRotationAttribute));
    out.signers.push_back(std::move(certificate));
  }
  if (out.signers.empty()) return fail(ErrorKind::NotFound, "no signer is for this version of Android");
  return out;
}

}  // namespace guzheng
