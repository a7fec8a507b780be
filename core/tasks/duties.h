// Room tasks. Who may do what with monitoring tasks (A-6.4a): by the bureau's policy, section [duties], never by what a caller says of itself.
// Without a policy (the practice desk), and under one that leaves the section out, every officer has every duty. The unit is the certificate's. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "core/identity/policy.h"
#include "core/tasks/flow.h"

namespace guzheng {

// `policy`: null without one. A badge that no duty names has none.
std::set<Duty> duties_of(const Policy* policy, std::string_view badge);

// The officer at a desk as moves know them. An empty badge is nobody, and has no duty.
Actor actor_under(const Policy* policy, std::string badge, std::string name, std::string unit);

}  // namespace guzheng
