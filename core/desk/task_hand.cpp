#include "core/desk/task_hand.h"

#include "core/tasks/duties.h"

namespace guzheng {

Actor task_actor(const StationDesk& station) {
  const auto& officers = station.card().officers;
  if (officers.empty()) return {};
  const auto& one = officers.front();
  return actor_under(station.policy(), one.badge, one.name, one.unit);
}

SigningHand task_hand(const StationDesk& station) { return {task_actor(station), station.session_setup().officer1}; }

}  // namespace guzheng
