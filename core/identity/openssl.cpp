#include "core/identity/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace guzheng::ssl {

Failure failure(std::string_view step, ErrorKind kind) {
  const unsigned long code = ERR_peek_last_error();
  char text[256] = "no reason given";
  if (code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return fail(kind, std::string(step) + ": " + text);
}

Bio memory(ByteView bytes) { return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }
Bio memory() { return Bio(BIO_new(BIO_s_mem())); }

Bytes content(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size <= 0 ? Bytes{} : Bytes(data, data + size);
}

Bytes cert_der(const X509* cert) { return to_der(cert, i2d_X509); }

std::string cert_pem(const X509* cert) {
  const Bio bio = memory();
  PEM_write_bio_X509(bio.get(), cert);
  return std::string(as_text(content(bio.get())));
}

Result<Cert> read_cert(ByteView bytes) {
  const bool pem = as_text(bytes).find("-----BEGIN") != std::string_view::npos;
  const Bio bio = memory(bytes);
  Cert cert(pem ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : d2i_X509_bio(bio.get(), nullptr));
  if (!cert) return failure("read certificate", ErrorKind::Invalid);
  return cert;
}

Result<Certs> read_certs(std::string_view pem) {
  const Bio bio = memory(as_bytes(pem));
  Certs certs(sk_X509_new_null());
  while (X509* cert = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) sk_X509_push(certs.get(), cert);
  if (sk_X509_num(certs.get()) == 0) return failure("read certificates", ErrorKind::Invalid);
  ERR_clear_error();              // the end of the text leaves "no start line" behind
  return certs;
}

}  // namespace guzheng::ssl
