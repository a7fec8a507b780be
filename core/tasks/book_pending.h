// Room tasks, private: a move that is about to be made.
#pragma once

#include "core/tasks/task_book.h"

namespace guzheng {

// Denied: another person, or another unit, could do it, and which duty that is; Invalid: nobody could, as it stands.
Failure refusal(const MoveProblem& problem, const FlowItem& item, const MoveOrder& order, const Actor& actor);

// Of a new item, by a unit's desk.
MoveOrder creation(const std::string& org);
FlowItem fresh_item(FlowKind kind, std::int64_t id);

struct TaskBook::Pending {
  FlowItem before, after;
  MoveOrder order;
  std::set<FeedbackKind> wanted;           // of Submit
  std::string content, label;              // as in MoveRecord
  // of Create, and the sheet of Submit
  std::optional<TaskSheet> sheet;
  std::optional<MonitorResult> result;
  std::optional<Clue> clue;
  std::int64_t task = 0, serial = 0;       // of a result
  WallTime at;                             // of the act, set by commit(), as the next two
  std::string body, digest;                // of the move
};

}  // namespace guzheng
