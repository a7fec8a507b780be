#include "core/desk/inventory_desk.h"

#include "core/desk/workers.h"

namespace guzheng {

InventoryDesk::InventoryDesk(StationDesk& station) : station_(station) { connect(&station_, &StationDesk::opened, this, &InventoryDesk::refresh); }

std::string InventoryDesk::officer() const {
  const auto& officers = station_.card().officers;
  return officers.empty() ? std::string() : officers.front().name + " " + officers.front().badge;
}

void InventoryDesk::refresh() {
  if (!station_.is_open()) return;
  run_then(station_.quick(), this,
           [state = station_.private_folder()]() -> Result<std::vector<Thing>> {
             GZ_TRY_ASSIGN(const auto book, open_site_book(state));
             return read_things(*book);
           },
           [this](Result<std::vector<Thing>> things) {
             if (!things) {
               emit failed(things.error());
               return;
             }
             things_ = std::move(*things);
             emit changed();
           });
}

void InventoryDesk::act(std::function<Result<Thing>(Database&)> work, std::string name) {
  if (!may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in"});
  run_then(station_.quick(), this,
           [state = station_.private_folder(), work = std::move(work)]() -> Result<Thing> {
             GZ_TRY_ASSIGN(const auto book, open_site_book(state));
             return work(*book);
           },
           [this, name = std::move(name)](const Result<Thing>& thing) {
             if (!thing) {
               emit failed(thing.error());
               return;
             }
             // all of it: the table can be made anew from the log
             station_.record("op.inventory", Json{{"act", name}, {"asset", thing->asset}, {"kind", to_string(thing->kind)}, {"name", thing->name}, {"place", thing->last.place},
                                                  {"serial", thing->serial}, {"who", thing->last.who}, {"why", thing->last.why}});
             refresh();
             emit kept(*thing);
           });
}

void InventoryDesk::enter(const Thing& thing, const std::string& place) {
  act([thing, place, who = officer(), at = station_.clock().wall()](Database& book) { return enter_thing(book, thing, place, who, at); }, "enter");
}

void InventoryDesk::move(std::int64_t thing, MoveAct what, const std::string& place, const std::string& why) {
  act([thing, move = ThingMove{station_.clock().wall(), what, officer(), place, why}](Database& book) { return move_thing(book, thing, move); },
      std::string(to_string(what)));
}

void InventoryDesk::ask_moves(std::int64_t thing) {
  run_then(station_.quick(), this,
           [state = station_.private_folder(), thing]() -> Result<std::vector<ThingMove>> {
             GZ_TRY_ASSIGN(const auto book, open_site_book(state));
             return moves_of(*book, thing);
           },
           [this, thing](const Result<std::vector<ThingMove>>& found) {
             if (found) emit moves(thing, *found);
             else emit failed(found.error());
           });
}

}  // namespace guzheng
