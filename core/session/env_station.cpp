// The rows of the workstation, and what env.json says.
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include "core/base/file.h"
#include "core/custody/journal.h"
#include "core/identity/signer.h"
#include "core/session/environment.h"
#include "core/session/name_lookup.h"

namespace guzheng {

namespace fs = std::filesystem;

Checked env_row(const char* id, const char* where, const char* title, const char* expected, std::string found, const char* verdict,
                std::string raw) {
  return {{id, where, title, expected, journal_text(found), verdict, raw_path(id), is_compulsory(id), {}}, std::move(raw)};
}

namespace {

Checked check_clock(const StationFacts& facts) {
  const char* title = "工作站时间与时间戳机构时间之差";
  if (!facts.stamp_time) return env_row("workstation.clock", "workstation", title, "2 秒以内", "无法判定", "unknown", "no time stamp\n");
  // a token's time may lie anywhere between asking and answer
  const auto early = facts.stamp_asked.ms - facts.stamp_time->ms, late = facts.stamp_time->ms - facts.stamp_came.ms;
  const auto off = std::max<std::int64_t>({early, late, 0});
  return env_row("workstation.clock", "workstation", title, "2 秒以内", std::to_string(off) + " 毫秒", off <= 2'000 ? "pass" : "fail",
             "asked " + format_time(facts.stamp_asked) + "\nanswered " + format_time(facts.stamp_came) + "\ntoken " +
                 format_time(*facts.stamp_time) + "\n");
}

// Names that point at this computer, whatever file they stand in.
bool is_own_name(const std::string& name, const std::vector<std::string>& own) {
  if (name == "localhost" || name.starts_with("localhost.") || name.starts_with("localhost4") || name.starts_with("localhost6") || name.starts_with("ip6-")) return true;
  return std::any_of(own.begin(), own.end(), [&](const std::string& one) { return !one.empty() && (name == one || name.starts_with(one + ".")); });
}

bool is_own_address(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("fe00:") || address.starts_with("ff0");
}

Checked check_hosts() {
  const auto text = read_text("/etc/hosts", 1u << 20);
  if (!text) return env_row("workstation.hosts", "workstation", "hosts 文件", "只有本机条目", "无法判定", "unknown", text.error().what + "\n");
  const auto others = foreign_hosts(*text, {host_name()}).size();
  return env_row("workstation.hosts", "workstation", "hosts 文件", "只有本机条目",
             others == 0 ? "只有本机条目" : "另有 " + std::to_string(others) + " 条", others == 0 ? "pass" : "note", *text);
}

Checked check_proxy() {
  std::string raw;
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') raw += std::string(name) + " is set\n";
  // the value may hold a password: only that it is set is kept
  return env_row("workstation.proxy", "workstation", "网络代理", "未设置", raw.empty() ? "未设置" : "已设置", raw.empty() ? "pass" : "note",
             raw.empty() ? "no proxy variable is set\n" : raw);
}

Checked check_disk(const StationFacts& facts) {
  const auto free = free_bytes(facts.vault);
  if (!free) return env_row("workstation.disk", "workstation", "证据库可用空间", "2 GiB 以上", "无法判定", "unknown", free.error().what + "\n");
  return env_row("workstation.disk", "workstation", "证据库可用空间", "2 GiB 以上", std::to_string(*free >> 20) + " MiB",
             *free >= (2ull << 30) ? "pass" : "fail", std::to_string(*free) + " bytes free\n");
}

Checked check_program(const StationFacts& facts) {
  return env_row("workstation.program", "workstation", "取证软件", "可以读取本程序的 SHA-256",
             facts.program_sha256.empty() ? "无法判定" : facts.software + "，SHA-256 " + facts.program_sha256,
             facts.program_sha256.empty() ? "unknown" : "pass", facts.software + "\n" + facts.program_sha256 + "\n");
}

// PROGRAM.p7s beside the program: a detached signature of the bureau over it (`openssl cms -sign -binary -outform DER`).
Checked check_signature(const StationFacts& facts) {
  const char *id = "workstation.signature", *title = "取证软件的签名", *expected = "本单位根证书下的签名";
  std::error_code ec;
  const fs::path& program = facts.program;
  const fs::path file = program.string() + ".p7s";
  if (program.empty()) return env_row(id, "workstation", title, expected, "无法判定", "unknown", "the running program has no name\n");
  if (!fs::exists(file, ec)) return env_row(id, "workstation", title, expected, "没有签名文件", "note", file.filename().string() + " is not there\n");
  const auto signature = read_file(file, 1u << 20), content = read_file(program, 512u << 20);
  if (!signature || !content) return env_row(id, "workstation", title, expected, "无法判定", "unknown", (signature ? content : signature).error().what + "\n");
  const auto signer = check_detached(*signature, *content, facts.org_root_pem);
  return signer ? env_row(id, "workstation", title, expected, "由 " + *signer + " 签名", "pass", "signer " + *signer + "\n")
                : env_row(id, "workstation", title, expected, "签名不符", "fail", signer.error().what + "\n");
}

Checked check_system() {
  utsname name{};
  const bool known = ::uname(&name) == 0;
  const auto release = read_text("/etc/os-release", 1u << 16);
  std::string pretty = known ? std::string(name.sysname) + " " + name.release : "无法判定";
  if (release)
    if (const auto at = release->find("PRETTY_NAME=\""); at != release->npos)
      pretty = release->substr(at + 13, release->find('"', at + 13) - at - 13) + "，" + pretty;
  return env_row("workstation.system", "workstation", "操作系统", "可以读取", pretty, known ? "pass" : "unknown",
             (known ? std::string(name.sysname) + " " + name.release + " " + name.version + " " + name.machine + "\n" : std::string()) +
                 (release ? *release : std::string()));
}

// Does the system's clock follow a time server? The kernel knows.
Checked check_sync() {
  timex state{};
  const int answer = ::adjtimex(&state);
  const char* title = "工作站时钟与时间服务器同步";
  if (answer < 0) return env_row("workstation.sync", "workstation", title, "已同步", "无法判定", "unknown", "adjtimex failed\n");
  const bool synced = answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  // the kernel's own estimate of how far the clock is from its time servers
  const std::string error = "，误差估计 " + std::to_string(state.esterror / 1000) + " 毫秒";
  return env_row("workstation.sync", "workstation", title, "已同步", synced ? "已同步" + error : "内核未报告同步", synced ? "pass" : "note",
             "adjtimex " + std::to_string(answer) + "\nstatus " + std::to_string(state.status) + "\noffset_us " + std::to_string(state.offset) +
                 "\nesterror_us " + std::to_string(state.esterror) + "\nmaxerror_us " + std::to_string(state.maxerror) + "\n");
}

Checked check_adapters() {
  ifaddrs* list = nullptr;
  const char* title = "网络适配器";
  if (::getifaddrs(&list) != 0) return env_row("workstation.adapters", "workstation", title, "可以读取", "无法判定", "unknown", "getifaddrs failed\n");
  std::string found, raw;
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
    char address[INET6_ADDRSTRLEN] = {};
    const int family = one->ifa_addr != nullptr ? one->ifa_addr->sa_family : AF_UNSPEC;
    if (family == AF_INET) ::inet_ntop(family, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr, address, sizeof address);
    else if (family == AF_INET6) ::inet_ntop(family, &reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr, address, sizeof address);
    else continue;
    const bool up = (one->ifa_flags & IFF_UP) != 0, own = (one->ifa_flags & IFF_LOOPBACK) != 0;
    raw += std::string(one->ifa_name) + " " + address + (up ? " up" : " down") + "\n";
    if (up && !own) found += (found.empty() ? "" : "；") + std::string(one->ifa_name) + " " + address;
  }
  ::freeifaddrs(list);
  return env_row("workstation.adapters", "workstation", title, "可以读取", found.empty() ? "只有本机回环" : found, found.empty() ? "note" : "pass", raw);
}

}  // namespace

// Does every resolver of this workstation say the same of the subject's host? One that lies would show another shop.
Checked dns_row(const std::string& host, const std::vector<NameAnswer>& answers) {
  const char* title = "各域名服务器对取证对象网址的应答";
  std::string raw = "host " + host + "\n", found;
  std::set<std::string> different;
  int answered = 0;
  for (const auto& one : answers) {
    std::string addresses;
    for (const auto& address : one.addresses) addresses += (addresses.empty() ? "" : " ") + address;
    raw += one.resolver + ": " + (one.answered ? addresses : one.asked ? "no answer" : "not asked") + "\n";
    if (!one.answered) continue;
    ++answered;
    different.insert(addresses);
    found += (found.empty() ? "" : "；") + one.resolver + "：" + (addresses.empty() ? "没有地址" : addresses);
  }
  if (answered == 0)
    return env_row("workstation.dns", "workstation", title, "一致", "无法判定", "unknown", host.empty() ? "the order names no link\n" : raw);
  if (answered == 1) found += "（只有一个域名服务器应答，无从比较）";
  return env_row("workstation.dns", "workstation", title, "一致", found, answered > 1 && different.size() == 1 ? "pass" : "note", raw);
}

std::string host_name() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? journal_text(name) : std::string();
}

std::vector<std::string> foreign_hosts(const std::string& text, const std::vector<std::string>& own) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string address;
    if (!(words >> address)) continue;
    bool fine = is_own_address(address);
    for (std::string name; words >> name;) fine = fine && is_own_name(name, own);
    if (!fine) out.push_back(line);
  }
  return out;
}

std::vector<Checked> check_station(const StationFacts& facts, EnvScope scope) {
  if (scope == EnvScope::Compulsory) return {check_clock(facts), check_signature(facts), check_disk(facts)};
  return {check_clock(facts), check_sync(), check_program(facts), check_signature(facts), check_system(), check_hosts(), check_proxy(),
          check_adapters(), dns_row(facts.subject_host, facts.subject_host.empty() ? std::vector<NameAnswer>{} : ask_resolvers(facts.subject_host)), check_disk(facts)};
}

Json item_json(const EnvItem& item) {
  Json out{{"id", item.id}, {"where", item.where}, {"title", item.title}, {"expected", item.expected},
           {"found", journal_text(item.found)}, {"verdict", item.verdict}, {"raw", item.raw}, {"compulsory", item.compulsory}};
  if (!item.overridden.empty()) out["override"] = journal_text(item.overridden);
  return out;
}

Json env_json(const std::vector<EnvItem>& items, WallTime at, int zone_minutes) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(item_json(item));
  return {{"checked_at", format_time(at, zone_minutes)}, {"items", std::move(list)}};
}

}  // namespace guzheng
