// Room registry, inside. Tables of the library and of its index.
#pragma once

#include "core/sql/database.h"

namespace guzheng {

const SqlMigrations& registry_migrations();
const SqlMigrations& registry_index_migrations();

}  // namespace guzheng
