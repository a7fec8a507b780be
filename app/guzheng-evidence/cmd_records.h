// Program guzheng-evidence. sync --records, --conflicts, --decide: what this desk keeps in common with other stations over the central system.
#pragma once

#include <csignal>
#include <string>
#include <vector>

#include "app/guzheng-evidence/central_place.h"
#include "app/guzheng-evidence/library.h"
#include "core/records/record_sync.h"
#include "core/records/subject_source.h"

namespace guzheng::evidence {

// The desk's library and its book of records, open: no other program has them meanwhile.
class DeskRecords {
 public:
  // Exists: the window or another program keeps them in common just now.
  static Result<std::unique_ptr<DeskRecords>> open(const StationPlace& place, Program& program);
  // One run; what came of it is said. Nothing waits here.
  Status run(const std::function<bool()>& stopped);
  Status list();                                   // open conflicts and troubles
  struct Choice {
    std::string conflict, side;                    // "3-1a2b3c4d" as list() shows it; "mine", "theirs", "fields"
    std::vector<std::string> theirs_of;
  };
  Status decide(const Choice& choice, const std::string& who);
  // All that there is to tell was told, and nothing waits for a person.
  Result<bool> settled();

 private:
  DeskRecords(const StationPlace& place, Program& program) : place_(place), program_(program) { desk_.home = place.home; }
  Status make();
  void show(const RecordConflict& conflict);
  std::string say(std::string_view chinese, std::string_view english) const { return std::string(program_.say(chinese, english)); }

  const StationPlace& place_;
  Program& program_;
  PolicyDesk desk_;
  std::unique_ptr<SubjectStore> store_;
  std::unique_ptr<SubjectSource> subjects_;
  std::unique_ptr<RecordDeskBook> book_;
  std::unique_ptr<OperationLog> log_;
  std::unique_ptr<RecordSync> sync_;
  std::string told_;                               // the last trouble of the line: said once
};

}  // namespace guzheng::evidence
