// The rows of the node that the phone hangs on, and what node.json says: this computer, asked itself, or one beyond a network, as its own
// program answered (A-7.3a, A-8.4).
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/custody/journal.h"
#include "core/device/node.h"
#include "core/session/environment.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Checked unknown_row(const char* id, const char* title, const char* expected) {
  return env_row(id, "node", title, expected, "无法判定", "unknown", "");
}

// Where the kernel says it: temperature and power of the computer that the phone hangs on.
std::string read_kernel(const fs::path& file) {
  const auto text = read_text(file, 4096);
  return text ? text->substr(0, text->find('\n')) : std::string();
}

Checked check_temperature() {
  std::error_code ec;
  std::string raw;
  int warmest = -1000;
  for (const auto& zone : fs::directory_iterator("/sys/class/thermal", ec)) {
    const std::string value = read_kernel(zone.path() / "temp");
    if (value.empty()) continue;
    raw += zone.path().filename().string() + " " + read_kernel(zone.path() / "type") + " " + value + "\n";
    warmest = std::max(warmest, std::atoi(value.c_str()) / 1000);
  }
  if (raw.empty()) return env_row("node.temperature", "node", "本机温度（最高的测点）", "85 °C 以下", "无法判定", "unknown", "no thermal zone\n");
  return env_row("node.temperature", "node", "本机温度（最高的测点）", "85 °C 以下", std::to_string(warmest) + " °C", warmest < 85 ? "pass" : "note", raw);
}

Checked check_power() {
  std::error_code ec;
  std::string raw;
  bool mains = false;
  for (const auto& supply : fs::directory_iterator("/sys/class/power_supply", ec)) {
    const std::string type = read_kernel(supply.path() / "type"), online = read_kernel(supply.path() / "online");
    raw += supply.path().filename().string() + " " + type + " online " + online + " capacity " + read_kernel(supply.path() / "capacity") + "\n";
    mains = mains || (type == "Mains" && online == "1");
  }
  if (raw.empty()) return env_row("node.power", "node", "供电", "接通电源", "无法判定", "unknown", "no power supply is listed\n");
  return env_row("node.power", "node", "供电", "接通电源", mains ? "接通电源" : "使用电池", mains ? "pass" : "note", raw);
}

const char *const kNetworkTitle = "网络接口与速率", *const kNetworkExpected = "已连通，100 Mbit/s 以上";

// The interfaces that are up; the fastest of those that name a speed counts (a wireless one names none).
Checked network_row(const std::vector<NodeState::Link>& links, std::string raw) {
  std::string found;
  int fastest = 0;
  for (const auto& link : links) {
    if (!link.up) continue;
    found += (found.empty() ? "" : "；") + link.name + (link.mbit ? " " + std::to_string(*link.mbit) + " Mbit/s" : "");
    fastest = std::max(fastest, link.mbit.value_or(0));
  }
  const bool slow = fastest > 0 && fastest < kNodeSlowest;
  return env_row("node.network", "node", kNetworkTitle, kNetworkExpected, found.empty() ? "无" : found, found.empty() || slow ? "note" : "pass", std::move(raw));
}

// The adapters of this computer, as its kernel names them.
Checked check_network() {
  std::error_code ec;
  std::string raw;
  std::vector<NodeState::Link> links;
  for (const auto& one : fs::directory_iterator("/sys/class/net", ec)) {
    const std::string name = one.path().filename().string(), state = read_kernel(one.path() / "operstate"), speed = read_kernel(one.path() / "speed");
    raw += name + " " + state + " " + speed + "\n";
    const int mbit = std::atoi(speed.c_str());
    if (name != "lo") links.push_back({name, state == "up", mbit > 0 ? std::optional<int>(mbit) : std::nullopt});
  }
  if (raw.empty()) return env_row("node.network", "node", kNetworkTitle, kNetworkExpected, "无法判定", "unknown", "no network interface is listed\n");
  return network_row(links, raw);
}

Checked check_room() {
  const char *title = "可用空间", *expected = "1 GiB 以上";
  const auto free = free_bytes("/");
  if (!free) return env_row("node.disk", "node", title, expected, "无法判定", "unknown", free.error().what + "\n");
  return env_row("node.disk", "node", title, expected, std::to_string(*free >> 20) + " MiB", *free >= kNodeDiskLeast ? "pass" : "note",
                 "/ " + std::to_string(*free) + " bytes free\n");
}

// The adb program that a shell of this computer would start: the running server may be another.
std::string own_adb_digest() {
  std::istringstream folders(std::getenv("PATH") != nullptr ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::error_code ec;
    const auto program = fs::canonical(fs::path(folder) / "adb", ec);
    if (ec || !fs::is_regular_file(program, ec)) continue;
    const auto digests = digest_file(program);
    return digests ? digests->sha256 : std::string();
  }
  return {};
}

// A key that is not known, or that changed, was refused before anything else was said to the node: here it is told which one it was.
Checked node_host_key(const NodeFacts& node) {
  return env_row("node.host-key", "node", "节点主机密钥", "本单位已登记", node.host_key.empty() ? "无法判定" : "已登记，" + node.host_key,
                 node.host_key.empty() ? "unknown" : "pass", node.host_key + "\n");
}

Checked node_clock(const NodeFacts& node) {
  const char *title = "节点时间与工作站时间之差", *expected = "2 秒以内";
  if (!node.state) return unknown_row("node.clock", title, expected);
  // its answer was made somewhere between asking and coming
  const auto off = std::max<std::int64_t>({node.asked.ms - node.state->clock_ms, node.state->clock_ms - node.came.ms, 0});
  return env_row("node.clock", "node", title, expected, std::to_string(off) + " 毫秒", off <= kNodeClockApartMs ? "pass" : "fail", "");
}

// Whether the node's own system keeps its clock right: a clock that agrees now may not have an hour ago.
Checked node_clock_kept(const NodeFacts& node) {
  const char *title = "节点时钟自动校准", *expected = "已同步";
  if (!node.state || !node.state->clock_kept) return unknown_row("node.clock-kept", title, expected);
  return env_row("node.clock-kept", "node", title, expected, *node.state->clock_kept ? "已同步" : "未同步", *node.state->clock_kept ? "pass" : "note", "");
}

Checked node_temperature(const NodeFacts& node) {
  const char *title = "节点温度（最高的测点）", *expected = "35 °C 以下";
  if (!node.state || !node.state->milli_celsius) return unknown_row("node.temperature", title, expected);
  const int warmest = *node.state->milli_celsius;
  return env_row("node.temperature", "node", title, expected, fmt::format("{}{}.{} °C", warmest < 0 ? "-" : "", std::abs(warmest) / 1000, std::abs(warmest) % 1000 / 100),
                 warmest <= kNodeWarmest ? "pass" : "note", "");
}

Checked node_power(const NodeFacts& node) {
  const char *title = "节点供电", *expected = "接通市电";
  if (!node.state || !node.state->on_mains) return unknown_row("node.power", title, expected);
  const std::string charge = node.state->charge ? "，电量 " + std::to_string(*node.state->charge) + "%" : "";
  return env_row("node.power", "node", title, expected, (*node.state->on_mains ? "接通市电" : "使用电池或不间断电源") + charge,
                 *node.state->on_mains ? "pass" : "note", "");
}

Checked node_network(const NodeFacts& node) {
  return node.state ? network_row(node.state->links, "") : unknown_row("node.network", kNetworkTitle, kNetworkExpected);
}

Checked node_disk(const NodeFacts& node) {
  const char *title = "节点可用空间", *expected = "1 GiB 以上";
  if (!node.state || node.state->disk_total == 0) return unknown_row("node.disk", title, expected);
  return env_row("node.disk", "node", title, expected, std::to_string(node.state->disk_free >> 20) + " MiB",
                 node.state->disk_free >= kNodeDiskLeast ? "pass" : "note", "");
}

// One raw file for all rows of the node: its answer as it came.
std::vector<Checked> check_far_node(const NodeFacts& node) {
  Checked state = env_row("node.state", "node", "节点状态", "节点程序有应答", node.state ? node.state->host : "无法判定：" + node.why,
                          node.state ? "pass" : "unknown", node.state ? node.state->raw + "\n" : node.why + "\n");
  std::vector<Checked> rows{node_clock(node), node_clock_kept(node), node_temperature(node), node_power(node), node_network(node), node_disk(node)};
  for (auto& one : rows) one.item.raw = state.item.raw;
  rows.insert(rows.begin(), std::move(state));
  rows.insert(rows.begin(), node_host_key(node));
  return rows;
}

}  // namespace

std::vector<Checked> check_node(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node) {
  const std::string digest = !node ? own_adb_digest() : node->state ? node->state->adb_sha256 : "";
  const std::string version = adb_version == 0 ? "无法判定" : std::to_string(adb_version) + (digest.empty() ? "" : (node ? "，节点上作为服务器运行的程序 SHA-256 " : "，本机 adb 程序文件 SHA-256 ") + digest);
  std::vector<Checked> rows{env_row("node.way", "node", "手机接入方式", "可以说明", link.way(), "pass", link.way() + "\n"),
                            env_row("node.adb", "node", "adb 服务器版本", "可以读取", version, adb_version == 0 ? "unknown" : "pass",
                                    std::to_string(adb_version) + "\n" + (digest.empty() ? "" : digest + "\n"))};
  auto more = node ? check_far_node(*node) : std::vector<Checked>{check_temperature(), check_power(), check_network(), check_room()};
  rows.insert(rows.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return rows;
}

Json node_json(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node) {
  Json out{{"host", host_name()}, {"way", journal_text(link.way())}, {"adb_version", adb_version == 0 ? "" : std::to_string(adb_version)}};
  if (!node) return out;
  out["host"] = node->state ? journal_text(node->state->host) : std::string();
  out["name"] = journal_text(node->name);
  out["place"] = journal_text(node->place);
  return out;
}

}  // namespace guzheng
