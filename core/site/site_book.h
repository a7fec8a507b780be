// Room site. What a station keeps of its node sites: what nodes looked like (history.h), and where phones and media are (inventory.h).
// STATE/site.sqlite. No evidence: what a node was when a capture began stands in the package, and each change of the inventory in the operation log.
#pragma once

#include <filesystem>
#include <memory>

#include "core/sql/database.h"

namespace guzheng {

const SqlMigrations& site_migrations();
// `state`: the folder of the operation log. Window and command line may have it open at once. Blocks for the disk.
Result<std::shared_ptr<Database>> open_site_book(const std::filesystem::path& state);

}  // namespace guzheng
