// Room central. What the server answers to people of the bureau (central/people.h): its state, what was received, whether a package is known, exports by two persons; and the
// page that asks all this in a browser (resources/central/page). core/wire/PROTOCOL.md section 7 and core/wire/openapi.json describe it.
#pragma once

#include "core/central/api.h"

namespace guzheng {

// Paths below it are for people, all others for stations.
inline constexpr std::string_view kBureauPaths = "/v1/bureau/";

void add_bureau_routes(HttpRouter& router, const CentralParts& parts);

}  // namespace guzheng
