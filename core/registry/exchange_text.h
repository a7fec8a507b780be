// Room registry, inside. A subject and all that stations keep in common of it, as one canonical text and back.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/registry/store_impl.h"

namespace guzheng {

struct SharedUnit {
  std::string name, code;                                        // both "": none
  bool operator==(const SharedUnit&) const = default;
};
struct SharedEntry {
  Entry entry;                                                   // without unit, checked, reach
  SharedUnit unit;
};
struct SharedSubject {
  Subject subject;                                               // without id, unit
  SharedUnit unit;
  std::map<int, SharedEntry> entries;
  std::set<std::pair<std::string, std::string>> tags;            // group, name
};

Result<std::string> shared_text(const SharedSubject& subject);
Result<SharedSubject> shared_from(const std::string& text);      // Invalid: other members than shared_text writes, or values that the library does not take
Result<std::string> shared_tag_text(const std::string& group, const std::string& name);
Result<std::pair<std::string, std::string>> shared_tag_from(const std::string& text);
std::string shared_tag_id(const std::string& group, const std::string& name);

}  // namespace guzheng
