// Room seal. The record of a group (并行取证, A-7.3e): one order, several phones, a package each; which packages are one group (FORMAT.md
// 9.7). It lies beside every member, the same bytes, so that each says what the others are when they are lost. Blocks; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/identity/bureau.h"
#include "core/base/clock.h"
#include "core/seal/package_reader.h"

namespace guzheng {

class StampDesk;                      // stamp_desk.h

inline constexpr int kMostMembers = 16;
inline constexpr const char* kGroupSignature = "group.json.p7s";

std::string new_group();              // 32 hex digits that no other group has

struct GroupMember {
  std::filesystem::path bag;         // VAULT/sealed/ID; empty: it was never sealed, and …
  std::string reason;                // … why
};
struct GroupRecord {
  std::string group;                 // 32 hex digits, as each member's order.json says
  std::vector<GroupMember> members;  // all that the order promised, in order of their numbers
};
struct WrittenGroup {
  std::vector<std::filesystem::path> records;      // ID.group/group.json of each member that was sealed
  bool stamped = false;              // false: no authority answered
};
// Signs once and writes it beside each sealed member, whole or not at all beside each; one that is there is never replaced. `signer`: the officer
// who signed the orders (officer 1). Invalid: nothing was sealed, a member is no sealed package, or one lacks its reason. Exists.
Result<WrittenGroup> write_group(const GroupRecord& record, const Signer& signer, const Bureau& bureau, const Clock& clock);

// A group whose record misses beside some or all of its members, because the program that captured them was killed or the disk was full. Where one
// member has it, the others get the same; else it is made from their orders: `bags` are all members that were sealed, `reasons` says of each other, by
// its number, why there is none. Exists: nothing misses. Invalid: they are not of one group, a reason misses. Denied: a member is encrypted and `opener`
// does not open it, or `signer` is not the officer who signed the orders.
Result<WrittenGroup> complete_group(const std::vector<std::filesystem::path>& bags, const std::map<int, std::string>& reasons, const Opener* opener, const Signer& signer,
                                    const Bureau& bureau, const Clock& clock);

// A record that no authority stamped when it was written (组记录待时间戳): the stamp over its signature comes late, beside this member only; a member
// that has it already keeps it. NotFound: no record lies beside the package.
Status stamp_group_record(const std::filesystem::path& bag, StampDesk& desk);

// What order.json and the record beside the package say, as they stand there: whether they hold is for the verification to say.
struct SeenMember {
  int number = 0;
  std::string package, fingerprint, reason;
};
struct SeenGroup {
  std::string group;                 // "": the package is of none
  int member = 0, members = 0;
  std::vector<std::string> phones;   // serials, by number
  std::vector<SeenMember> rows;      // empty: no record
};
Result<SeenGroup> seen_group(const PackageReader& files);

}  // namespace guzheng
