// Room seal. The one way to read a package's files, whatever stores them: a plain folder, an export ZIP, the vault form.
// Reading is not judging: whether the bytes are those that were sealed is the verifier's job (verify.h). Nothing is written;
// what is decrypted stays in memory, one part (64 MiB) at a time (A-7.4b).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/identity/bureau.h"

namespace guzheng {

class PackageSource;

// Paths are relative to the bag ("data/main/shot-0001.png"); what lies beside it begins with a point (".after/seal.txt.tsr").
// Thread-safe: one reading at a time. When the vault encrypts the package meanwhile, reading goes on from its parts.
class PackageReader {
 public:
  ~PackageReader();
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] std::vector<std::string> list() const;           // plain files, in byte order of path
  [[nodiscard]] bool has(const std::string& path) const;
  // Of the plain bytes. NotFound.
  [[nodiscard]] Result<std::uint64_t> size(const std::string& path) const;
  // Every byte once, in pieces of at most 1 MiB. Denied: encrypted, and no key was given or it is for others. Tampered: a part is
  // not what the list of parts says, or cannot be decrypted.
  Status read(const std::string& path, const std::function<Status(ByteView)>& use) const;
  // Invalid when it is larger than `limit`.
  [[nodiscard]] Result<Bytes> whole(const std::string& path, std::uint64_t limit = 64u << 20) const;
  [[nodiscard]] Result<std::string> text(const std::string& path, std::uint64_t limit = 64u << 20) const;
  // Is anything of it stored in encrypted parts?
  [[nodiscard]] bool encrypted() const;

 private:
  friend Result<std::shared_ptr<const PackageReader>> open_package(const std::filesystem::path&, const Opener*);
  struct Stored;
  PackageReader(std::filesystem::path package, const Opener* opener, std::unique_ptr<Stored> stored);
  static Result<std::unique_ptr<Stored>> look(const std::filesystem::path& package, const Opener* opener);
  const std::filesystem::path package_;
  const Opener* const opener_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Stored> stored_;           // under mutex_
  const std::string id_;
};

// `package`: the bag's folder ID, its parent when that holds one bag only, or a ZIP. `opener` may be null; it must outlive the reader.
Result<std::shared_ptr<const PackageReader>> open_package(const std::filesystem::path& package, const Opener* opener);

}  // namespace guzheng
