#include "core/identity/timestamp.h"

#include <openssl/err.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/random.h"
#include "core/identity/openssl.h"

namespace guzheng {

Bytes make_nonce() {
  Bytes nonce = random_bytes(16);
  nonce[0] = static_cast<std::uint8_t>((nonce[0] & 0x3f) | 0x40);     // positive, no leading zero
  return nonce;
}

Result<Bytes> build_timestamp_request(ByteView imprint, ByteView nonce, const std::string& policy) {
  if (imprint.size() != 32) return fail(ErrorKind::Bug, "a time-stamp imprint is 32 bytes");
  const ssl::TsRequest request(TS_REQ_new());
  const ssl::TsImprint message(TS_MSG_IMPRINT_new());
  X509_ALGOR* algorithm = X509_ALGOR_new();
  X509_ALGOR_set_md(algorithm, EVP_sha256());
  const int algorithm_set = TS_MSG_IMPRINT_set_algo(message.get(), algorithm);
  X509_ALGOR_free(algorithm);
  Bytes copy(imprint.begin(), imprint.end());
  const ssl::Number number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
  const ssl::Integer integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
  if (!request || algorithm_set != 1 || TS_REQ_set_version(request.get(), 1) != 1 ||
      TS_MSG_IMPRINT_set_msg(message.get(), copy.data(), static_cast<int>(copy.size())) != 1 ||
      TS_REQ_set_msg_imprint(request.get(), message.get()) != 1 || TS_REQ_set_nonce(request.get(), integer.get()) != 1 ||
      TS_REQ_set_cert_req(request.get(), 1) != 1)
    return ssl::failure("build time-stamp request");
  if (!policy.empty()) {
    const ssl::Object object(OBJ_txt2obj(policy.c_str(), 1));
    if (!object || TS_REQ_set_policy_id(request.get(), object.get()) != 1) return ssl::failure("time-stamp policy");
  }
  return ssl::to_der(request.get(), i2d_TS_REQ);
}

namespace {

Bytes integer_bytes(const ASN1_INTEGER* integer) {
  if (!integer) return {};
  const ssl::Number number(ASN1_INTEGER_to_BN(integer, nullptr));
  Bytes out(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), out.data());
  return out;
}

// "20261121063212.043Z": OpenSSL's own reader drops the fraction.
std::optional<WallTime> generalized_time(const ASN1_GENERALIZEDTIME* time) {
  std::tm tm{};
  if (ASN1_TIME_to_tm(time, &tm) != 1) return std::nullopt;
  std::int64_t ms = static_cast<std::int64_t>(::timegm(&tm)) * 1000;
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                              static_cast<std::size_t>(ASN1_STRING_length(time)));
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return WallTime{ms};
  int scale = 100;
  for (std::size_t i = dot + 1; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i, scale /= 10)
    ms += (text[i] - '0') * scale;
  return WallTime{ms};
}

std::string dotted(const ASN1_OBJECT* object) {
  char text[128] = {};
  return object && OBJ_obj2txt(text, sizeof text, object, 1) > 0 ? text : "";
}

std::string common_name(const X509* cert) {
  const auto info = describe_certificate(ssl::cert_der(cert));
  return info ? info->subject_cn : std::string();
}

Result<ssl::TsResponse> parse_response(ByteView response) {
  const unsigned char* at = response.data();
  ssl::TsResponse parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
  if (!parsed) return ssl::failure("time-stamp response", ErrorKind::Protocol);
  if (at != response.data() + response.size()) return fail(ErrorKind::Protocol, "bytes behind the time-stamp response");
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(parsed.get())));
  if (status != TS_STATUS_GRANTED)
    return fail(ErrorKind::Protocol, "the time-stamp authority refused: status " + std::to_string(status));
  if (!TS_RESP_get_token(parsed.get()) || !TS_RESP_get_tst_info(parsed.get()))
    return fail(ErrorKind::Protocol, "a time-stamp response without token");
  return parsed;
}

Status check_imprint(TS_TST_INFO* info, ByteView imprint) {
  TS_MSG_IMPRINT* message = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(message));
  if (OBJ_obj2nid(algorithm) != NID_sha256) return fail(ErrorKind::Protocol, "the time stamp's imprint is no SHA-256");
  const ASN1_OCTET_STRING* bytes = TS_MSG_IMPRINT_get_msg(message);
  const ByteView found(ASN1_STRING_get0_data(bytes), static_cast<std::size_t>(ASN1_STRING_length(bytes)));
  if (!std::equal(found.begin(), found.end(), imprint.begin(), imprint.end()))
    return fail(ErrorKind::Tampered, "the time stamp is over something else");
  return ok();
}

// The certificate inside whose key made the token's signature.
Result<X509*> signing_certificate(PKCS7* token) {
  const ssl::CertList signers(PKCS7_get0_signers(token, nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1) return ssl::failure("the time stamp's signer", ErrorKind::Protocol);
  const ssl::Bio content(PKCS7_dataInit(token, nullptr));
  if (!content) return ssl::failure("the time stamp's content", ErrorKind::Protocol);
  char buffer[4096];
  while (BIO_read(content.get(), buffer, sizeof buffer) > 0) {}
  X509* const cert = sk_X509_value(signers.get(), 0);
  PKCS7_SIGNER_INFO* const signer = sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token), 0);
  if (PKCS7_signatureVerify(content.get(), token, signer, cert) != 1)
    return ssl::failure("the time stamp's signature", ErrorKind::Tampered);
  return cert;
}

}  // namespace

Result<TokenInfo> read_timestamp_response(ByteView response, ByteView imprint) {
  GZ_TRY_ASSIGN(const auto parsed, parse_response(response));
  TS_TST_INFO* const info = TS_RESP_get_tst_info(parsed.get());
  GZ_TRY(check_imprint(info, imprint));
  const auto time = generalized_time(TS_TST_INFO_get_time(info));
  if (!time) return fail(ErrorKind::Protocol, "the time stamp's time cannot be read");
  GZ_TRY_ASSIGN(X509* const cert, signing_certificate(TS_RESP_get_token(parsed.get())));
  return TokenInfo{*time, common_name(cert), to_hex(integer_bytes(TS_TST_INFO_get_serial(info))),
                   dotted(TS_TST_INFO_get_policy_id(info)), integer_bytes(TS_TST_INFO_get_nonce(info))};
}

Result<TokenInfo> check_timestamp_response(ByteView response, ByteView imprint, ByteView nonce) {
  GZ_TRY_ASSIGN(auto info, read_timestamp_response(response, imprint));
  if (!std::equal(info.nonce.begin(), info.nonce.end(), nonce.begin(), nonce.end()))
    return fail(ErrorKind::Protocol, "the time stamp answers another request (nonce)");
  return info;
}

Status check_timestamp_trust(ByteView response, const std::string& root_pem) {
  GZ_TRY_ASSIGN(const auto parsed, parse_response(response));
  GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(root_pem));
  ssl::Store store(X509_STORE_new());
  for (int i = 0; i < sk_X509_num(roots.get()); ++i) X509_STORE_add_cert(store.get(), sk_X509_value(roots.get(), i));
  const auto time = generalized_time(TS_TST_INFO_get_time(TS_RESP_get_tst_info(parsed.get())));
  if (!time) return fail(ErrorKind::Protocol, "the time stamp's time cannot be read");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), static_cast<time_t>(time->ms / 1000));
  const ssl::TsVerify context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());           // owned by the context from here on
  if (TS_RESP_verify_response(context.get(), parsed.get()) != 1)
    return ssl::failure("the time-stamp authority is not trusted", ErrorKind::Denied);
  return ok();
}

}  // namespace guzheng
