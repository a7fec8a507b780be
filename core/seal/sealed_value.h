// Room seal. Small values that must not lie in clear: AES-256-GCM under a key that lies only in an envelope.
#pragma once

#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

Bytes make_value_key();                                              // 32 random bytes
// nonce (12) ‖ ciphertext ‖ tag (16); `about` is bound to it and needed to open it again.
Result<Bytes> seal_value(ByteView key, std::string_view about, ByteView value);
Result<Bytes> open_value(ByteView key, std::string_view about, ByteView sealed);      // Tampered

}  // namespace guzheng
