#include "core/registry/sensitive_key.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <memory>

#include "core/base/random.h"
#include "core/search/fold.h"

namespace guzheng {

namespace {

constexpr std::size_t kNonceBytes = 12, kTagBytes = 16, kKeyBytes = 32, kDigestBytes = 16;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::array<unsigned char, 32> keyed(const Secret& key, ByteView text) {
  std::array<unsigned char, 32> out{};
  unsigned int size = out.size();
  HMAC(EVP_sha256(), key.bytes().data(), static_cast<int>(key.size()), text.data(), text.size(), out.data(), &size);
  return out;
}

Secret derived(const Secret& key, std::string_view what) {
  auto bytes = keyed(key, as_bytes(what));
  Secret out(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return out;
}

std::string bound_to(SubjectId subject, SensitiveKind kind) { return std::to_string(subject) + "/" + std::to_string(static_cast<int>(kind)); }

int size_of(std::size_t size) { return static_cast<int>(size); }

}  // namespace

std::string normal_sensitive(const SensitiveValue& value) {
  std::string out;
  for (const char c : fold_code(value.value))
    if ((c >= '0' && c <= '9') || c == 'X') out += c;
  if (value.kind == SensitiveKind::Phone && out.size() == 13 && out.starts_with("86")) out.erase(0, 2);
  return out;
}

Result<SensitiveKey> SensitiveKey::from(const Secret& key) {
  if (key.size() != kKeyBytes) return fail(ErrorKind::Invalid, "the key of the subject library has 32 bytes, not " + std::to_string(key.size()));
  SensitiveKey out;
  out.seal_ = derived(key, "guzheng registry seal 1");
  out.digest_ = derived(key, "guzheng registry digest 1");
  out.check_ = derived(key, "guzheng registry check 1");
  return out;
}

Result<Bytes> SensitiveKey::seal(SubjectId subject, const SensitiveValue& value) const {
  const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  const std::string bound = bound_to(subject, value.kind);
  Bytes out = random_bytes(kNonceBytes);
  out.resize(kNonceBytes + value.value.size() + kTagBytes);
  int done = 0, rest = 0;
  unsigned char* body = out.data() + kNonceBytes;
  const bool sealed = context && EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, seal_.bytes().data(), out.data()) == 1 &&
                      EVP_EncryptUpdate(context.get(), nullptr, &done, as_bytes(bound).data(), size_of(bound.size())) == 1 &&
                      EVP_EncryptUpdate(context.get(), body, &done, as_bytes(value.value).data(), size_of(value.value.size())) == 1 &&
                      EVP_EncryptFinal_ex(context.get(), body + done, &rest) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, size_of(kTagBytes), body + value.value.size()) == 1;
  if (!sealed) return fail(ErrorKind::Crypto, "a sensitive field could not be encrypted");
  return out;
}

Result<SensitiveValue> SensitiveKey::open(SubjectId subject, SensitiveKind kind, ByteView sealed) const {
  if (sealed.size() < kNonceBytes + kTagBytes) return fail(ErrorKind::Tampered, "a sensitive field of subject " + std::to_string(subject) + " is cut off");
  const CipherContext context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
  const std::string bound = bound_to(subject, kind);
  const std::size_t size = sealed.size() - kNonceBytes - kTagBytes;
  SensitiveValue out{kind, std::string(size, '\0')};
  Bytes tag(sealed.end() - kTagBytes, sealed.end());
  int done = 0, rest = 0;
  auto* body = reinterpret_cast<unsigned char*>(out.value.data());
  const bool opened = context && EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, seal_.bytes().data(), sealed.data()) == 1 &&
                      EVP_DecryptUpdate(context.get(), nullptr, &done, as_bytes(bound).data(), size_of(bound.size())) == 1 &&
                      EVP_DecryptUpdate(context.get(), body, &done, sealed.data() + kNonceBytes, size_of(size)) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, size_of(kTagBytes), tag.data()) == 1 &&
                      EVP_DecryptFinal_ex(context.get(), body + done, &rest) == 1;
  if (!opened) return fail(ErrorKind::Tampered, "a sensitive field of subject " + std::to_string(subject) + " was not written by this library for this subject");
  return out;
}

Bytes SensitiveKey::digest_of(const SensitiveValue& value) const {
  const std::string text = std::to_string(static_cast<int>(value.kind)) + "/" + normal_sensitive(value);
  const auto whole = keyed(digest_, as_bytes(text));
  return {whole.begin(), whole.begin() + kDigestBytes};
}

std::string SensitiveKey::check_value() const { return to_hex(ByteView(keyed(check_, as_bytes("check"))).first(kDigestBytes)); }

}  // namespace guzheng
