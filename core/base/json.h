// Room base. JSON with one spelling: what evidence holds is canonical (RFC 8785 for our subset:
// objects, arrays, strings, booleans, null, integers within ±2^53; no floats).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

using Json = nlohmann::json;

// Canonical text without a trailing line feed. A float, an integer outside ±2^53 or invalid UTF-8 is a Bug.
Result<std::string> canonical_json(const Json& value);
// Strict: UTF-8, no duplicate keys, no floats, depth at most 32.
Result<Json> parse_json(std::string_view text);
// Strict, and `text` must be its own canonical spelling.
Result<Json> parse_canonical_json(std::string_view text);

// Reads a member of an object, "" / 0 / null-safe: the default when it misses or has another type.
std::string text_at(const Json& object, std::string_view key, std::string fallback = {});
std::int64_t integer_at(const Json& object, std::string_view key, std::int64_t fallback = 0);
bool bool_at(const Json& object, std::string_view key, bool fallback = false);

}  // namespace guzheng
