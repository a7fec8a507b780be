// Room central. The tables of the server's database, forward only: steps that were shipped are never changed. In words that SQLite and MariaDB both know (sql/database.h).
#pragma once

#include "core/sql/database.h"

namespace guzheng {

// Step 1: the evidence log (central/evidence_log.h), what was received and refused (central/ingest.h), uploads that are under way (central/uploads.h).
// Step 2: what an upload was announced as. Step 3: scrubs (central/scrub.h). Step 4: heads of journals (central/heads.h).
// Step 5: people and units (central/people.h), exports (central/exports.h).
// Step 6: which of several servers works on what (central/leases.h).
// Step 7: what stations keep in common. Step 8: plans of retention (central/keeping.h). Step 9: every version of what stations keep in common (central/records.h).
const SqlMigrations& central_schema();

}  // namespace guzheng
