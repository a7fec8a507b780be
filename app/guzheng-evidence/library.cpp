#include "app/guzheng-evidence/library.h"

#include "core/base/file.h"
#include "core/base/key_file.h"
#include "core/custody/oplog.h"
#include "core/patrol/spool.h"

namespace guzheng::evidence {

std::filesystem::path library_folder(const PolicyDesk& desk) { return desk.home / "subjects"; }

Result<std::unique_ptr<SubjectStore>> open_library(const PolicyDesk& desk, Program& program, const std::filesystem::path& folder) {
  const auto place = folder.empty() ? library_folder(desk) : folder;
  GZ_TRY_ASSIGN(auto key, key_file(desk.home / "subjects.key"));
  GZ_TRY(make_private_folder(place));
  GZ_TRY_ASSIGN(auto store, SubjectStore::open(place, std::move(key), program.clock, [&desk, &program](const Json& body) -> Status {
    GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(desk.home), program.clock));
    if (const auto line = log->append("op.sensitive", body); !line) return fail(line.error());
    return ok();
  }));
  GZ_TRY_ASSIGN(const auto taken, take_in_spool(*store, place));
  for (const auto& refused : taken.refused) program.complain(std::string(program.say("巡检结果文件不合要求，没有记入：", "Findings of a check were not taken in: ")) + refused);
  return store;
}

Act act_at(const PolicyDesk& desk, const std::string& why) {
  const auto officer = desk.officer1 ? desk.officer1 : desk.bureau.officers.empty() ? nullptr : desk.bureau.officers[0];
  if (!officer) return {desk.bureau.name, why};
  const auto who = officer->info();
  return {who.subject_cn + " " + who.badge, why};
}

}  // namespace guzheng::evidence
