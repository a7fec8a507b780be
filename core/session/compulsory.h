// Room session. Which items of the environment check hold a session up when they fail (A-7.3a), each with its reason. One table for
// all; it stands in the program and not in the policy, so that no policy makes an item weaker. An item that is unknown holds nothing
// up, since a stock phone keeps things from its shell: it is printed as 无法判定 and never counts as passed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/session/session.h"

namespace guzheng {

struct CompulsoryItem {
  const char* id;
  const char* why;                           // what the evidence suffers, as 仍要取证 tells it
};
const std::vector<CompulsoryItem>& compulsory_items();
bool is_compulsory(std::string_view id);

// Those of `items` that are compulsory and failed, and that nobody let pass.
std::vector<EnvItem> holding_up(const std::vector<EnvItem>& items);
// Puts the reasons into the items that failed and are compulsory; others are left alone.
void let_pass(std::vector<EnvItem>& items, const std::vector<EnvOverride>& overrides);
// Invalid: an id that is no compulsory item, one named twice, or a reason that is empty or longer than 400 bytes.
Status check_overrides(const std::vector<EnvOverride>& overrides);
// All of `items` named. Invalid: nothing was begun.
Failure held_up(const std::vector<EnvItem>& items, ErrorKind kind = ErrorKind::Invalid);

}  // namespace guzheng
