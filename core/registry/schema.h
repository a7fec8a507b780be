// Room registry, inside. Tables of the library and of its index.
#pragma once

#include "core/sql/database.h"

namespace guzheng {

// FTS5 counts what it got and gave out, for ranking alone, and calls its table damaged when that falls below nothing. Tags that came with their subjects
// and go by themselves would count more often than they came: so it begins with 2^40 rows and 2^48 places. Again after each 'delete-all'.
#define GZ_LEAVE_ROOM "UPDATE find_data SET block=x'a08080808000c0808080808000' WHERE id=1"

const SqlMigrations& registry_migrations();
const SqlMigrations& registry_index_migrations();

}  // namespace guzheng
