// Room site. 设备与介质登记: which phones and storage media there are, where each is kept, who took it out and brought it back, when and
// what for. Nothing here is changed or taken away, only appended; whoever calls puts each act into the operation log. Thread-safe; blocks for the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/site/site_book.h"

namespace guzheng {

enum class ThingKind { Phone, Medium };
std::string_view to_string(ThingKind kind);                      // "phone", "medium"

enum class MoveAct { In, Out };                                  // 入库, 出库
std::string_view to_string(MoveAct act);                         // "in", "out"

struct ThingMove {
  WallTime at;
  MoveAct act = MoveAct::In;
  std::string who, place, why;                                   // place: the safe it lies in, or where it is taken
};
struct Thing {
  std::int64_t id = 0;
  ThingKind kind = ThingKind::Phone;
  std::string asset, name, serial;                               // asset: its number, one of a kind; name: model or what it is
  WallTime entered;
  std::string entered_by;
  ThingMove last;                                                // there is always one: it was brought in when entered
};

// Enters a thing that is brought in at `place`. Invalid: which field is missing or too long (400 bytes). Exists: the asset number is another's.
Result<Thing> enter_thing(Database& book, const Thing& thing, const std::string& place, const std::string& who, WallTime at);
// Invalid: it is out already, or in, or a field is missing. NotFound: no such thing.
Result<Thing> move_thing(Database& book, std::int64_t thing, const ThingMove& move);
// By asset number.
Result<std::vector<Thing>> read_things(Database& book);
Result<std::vector<ThingMove>> moves_of(Database& book, std::int64_t thing);       // newest first

}  // namespace guzheng
