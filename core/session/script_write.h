// Room session. A capture script as a file that people read and change by hand: one step a line. Pure.
#pragma once

#include <string>

#include "core/base/json.h"

namespace guzheng {

// `script`: an object in the script's form, checked or not; fields in the order of the schema, "do" first in each step. With a LF behind it.
std::string script_text(const Json& script);

}  // namespace guzheng
