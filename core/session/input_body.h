// Room session. Inputs as journal bodies (FORMAT.md 5.3). Pure.
#pragma once

#include <vector>

#include "core/base/json.h"
#include "core/device/control.h"

namespace guzheng {

// The body of one input that is no move. Unsupported for messages that the format has no spelling for.
Result<Json> input_body(const ControlMessage& message);

struct MovePoint {
  std::int64_t ms = 0;                       // since the gesture's start
  std::int32_t x = 0, y = 0;
};
// A batch of moves of one pointer; `any` gives pointer and picture size.
Json move_body(const TouchEvent& any, const std::vector<MovePoint>& points);

// What must not be read in the journal when it was entered in 密码输入 mode; empty when the message has nothing secret.
std::optional<std::string> secret_part(const ControlMessage& message);
// Takes the content out of `body` and puts its length and salted digest (hex) there (FORMAT.md 5.4).
void conceal(Json& body, std::size_t bytes, const std::string& salted);

// What a journal says when the officer takes over what the phone's clipboard held (its own line, concealed, stands before): so many bytes of UTF-8.
std::string clipboard_note(std::size_t bytes);

}  // namespace guzheng
