#include "core/site/look.h"

#include <algorithm>
#include <charconv>

namespace guzheng {

namespace {

constexpr std::chrono::seconds kLookPatience{10};
constexpr std::pair<NodeTrouble, std::string_view> kTroubleNames[] = {
    {NodeTrouble::KeyChanged, "key-changed"}, {NodeTrouble::KeyUnknown, "key-unknown"}, {NodeTrouble::KeyLocked, "key-locked"}, {NodeTrouble::Refused, "refused"},
    {NodeTrouble::Unreachable, "unreachable"}, {NodeTrouble::NoProgram, "no-program"},  {NodeTrouble::NoAdb, "no-adb"},
    {NodeTrouble::LineDown, "line-down"},      {NodeTrouble::Hot, "hot"},               {NodeTrouble::OnBattery, "on-battery"},
    {NodeTrouble::DiskLow, "disk-low"},        {NodeTrouble::ClockApart, "clock-apart"}, {NodeTrouble::LineSlow, "line-slow"}};

NodeTrouble without_answer(const NodeLook& look) {
  if (look.key && look.key->state == HostKeyState::Changed) return NodeTrouble::KeyChanged;
  if (look.key && look.key->state == HostKeyState::Unknown) return NodeTrouble::KeyUnknown;
  if (look.key_locked) return NodeTrouble::KeyLocked;
  switch (look.error ? look.error->kind : ErrorKind::Network) {
    case ErrorKind::Tampered: return NodeTrouble::KeyChanged;
    case ErrorKind::Denied: return NodeTrouble::Refused;
    case ErrorKind::Protocol: return NodeTrouble::NoProgram;
    default: return NodeTrouble::Unreachable;
  }
}

}  // namespace

std::string_view to_string(NodeTrouble trouble) {
  for (const auto& [value, name] : kTroubleNames)
    if (value == trouble) return name;
  return {};
}

std::optional<NodeTrouble> node_trouble(std::string_view text) {
  for (const auto& [value, name] : kTroubleNames)
    if (name == text) return value;
  return std::nullopt;
}

std::optional<std::int64_t> clock_apart_ms(const NodeLook& look) {
  if (!look.state) return std::nullopt;
  // its answer was made somewhere between asking and coming
  return std::max<std::int64_t>({look.asked.ms - look.state->clock_ms, look.state->clock_ms - look.came.ms, 0});
}

std::optional<int> line_speed(const NodeState& state) {
  std::optional<int> fastest;
  for (const auto& link : state.links)
    if (link.up && link.mbit && *link.mbit > 0) fastest = std::max(fastest.value_or(0), *link.mbit);
  return fastest;
}

std::vector<NodeTrouble> troubles_of(const NodeLook& look) {
  if (!look.state) return {without_answer(look)};
  const NodeState& state = *look.state;
  std::vector<NodeTrouble> out;
  const auto add = [&](bool is, NodeTrouble trouble) {
    if (is) out.push_back(trouble);
  };
  add(!state.adb_protocol, NodeTrouble::NoAdb);
  add(std::none_of(state.links.begin(), state.links.end(), [](const auto& link) { return link.up; }), NodeTrouble::LineDown);
  add(state.milli_celsius && *state.milli_celsius > kNodeWarmest, NodeTrouble::Hot);
  add(state.on_mains && !*state.on_mains, NodeTrouble::OnBattery);
  add(state.disk_total > 0 && state.disk_free < kNodeDiskLeast, NodeTrouble::DiskLow);
  add(*clock_apart_ms(look) > kNodeClockApartMs, NodeTrouble::ClockApart);
  const auto speed = line_speed(state);
  add(speed && *speed < kNodeSlowest, NodeTrouble::LineSlow);
  return out;
}

std::optional<int> battery_level(std::string_view text) {
  constexpr std::string_view kLevel = "\n  level: ";
  const auto at = text.find(kLevel);
  if (at == std::string_view::npos) return std::nullopt;
  int level = -1;
  const auto rest = text.substr(at + kLevel.size());
  const auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), level);
  return ec == std::errc{} && level >= 0 && level <= 100 ? std::optional(level) : std::nullopt;
}

NodeLook look_at(SshTransport& way, const SshAddress& address, const Clock& clock) {
  NodeLook out;
  out.asked = clock.wall();
  const auto connection = way.connection();
  if (connection) {
    out.asked = clock.wall();
    auto state = node_state(**connection, kLookPatience);
    if (state) out.state = std::move(*state);
    else out.error = state.error();
  } else {
    out.error = connection.error();
  }
  out.came = clock.wall();
  const bool refused = out.error && (out.error->kind == ErrorKind::Denied || out.error->kind == ErrorKind::Tampered);
  if (!refused) return out;
  if (auto key = host_key_of(address)) out.key = std::move(*key);
  out.key_locked = ssh_key_state(address) == SshKeyState::Locked;
  return out;
}

}  // namespace guzheng
