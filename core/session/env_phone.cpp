// The phone's rows of the environment check; each looks at the raw answer of one probe.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>
#include <sstream>

#include "core/session/environment.h"

namespace guzheng {

namespace {

struct Judgement {
  std::string found;
  const char* verdict = "unknown";
};
using Judge = Judgement (*)(const Probes&, const std::string& text);

struct PhoneCheck {
  const char* id;
  const char* probe;
  const char* title;
  const char* expected;
  Judge judge;                               // called only when the probe was answered
};

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

int number_after(const std::string& text, std::string_view label) {
  const auto at = text.find(label);
  if (at == text.npos) return -1;
  const auto first = text.find_first_not_of(' ', at + label.size());
  if (first == text.npos) return -1;
  const char* begin = text.data() + first;
  int value = -1;
  std::from_chars(begin, text.data() + text.size(), value);
  return value;
}

Judgement judge_model(const Probes& probes, const std::string&) {
  const std::string model = property(probes, "ro.product.model");
  if (model.empty()) return {};
  return {model + "，Android " + property(probes, "ro.build.version.release"), "pass"};
}

bool is_marked(const Probes& probes, std::string_view mark) {
  const auto marks = device_marks(probes);
  return std::find(marks.begin(), marks.end(), mark) != marks.end();
}

Judgement judge_training(const Probes& probes, const std::string&) {
  return is_marked(probes, "training") ? Judgement{"练习手机", "note"} : Judgement{"不是练习手机", "pass"};
}

Judgement judge_emulator(const Probes& probes, const std::string&) {
  return is_marked(probes, "emulator") ? Judgement{"模拟器", "fail"} : Judgement{"没有模拟器的特征", "pass"};
}

Judgement judge_root(const Probes& probes, const std::string&) {
  std::string signs;
  for (const auto& sign : root_signs(probes)) signs += (signs.empty() ? "" : "、") + sign;
  if (!signs.empty()) return {signs, "fail"};
  return root_was_looked_for(probes) ? Judgement{"没有 root 的特征", "pass"} : Judgement{};
}

// What adb calls the phone is what its transport says; over a network that is an address, which says nothing of the phone.
Judgement judge_serial(const Probes& probes, const std::string&) {
  const std::string serial = property(probes, "ro.serialno");
  return serial.empty() ? Judgement{} : Judgement{serial, "pass"};
}

Judgement judge_user(const Probes&, const std::string& text) {
  if (text.find("uid=2000(shell)") != text.npos) return {"shell", "pass"};
  return {first_line(text), text.find("uid=0(") != text.npos ? "fail" : "note"};
}

// Lines "  level: 86" and "  scale: 100". A reading that somebody fixed (`dumpsys battery set`) says nothing.
Judgement judge_battery(const Probes&, const std::string& text) {
  const int level = number_after(text, "\n  level:"), scale = number_after(text, "\n  scale:");
  if (level < 0 || text.find("UPDATES STOPPED") != text.npos) return {};
  const int percent = scale > 0 ? level * 100 / scale : level;
  if (percent > 100) return {};
  return {std::to_string(percent) + "%", percent >= 50 ? "pass" : "fail"};
}

Judgement judge_network(const Probes& probes, const std::string&) {
  const auto facts = network_facts(probes);
  if (facts.kind == "mobile") return {"移动互联网" + (facts.operator_name.empty() ? "" : "（" + facts.operator_name + "）"), "pass"};
  if (facts.kind == "wifi") return {"无线局域网（Wi-Fi）", "note"};
  if (facts.kind == "ethernet") return {"有线网络", "note"};
  if (facts.kind == "none") return {"未联网", "fail"};
  return {};
}

Judgement judge_vpn(const Probes& probes, const std::string&) {
  const auto facts = network_facts(probes);
  if (facts.vpn.empty()) return {};
  return facts.vpn == "none" ? Judgement{"未使用", "pass"} : Judgement{"正在使用 VPN", "fail"};
}

Judgement judge_proxy(const Probes& probes, const std::string&) {
  const auto facts = network_facts(probes);
  if (facts.proxy.empty()) return {};
  return facts.proxy == "none" ? Judgement{"未设置", "pass"} : Judgement{facts.proxy, "fail"};
}

Judgement judge_clock(const Probes& probes, const std::string&) {
  const auto offset = clock_offset(answer(probes, "date"));
  if (!offset) return {};
  const auto size = std::llabs(*offset);
  return {(*offset < 0 ? "慢 " : "快 ") + std::to_string(size) + " 毫秒", size <= 5'000 ? "pass" : size <= 60'000 ? "note" : "fail"};
}

// "Filesystem 1K-blocks Used Available Use% Mounted on"
Judgement judge_storage(const Probes&, const std::string& text) {
  const auto end = text.find('\n');
  if (end == text.npos) return {};
  std::istringstream row(text.substr(end + 1));
  std::string name;
  std::int64_t total = 0, used = 0, free = 0;
  if (!(row >> name >> total >> used >> free) || total <= 0) return {};
  return {"可用 " + std::to_string(free / 1024) + " MiB", free >= 2 * 1024 * 1024 ? "pass" : "fail"};
}

Judgement judge_size(const Probes&, const std::string& text) {
  const auto at = text.find("size: ");
  if (at == text.npos) return {};
  return {first_line(text.substr(at + 6)), text.find("Override size") == text.npos ? "pass" : "note"};
}

Judgement judge_hosts(const Probes&, const std::string& text) {
  std::string found;
  for (const auto& line : foreign_hosts(text, {})) found += (found.empty() ? "" : "；") + line;
  return found.empty() ? Judgement{"只有本机条目", "pass"} : Judgement{found, "fail"};
}

// Android makes the folder with the first certificate that a user adds: that there is none is an answer.
Judgement judge_certificates(const Probes&, const std::string& text) {
  return first_line(text).empty() || text.find("No such file or directory") != text.npos ? Judgement{"没有用户安装的根证书", "pass"} : Judgement{"有用户安装的根证书", "fail"};
}

Judgement judge_auto_time(const Probes&, const std::string& text) {
  const std::string value = first_line(text);
  if (value != "0" && value != "1") return {};
  return value == "1" ? Judgement{"自动校时", "pass"} : Judgement{"手动设置时间", "note"};
}

// Android's own word on what was started: green and yellow are locked boot loaders, yellow with somebody's own key.
Judgement judge_boot(const Probes& probes, const std::string&) {
  const std::string state = property(probes, "ro.boot.verifiedbootstate"), flash = property(probes, "ro.boot.flash.locked");
  if (state.empty()) return {};
  const std::string lock = flash.empty() ? "" : flash == "1" ? "，引导程序已锁定" : "，引导程序未锁定";
  return {state + lock, state == "green" && flash != "0" ? "pass" : state == "orange" || state == "red" || flash == "0" ? "fail" : "note"};
}

Judgement judge_identity(const Probes& probes, const std::string&) {
  const std::string print = property(probes, "ro.build.fingerprint");
  if (print.empty()) return {};
  return {print, print.find("test-keys") == print.npos && print.find("dev-keys") == print.npos ? "pass" : "note"};
}

Judgement judge_operator(const Probes& probes, const std::string&) {
  const std::string name = network_facts(probes).operator_name;
  return name.empty() ? Judgement{} : Judgement{name, "pass"};
}

Judgement judge_developer(const Probes&, const std::string& text) {
  const std::string value = first_line(text);
  if (value != "0" && value != "1") return {};
  return value == "1" ? Judgement{"开启（取证经 USB 调试进行）", "pass"} : Judgement{"未开启", "note"};
}

// "last location=Location[gps 30.59,114.30 hAcc=12 …]", or "Location[network 30.59,114.30 acc=20 …]"
Judgement judge_position(const Probes&, const std::string& text) {
  for (auto at = text.find("Location["); at != text.npos; at = text.find("Location[", at + 1)) {
    std::istringstream words(text.substr(at + 9, text.find(']', at) - at - 9));
    std::string provider, point;
    if (!(words >> provider >> point) || point.find(',') == point.npos || point.find_first_not_of("0123456789.,-*") != point.npos) continue;
    const bool mock = text.substr(at, text.find(']', at) - at).find(" mock") != std::string::npos;      // an app says where the phone is
    return mock ? Judgement{point + "（" + provider + "，模拟位置）", "note"} : Judgement{point + "（" + provider + "）", "pass"};
  }
  return {};
}

// Apps run under users u0_a…; what belongs to the system is not counted.
Judgement judge_apps(const Probes&, const std::string& text) {
  std::istringstream lines(text);
  std::set<std::string> apps;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string user, name;
    if (words >> user >> name && user.starts_with("u") && user.find("_a") != user.npos) apps.insert(name.substr(0, name.find(':')));
  }
  if (text.find("NAME") == text.npos) return {};
  std::string found = std::to_string(apps.size()) + " 个";
  int shown = 0;
  for (const auto& app : apps) {
    if (++shown > 20) break;
    found += (shown == 1 ? "：" : "、") + app;
  }
  return {found + (apps.size() > 20 ? "……" : ""), "pass"};
}

// The address that the shop's server sees is not the phone's to say: a shell has nobody to ask but strangers.
Judgement judge_egress(const Probes&, const std::string&) { return {}; }

Judgement judge_addresses(const Probes& probes, const std::string&) {
  std::string found;
  for (const auto& address : network_facts(probes).addresses) found += (found.empty() ? "" : "、") + address;
  return found.empty() ? Judgement{"没有地址", "note"} : Judgement{found, "pass"};
}

constexpr PhoneCheck kChecks[] = {
    {"phone.model", "getprop", "手机型号与系统版本", "可以读取", judge_model},
    {"phone.serial", "getprop", "手机序列号", "可以读取", judge_serial},
    {"phone.training", "getprop", "练习手机", "不是", judge_training},
    {"phone.emulator", "getprop", "模拟器特征", "没有", judge_emulator},
    {"phone.root", "su", "root 特征", "没有", judge_root},
    {"phone.identity", "getprop", "系统指纹", "正式签名的系统", judge_identity},
    {"phone.boot", "getprop", "系统启动校验", "green，引导程序已锁定", judge_boot},
    {"phone.developer", "developer", "开发者选项", "开启", judge_developer},
    {"phone.operator", "getprop", "移动运营商", "可以读取", judge_operator},
    {"phone.egress", "ip", "出口地址", "可以读取", judge_egress},
    {"phone.position", "location", "位置", "可以读取", judge_position},
    {"phone.apps", "apps", "正在运行的应用", "可以读取", judge_apps},
    {"phone.user", "id", "取证所用手机账户权限", "shell", judge_user},
    {"phone.battery", "battery", "电量", "50% 以上", judge_battery},
    {"phone.network", "connectivity", "网络类型", "移动互联网", judge_network},
    {"phone.vpn", "connectivity", "VPN", "未使用", judge_vpn},
    {"phone.proxy", "proxy", "网络代理", "未设置", judge_proxy},
    {"phone.addresses", "ip", "网络地址", "可以读取", judge_addresses},
    {"phone.hosts", "hosts", "hosts 文件", "只有本机条目", judge_hosts},
    {"phone.cacerts", "cacerts", "用户安装的根证书", "没有", judge_certificates},
    {"phone.clock", "date", "手机时间与工作站时间之差", "5 秒以内", judge_clock},
    {"phone.auto-time", "auto-time", "自动校时", "开启", judge_auto_time},
    {"phone.storage", "df", "存储空间", "2 GiB 以上可用", judge_storage},
    {"phone.screen", "size", "屏幕分辨率", "未修改", judge_size},
};

// Root is judged by several answers (judge_root), a proxy by the networks' too; that a folder is not there is an answer of ls.
bool was_answered(const Probes& probes, const PhoneCheck& check) {
  const auto& raw = answer(probes, check.probe);
  const std::string_view probe = check.probe;
  if (probe == "su") return answer(probes, "getprop").answered;
  if (probe == "proxy") return raw.answered || answer(probes, "connectivity").answered;
  if (probe == "cacerts" && raw.text.find("No such file or directory") != raw.text.npos) return true;
  return raw.answered;
}

}  // namespace

std::string raw_path(const std::string& id) {
  std::string name = id;
  for (char& c : name)
    if (c == '.') c = '-';
  return "data/attach/raw/" + name + ".txt";
}

bool is_asked(std::string_view probe, EnvScope scope) {
  if (scope == EnvScope::All || probe == "getprop" || probe == "id") return true;
  return std::any_of(std::begin(kChecks), std::end(kChecks), [&](const auto& check) { return probe == check.probe && is_compulsory(check.id); }) ||
         probe == "ip" || probe == "packages";             // a tunnel shows itself there, and what hands out root
}

std::vector<Checked> check_phone(const Probes& probes, EnvScope scope) {
  std::vector<Checked> out;
  std::set<std::string> written;             // probes that more than one check looks at have one raw file
  for (const auto& check : kChecks) {
    const bool compulsory = is_compulsory(check.id);
    if (scope == EnvScope::Compulsory && !compulsory) continue;
    const auto& raw = answer(probes, check.probe);
    const Judgement judged = was_answered(probes, check) ? check.judge(probes, raw.text) : Judgement{};
    const bool unknown = judged.found.empty();
    Checked checked;
    checked.item = {check.id, "phone", check.title, check.expected, unknown ? "无法判定" : judged.found,
                    unknown ? "unknown" : judged.verdict, raw_path(std::string("phone.") + check.probe), compulsory, {}};
    if (written.insert(check.probe).second) checked.raw = "$ " + raw.command + "\n" + raw.text;
    out.push_back(std::move(checked));
  }
  return out;
}

}  // namespace guzheng
