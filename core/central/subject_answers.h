// Room central. GET /v1/subjects (stations) and /v1/bureau/subjects (people): the subjects that stations told, searched as the desk searches its own library.
// core/wire/PROTOCOL.md and core/wire/openapi.json describe it.
#pragma once

#include "core/central/api.h"

namespace guzheng {

void add_subject_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
