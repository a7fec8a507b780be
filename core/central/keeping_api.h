// Room central. Changes of retention as people of the bureau ask for and decide them (central/keeping.h). core/wire/PROTOCOL.md section 7 and core/wire/openapi.json describe it.
#pragma once

#include "core/central/api.h"

namespace guzheng {

void add_keeping_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
