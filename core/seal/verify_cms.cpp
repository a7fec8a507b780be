#include "core/seal/verify_cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs7.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/seal/verify_der.h"

namespace guzheng {

namespace {

constexpr std::string_view kSignedData = "1.2.840.113549.1.7.2", kData = "1.2.840.113549.1.7.1",
                           kTstInfo = "1.2.840.113549.1.9.16.1.4", kContentType = "1.2.840.113549.1.9.3",
                           kMessageDigest = "1.2.840.113549.1.9.4", kSigningTime = "1.2.840.113549.1.9.5",
                           kSigningCert = "1.2.840.113549.1.9.16.2.12", kSigningCert2 = "1.2.840.113549.1.9.16.2.47",
                           kSha256 = "2.16.840.1.101.3.4.2.1";

Failure bad(std::string what) { return fail(ErrorKind::Crypto, std::move(what)); }

template <typename T>
bool reencodes_as(ByteView der, T* (*read)(T**, const unsigned char**, long), int (*write)(const T*, unsigned char**),
                  void (*release)(T*)) {
  const unsigned char* p = der.data();
  T* value = read(nullptr, &p, static_cast<long>(der.size()));
  unsigned char* out = nullptr;
  const int length = value ? write(value, &out) : -1;
  const bool same = length >= 0 && static_cast<std::size_t>(length) == der.size() && std::equal(der.begin(), der.end(), out);
  OPENSSL_free(out);
  release(value);
  ERR_clear_error();
  return same;
}

// Authorities write the certificates of a token as PKCS #7 had them, a list; CMS has them as a sorted set.
bool reencodes(ByteView der) {
  return reencodes_as<CMS_ContentInfo>(der, d2i_CMS_ContentInfo, i2d_CMS_ContentInfo, CMS_ContentInfo_free) ||
         reencodes_as<PKCS7>(der, d2i_PKCS7, i2d_PKCS7, PKCS7_free);
}
struct Attributes {
  std::string content_type;
  Bytes message_digest;
  std::optional<WallTime> signing_time;
  std::vector<Bytes> signing_cert_hashes;
  bool has_signing_cert = false, sha1 = false;
};

// SigningCertificate(V2) ::= SEQ { certs SEQ OF SEQ { [hashAlgorithm], certHash OCTET STRING, [issuerSerial] } }
bool read_signing_cert(ByteView value, Attributes& out) {
  DerReader outer(value);
  DerReader certs(outer.need(0x30).content);
  DerReader list(certs.need(0x30).content);
  while (!list.at_end() && !list.bad()) {
    DerReader one(list.need(0x30).content);
    if (const auto algorithm = one.next_if(0x30)) {
      const auto parsed = der_algorithm(algorithm->content);
      if (!parsed || parsed->oid != kSha256) return false;
    }
    const auto hash = one.need(0x04);
    out.signing_cert_hashes.emplace_back(hash.content.begin(), hash.content.end());
    if (one.bad()) return false;
  }
  return !outer.bad() && !certs.bad() && !list.bad();
}

Status read_attributes(ByteView content, Attributes& out) {
  DerReader list(content);
  std::vector<std::string> seen;
  while (!list.at_end()) {
    DerReader attribute(list.need(0x30).content);
    const std::string oid = der_oid(attribute.need(0x06).content);
    const auto values = attribute.need(0x31);
    DerReader value_reader(values.content);
    const auto value = value_reader.next();
    if (list.bad() || attribute.bad() || !attribute.at_end() || !value || !value_reader.at_end())
      return bad("a signed attribute is not of its form");
    if (std::find(seen.begin(), seen.end(), oid) != seen.end()) return bad("a signed attribute is there twice");
    seen.push_back(oid);
    if (oid == kContentType) out.content_type = der_oid(value->content);
    if (oid == kMessageDigest) out.message_digest.assign(value->content.begin(), value->content.end());
    if (oid == kSigningTime && !(out.signing_time = der_time(*value))) return bad("the signing time is no time");
    if (oid == kSigningCert || oid == kSigningCert2) {
      out.has_signing_cert = true;
      out.sha1 = oid == kSigningCert;
      if (!read_signing_cert(value->whole, out)) return bad("the signing-certificate attribute is not of its form");
      if (out.signing_cert_hashes.empty()) return bad("the signing-certificate attribute is empty");
    }
  }
  if (out.content_type.empty() || out.message_digest.empty()) return bad("content type or message digest is not among the signed attributes");
  return ok();
}

struct SignerInfo {
  std::uint64_t version = 0;
  Bytes issuer;                       // DER of the name
  Bytes serial;                       // content of the INTEGER
  DerAlgorithm digest, signature_algorithm;
  ByteView signed_attributes;         // content of [0]
  Bytes signed_attributes_set;        // as signed: with the SET tag
  ByteView signature;
};

// SignerInfo ::= SEQ { version 1, SEQ {issuer, serial}, digestAlg, [0] signedAttrs, signatureAlg, signature } — [1] unsigned is refused
Result<SignerInfo> read_signer_info(ByteView content) {
  SignerInfo info;
  DerReader reader(content);
  info.version = der_small_integer(reader.need(0x02).content).value_or(0);
  DerReader id(reader.need(0x30).content);
  const auto issuer = id.need(0x30);
  const auto serial = id.need(0x02);
  const auto digest = der_algorithm(reader.need(0x30).content);
  const auto attributes = reader.need(0xa0);
  const auto algorithm = der_algorithm(reader.need(0x30).content);
  info.signature = reader.need(0x04).content;
  if (reader.bad() || id.bad() || !id.at_end() || !digest || !algorithm || info.version != 1)
    return bad("the signer info is not of its form (issuer and serial, signed attributes)");
  if (!reader.at_end()) return bad("unsigned attributes or bytes behind the signature");
  if (!digest->plain || !algorithm->plain) return bad("an algorithm has parameters");
  info.issuer.assign(issuer.whole.begin(), issuer.whole.end());
  info.serial.assign(serial.content.begin(), serial.content.end());
  info.digest = *digest;
  info.signature_algorithm = *algorithm;
  info.signed_attributes = attributes.content;
  info.signed_attributes_set.assign(attributes.whole.begin(), attributes.whole.end());
  info.signed_attributes_set[0] = 0x31;
  return info;
}

bool is_certificate_of(X509* certificate, const SignerInfo& info) {
  unsigned char* name = nullptr;
  const int length = i2d_X509_NAME(X509_get_issuer_name(certificate), &name);
  const bool same_issuer = length > 0 && info.issuer.size() == static_cast<std::size_t>(length) &&
                           std::equal(info.issuer.begin(), info.issuer.end(), name);
  OPENSSL_free(name);
  unsigned char* serial = nullptr;
  const int serial_length = i2d_ASN1_INTEGER(X509_get_serialNumber(certificate), &serial);
  const bool same_serial = serial_length == static_cast<int>(info.serial.size()) + 2 &&
                           std::equal(info.serial.begin(), info.serial.end(), serial + 2);
  OPENSSL_free(serial);
  return same_issuer && same_serial;
}

Status take_certificates(ByteView content, const SignerInfo& info, SignedMessage& message) {
  DerReader list(content);
  std::size_t count = 0;
  while (!list.at_end()) {
    const auto one = list.need(0x30);
    auto certificate = list.bad() || ++count > 16 ? nullptr : certificate_from_der(one.whole);
    if (!certificate) return bad("a certificate inside cannot be read");
    if (!message.signer && is_certificate_of(certificate.get(), info)) message.signer = std::move(certificate);
    else message.others.push_back(std::move(certificate));
  }
  if (!message.signer) return bad("the signer's certificate is not inside");
  return ok();
}

Status check_signing_cert(const Attributes& attributes, X509* signer) {
  if (!attributes.has_signing_cert) return ok();
  const Bytes der = certificate_der(signer);
  const Bytes wanted = attributes.sha1 ? digest(DigestKind::Sha1, der) : sha256(der);
  if (attributes.signing_cert_hashes.front() != wanted) return bad("the signing-certificate attribute names another certificate");
  return ok();
}

}  // namespace

Bytes digest_by_oid(std::string_view oid, ByteView bytes) {
  const EVP_MD* md = oid == kSha256                      ? EVP_sha256()
                     : oid == "2.16.840.1.101.3.4.2.2" ? EVP_sha384()
                     : oid == "2.16.840.1.101.3.4.2.3" ? EVP_sha512()
                                                        : nullptr;
  Bytes out(EVP_MAX_MD_SIZE);
  unsigned length = 0;
  if (!md || EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, md, nullptr) != 1) length = 0;
  out.resize(length);
  return out;
}

// ContentInfo ::= SEQ { signedData, [0] SEQ { version, SET digestAlgs, SEQ { type, [0] OCTET STRING }, [0] certs, SET signerInfos } }
Result<SignedMessage> read_signed_message(ByteView der) {
  if (der.empty() || der.size() > (1u << 20)) return bad("no signature, or larger than 1 MiB");
  DerReader file(der);
  DerReader content_info(file.need(0x30).content);
  const std::string type = der_oid(content_info.need(0x06).content);
  DerReader wrapper(content_info.need(0xa0).content);
  DerReader data(wrapper.need(0x30).content);
  if (file.bad() || !file.at_end() || content_info.bad() || !content_info.at_end() || wrapper.bad() || !wrapper.at_end() ||
      type != kSignedData)
    return bad("not CMS SignedData in DER");
  const auto version = der_small_integer(data.need(0x02).content).value_or(0);
  DerReader digests(data.need(0x31).content);
  const auto digest = der_algorithm(digests.need(0x30).content);
  DerReader encapsulated(data.need(0x30).content);
  SignedMessage message;
  message.content_type = der_oid(encapsulated.need(0x06).content);
  if (const auto explicit_content = encapsulated.next_if(0xa0)) {
    DerReader octets(explicit_content->content);
    const auto inner = octets.need(0x04);
    if (octets.bad() || !octets.at_end()) return bad("the content inside is not one octet string");
    message.content.assign(inner.content.begin(), inner.content.end());
    message.detached = false;
  }
  const auto certificates = data.next_if(0xa0);
  DerReader signers(data.need(0x31).content);
  const auto signer_item = signers.need(0x30);
  if (data.bad() || !data.at_end() || digests.bad() || !digests.at_end() || !digest || encapsulated.bad() ||
      !encapsulated.at_end() || signers.bad())
    return bad("SignedData is not of its form");
  if (!signers.at_end()) return bad("more than one signer");
  if (!certificates) return bad("no certificate inside");
  if (version != (message.content_type == kData ? 1u : 3u)) return bad("SignedData has a wrong version");
  GZ_TRY_ASSIGN(const SignerInfo info, read_signer_info(signer_item.content));
  if (digest->oid != info.digest.oid || !digest->plain) return bad("SignedData names another digest than its signer");
  if (!reencodes(der)) return bad("the DER does not re-encode to itself");
  GZ_TRY(take_certificates(certificates->content, info, message));
  Attributes attributes;
  GZ_TRY(read_attributes(info.signed_attributes, attributes));
  if (attributes.content_type != message.content_type) return bad("the signed content type is another");
  GZ_TRY(check_signing_cert(attributes, message.signer.get()));
  GZ_TRY(check_signature(message.signer.get(), info.signature_algorithm.oid, info.digest.oid, info.signed_attributes_set, info.signature));
  message.digest_oid = info.digest.oid;
  message.message_digest = attributes.message_digest;
  message.signing_time = attributes.signing_time;
  if (!message.detached && digest_by_oid(message.digest_oid, message.content) != message.message_digest)
    return bad("the content is not what was signed");
  return message;
}

// TSTInfo ::= SEQ { version 1, policy, SEQ { algorithm, hash }, serial, genTime, accuracy?, ordering?, nonce?, [0] tsa?, [1] ext? }
Status read_tst_info(ByteView der, StampToken& token) {
  DerReader file(der);
  DerReader info(file.need(0x30).content);
  const auto version = der_small_integer(info.need(0x02).content);
  token.policy = der_oid(info.need(0x06).content);
  DerReader imprint(info.need(0x30).content);
  const auto algorithm = der_algorithm(imprint.need(0x30).content);
  const auto hash = imprint.need(0x04);
  token.serial = to_hex(info.need(0x02).content);
  const auto time = info.next_if(0x18);
  if (file.bad() || !file.at_end() || info.bad() || imprint.bad() || !imprint.at_end() || version != 1u || !algorithm || !time)
    return bad("the time stamp's content is not of its form");
  if (algorithm->oid != kSha256 || hash.content.size() != 32) return bad("the imprint is not SHA-256");
  const auto when = der_time(*time);
  if (!when) return bad("the time stamp holds no time");
  token.time = *when;
  token.imprint.assign(hash.content.begin(), hash.content.end());
  return ok();
}

// TimeStampResp ::= SEQ { SEQ { status 0 }, ContentInfo }
Result<StampToken> read_stamp_response(ByteView tsr) {
  if (tsr.empty() || tsr.size() > (1u << 20)) return bad("no time stamp, or larger than 1 MiB");
  DerReader file(tsr);
  DerReader response(file.need(0x30).content);
  DerReader status(response.need(0x30).content);
  const auto granted = der_small_integer(status.need(0x02).content);
  if (file.bad() || !file.at_end() || response.bad() || status.bad()) return bad("no TimeStampResp in DER");
  if (granted != 0u) return bad("the time stamp was not granted");
  // a status text is allowed by RFC 3161 but signed by nobody
  if (!status.at_end()) return bad("the time stamp's status holds more than `granted`");
  const auto content_info = response.need(0x30);
  if (response.bad() || !response.at_end()) return bad("the response holds no token");
  StampToken token;
  GZ_TRY_ASSIGN(token.message, read_signed_message(content_info.whole));
  if (token.message.detached || token.message.content_type != kTstInfo) return bad("the token is no time stamp");
  GZ_TRY(read_tst_info(token.message.content, token));
  return token;
}

}  // namespace guzheng
