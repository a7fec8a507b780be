// Room tasks. What lies on whose desk: lists by due date with filters, counts and unread marks (A-6.4b). Plain values; task_book.h answers them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/tasks/flow.h"

namespace guzheng {

inline constexpr int kMostCount = 1000;          // counts stop here; …

// … and at one page with words that stand in very many rows: counting those would cost more than the page.
struct LineCount {
  int lines = 0;
  bool or_more = false;                    // the counting stopped at `lines`
  bool operator==(const LineCount&) const = default;
};

enum class DueFilter { Any, Overdue, Soon };     // Soon: due today or within kSoonDays working days

// Where a page goes on: the last row of the page before.
struct PageKey {
  std::int64_t day = 0, id = 0;
};

struct TaskFilter {
  std::string unit;                        // with `duties`: only what waits for this unit and one of these duties
  std::set<Duty> duties;                   // empty: whoever it waits for, over or not
  std::optional<TaskCategory> category;
  std::set<FlowState> states;              // empty: all
  DueFilter due = DueFilter::Any;
  std::string words;                       // in number, name, source
  int limit = 100;                         // 1 to 1000
  std::optional<PageKey> after;
};

struct TaskLine {
  std::int64_t id = 0;
  std::string number, name, source;
  std::optional<TaskCategory> category;
  FlowState state = FlowState::Draft;
  int version = 0;
  std::int64_t results = 0, open_results = 0;
  std::optional<Day> due;                  // of the open result that is due first; without one, the end of 监测时间 while it runs
  bool unread = false;
  PageKey key;
};
struct TaskPage {
  std::vector<TaskLine> lines;             // by due day, then id; what has no day comes last
  LineCount count;                         // of the whole filter
};

struct ResultFilter {
  std::string unit;
  std::set<Duty> duties;
  std::optional<std::int64_t> task;
  std::set<FlowState> states;
  DueFilter due = DueFilter::Any;
  std::string words;                       // in operator, violation, platform, field, credit code, the third party's number
  std::string subject;                     // id
  int limit = 100;
  std::optional<PageKey> after;
};

struct ResultLine {
  std::int64_t id = 0, task = 0, serial = 0;
  std::string task_number, task_name;
  std::string operator_name, violation, platform, field;
  FlowState state = FlowState::Judging;
  ClueOutcome outcome = ClueOutcome::Open;
  std::string unit;
  std::optional<Day> due;
  bool unread = false;
  PageKey key;
};
struct ResultPage {
  std::vector<ResultLine> lines;           // by due day, what is not dispatched yet by the day it was found; then id
  LineCount count;
};

// The numbers beside the desk's entries, each to kMostCount.
struct DeskCounts {
  int tasks = 0, results = 0;              // waiting for this person
  int overdue = 0, soon = 0;               // of those results
  int notices = 0;                         // unread
};

struct Notice {
  std::int64_t id = 0;
  WallTime at;
  FlowKind kind = FlowKind::Result;
  std::int64_t item = 0;                   // the first, when there are several
  int items = 1;
  FlowMove move = FlowMove::Create;
  std::string by;                          // name
  bool read = false;
};

}  // namespace guzheng
