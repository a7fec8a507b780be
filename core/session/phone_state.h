// Room session. What the phone says of itself while it is used: where typing goes, whether it is locked. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/device/link.h"

namespace guzheng {

// The input field that has the focus. Unknown: the phone does not say, or no field has it; typing is then taken for secret.
enum class Editor { Unknown, Plain, Password };
Editor parse_editor(std::string_view dumpsys_input_method);

// "keyguard", "display off", or "" for neither; empty when the phone does not say (无法判定: nothing is claimed).
std::optional<std::string> parse_locked(std::string_view dumpsys_window_policy);

// May the focus be elsewhere after this input?
bool may_move_focus(const ControlMessage& message);
// Does it bring characters into the field: text, paste, keys of characters?
bool types_characters(const ControlMessage& message);

}  // namespace guzheng
