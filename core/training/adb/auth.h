// Room training, adb side. Which computers may use the phone: adb's RSA keys.
#pragma once

#include <array>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng::training {

inline constexpr std::size_t kTokenSize = 20;

// A host's public key as adb spells it: base64 of {u32 words = 64, u32 n0inv, modulus 256 bytes, rr 256 bytes, u32 e},
// all little-endian, then " user@host" and perhaps a NUL.
struct AdbKey {
  Bytes modulus;                // 256 bytes, big-endian
  std::uint32_t exponent = 0;
  std::string text;             // the base64 part alone: what is remembered
};

Result<AdbKey> parse_adb_key(std::string_view text);
// True when `signature` is the key's PKCS#1 v1.5 signature with the token standing for the SHA-1 digest.
bool signature_matches(const AdbKey& key, ByteView token, ByteView signature);

enum class AuthMode {
  Approve,    // an unknown key is allowed and remembered, as by a person pressing 允许
  Deny,       // nobody ever presses: the phone stays "unauthorized"
  Keys,       // only keys of a given list
};

// The phone's adb_keys. Thread-safe.
class KeyRing {
 public:
  // `remember` is the file that approved keys are kept in; empty: in memory only.
  KeyRing(AuthMode mode, std::filesystem::path remember) : mode_(mode), file_(std::move(remember)) {}
  // One key a line, as in Android's /data/misc/adb/adb_keys; a line that is no key is an error.
  Status load(const std::filesystem::path& file);
  [[nodiscard]] bool knows_signer(ByteView token, ByteView signature) const;
  // A person's answer to "允许 USB 调试吗?": true when the key may be used from now on.
  bool offer(const AdbKey& key);

 private:
  Status add(std::string_view lines);

  const AuthMode mode_;
  const std::filesystem::path file_;
  mutable std::mutex mutex_;
  std::vector<AdbKey> keys_;      // under mutex_
};

}  // namespace guzheng::training
