// Room base. Message digests over bytes as they pass. Thin over OpenSSL's EVP.
// A Digester belongs to one thread at a time. Files are digested in 1 MiB pieces: memory stays flat.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

enum class DigestKind { Md5, Sha1, Sha256, Sm3 };

class Digester {
 public:
  explicit Digester(DigestKind kind);
  ~Digester();
  Digester(Digester&&) noexcept;
  Digester& operator=(Digester&&) noexcept;
  void update(ByteView bytes);
  [[nodiscard]] Bytes finish();        // the digester starts anew afterwards

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Bytes digest(DigestKind kind, ByteView bytes);
inline std::string digest_hex(DigestKind kind, ByteView bytes) { return to_hex(digest(kind, bytes)); }
inline Bytes sha256(ByteView bytes) { return digest(DigestKind::Sha256, bytes); }
inline std::string sha256_hex(ByteView bytes) { return to_hex(sha256(bytes)); }

// The three digests each payload file gets (A-7.4b: MD5 because Annex B prints it, SM3 as national standard).
struct FileDigests {
  std::string md5, sha256, sm3;        // lower-case hex
  std::uint64_t size = 0;              // bytes
  bool operator==(const FileDigests&) const = default;
};

// Takes all three while the bytes are written; the caller feeds every byte once, in order.
class TripleDigester {
 public:
  void update(ByteView bytes);
  [[nodiscard]] FileDigests finish();

 private:
  Digester md5_{DigestKind::Md5}, sha256_{DigestKind::Sha256}, sm3_{DigestKind::Sm3};
  std::uint64_t size_ = 0;
};

Result<FileDigests> digest_file(const std::filesystem::path& path);
FileDigests digest_bytes(ByteView bytes);

}  // namespace guzheng
