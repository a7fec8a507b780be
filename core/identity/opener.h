// Room identity. Opens envelopes with a key that lies in a PKCS#12 file.
#pragma once

#include "core/identity/bureau.h"
#include "core/identity/keyfile.h"

namespace guzheng {

// RSA by OAEP or EC by ECDH, as the envelope says. The key is unlocked at the first use.
Result<std::shared_ptr<Opener>> make_file_opener(const std::filesystem::path& certificate, const std::filesystem::path& p12,
                                                 const Secret& passphrase);

}  // namespace guzheng
