#include "core/base/digest.h"

#include <openssl/evp.h>

#include "core/base/file.h"

namespace guzheng {

struct Digester::Impl {
  const EVP_MD* md = nullptr;
  EVP_MD_CTX* ctx = nullptr;
  ~Impl() { EVP_MD_CTX_free(ctx); }
};

namespace {
const EVP_MD* md_of(DigestKind kind) {
  switch (kind) {
    case DigestKind::Md5: return EVP_md5();
    case DigestKind::Sha1: return EVP_sha1();
    case DigestKind::Sha256: return EVP_sha256();
    case DigestKind::Sm3: return EVP_sm3();
  }
  return EVP_sha256();
}
}  // namespace

Digester::Digester(DigestKind kind) : impl_(std::make_unique<Impl>()) {
  impl_->md = md_of(kind);
  impl_->ctx = EVP_MD_CTX_new();
  EVP_DigestInit_ex(impl_->ctx, impl_->md, nullptr);
}
Digester::~Digester() = default;
Digester::Digester(Digester&&) noexcept = default;
Digester& Digester::operator=(Digester&&) noexcept = default;

void Digester::update(ByteView bytes) { EVP_DigestUpdate(impl_->ctx, bytes.data(), bytes.size()); }

Bytes Digester::finish() {
  Bytes out(EVP_MAX_MD_SIZE);
  unsigned length = 0;
  EVP_DigestFinal_ex(impl_->ctx, out.data(), &length);
  out.resize(length);
  EVP_DigestInit_ex(impl_->ctx, impl_->md, nullptr);
  return out;
}

Bytes digest(DigestKind kind, ByteView bytes) {
  Digester d(kind);
  d.update(bytes);
  return d.finish();
}

void TripleDigester::update(ByteView bytes) {
  md5_.update(bytes);
  sha256_.update(bytes);
  sm3_.update(bytes);
  size_ += bytes.size();
}

FileDigests TripleDigester::finish() {
  FileDigests out{to_hex(md5_.finish()), to_hex(sha256_.finish()), to_hex(sm3_.finish()), size_};
  size_ = 0;
  return out;
}

Result<FileDigests> digest_file(const std::filesystem::path& path) {
  TripleDigester d;
  GZ_TRY(read_in_pieces(path, [&](ByteView piece) {
    d.update(piece);
    return ok();
  }));
  return d.finish();
}

FileDigests digest_bytes(ByteView bytes) {
  TripleDigester d;
  d.update(bytes);
  return d.finish();
}

}  // namespace guzheng
