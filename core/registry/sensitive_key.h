// Room registry, inside. Sensitive fields at rest: AES-256-GCM under one key, found by a keyed digest (HMAC-SHA-256) under another, both derived from
// the one that was given in. Whoever has the files and not the key learns how many there are and which are equal, nothing else. Thread-safe.
#pragma once

#include "core/base/secret.h"
#include "core/registry/subject.h"

namespace guzheng {

class SensitiveKey {
 public:
  static Result<SensitiveKey> from(const Secret& key);           // Invalid: not 32 bytes
  // Bound to its subject: nobody can move it to another row.
  Result<Bytes> seal(SubjectId subject, const SensitiveValue& value) const;
  Result<SensitiveValue> open(SubjectId subject, SensitiveKind kind, ByteView sealed) const;      // Tampered: another key, another row, other bytes
  [[nodiscard]] Bytes digest_of(const SensitiveValue& value) const;                               // 16 bytes, of the normalised value
  [[nodiscard]] std::string check_value() const;                 // tells the right key from a wrong one, and nothing of it

 private:
  Secret seal_, digest_, check_;
};

std::string normal_sensitive(const SensitiveValue& value);       // digits (and X) only; a phone without +86. Pure

}  // namespace guzheng
