// Program guzheng-evidence. The subject library of a desk: HOME/subjects, its key in HOME/subjects.key, the workstation's too. One program at a time.
#pragma once

#include "app/guzheng-evidence/desk.h"
#include "core/registry/store.h"

namespace guzheng::evidence {

std::filesystem::path library_folder(const PolicyDesk& desk);
// Takes in what checks beside another program left (patrol/spool.h). `folder`: another one than the desk's, which the desk's key opens. Reads of sensitive values are journalled in the desk's operation log. `desk` and `program` stay where they are while the store is used.
Result<std::unique_ptr<SubjectStore>> open_library(const PolicyDesk& desk, Program& program, const std::filesystem::path& folder = {});
// "name badge" of who is at the desk, or the station's.
Act act_at(const PolicyDesk& desk, const std::string& why);

}  // namespace guzheng::evidence
