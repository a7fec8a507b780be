// Room desk. Whoever sits at the desk, as monitoring tasks know them: with the duties that the station's policy gives (core/tasks/duties.h). GUI thread.
#pragma once

#include "core/desk/station_desk.h"
#include "core/tasks/route.h"

namespace guzheng {

// Without badge: nobody.
Actor task_actor(const StationDesk& station);
// … and the key that signs; without one when nobody is logged in.
SigningHand task_hand(const StationDesk& station);

}  // namespace guzheng
