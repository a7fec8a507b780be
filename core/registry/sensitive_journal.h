// Room registry. Who read sensitive fields, in the station's operation log (A-7.2a, A-8.2): a line op.sensitive for each reading, before it.
#pragma once

#include "core/custody/oplog.h"
#include "core/registry/store.h"

namespace guzheng {

inline constexpr std::string_view kSensitiveOperation = "op.sensitive";

// `log` must outlive whoever holds the journal.
inline SensitiveJournal journal_into(OperationLog& log) {
  return [&log](const Json& body) -> Status {
    if (const auto line = log.append(kSensitiveOperation, body); !line) return fail(line.error());
    return ok();
  };
}

}  // namespace guzheng
