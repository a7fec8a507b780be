// Room sync. Triggered captures from a station's side (core/wire/PROTOCOL.md section 9): bring an order, take one, say that one still works on it, tell what came of it, see what became of all.
// What an order is worth is for wire/trigger.h to say. Used by one thread at a time; blocks for the network. Errors as CentralLink's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/sync/central_link.h"
#include "core/wire/trigger.h"

namespace guzheng {

struct Work {
  std::int64_t number = 0;
  SignedTrigger order;
  std::string lease;
  std::int64_t lease_ms = 0;                       // from when it was asked for
};

struct WorkOutcome {
  std::string result;                              // "captured", "again", "failed"
  std::string package, why;
};

class WorkLink {
 public:
  static std::string new_order_id();               // TriggerOrder::id
  explicit WorkLink(std::unique_ptr<CentralLink> link) : link_(std::move(link)) {}

  // The order as the system keeps it. Invalid: another has its id; Protocol: the system's reason for not taking it.
  Result<Json> bring(const SignedTrigger& trigger);
  Result<std::optional<Work>> take(const TriggerPhone& phone);
  // Milliseconds from now. Invalid: it is no longer this worker's.
  Result<std::int64_t> renew(const Work& work);
  // Invalid: another worker has the order, or it is settled: what was captured is noted as late.
  Status settle(std::int64_t number, const std::string& lease, const WorkOutcome& outcome);
  // Orders of this station's unit, newest first; `before`: below that number, 0: the newest.
  Result<Json> list(std::int64_t before);

 private:
  Result<Json> ask(const char* method, const std::string& path, const Json& body);
  const std::unique_ptr<CentralLink> link_;
};

}  // namespace guzheng
