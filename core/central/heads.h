// Room central. Heads of journals that stations tell while they capture (wire/witness.h): kept with the system's own time, signed, and never changed.
// Thread-safe. Blocks for the database.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/identity/bureau.h"
#include "core/sql/database.h"
#include "core/wire/witness.h"

namespace guzheng {

class HeadBook {
 public:
  // `name`: of the system, in every statement. All must outlive it.
  HeadBook(Database& database, std::string name, const Signer& signer, const Clock& clock) : database_(database), name_(std::move(name)), signer_(signer), clock_(clock) {}

  // Told again it is the statement that was given. Denied: no package of that station. Exists: another digest was told of that line before; the first one stays.
  // NoSpace: more heads of one package than a journal has use for.
  Result<SignedHead> take(const HeadReport& report, const std::string& station);
  struct Page {
    std::vector<SignedHead> heads;
    bool more = false;
  };
  // Of that package, if `station` told them, by line number, those after `after` (-1: from the first). NotFound: none was ever told.
  Result<Page> of(const std::string& package, const std::string& station, std::int64_t after);
  Result<std::int64_t> count();

  static constexpr std::int64_t kMostOfOne = 100'000, kPage = 200;

 private:
  Database& database_;
  const std::string name_;
  const Signer& signer_;
  const Clock& clock_;
};

}  // namespace guzheng
