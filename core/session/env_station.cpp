// The rows of workstation and node, and what env.json and node.json say.
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "core/base/file.h"
#include "core/custody/journal.h"
#include "core/session/environment.h"

namespace guzheng {

namespace {

Checked row(const char* id, const char* where, const char* title, const char* expected, std::string found, const char* verdict,
            std::string raw, bool compulsory = false) {
  return {{id, where, title, expected, journal_text(found), verdict, raw_path(id), compulsory}, std::move(raw)};
}

Checked check_clock(const StationFacts& facts) {
  const char* title = "工作站时间与时间戳机构时间之差";
  if (!facts.stamp_time) return row("workstation.clock", "workstation", title, "2 秒以内", "无法判定", "unknown", "no time stamp\n", true);
  // a token's time may lie anywhere between asking and answer
  const auto early = facts.stamp_asked.ms - facts.stamp_time->ms, late = facts.stamp_time->ms - facts.stamp_came.ms;
  const auto off = std::max<std::int64_t>({early, late, 0});
  return row("workstation.clock", "workstation", title, "2 秒以内", std::to_string(off) + " 毫秒", off <= 2'000 ? "pass" : "fail",
             "asked " + format_time(facts.stamp_asked) + "\nanswered " + format_time(facts.stamp_came) + "\ntoken " +
                 format_time(*facts.stamp_time) + "\n",
             true);
}

Checked check_hosts() {
  const auto text = read_text("/etc/hosts", 1u << 20);
  if (!text) return row("workstation.hosts", "workstation", "hosts 文件", "只有本机条目", "无法判定", "unknown", text.error().what + "\n");
  std::istringstream lines(*text);
  int others = 0;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string address;
    if (!(words >> address)) continue;
    const bool own = address.starts_with("127.") || address == "::1" || address.starts_with("fe00:") || address.starts_with("ff0");
    if (!own) ++others;
  }
  return row("workstation.hosts", "workstation", "hosts 文件", "只有本机条目",
             others == 0 ? "只有本机条目" : "另有 " + std::to_string(others) + " 条", others == 0 ? "pass" : "note", *text);
}

Checked check_proxy() {
  std::string raw;
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') raw += std::string(name) + " is set\n";
  // the value may hold a password: only that it is set is kept
  return row("workstation.proxy", "workstation", "网络代理", "未设置", raw.empty() ? "未设置" : "已设置", raw.empty() ? "pass" : "note",
             raw.empty() ? "no proxy variable is set\n" : raw);
}

Checked check_disk(const StationFacts& facts) {
  const auto free = free_bytes(facts.vault);
  if (!free) return row("workstation.disk", "workstation", "证据库可用空间", "2 GiB 以上", "无法判定", "unknown", free.error().what + "\n", true);
  return row("workstation.disk", "workstation", "证据库可用空间", "2 GiB 以上", std::to_string(*free >> 20) + " MiB",
             *free >= (2ull << 30) ? "pass" : "note", std::to_string(*free) + " bytes free\n", true);
}

Checked check_program(const StationFacts& facts) {
  return row("workstation.program", "workstation", "取证软件", "可以读取本程序的 SHA-256",
             facts.program_sha256.empty() ? "无法判定" : facts.software + "，SHA-256 " + facts.program_sha256,
             facts.program_sha256.empty() ? "unknown" : "pass", facts.software + "\n" + facts.program_sha256 + "\n", true);
}

Checked check_system() {
  utsname name{};
  const bool known = ::uname(&name) == 0;
  const auto release = read_text("/etc/os-release", 1u << 16);
  std::string pretty = known ? std::string(name.sysname) + " " + name.release : "无法判定";
  if (release)
    if (const auto at = release->find("PRETTY_NAME=\""); at != release->npos)
      pretty = release->substr(at + 13, release->find('"', at + 13) - at - 13) + "，" + pretty;
  return row("workstation.system", "workstation", "操作系统", "可以读取", pretty, known ? "pass" : "unknown",
             (known ? std::string(name.sysname) + " " + name.release + " " + name.version + " " + name.machine + "\n" : std::string()) +
                 (release ? *release : std::string()));
}

}  // namespace

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? journal_text(name) : std::string();
}

std::vector<Checked> check_station(const StationFacts& facts) {
  return {check_clock(facts), check_program(facts), check_system(), check_hosts(), check_proxy(), check_disk(facts)};
}

std::vector<Checked> check_node(const DeviceLink& link) {
  return {row("node.way", "node", "手机接入方式", "可以说明", link.way(), "pass", link.way() + "\n")};
}

Json node_json(const DeviceLink& link, int adb_version) {
  return {{"host", host_name()}, {"way", journal_text(link.way())}, {"adb_version", adb_version == 0 ? "" : std::to_string(adb_version)}};
}

Json env_json(const std::vector<EnvItem>& items, WallTime at, int zone_minutes) {
  Json list = Json::array();
  for (const auto& item : items)
    list.push_back({{"id", item.id}, {"where", item.where}, {"title", item.title}, {"expected", item.expected},
                    {"found", journal_text(item.found)}, {"verdict", item.verdict}, {"raw", item.raw}, {"compulsory", item.compulsory}});
  return {{"checked_at", format_time(at, zone_minutes)}, {"items", std::move(list)}};
}

}  // namespace guzheng
