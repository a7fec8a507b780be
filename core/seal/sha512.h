// Room seal, private. SHA-512 of a stream: what renewals list (FORMAT.md 9.3), so that they outlive SHA-256 too.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/seal/verify_source.h"

namespace guzheng {

// One thread at a time.
class Sha512 {
 public:
  Sha512();
  ~Sha512();
  void update(ByteView bytes);
  [[nodiscard]] std::string finish();      // 128 hex digits

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// SHA-512 of every file of a package and of what lies beside it but hand-over records, by path as the source names it
// ("ID/data/…", "ID.after/…"). Reads all of it. `progress` false: Cancelled.
Result<std::map<std::string, std::string>> sha512_of(PackageSource& source, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace guzheng
