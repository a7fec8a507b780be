// Room central, inside. The rows of a server's database into another one, whatever engines both are (central/backup.h).
#pragma once

#include "core/sql/database.h"

namespace guzheng {

// Every row of every table of central/schema.h but `lease`, which is of servers that run, in one transaction of `to`, read in one of `from`. Both have those tables at their newest version; `local` is whichever of
// both is SQLite, and says what tables and columns there are. Some rows at a time are in memory. Exists: `to` holds rows already; nothing is written then. Blocks for both databases.
Status copy_tables(Database& from, Database& to, Database& local);

}  // namespace guzheng
