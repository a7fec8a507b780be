// Room base. The engineers' log as a server writes it: one JSON object a line.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/log.h"

namespace guzheng {

// From here on every line of base/log.h is one JSON object ("at", "level", "room", "text"), and `info` the level unless the environment says another.
void log_as_json();
// One JSON object with more members than a text; written only after log_as_json(). Thread-safe.
void log_json(LogLevel level, std::string_view room, const nlohmann::json& members);

}  // namespace guzheng
