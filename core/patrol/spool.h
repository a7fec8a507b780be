// Room patrol. Findings of a check that runs beside the program which has the library open, a check by cron beside the window (A-5.2b): the run writes them into
// LIBRARY/patrol-spool, and whoever has the library open, or opens it next, takes them in. Nothing is lost by a kill on either side: a line is on the disk before
// its entry counts as checked, and one that is taken in twice counts once (keep_finding).
//   NAME.part      a run writes, under a lock (flock); one without a lock belongs to a run that died, and its whole lines count
//   NAME.done      finished
//   NAME.bad       refused; for people to look at, never touched again
// Lines of JSON, each ended by LF: first {"format":1,"who":…,"why":…,"failures":2}, then {"subject":1,"no":2,"name":…,"link":…,"reach":…,"why":…,"at_ms":…}.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/patrol/finding.h"

namespace guzheng {

std::filesystem::path spool_folder(const std::filesystem::path& library);

class FindingSpool {
 public:
  // Makes folder and file. `store` is what the run reads by. Belongs to one thread at a time, as does put().
  static Result<std::unique_ptr<FindingSpool>> begin(const std::filesystem::path& library, const SubjectStore& store, const Act& act, int failures);
  ~FindingSpool();                               // as close(), in silence
  // On the disk when it returns. Gives the move that follows as it looks from here; whoever takes it in decides anew. Every kEachFile findings the file is
  // finished and another begun, so that a long run is not seen at its end only.
  Result<std::optional<PatrolMove>> put(const PatrolFinding& finding);
  Status close();
  [[nodiscard]] const std::vector<std::filesystem::path>& written() const { return written_; }      // finished files
  static constexpr int kEachFile = 100;

 private:
  FindingSpool(std::filesystem::path folder, const SubjectStore& store, Act act, int failures);
  Status open_next();
  std::filesystem::path folder_;
  const SubjectStore& store_;
  const Act act_;
  const int failures_;
  std::filesystem::path now_;                    // without its ending
  std::unique_ptr<AppendFile> file_;
  UniqueFd lock_;
  int in_file_ = 0, files_ = 0;
  std::vector<std::filesystem::path> written_;
};

struct SpoolTaken {
  std::int64_t files = 0, findings = 0, late = 0;          // late: checked since, changed or gone
  std::int64_t moved_in = 0, moved_back = 0;
  std::string who;                               // of the last file
  std::vector<std::string> refused;              // NAME.bad with what is wrong
};
// Takes in what lies there, by whoever made it. Blocks for the disk; on the writing thread. Nothing there: all zero.
Result<SpoolTaken> take_in_spool(SubjectStore& store, const std::filesystem::path& library);

}  // namespace guzheng
