// Room apk, private. Signatures of APK Signature Schemes: algorithms, keys, and digests of content. Pure but for reading the package.
#pragma once

#include <optional>
#include <vector>

#include "core/apk/layout.h"
#include "core/identity/openssl.h"

namespace guzheng {

// Digest of the package's content that an algorithm signs.
enum class ContentDigest { ChunkedSha256, ChunkedSha512, VeritySha256 };

struct ApkAlgorithm {
  std::uint32_t id;
  ContentDigest content;
  int key;                                   // EVP_PKEY_RSA, …
  bool sha512, pss;
};
const ApkAlgorithm* apk_algorithm(std::uint32_t id);             // null: not known

// Does `signature` fit `bytes` by the key in `spki` (SubjectPublicKeyInfo, DER)?
bool signature_fits(const ApkAlgorithm& algorithm, ByteView spki, ByteView bytes, ByteView signature);
// SubjectPublicKeyInfo of a certificate; empty when it is none.
Bytes key_of_certificate(ByteView der);

// Over the entries, the central directory and the end record as it would stand without the signing block.
Result<Bytes> content_digest(const ApkSource& apk, const ApkLayout& layout, ContentDigest kind);

}  // namespace guzheng
