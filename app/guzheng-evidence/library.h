// Program guzheng-evidence. The subject library of a desk: HOME/subjects, its key in HOME/subjects.key, the workstation's too. One program at a time.
#pragma once

#include "app/guzheng-evidence/desk.h"
#include "core/registry/store.h"

namespace guzheng::evidence {

// Reads of sensitive values are journalled in the desk's operation log. `desk` and `program` stay where they are while the store is used.
Result<std::unique_ptr<SubjectStore>> open_library(const PolicyDesk& desk, Program& program);
// "name badge" of who is at the desk, or the station's.
Act act_at(const PolicyDesk& desk, const std::string& why);

}  // namespace guzheng::evidence
