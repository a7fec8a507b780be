// Room httpd, inside. What the server asks of TLS.
#pragma once

#include <string>

#include "core/identity/openssl.h"

namespace guzheng {

// TLS 1.2 or newer, no session is taken up again, the peer proves that it holds its certificate's key. `client_roots_pem` is only named to clients. Crypto: certificate and key.
Status set_up_tls(SSL_CTX* context, X509* certificate, EVP_PKEY* key, const std::string& client_roots_pem);

}  // namespace guzheng
