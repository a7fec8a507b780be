// Room identity. CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM, in DER. OpenSSL wraps and unwraps the content key for the
// recipients; the content itself goes through the cipher in one piece. (OpenSSL's own way through its memory BIOs takes
// seconds for 64 MiB; this one takes what the cipher takes.) Stock `openssl cms -decrypt` reads what is made here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/identity/openssl.h"

namespace guzheng {

// RSA recipients by OAEP with SHA-256, EC recipients by ECDH. A fresh key and nonce each time. At most 1 GiB of content.
Result<Bytes> seal_envelope(const std::vector<std::string>& recipient_pems, ByteView content);
// The same into `out`, whose memory is used again: for many large pieces, fetching new memory would cost more than the cipher.
Status seal_envelope_into(Bytes& out, const std::vector<std::string>& recipient_pems, ByteView content);

// Denied: not for this certificate. Tampered: no such envelope, or ciphertext or tag were changed.
Result<Bytes> open_envelope(ByteView envelope, EVP_PKEY* key, X509* cert);

// Bytes of content, from the envelope's first bytes alone. Empty: they are no beginning of an envelope of this form.
std::optional<std::uint64_t> envelope_content_size(ByteView beginning);

// Whom it is for, as a person may look it up: "issuer CN, serial HEX". Empty when it is no envelope of this form.
std::vector<std::string> envelope_recipients(ByteView envelope);

}  // namespace guzheng
