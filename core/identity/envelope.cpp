#include "core/identity/envelope.h"

#include <openssl/rsa.h>

#include <algorithm>
#include <array>

#include "core/base/random.h"

namespace guzheng {

namespace {

constexpr std::size_t kKey = 32, kNonce = 12, kTag = 16;
constexpr std::uint64_t kMostContent = 1u << 30;       // EVP counts in int
constexpr std::uint8_t kSequence = 0x30, kSet = 0x31, kInteger = 0x02, kOctets = 0x04, kInside = 0xA0, kContent = 0x80,
                       kKekRecipient = 0xA2;
constexpr std::array<std::uint8_t, 13> kAuthEnveloped{0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17};
constexpr std::array<std::uint8_t, 11> kData{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01};
constexpr std::array<std::uint8_t, 11> kAes256Gcm{0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2E};

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, ssl::Deleter<EVP_CIPHER_CTX_free>>;

// A key in memory is overwritten before its memory goes back.
struct RawKey {
  Bytes bytes;
  explicit RawKey(Bytes b) : bytes(std::move(b)) {}
  RawKey(RawKey&&) = default;
  RawKey& operator=(RawKey&&) = default;
  ~RawKey() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
};

// One value of a DER text: its tag and where its content begins and ends. `end` may lie behind a beginning that was cut.
struct Element {
  std::uint8_t tag = 0;
  std::size_t start = 0, content = 0;
  std::uint64_t end = 0;
  [[nodiscard]] std::uint64_t size() const { return end - content; }
};

// Definite lengths in their shortest form only.
std::optional<Element> element_at(ByteView der, std::size_t at) {
  if (at + 2 > der.size()) return std::nullopt;
  Element out{der[at], at, at + 2, 0};
  std::uint64_t length = der[at + 1];
  if (length >= 0x80) {
    const std::size_t digits = length & 0x7F;
    if (digits == 0 || digits > 4 || at + 2 + digits > der.size() || der[at + 2] == 0) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < digits; ++i) length = length << 8 | der[at + 2 + i];
    if (length < 0x80) return std::nullopt;
    out.content += digits;
  }
  out.end = out.content + length;
  return out;
}

std::optional<Element> element_at(ByteView der, std::size_t at, std::uint8_t tag) {
  const auto found = element_at(der, at);
  return found && found->tag == tag ? found : std::nullopt;
}

bool starts(ByteView der, std::size_t at, ByteView with) {
  return at + with.size() <= der.size() && std::equal(with.begin(), with.end(), der.begin() + static_cast<std::ptrdiff_t>(at));
}

struct Layout {
  Element recipients, content;
  ByteView nonce;
  std::uint64_t end = 0;           // of the whole envelope
};

// The places of an envelope's parts. Everything before the content must be there; the content and what follows may be cut off.
std::optional<Layout> layout_of(ByteView der) {
  Layout out;
  const auto outer = element_at(der, 0, kSequence);
  if (!outer || !starts(der, outer->content, kAuthEnveloped)) return std::nullopt;
  out.end = outer->end;
  const auto inside = element_at(der, outer->content + kAuthEnveloped.size(), kInside);
  if (!inside || inside->end != outer->end) return std::nullopt;
  const auto data = element_at(der, inside->content, kSequence);
  if (!data || data->end != outer->end) return std::nullopt;
  const auto version = element_at(der, data->content, kInteger);
  if (!version || version->size() != 1 || !starts(der, version->content, std::array<std::uint8_t, 1>{0})) return std::nullopt;
  const auto recipients = element_at(der, version->end, kSet);
  if (!recipients || recipients->end >= der.size()) return std::nullopt;
  const auto info = element_at(der, recipients->end, kSequence);
  if (!info || !starts(der, info->content, kData)) return std::nullopt;
  const auto algorithm = element_at(der, info->content + kData.size(), kSequence);
  if (!algorithm || algorithm->end >= der.size() || !starts(der, algorithm->content, kAes256Gcm)) return std::nullopt;
  const auto parameters = element_at(der, algorithm->content + kAes256Gcm.size(), kSequence);
  if (!parameters || parameters->end != algorithm->end) return std::nullopt;
  const auto nonce = element_at(der, parameters->content, kOctets);
  constexpr std::array<std::uint8_t, 3> tag_bytes{kInteger, 1, kTag};
  if (!nonce || nonce->size() != kNonce || nonce->end + 3 != parameters->end || !starts(der, nonce->end, tag_bytes)) return std::nullopt;
  const auto content = element_at(der, algorithm->end, kContent);
  if (!content || content->end != info->end || content->end + 2 + kTag != outer->end) return std::nullopt;
  out.recipients = *recipients;
  out.content = *content;
  out.nonce = der.subspan(nonce->content, kNonce);
  return out;
}

void put(Bytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void put_head(Bytes& to, std::uint8_t tag, std::uint64_t length) {
  to.push_back(tag);
  if (length < 0x80) return to.push_back(static_cast<std::uint8_t>(length));
  int digits = 1;
  while (length >> (8 * digits) != 0) ++digits;
  to.push_back(static_cast<std::uint8_t>(0x80 | digits));
  for (int i = digits - 1; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(length >> (8 * i)));
}

Bytes element(std::uint8_t tag, ByteView content) {
  Bytes out;
  put_head(out, tag, content.size());
  put(out, content);
  return out;
}

// The envelope up to its content of that many bytes.
Bytes head_of(ByteView recipients, ByteView nonce, std::uint64_t content) {
  Bytes parameters = element(kOctets, nonce);
  put(parameters, std::array<std::uint8_t, 3>{kInteger, 1, kTag});
  Bytes algorithm(kAes256Gcm.begin(), kAes256Gcm.end());
  put(algorithm, element(kSequence, parameters));
  Bytes info(kData.begin(), kData.end());
  put(info, element(kSequence, algorithm));
  put_head(info, kContent, content);
  Bytes data{kInteger, 1, 0};
  put(data, recipients);
  Bytes info_head;
  put_head(info_head, kSequence, info.size() + content);
  put(data, info_head);
  put(data, info);
  const std::uint64_t rest = content + 2 + kTag;
  Bytes data_head, inside_head;
  put_head(data_head, kSequence, data.size() + rest);
  put_head(inside_head, kInside, data_head.size() + data.size() + rest);
  Bytes out;
  put_head(out, kSequence, kAuthEnveloped.size() + inside_head.size() + data_head.size() + data.size() + rest);
  put(out, kAuthEnveloped);
  put(out, inside_head);
  put(out, data_head);
  put(out, data);
  return out;
}

// The same envelope around nothing: small, for OpenSSL to work on the recipients.
Bytes emptied(ByteView der, const Layout& layout) {
  Bytes out = head_of(der.subspan(layout.recipients.start, static_cast<std::size_t>(layout.recipients.end - layout.recipients.start)),
                      layout.nonce, 0);
  put(out, element(kOctets, Bytes(kTag)));
  return out;
}

Result<ssl::Cms> parse(ByteView der) {
  const ssl::Bio in = ssl::memory(der);
  ssl::Cms cms(d2i_CMS_bio(in.get(), nullptr));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_id_smime_ct_authEnvelopedData)
    return ssl::failure("read envelope", ErrorKind::Tampered);
  return cms;
}

// RSA keys by OAEP with SHA-256 (openssl's default is PKCS#1 v1.5, which FORMAT.md forbids); EC keys by ECDH.
Status add_recipient(CMS_ContentInfo* cms, const std::string& pem) {
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(pem)));
  CMS_RecipientInfo* recipient = CMS_add1_recipient_cert(cms, cert.get(), CMS_KEY_PARAM);
  if (!recipient) return ssl::failure("add recipient");
  if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_TRANS) return ok();
  EVP_PKEY_CTX* key = CMS_RecipientInfo_get0_pkey_ctx(recipient);
  if (!key || EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_OAEP_PADDING) <= 0 ||
      EVP_PKEY_CTX_set_rsa_oaep_md(key, EVP_sha256()) <= 0)
    return ssl::failure("recipient's padding");
  return ok();
}

// OpenSSL hands the content key to recipients only. So we are one for a moment: a key-encryption key that nobody else ever sees
// and that is thrown away, and its recipient with it.
class Eavesdrop {
 public:
  Eavesdrop() : kek_(random_bytes(kKey)) {}

  Result<CMS_RecipientInfo*> join(CMS_ContentInfo* cms) const {
    auto* key = static_cast<unsigned char*>(OPENSSL_memdup(kek_.bytes.data(), kKey));
    auto* id = static_cast<unsigned char*>(OPENSSL_memdup("-", 1));
    CMS_RecipientInfo* info = CMS_add0_recipient_key(cms, NID_undef, key, kKey, id, 1, nullptr, nullptr, nullptr);
    if (!info) return ssl::failure("content key");
    return info;
  }

  // The content key out of the set of recipients, and the set without us.
  Result<RawKey> leave(ByteView recipients, Bytes& others) const {
    const auto set = element_at(recipients, 0, kSet);
    if (!set || set->end > recipients.size()) return fail(ErrorKind::Crypto, "content key: the recipients cannot be read");
    Bytes kept, wrapped;
    for (std::size_t at = set->content; at < set->end;) {
      const auto one = element_at(recipients, at);
      if (!one || one->end > set->end) return fail(ErrorKind::Crypto, "content key: a recipient cannot be read");
      const ByteView whole = recipients.subspan(at, static_cast<std::size_t>(one->end) - at);
      if (one->tag == kKekRecipient) wrapped = last_octets(whole);
      else put(kept, whole);
      at = static_cast<std::size_t>(one->end);
    }
    others = element(kSet, kept);
    return unwrap(wrapped);
  }

 private:
  // KEKRecipientInfo ends with its encryptedKey.
  static Bytes last_octets(ByteView info) {
    constexpr std::size_t wrapped = kKey + 8;
    if (info.size() < wrapped + 2) return {};
    const auto found = element_at(info, info.size() - wrapped - 2, kOctets);
    return found && found->end == info.size() ? Bytes(info.end() - wrapped, info.end()) : Bytes{};
  }

  [[nodiscard]] Result<RawKey> unwrap(ByteView wrapped) const {
    RawKey out{Bytes(kKey + 8)};
    const CipherContext cipher(EVP_CIPHER_CTX_new());
    int written = 0;
    if (!cipher || wrapped.size() != kKey + 8) return fail(ErrorKind::Crypto, "content key: it is not there");
    EVP_CIPHER_CTX_set_flags(cipher.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_wrap(), nullptr, kek_.bytes.data(), nullptr) != 1 ||
        EVP_DecryptUpdate(cipher.get(), out.bytes.data(), &written, wrapped.data(), static_cast<int>(wrapped.size())) != 1 ||
        written != static_cast<int>(kKey))
      return ssl::failure("content key");
    return out;
  }

  RawKey kek_;
};

Result<RawKey> key_for(const std::vector<std::string>& recipient_pems, Bytes& recipients) {
  const ssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  if (!cms || CMS_set_detached(cms.get(), 0) != 1) return ssl::failure("start envelope");
  for (const auto& pem : recipient_pems) GZ_TRY(add_recipient(cms.get(), pem));
  const Eavesdrop we;
  GZ_TRY(we.join(cms.get()));
  const Bytes some(1);                       // OpenSSL makes the key while it encrypts something
  const ssl::Bio bio = ssl::memory(some);
  if (CMS_final(cms.get(), bio.get(), nullptr, CMS_BINARY) != 1) return ssl::failure("encrypt");
  const Bytes der = ssl::to_der(cms.get(), i2d_CMS_ContentInfo);
  // OpenSSL numbers envelopes by their recipients' kinds; ours is 0 as RFC 5083 wants it, so only the set is taken over
  const auto outer = element_at(der, 0, kSequence);
  const auto inside = outer ? element_at(der, outer->content + kAuthEnveloped.size(), kInside) : std::nullopt;
  const auto data = inside ? element_at(der, inside->content, kSequence) : std::nullopt;
  const auto version = data ? element_at(der, data->content, kInteger) : std::nullopt;
  const auto set = version ? element_at(der, static_cast<std::size_t>(version->end), kSet) : std::nullopt;
  if (!set || set->end > der.size()) return fail(ErrorKind::Crypto, "start envelope: its recipients cannot be read");
  return we.leave(ByteView(der).subspan(set->start, static_cast<std::size_t>(set->end) - set->start), recipients);
}

Result<RawKey> key_of(ByteView der, const Layout& layout, EVP_PKEY* key, X509* cert) {
  GZ_TRY_ASSIGN(const auto cms, parse(emptied(der, layout)));
  if (CMS_decrypt_set1_pkey(cms.get(), key, cert) != 1) return ssl::failure("the envelope is not for this certificate", ErrorKind::Denied);
  const Eavesdrop we;
  GZ_TRY_ASSIGN(CMS_RecipientInfo* const info, we.join(cms.get()));
  if (CMS_RecipientInfo_encrypt(cms.get(), info) != 1) return ssl::failure("content key");
  const Bytes more = ssl::to_der(cms.get(), i2d_CMS_ContentInfo);
  const auto again = layout_of(more);
  if (!again) return fail(ErrorKind::Crypto, "content key: the envelope cannot be read again");
  Bytes others;
  return we.leave(ByteView(more).subspan(again->recipients.start, static_cast<std::size_t>(again->recipients.end) - again->recipients.start), others);
}

// Any other form of the same thing (BER, other lengths): OpenSSL's own slow way.
Result<Bytes> open_slowly(ByteView envelope, EVP_PKEY* key, X509* cert) {
  GZ_TRY_ASSIGN(const auto cms, parse(envelope));
  if (CMS_decrypt_set1_pkey(cms.get(), key, cert) != 1) return ssl::failure("the envelope is not for this certificate", ErrorKind::Denied);
  const ssl::Bio out = ssl::memory();
  if (CMS_decrypt(cms.get(), nullptr, nullptr, nullptr, out.get(), CMS_BINARY) != 1) return ssl::failure("open envelope", ErrorKind::Tampered);
  return ssl::content(out.get());
}

std::string recipient_name(CMS_RecipientInfo* info) {
  X509_NAME* issuer = nullptr;
  ASN1_INTEGER* serial = nullptr;
  if (CMS_RecipientInfo_type(info) == CMS_RECIPINFO_TRANS) {
    (void)CMS_RecipientInfo_ktri_get0_signer_id(info, nullptr, &issuer, &serial);
  } else if (CMS_RecipientInfo_type(info) == CMS_RECIPINFO_AGREE) {
    auto* keys = CMS_RecipientInfo_kari_get0_reks(info);
    if (keys && sk_CMS_RecipientEncryptedKey_num(keys) > 0)
      (void)CMS_RecipientEncryptedKey_get0_id(sk_CMS_RecipientEncryptedKey_value(keys, 0), nullptr, nullptr, nullptr, &issuer, &serial);
  }
  if (!issuer || !serial) return {};
  const int at = X509_NAME_get_index_by_NID(issuer, NID_commonName, -1);
  unsigned char* utf8 = nullptr;
  const int length = at < 0 ? -1 : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(issuer, at)));
  std::string name = length > 0 ? std::string(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(length)) : "?";
  OPENSSL_free(utf8);
  const ssl::Number number(ASN1_INTEGER_to_BN(serial, nullptr));
  char* hex = number ? BN_bn2hex(number.get()) : nullptr;
  name += std::string(", ") + (hex ? hex : "?");
  OPENSSL_free(hex);
  return name;
}

}  // namespace

Result<Bytes> seal_envelope(const std::vector<std::string>& recipient_pems, ByteView content) {
  Bytes out;
  GZ_TRY(seal_envelope_into(out, recipient_pems, content));
  return out;
}

Status seal_envelope_into(Bytes& out, const std::vector<std::string>& recipient_pems, ByteView content) {
  if (recipient_pems.empty()) return fail(ErrorKind::Bug, "an envelope for nobody");
  if (content.size() > kMostContent) return fail(ErrorKind::Invalid, "more content than one envelope holds");
  Bytes recipients;
  GZ_TRY_ASSIGN(const RawKey key, key_for(recipient_pems, recipients));
  const Bytes nonce = random_bytes(kNonce);
  const Bytes head = head_of(recipients, nonce, content.size());
  const std::size_t at = head.size();
  out.resize(at + content.size() + 2 + kTag);            // memory that is there already is used again
  std::copy(head.begin(), head.end(), out.begin());
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int written = 0, rest = 0;
  std::uint8_t nothing = 0;
  if (!cipher || EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.bytes.data(), nonce.data()) != 1 ||
      (!content.empty() && EVP_EncryptUpdate(cipher.get(), out.data() + at, &written, content.data(), static_cast<int>(content.size())) != 1) ||
      EVP_EncryptFinal_ex(cipher.get(), &nothing, &rest) != 1 || static_cast<std::size_t>(written) != content.size())
    return ssl::failure("encrypt");
  out[at + content.size()] = kOctets;
  out[at + content.size() + 1] = kTag;
  if (EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTag, out.data() + at + content.size() + 2) != 1) return ssl::failure("encrypt");
  return ok();
}

Result<Bytes> open_envelope(ByteView envelope, EVP_PKEY* key, X509* cert) {
  const auto layout = layout_of(envelope);
  if (!layout || layout->end != envelope.size() || !starts(envelope, static_cast<std::size_t>(layout->content.end), std::array<std::uint8_t, 2>{kOctets, kTag}))
    return open_slowly(envelope, key, cert);
  GZ_TRY_ASSIGN(const RawKey content_key, key_of(envelope, *layout, key, cert));
  const ByteView cipher_text = envelope.subspan(layout->content.content, static_cast<std::size_t>(layout->content.size()));
  Bytes tag(envelope.end() - kTag, envelope.end());
  Bytes out(cipher_text.size());
  const CipherContext cipher(EVP_CIPHER_CTX_new());
  int written = 0, rest = 0;
  std::uint8_t nothing = 0;
  if (!cipher || cipher_text.size() > kMostContent ||
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, content_key.bytes.data(), layout->nonce.data()) != 1 ||
      (!out.empty() && EVP_DecryptUpdate(cipher.get(), out.data(), &written, cipher_text.data(), static_cast<int>(out.size())) != 1) ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(cipher.get(), &nothing, &rest) != 1) {
    OPENSSL_cleanse(out.data(), out.size());
    return ssl::failure("open envelope", ErrorKind::Tampered);
  }
  return out;
}

std::optional<std::uint64_t> envelope_content_size(ByteView beginning) {
  const auto layout = layout_of(beginning);
  return layout ? std::optional<std::uint64_t>(layout->content.size()) : std::nullopt;
}

std::vector<std::string> envelope_recipients(ByteView envelope) {
  std::vector<std::string> out;
  const auto layout = layout_of(envelope);
  if (!layout) return out;
  const auto cms = parse(emptied(envelope, *layout));
  if (!cms) return out;
  auto* infos = CMS_get0_RecipientInfos(cms->get());
  for (int i = 0; infos && i < sk_CMS_RecipientInfo_num(infos); ++i)
    if (auto name = recipient_name(sk_CMS_RecipientInfo_value(infos, i)); !name.empty()) out.push_back(std::move(name));
  return out;
}

}  // namespace guzheng
