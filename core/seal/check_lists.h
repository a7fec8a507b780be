// Room seal, private. Checks of the lists that fix the package: manifests, tag files, seal.txt. Pure over a loaded bag.
#pragma once

#include <map>
#include <string>

#include "core/seal/verify_bag.h"

namespace guzheng {

enum class ListDigest { Md5, Sha256, Sm3 };

// A list in manifest form (FORMAT.md 2): byte for byte what sha256sum prints for the listed files in byte order of path.
// `wanted` are the files that it must name, no more, no fewer.
void check_list(const Bag& bag, const std::string& list, ListDigest kind, const std::vector<std::string>& wanted,
                std::string_view rule, VerifyReport& report);

void check_manifests(const Bag& bag, VerifyReport& report);
// Every file of the bag is one that the format knows (rule tree.extra); seal.txt and its list.
void check_seal(const Bag& bag, VerifyReport& report);

struct TagFacts {
  std::map<std::string, std::string> info;     // bag-info.txt, label → value
  bool practice = false;                       // the Practice line is there
  bool complete = false;                       // Package-State is 完整
  std::vector<std::string> reasons;            // of 不完整
};
TagFacts check_tags(const Bag& bag, VerifyReport& report);

}  // namespace guzheng
