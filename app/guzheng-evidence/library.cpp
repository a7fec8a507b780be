#include "app/guzheng-evidence/library.h"

#include "core/base/file.h"
#include "core/base/key_file.h"
#include "core/custody/oplog.h"

namespace guzheng::evidence {

Result<std::unique_ptr<SubjectStore>> open_library(const PolicyDesk& desk, Program& program) {
  GZ_TRY_ASSIGN(auto key, key_file(desk.home / "subjects.key"));
  GZ_TRY(make_private_folder(desk.home / "subjects"));
  return SubjectStore::open(desk.home / "subjects", std::move(key), program.clock, [&desk, &program](const Json& body) -> Status {
    GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(desk.home), program.clock));
    if (const auto line = log->append("op.sensitive", body); !line) return fail(line.error());
    return ok();
  });
}

Act act_at(const PolicyDesk& desk, const std::string& why) {
  const auto officer = desk.officer1 ? desk.officer1 : desk.bureau.officers.empty() ? nullptr : desk.bureau.officers[0];
  if (!officer) return {desk.bureau.name, why};
  const auto who = officer->info();
  return {who.subject_cn + " " + who.badge, why};
}

}  // namespace guzheng::evidence
