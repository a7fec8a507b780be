// Program guzheng-evidence. The worker of triggered captures 触发取证 (A-8.3e, A-AnC): takes one order after the other from the central system, checks it, captures by its script, seals, and tells
// what came of it. What it has in hand stands in a file of its own, so that a worker that was killed goes on: what was begun is sealed and told before anything else is taken.
//   HOME/worker/hand.json     the order in hand; once there is an outcome, that too, until the central system has it
//   HOME/worker/script.json   its script
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/guzheng-evidence/cmd_capture.h"
#include "app/guzheng-evidence/desk.h"
#include "core/sync/work_link.h"

namespace guzheng::evidence {

struct WorkerArguments {
  CaptureArguments capture;                        // phone, vault, desk, …; the script is the order's
  std::string kind;                                // the phone's, as orders name it
  std::string server, central;
  bool once = false;
  int every_s = 15;
};

// Everything that an attempt needs and that outlives it.
struct WorkerPlace {
  StationPlace station;
  std::filesystem::path folder;                    // HOME/worker
  std::function<Result<std::unique_ptr<WorkLink>>()> link;        // a new one, for whichever thread
  std::function<bool()> stopped;                   // the program is to end
};

class Worker {
 public:
  Worker(const WorkerArguments& in, WorkerPlace place, Program& program) : in_(in), place_(std::move(place)), program_(program) {}

  // What an earlier run left: sealed, told. Network and its like: not told yet, and nothing may be taken before it is.
  Status settle_leftovers(WorkLink& link);
  // Takes one order and does it. False: there was none. An error: of the way to the central system, or of this station's disk.
  Result<bool> one(WorkLink& link);

 private:
  struct Hand;                                     // hand.json
  class Lease;
  Result<std::optional<Hand>> read_hand() const;
  Status write_hand(const Hand& hand) const;
  Status tell(WorkLink& link, const Hand& hand);
  Hand attempt(Hand hand, const SignedTrigger& trigger, const CalledOff& off, const std::function<std::string()>& why_off);
  WorkOutcome capture(const CheckedTrigger& checked, const SignedTrigger& trigger, const CalledOff& off, const std::function<std::string()>& why_off, const std::function<void(const WorkOutcome&)>& sealed);
  Result<WorkOutcome> recover_hand(const Hand& hand);

  const WorkerArguments& in_;
  const WorkerPlace place_;
  Program& program_;
};

}  // namespace guzheng::evidence
