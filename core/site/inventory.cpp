#include "core/site/inventory.h"

#include <algorithm>

#include "core/base/json.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostText = 400;

std::string text_in(const SqlValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}
std::int64_t number_in(const SqlValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

Status check_text(const char* field, const std::string& text, bool needed) {
  if (needed && text.empty()) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is missing");
  const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  if (text.size() > kMostText || !plain || !is_utf8(text)) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is longer than 400 bytes or holds a control character");
  return ok();
}

Status check_move(const ThingMove& move) {
  GZ_TRY(check_text("who", move.who, true));
  GZ_TRY(check_text("place", move.place, true));
  return check_text("why", move.why, move.act == MoveAct::Out);
}

ThingMove move_from(const SqlRow& row, std::size_t at) {
  return {{number_in(row[at])}, text_in(row[at + 1]) == "out" ? MoveAct::Out : MoveAct::In, text_in(row[at + 2]), text_in(row[at + 3]), text_in(row[at + 4])};
}

Thing thing_from(const SqlRow& row) {
  Thing out{number_in(row[0]), text_in(row[1]) == "medium" ? ThingKind::Medium : ThingKind::Phone, text_in(row[2]), text_in(row[3]), text_in(row[4]),
            {number_in(row[5])}, text_in(row[6]), {}};
  out.last = move_from(row, 7);
  return out;
}

constexpr const char* kThings =
    "SELECT thing.id,kind,asset,name,serial,entered_ms,entered_by,move.at_ms,act,who,place,why FROM thing JOIN move ON move.thing=thing.id "
    "AND move.number=(SELECT MAX(number) FROM move AS newer WHERE newer.thing=thing.id) ";

Result<Thing> thing_by(Database& book, std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, book.query(std::string(kThings) + "WHERE thing.id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "the inventory has no such thing");
  return thing_from(rows.front());
}

Status append_move(Database& book, std::int64_t thing, const ThingMove& move) {
  return book.run("INSERT INTO move(thing,number,at_ms,act,who,place,why) SELECT ?,COALESCE(MAX(number),0)+1,?,?,?,?,? FROM move WHERE thing=?",
                  {thing, move.at.ms, std::string(to_string(move.act)), move.who, move.place, move.why, thing});
}

}  // namespace

std::string_view to_string(ThingKind kind) { return kind == ThingKind::Phone ? "phone" : "medium"; }
std::string_view to_string(MoveAct act) { return act == MoveAct::Out ? "out" : "in"; }

Result<Thing> enter_thing(Database& book, const Thing& thing, const std::string& place, const std::string& who, WallTime at) {
  GZ_TRY(check_text("asset", thing.asset, true));
  GZ_TRY(check_text("name", thing.name, true));
  GZ_TRY(check_text("serial", thing.serial, thing.kind == ThingKind::Phone));
  const ThingMove first{at, MoveAct::In, who, place, ""};
  GZ_TRY(check_move(first));
  std::int64_t id = 0;
  const Status entered = book.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto same, book.query("SELECT id FROM thing WHERE asset=?", {thing.asset}));
    if (!same.empty()) return fail(ErrorKind::Exists, "the asset number \"" + thing.asset + "\" is another thing's already");
    GZ_TRY(book.run("INSERT INTO thing(kind,asset,name,serial,entered_ms,entered_by) VALUES(?,?,?,?,?,?)",
                    {std::string(to_string(thing.kind)), thing.asset, thing.name, thing.serial, at.ms, who}));
    GZ_TRY_ASSIGN(const auto made, book.query("SELECT id FROM thing WHERE asset=?", {thing.asset}));
    id = number_in(made.at(0)[0]);
    return append_move(book, id, first);
  });
  if (!entered) return fail(entered.error());
  return thing_by(book, id);
}

Result<Thing> move_thing(Database& book, std::int64_t thing, const ThingMove& move) {
  GZ_TRY(check_move(move));
  const Status moved = book.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto now, thing_by(book, thing));
    if (now.last.act == move.act) return fail(ErrorKind::Invalid, now.asset + " is " + std::string(to_string(move.act)) + " already");
    return append_move(book, thing, move);
  });
  if (!moved) return fail(moved.error());
  return thing_by(book, thing);
}

Result<std::vector<Thing>> read_things(Database& book) {
  GZ_TRY_ASSIGN(const auto rows, book.query(std::string(kThings) + "ORDER BY asset"));
  std::vector<Thing> out;
  for (const auto& row : rows) out.push_back(thing_from(row));
  return out;
}

Result<std::vector<ThingMove>> moves_of(Database& book, std::int64_t thing) {
  GZ_TRY_ASSIGN(const auto rows, book.query("SELECT at_ms,act,who,place,why FROM move WHERE thing=? ORDER BY number DESC", {thing}));
  std::vector<ThingMove> out;
  for (const auto& row : rows) out.push_back(move_from(row, 0));
  return out;
}

}  // namespace guzheng
