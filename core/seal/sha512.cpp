#include "core/seal/sha512.h"

#include <openssl/evp.h>

namespace guzheng {

struct Sha512::Impl {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

Sha512::Sha512() : impl_(std::make_unique<Impl>()) { EVP_DigestInit_ex(impl_->context.get(), EVP_sha512(), nullptr); }
Sha512::~Sha512() = default;

void Sha512::update(ByteView bytes) { EVP_DigestUpdate(impl_->context.get(), bytes.data(), bytes.size()); }

std::string Sha512::finish() {
  Bytes out(64);
  EVP_DigestFinal_ex(impl_->context.get(), out.data(), nullptr);
  return to_hex(out);
}

Result<std::map<std::string, std::string>> sha512_of(PackageSource& source, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  std::map<std::string, std::string> out;
  VerifyReport unused;                       // what the container says of itself was told when it was read first
  std::uint64_t done = 0, total = 0;
  const auto wanted = [&](const SourceEntry& entry) {
    return entry.kind == SourceEntry::Kind::File && !entry.path.starts_with(source.id() + ".handover/");
  };
  for (const auto& entry : source.entries())
    if (wanted(entry)) total += entry.size;
  for (const auto& entry : source.entries()) {
    if (!wanted(entry)) continue;
    Sha512 digest;
    const auto read = source.read(entry, [&](ByteView piece) -> Status {
      digest.update(piece);
      done += piece.size();
      if (progress && !progress(done, total)) return fail(ErrorKind::Cancelled, "reading was stopped");
      return ok();
    }, unused);
    const bool locked = !read && read.error().kind == ErrorKind::Denied;
    if (!read && !locked && read.error().kind != ErrorKind::Tampered) return fail(read.error());
    out.emplace(entry.path, locked ? std::string() : digest.finish());
  }
  return out;
}

}  // namespace guzheng
