// Program guzheng-evidence. What a run of uploads says and writes down: sync, worker.
#pragma once

#include <map>
#include <set>
#include <string>

#include "app/guzheng-evidence/desk.h"
#include "core/custody/oplog.h"
#include "core/sync/runner.h"

namespace guzheng::evidence {

class SyncRun {
 public:
  SyncRun(Program& program, OperationLog& log, bool quiet) : program_(program), log_(log), quiet_(quiet) {}
  void tell(const SyncEvent& event);               // on the runner's threads, one at a time
  void progress(const SyncStatus& status);
  // Nothing is under way, and what is left cannot be sent now.
  static bool nothing_more(const SyncStatus& status);

 private:
  void note(const Json& body);

  Program& program_;
  OperationLog& log_;
  const bool quiet_;
  std::map<std::string, std::uint64_t> said_;
  std::set<std::string> told_;
};

Result<std::vector<SyncCandidate>> sync_candidates(const Vault& vault);

}  // namespace guzheng::evidence
