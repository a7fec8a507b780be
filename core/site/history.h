// Room site. What nodes looked like, in the last month. Thread-safe; blocks for the disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/site/look.h"
#include "core/site/site_book.h"

namespace guzheng {

struct NodeSample {
  WallTime at;
  bool answered = false;
  std::optional<int> milli_celsius, charge, mbit, adb;
  std::optional<bool> on_mains;
  std::optional<std::uint64_t> disk_free;
  std::optional<std::int64_t> clock_apart_ms;
  std::vector<NodeTrouble> troubles;
};

NodeSample sample_of(const NodeLook& look);                      // pure
// Pure. A look is kept when what is troubled changed since `last`, or a minute has gone by.
bool is_worth_keeping(const std::optional<NodeSample>& last, const NodeSample& now);
// Pure. The samples at which something changed against the one before (troubles, power, speed), newest first; the first of all is one.
std::vector<NodeSample> changes_in(const std::vector<NodeSample>& samples);

// Appends when it is worth keeping, and lets go of what is older than 31 days.
Status keep_look(Database& book, const std::string& node, const NodeLook& look);
// Oldest first.
Result<std::vector<NodeSample>> node_history(Database& book, const std::string& node, WallTime since);

}  // namespace guzheng
