// Room central. The tables of the server's database, forward only: steps that were shipped are never changed.
#pragma once

#include "core/sql/database.h"

namespace guzheng {

// Step 1: the evidence log (central/evidence_log.h), what was received and refused (central/ingest.h), uploads that are under way (central/uploads.h).
// Step 2: what an upload was announced as. Step 3: scrubs (central/scrub.h). Step 4: heads of journals (central/heads.h).
const SqlMigrations& central_schema();

}  // namespace guzheng
