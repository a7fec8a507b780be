// Room central. Answers about records that stations keep in common (core/wire/PROTOCOL.md section 8).
#pragma once

#include "core/central/api.h"

namespace guzheng {

void add_record_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
