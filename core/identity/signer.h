// Room identity. A signer whose key lies in a PKCS#12 file; and the signature itself, wherever the key is.
#pragma once

#include "core/base/secret.h"
#include "core/identity/keyfile.h"
#include "core/identity/practice.h"

namespace guzheng {

// `clock` gives the signing time and must outlive the signer.
Result<std::shared_ptr<Signer>> make_file_signer(const std::filesystem::path& certificate, const std::filesystem::path& p12,
                                                 const Secret& passphrase, const Clock& clock);

// What Signer::sign_detached answers.
Result<Bytes> sign_detached(EVP_PKEY* key, X509* certificate, ByteView content, WallTime now);

// Whose certificate signed `content`: a certificate that may sign (nonRepudiation) and chains to one of `roots_pem`, at whatever time
// it was valid. Tampered: the signature is another's or over other bytes.
Result<CertificateInfo> who_signed(ByteView signature, ByteView content, const std::string& roots_pem);
// Its common name.
Result<std::string> check_detached(ByteView signature, ByteView content, const std::string& roots_pem);
// The same; gives the signer's certificate (PEM), so that the caller can ask whether it stands now (trust.h).
Result<std::string> detached_signer(ByteView signature, ByteView content, const std::string& roots_pem);

}  // namespace guzheng
