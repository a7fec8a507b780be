// Room site. One look at a node from afar, and what of it is trouble (A-8.4: power and a 100 M network around the clock, below 35 °C).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/device/node.h"

namespace guzheng {

struct NodeLook {
  WallTime asked, came;                    // this station's clock around the answer
  std::optional<NodeState> state;
  std::optional<Error> error;              // why there is no state
  std::optional<HostKey> key;              // of a node that was refused for its key, or that refused us
  bool key_locked = false;                 // the station's own key has a passphrase that nobody has given yet
};

// Worst first: their order is the order in which nodes are shown.
enum class NodeTrouble { KeyChanged, KeyUnknown, KeyLocked, Refused, Unreachable, NoProgram, NoAdb, LineDown, Hot, OnBattery, DiskLow, ClockApart, LineSlow };
std::string_view to_string(NodeTrouble trouble);                // "key-changed", …: what history keeps
std::optional<NodeTrouble> node_trouble(std::string_view text);

// Pure. What could not be read is no trouble of its own.
std::vector<NodeTrouble> troubles_of(const NodeLook& look);
// Pure. How far the node's clock is from this station's, at least; empty without an answer.
std::optional<std::int64_t> clock_apart_ms(const NodeLook& look);
// Pure. The fastest link that is up, Mbit/s; empty: none is up, or none tells.
std::optional<int> line_speed(const NodeState& state);
// Pure. "level: 87" of `dumpsys battery`, 0 to 100.
std::optional<int> battery_level(std::string_view dumpsys_battery);

// Connects if need be and asks. Blocks: at most some 15 s.
NodeLook look_at(SshTransport& way, const SshAddress& address, const Clock& clock);

}  // namespace guzheng
