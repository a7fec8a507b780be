// Room records. Two bodies of one record side by side: which fields differ, and one body out of both by what a person picked. A field is a member of the object; of the member "entries"
// each entry is one ("entries.2"). Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace guzheng {

struct RecordField {
  std::string name;
  std::optional<Json> base, mine, theirs;          // none: not there
  [[nodiscard]] bool differs() const { return mine != theirs; }
  [[nodiscard]] bool mine_changed() const { return mine != base; }
  [[nodiscard]] bool theirs_changed() const { return theirs != base; }
};
// All fields of the three bodies ("": none of them), by name. Invalid: a body is no object.
Result<std::vector<RecordField>> record_fields(const std::string& base, const std::string& mine, const std::string& theirs);
// `theirs_of`: names of the fields that come from theirs, all others from mine. Invalid: no such field differs; a body is "".
Result<std::string> record_merged(const std::string& mine, const std::string& theirs, const std::vector<std::string>& theirs_of);

}  // namespace guzheng
