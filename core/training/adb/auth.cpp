#include "core/training/adb/auth.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <memory>

#include "core/base/file.h"
#include "core/base/log.h"

namespace guzheng::training {

namespace {
constexpr std::size_t kModulusBytes = 256;
constexpr std::size_t kKeyBlob = 4 + 4 + kModulusBytes + kModulusBytes + 4;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* p) const { Free(p); }
};
using Pkey = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using PkeyCtx = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

Pkey to_openssl(const AdbKey& key) {
  const Number n(BN_bin2bn(key.modulus.data(), static_cast<int>(key.modulus.size()), nullptr));
  const Number e(BN_new());
  if (!n || !e || BN_set_word(e.get(), key.exponent) != 1) return {};
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  const PkeyCtx context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) <= 0 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) <= 0)
    return {};
  return Pkey(made);
}
}  // namespace

Result<AdbKey> parse_adb_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\0' || text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const auto base64 = text.substr(0, text.find_first_of(" \t"));
  Bytes blob;
  if (!from_base64(base64, blob)) return fail(ErrorKind::Invalid, "adb key is not base64");
  if (blob.size() != kKeyBlob) return fail(ErrorKind::Invalid, "adb key has a wrong length");
  if (read_le<std::uint32_t>(blob.data()) != kModulusBytes / 4) return fail(ErrorKind::Invalid, "adb key is not RSA-2048");
  AdbKey key;
  key.modulus.assign(blob.rbegin() + 4 + kModulusBytes, blob.rbegin() + 4 + 2 * kModulusBytes);
  key.exponent = read_le<std::uint32_t>(blob.data() + kKeyBlob - 4);
  key.text = std::string(base64);
  return key;
}

bool signature_matches(const AdbKey& key, ByteView token, ByteView signature) {
  const Pkey pkey = to_openssl(key);
  if (!pkey) return false;
  const PkeyCtx context(EVP_PKEY_CTX_new(pkey.get(), nullptr));
  return EVP_PKEY_verify_init(context.get()) > 0 &&
         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) > 0 &&
         EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha1()) > 0 &&
         EVP_PKEY_verify(context.get(), signature.data(), signature.size(), token.data(), token.size()) == 1;
}

Status KeyRing::add(std::string_view lines) {
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    if (end > 0) {
      GZ_TRY_ASSIGN(auto key, parse_adb_key(lines.substr(0, end)));
      keys_.push_back(std::move(key));
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return ok();
}

Status KeyRing::load(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, 1u << 20));
  const std::lock_guard lock(mutex_);
  return add(text);
}

bool KeyRing::knows_signer(ByteView token, ByteView signature) const {
  if (mode_ == AuthMode::Deny) return false;
  const std::lock_guard lock(mutex_);
  return std::any_of(keys_.begin(), keys_.end(), [&](const AdbKey& key) { return signature_matches(key, token, signature); });
}

bool KeyRing::offer(const AdbKey& key) {
  if (mode_ != AuthMode::Approve) return false;
  const std::lock_guard lock(mutex_);
  if (std::any_of(keys_.begin(), keys_.end(), [&](const AdbKey& known) { return known.text == key.text; })) return true;
  keys_.push_back(key);
  if (file_.empty()) return true;
  std::string all;
  for (const auto& known : keys_) all += known.text + "\n";
  if (const auto written = write_atomically(file_, as_bytes(all)); !written) log_warn("training", written.error().what);
  return true;
}

}  // namespace guzheng::training
