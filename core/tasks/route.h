// Room tasks. The route of one item: its moves in order, each chained to the one before by digest, and the acts that officers sign (A-6.4a).
// A move's body is canonical JSON and holds everything the state machine needs, so that the item can be made anew from its route alone.
// An act is what one person did at once: the digests of its moves, signed as CMS; its own digest stands in the operation log 操作日志
// (kind op.task-act) before anything is kept. Pure but for the signature.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/identity/bureau.h"
#include "core/tasks/flow.h"

namespace guzheng {

struct MoveRecord {
  FlowKind kind = FlowKind::Result;
  std::int64_t item = 0, number = 0;       // number: of the move within the route, from 1
  std::string previous;                    // digest of the move before; "" of the first
  FlowState from = FlowState::None, to = FlowState::None;
  WallTime at;
  std::string badge, name, unit;           // who made it
  MoveOrder order;
  std::optional<Day> dispatched, due;      // after the move
  std::set<FeedbackKind> wanted;           // of Submit
  std::string content;                     // digest of what the item says (sheet, result, clue) where the move fixes it; else ""
  std::string label;                       // 编号, of a sheet's first Submit
  bool operator==(const MoveRecord&) const = default;
};

Result<std::string> move_body(const MoveRecord& record);       // canonical JSON
// Invalid: not what move_body writes.
Result<MoveRecord> read_move(std::string_view body);
std::string move_digest(std::string_view body);                // SHA-256, hex

// The item after the move as the record says it. Invalid: the record does not go on from the item (number, previous, state, no such rule).
Result<FlowItem> follow(const FlowItem& item, const MoveRecord& record, std::string_view body);
// From nothing. Bodies in order.
Result<FlowItem> replay(FlowKind kind, std::int64_t id, const std::vector<std::string>& bodies);

// Canonical JSON of an act.
Result<std::string> act_text(WallTime at, const Actor& actor, const std::vector<std::string>& move_digests);
// Are these the digests of that act? Invalid: no act.
Result<std::vector<std::string>> digests_in_act(std::string_view act);

// Who makes moves: the person, and the key that only this person has (电子签名法 13).
struct TaskHand {
  Actor actor;
  std::shared_ptr<Signer> signer;
};
// Denied: no signer, or its certificate is another person's.
Status check_hand(const TaskHand& hand);

}  // namespace guzheng
