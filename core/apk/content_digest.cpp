// Digests of the whole package, as the APK Signature Schemes define them: of chunks of 1 MiB, or as fs-verity's tree.
#include <openssl/evp.h>

#include <algorithm>

#include "core/apk/signature.h"
#include "core/base/digest.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kChunk = 1u << 20, kVerityBlock = 4096;

Bytes hashed(const EVP_MD* kind, std::initializer_list<ByteView> parts) {
  Bytes out(static_cast<std::size_t>(EVP_MD_get_size(kind)));
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, kind, nullptr);
  for (const auto part : parts) EVP_DigestUpdate(context, part.data(), part.size());
  EVP_DigestFinal_ex(context, out.data(), nullptr);
  EVP_MD_CTX_free(context);
  return out;
}

Bytes numbered(std::uint8_t first, std::uint64_t number) {
  Bytes out{first};
  put_le(out, static_cast<std::uint32_t>(number));
  return out;
}

// The end record as it stands when nothing lies between entries and directory.
Bytes unsigned_end(const ApkLayout& layout) {
  Bytes end = layout.end_record;
  Bytes offset;
  put_le(offset, static_cast<std::uint32_t>(layout.entries_end));
  std::copy(offset.begin(), offset.end(), end.begin() + 16);
  return end;
}

Result<Bytes> chunked(const ApkSource& apk, const ApkLayout& layout, const EVP_MD* kind) {
  Bytes all;
  std::uint64_t count = 0;
  const auto take = [&](ByteView chunk) -> Status {        // each_piece gives chunks of just this size
    append(all, hashed(kind, {numbered(0xa5, chunk.size()), chunk}));
    ++count;
    return ok();
  };
  GZ_TRY(apk.each_piece(0, layout.entries_end, take));
  GZ_TRY(apk.each_piece(layout.directory, layout.directory_end, take));
  const Bytes end = unsigned_end(layout);
  GZ_TRY(take(end));
  return hashed(kind, {numbered(0x5a, count), all});
}

// One level of the tree over `data`, which comes in any pieces: digests of blocks of 4096 bytes, the last filled up with zeros.
class VerityLevel {
 public:
  void add(ByteView piece) {
    while (!piece.empty()) {
      const std::size_t n = std::min<std::size_t>(kVerityBlock - block_.size(), piece.size());
      append(block_, piece.first(n));
      piece = piece.subspan(n);
      if (block_.size() == kVerityBlock) flush();
    }
  }
  Bytes finish() {
    if (!block_.empty()) {
      block_.resize(kVerityBlock);
      flush();
    }
    return std::move(digests_);
  }

 private:
  void flush() {
    static const Bytes salt(8, 0);
    append(digests_, hashed(EVP_sha256(), {salt, block_}));
    block_.clear();
  }
  Bytes block_, digests_;
};

// Root of the tree, then the number of bytes it covers.
Result<Bytes> verity(const ApkSource& apk, const ApkLayout& layout) {
  VerityLevel data;
  const auto take = [&](ByteView piece) -> Status { return data.add(piece), ok(); };
  GZ_TRY(apk.each_piece(0, layout.entries_end, take));
  GZ_TRY(apk.each_piece(layout.directory, layout.directory_end, take));
  const Bytes end = unsigned_end(layout);
  data.add(end);
  Bytes level = data.finish();
  while (level.size() > kVerityBlock) {
    VerityLevel above;
    above.add(level);
    level = above.finish();
  }
  level.resize(kVerityBlock);
  Bytes out = hashed(EVP_sha256(), {Bytes(8, 0), level});
  put_le<std::uint64_t>(out, layout.entries_end + (layout.directory_end - layout.directory) + end.size());
  return out;
}

}  // namespace

Result<Bytes> content_digest(const ApkSource& apk, const ApkLayout& layout, ContentDigest kind) {
  switch (kind) {
    case ContentDigest::ChunkedSha256: return chunked(apk, layout, EVP_sha256());
    case ContentDigest::ChunkedSha512: return chunked(apk, layout, EVP_sha512());
    case ContentDigest::VeritySha256: return verity(apk, layout);
  }
  return fail(ErrorKind::Bug, "no such digest");
}

}  // namespace guzheng
