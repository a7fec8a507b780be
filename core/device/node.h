// Room device. A node: the machine beside the phones, as its program guzheng-node (installer/node) tells of it, and leases of its
// phones (A-8.3f, A-8.4). Leases are advice between desks: whoever reaches the node's adb server has the phones.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/device/ssh_connection.h"

namespace guzheng {

struct NodeLease {
  std::string serial, holder;             // holder: what its desk says
  std::string key;                        // fingerprint of the ssh key that logged in for it, as the node's sshd saw it; empty: not known
  std::int64_t since_ms = 0;              // the node's clock, epoch
};

// What a node site keeps around the clock, and what its machine needs.
inline constexpr int kNodeWarmest = 35'000;            // thousandths of a degree
inline constexpr int kNodeSlowest = 100;               // Mbit/s
inline constexpr std::int64_t kNodeClockApartMs = 2'000;
inline constexpr std::uint64_t kNodeDiskLeast = 1ull << 30;

// What could not be read there is empty, never a made-up value.
struct NodeState {
  std::string host;
  std::int64_t clock_ms = 0;              // the node's clock when it answered, epoch
  std::optional<bool> clock_kept;         // its system says that its clock is synchronised
  std::optional<std::int64_t> uptime_s;
  std::optional<int> milli_celsius;       // the warmest sensor
  std::optional<bool> on_mains;
  std::optional<int> charge;              // percent, of the UPS or the battery
  struct Link { std::string name; bool up = false; std::optional<int> mbit; };
  std::vector<Link> links;
  std::uint64_t disk_free = 0, disk_total = 0;        // bytes
  std::optional<int> adb_protocol;        // of the running adb server; empty: none answers
  std::string adb_sha256;                 // hex, of the node's adb program
  std::vector<NodeLease> leases;
  std::string raw;                        // the JSON as it came: goes into the evidence unchanged
};

// Pure. Protocol: no JSON of format 1 (foreign bytes: at most 1 MiB, every field checked).
Result<NodeState> parse_node_state(std::string_view json);

Result<NodeState> node_state(SshConnection& node, std::chrono::milliseconds limit);

// A phone held for one desk. Says each 10 s that the desk lives; given back by the destructor, or by the node when the line is lost: at
// once when it broke, after 30 s when it fell silent. Takes it again by itself. Thread-safe; owns two threads.
class PhoneLease {
 public:
  // Exists: another holds it; the error names who and since when, and so does `by`. `holder`: who and at which station, shown to others; at
  // most 200 bytes.
  static Result<std::unique_ptr<PhoneLease>> take(std::shared_ptr<SshTransport> node, std::string serial, std::string holder, NodeLease* by = nullptr);
  virtual ~PhoneLease() = default;
  [[nodiscard]] virtual bool held() const = 0;            // false: the line was lost, the phone may be another's by now
  // Takes it again after the line was lost; ok also while the node still keeps it for the line that was lost. Blocks as take() does.
  // Exists: another desk has the phone by now.
  virtual Status regain() = 0;
  // Called on its thread when another desk turns out to have the phone: Exists, naming it; once each time. Set before the phone is driven;
  // nullptr takes it away, after a call that is under way.
  virtual void on_taken(std::function<void(const Error&)> tell) = 0;
};

}  // namespace guzheng
