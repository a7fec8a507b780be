// Room central. The chained access log as an auditor reads it: from its end, a page at a time, filtered, each line held to the one before it (custody/oplog_page.h). It is this server's own;
// where several share the work each keeps its own. core/wire/PROTOCOL.md section 7 and core/wire/openapi.json describe it.
#pragma once

#include "core/central/api.h"

namespace guzheng {

void add_access_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
