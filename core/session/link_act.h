// Room session. Links opened on the phone (FORMAT.md 5.3, act `link`). Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

// http(s) and what a link may be made of (RFC 3986), but for the quote that a shell would take for its own.
bool is_link(std::string_view url);
bool is_app(std::string_view package);       // letters, digits, dots, underscores; not empty, at most 200 bytes

// What the phone's shell is told; Invalid: no link, or no app's name (which may be empty: whatever app opens it).
Result<std::string> link_command(const std::string& url, const std::string& package);

}  // namespace guzheng
