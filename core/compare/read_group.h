// Room compare. The members of a group, read from their packages as they lie beside each other. Blocks on disk and on decoding pictures: on a worker.
// Reading is not judging: whether the bytes are those that were sealed is the verifier's job; only a package whose fingerprint the group's record
// names is read.
#pragma once

#include <filesystem>
#include <functional>

#include "core/compare/comparison.h"
#include "core/identity/bureau.h"

namespace guzheng {

// `package`: any member's folder. A member that lies elsewhere, is another than the record names, or cannot be opened says so (SeenByMember::absent). Invalid: the
// package is no member of a group, or has no record. Cancelled when `go_on` says so (asked before each page; may be empty).
Result<std::vector<SeenByMember>> read_members(const std::filesystem::path& package, const Opener* opener, const std::function<bool()>& go_on = {});
// The same of packages whose record is not there yet, as their capture ended: of each its number, phone and folder ("": never sealed).
struct MemberPlace {
  int number = 0;
  std::string phone;
  std::filesystem::path folder;
  std::string absent;                        // why the folder is empty
};
std::vector<SeenByMember> read_places(const std::vector<MemberPlace>& places, const Opener* opener);

// Ids of the group's other members that lie sealed beside this package: whoever compares opens them too, and says so for each (op.open). Empty: it is of no
// group, has no record, or cannot be read (who reads on will say so).
std::vector<std::string> other_members(const std::filesystem::path& package, const Opener* opener);

}  // namespace guzheng
