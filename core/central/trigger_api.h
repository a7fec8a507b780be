// Room central. Triggered captures over HTTPS: stations bring orders, take and settle them; people bring and withdraw orders, see what became of them, and see what waits for its review.
// core/wire/PROTOCOL.md section 9 and core/wire/openapi.json describe it.
#pragma once

#include "core/central/api.h"

namespace guzheng {

void add_trigger_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
