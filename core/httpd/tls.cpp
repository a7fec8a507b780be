#include "core/httpd/tls.h"

#include <openssl/ssl.h>

namespace guzheng {

Status set_up_tls(SSL_CTX* context, X509* certificate, EVP_PKEY* key, const std::string& client_roots_pem) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // every connection proves its key
  SSL_CTX_set_num_tickets(context, 0);
  if (SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 || SSL_CTX_use_certificate(context, certificate) != 1 ||
      SSL_CTX_use_PrivateKey(context, key) != 1 || SSL_CTX_check_private_key(context) != 1)
    return ssl::failure("certificate and key of the server");
  // whose certificate it is, and whether it stands, is asked at every request; here the peer proves that it has the key
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX* chain) { return X509_STORE_CTX_set_error(chain, X509_V_OK), 1; });
  SSL_CTX_set_verify_depth(context, 4);
  GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(client_roots_pem));
  for (int i = 0; i < sk_X509_num(roots.get()); ++i) SSL_CTX_add_client_CA(context, sk_X509_value(roots.get(), i));
  return ok();
}

}  // namespace guzheng
