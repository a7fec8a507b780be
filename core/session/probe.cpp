#include "core/session/probe.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <sstream>
#include <thread>

#include "core/base/thread_name.h"
#include "core/custody/journal.h"

namespace guzheng {

namespace {

struct ProbeSpec {
  const char* id;
  const char* command;
};
constexpr ProbeSpec kProbes[] = {
    {"getprop", "getprop"},
    {"date", "date +%s.%N"},
    {"id", "id"},
    {"su", "which su"},
    {"battery", "dumpsys battery"},
    {"connectivity", "dumpsys connectivity"},
    {"telephony", "dumpsys telephony.registry"},
    {"proxy", "settings get global http_proxy; settings get global global_http_proxy_host; settings get global global_proxy_pac_url"},
    {"ip", "ip addr"},
    {"df", "df /data"},
    {"size", "wm size"},
    {"hosts", "cat /system/etc/hosts"},
    {"cacerts", "ls /data/misc/user/0/cacerts-added"},
    {"developer", "settings get global development_settings_enabled"},
    {"auto-time", "settings get global auto_time"},
    {"location", "dumpsys location"},
    {"apps", "ps -A -o USER,NAME"},
    {"packages", "pm list packages"},
};
constexpr std::chrono::seconds kProbeLimit{5};
constexpr std::size_t kAtOnce = 6;           // shells on the phone

// Programs that hand out root, or rewrite other apps while they run.
constexpr const char* kRootManagers[] = {"com.topjohnwu.magisk",  "io.github.vvb2060.magisk", "me.weishu.kernelsu",
                                         "me.bmax.apatch",        "eu.chainfire.supersu",     "com.koushikdutta.superuser",
                                         "org.lsposed.manager",   "de.robv.android.xposed.installer"};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

// Text between `before` and the first of `ends` after it; "" when it is not there.
std::string between(std::string_view text, std::string_view before, std::string_view ends) {
  const auto at = text.find(before);
  if (at == text.npos) return {};
  const auto rest = text.substr(at + before.size());
  return trimmed(rest.substr(0, rest.find_first_of(ends)));
}

template <typename Use>
void each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    use(text.substr(0, end));
    text = end == text.npos ? std::string_view{} : text.substr(end + 1);
  }
}

}  // namespace

ProbeAnswer ask(DeviceLink& link, const Clock& clock, std::string_view id) {
  const auto spec = std::find_if(std::begin(kProbes), std::end(kProbes), [&](const auto& p) { return id == p.id; });
  ProbeAnswer out;
  if (spec == std::end(kProbes)) return out;
  out.command = spec->command;
  out.asked = clock.wall();
  const auto output = link.shell(spec->command, kProbeLimit);
  out.came = clock.wall();
  if (!output) {
    out.exit_code = -1;
    out.text = output.error().what + "\n";
    return out;
  }
  out.exit_code = output->exit_code;
  out.answered = output->exit_code == 0;
  out.text = std::string(as_text(output->out)) + std::string(out.answered ? "" : as_text(output->err));
  return out;
}

Probes ask_all(DeviceLink& link, const Clock& clock, Probes known, const std::function<bool(std::string_view)>& wanted) {
  std::vector<const char*> ids;
  for (const auto& spec : kProbes)
    if (!known.contains(spec.id) && (!wanted || wanted(spec.id))) ids.push_back(spec.id);
  if (const auto date = std::find(ids.begin(), ids.end(), std::string_view("date")); date != ids.end()) {
    known["date"] = ask(link, clock, "date");
    ids.erase(date);
  }
  std::vector<ProbeAnswer> answers(ids.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    name_this_thread("probe");
    for (std::size_t i = next++; i < ids.size(); i = next++) answers[i] = ask(link, clock, ids[i]);
  };
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < std::min(kAtOnce, ids.size()); ++i) workers.emplace_back(work);
  for (auto& worker : workers) worker.join();
  for (std::size_t i = 0; i < ids.size(); ++i) known[ids[i]] = std::move(answers[i]);
  return known;
}

const ProbeAnswer& answer(const Probes& probes, std::string_view id) {
  static const ProbeAnswer none;
  const auto it = probes.find(std::string(id));
  return it == probes.end() ? none : it->second;
}

// "[ro.product.model]: [Pixel 7]" a line; values may hold line feeds
std::map<std::string, std::string> parse_getprop(std::string_view text) {
  std::map<std::string, std::string> out;
  for (std::size_t at = text.find('['); at != text.npos;) {
    const auto middle = text.find("]: [", at);
    if (middle == text.npos) break;
    auto end = text.find("]\n", middle + 4);
    if (end == text.npos) end = text.rfind(']');
    if (end == text.npos || end < middle + 4) break;
    out[std::string(text.substr(at + 1, middle - at - 1))] = std::string(text.substr(middle + 4, end - middle - 4));
    at = text.find("\n[", end);
    if (at != text.npos) ++at;
  }
  return out;
}

std::string property(const Probes& probes, const std::string& name) {
  const auto all = parse_getprop(answer(probes, "getprop").text);
  const auto it = all.find(name);
  return it == all.end() ? std::string() : it->second;
}

std::vector<std::string> root_signs(const Probes& probes) {
  std::vector<std::string> signs;
  const auto& su = answer(probes, "su");
  if (su.answered && su.text.find("su") != su.text.npos) signs.push_back("有 su 程序：" + trimmed(su.text));
  if (const auto& id = answer(probes, "id"); id.answered && id.text.find("uid=0(") != id.text.npos) signs.emplace_back("调试服务以 root 运行");
  if (property(probes, "ro.debuggable") == "1") signs.emplace_back("系统可调试（ro.debuggable=1）");
  if (property(probes, "ro.secure") == "0") signs.emplace_back("系统不设防（ro.secure=0）");
  if (property(probes, "ro.boot.verifiedbootstate") == "orange") signs.emplace_back("引导程序已解锁");
  each_line(answer(probes, "packages").text, [&](std::string_view line) {
    const std::string package = between(line, "package:", " \r\n");
    if (std::find(std::begin(kRootManagers), std::end(kRootManagers), package) != std::end(kRootManagers)) signs.push_back("装有 " + package);
  });
  return signs;
}

// `which su` says 1 and nothing when there is none: that is an answer.
bool root_was_looked_for(const Probes& probes) {
  const auto& su = answer(probes, "su");
  const bool looked = su.answered || (su.exit_code == 1 && trimmed(su.text).empty());
  return looked && answer(probes, "getprop").answered && answer(probes, "id").answered && answer(probes, "packages").answered;
}

// Emulators sold in China go about with a real phone's model and brand; services of their own, and a PC's processor, give them away.
bool is_emulator(const std::map<std::string, std::string>& properties) {
  const auto value = [&](const char* name) {
    const auto it = properties.find(name);
    return it == properties.end() ? std::string() : it->second;
  };
  for (const char* flag : {"ro.kernel.qemu", "ro.boot.qemu", "ro.hardware.virtual_device"})
    if (value(flag) == "1") return true;
  const std::string hardware = value("ro.hardware") + " " + value("ro.boot.hardware");
  for (const char* name : {"goldfish", "ranchu", "vbox", "nox", "ttvm", "cuttlefish"})
    if (hardware.find(name) != hardware.npos) return true;
  if (value("ro.product.model").starts_with("sdk_gphone") || value("ro.product.cpu.abi").starts_with("x86")) return true;
  for (const auto& [name, unused] : properties)
    for (const char* part : {"nemu", "ldinit", "ldmountsf", "microvirt", "bluestacks", ".bst.", "genymotion", "noxd", "qemud", "qemu-props"})
      if (name.find(part) != name.npos) return true;
  return false;
}

std::vector<std::string> device_marks(const Probes& probes) {
  const auto all = parse_getprop(answer(probes, "getprop").text);
  const auto value = [&](const char* name) {
    const auto it = all.find(name);
    return it == all.end() ? std::string() : it->second;
  };
  std::vector<std::string> marks;
  const std::string training = value("ro.guzheng.training");
  if (!training.empty() && training != "0") marks.emplace_back("training");
  if (is_emulator(all)) marks.emplace_back("emulator");
  if (!root_signs(probes).empty()) marks.emplace_back("rooted");
  return marks;
}

std::optional<std::int64_t> parse_phone_ms(std::string_view text) {
  const std::string clean = trimmed(text);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(clean.data(), clean.data() + clean.size(), seconds);
  if (error != std::errc{} || seconds <= 0) return std::nullopt;
  std::string fraction(end, clean.data() + clean.size());
  // an old toybox prints %N as it stands: whole seconds then
  if (fraction.size() < 4 || fraction[0] != '.' || fraction.find_first_not_of("0123456789", 1) != fraction.npos) return seconds * 1000;
  return seconds * 1000 + std::stoi(fraction.substr(1, 3));
}

std::optional<std::int64_t> clock_offset(const ProbeAnswer& date) {
  if (!date.answered) return std::nullopt;
  const auto phone = parse_phone_ms(date.text);
  if (!phone) return std::nullopt;
  return *phone - (date.asked.ms + date.came.ms) / 2;
}

namespace {

// "Transports: CELLULAR|VPN Capabilities: …" → "CELLULAR|VPN"
std::string transports_of(std::string_view agent) { return between(agent, "Transports:", " ]}"); }

bool is_vpn_agent(std::string_view agent) {
  return transports_of(agent).find("VPN") != std::string::npos || agent.find("ni{VPN CONNECTED") != agent.npos ||
         (agent.find("type: VPN[") != agent.npos && agent.find("state: CONNECTED") != agent.npos);
}

// "HttpProxy: [10.0.0.1] 8888 xl=" among a network's properties, or "Current global proxy: [10.0.0.1] 8888 xl="; "" where it names none.
std::string proxy_after(std::string_view line, std::string_view mark) {
  const auto at = line.find(mark);
  if (at == line.npos) return {};
  auto rest = line.substr(at + mark.size());
  for (const std::string_view end : {" xl=", " Routes:", " ]", "}}"})
    if (const auto stop = rest.find(end); stop != rest.npos) rest = rest.substr(0, stop);
  const auto found = trimmed(rest.substr(0, 200));
  return found == "null" || found == "none" ? std::string() : found;
}

// Of all settings; "none" where they name none, "" where the phone does not say.
std::string proxy_of_settings(const ProbeAnswer& settings) {
  if (!settings.answered) return {};
  std::string found;
  each_line(settings.text, [&](std::string_view line) {
    const auto value = trimmed(line);
    if (value.empty() || value == "null" || value == ":0" || found.find(value) != found.npos) return;
    found += (found.empty() ? "" : "、") + value;
  });
  return found.empty() ? "none" : found;
}

// Of the network beneath, where a VPN is the active one.
std::string kind_of_agent(std::string_view agent) {
  const std::string transports = transports_of(agent);
  const auto has = [&](const char* transport, const char* type) {
    return transports.find(transport) != std::string::npos || agent.find(std::string("ni{") + type) != agent.npos || agent.find(std::string("type: ") + type + "[") != agent.npos;
  };
  return has("CELLULAR", "MOBILE") ? "mobile" : has("WIFI", "WIFI") ? "wifi" : has("ETHERNET", "Ethernet") ? "ethernet" : "";
}

}  // namespace

NetworkFacts network_facts(const Probes& probes) {
  NetworkFacts out;
  out.proxy = proxy_of_settings(answer(probes, "proxy"));
  const auto& connectivity = answer(probes, "connectivity");
  std::string of_network;                      // a proxy that one network alone has, as the Wi-Fi dialog sets it: no setting tells of it
  bool networks_listed = false;
  if (connectivity.answered) {
    const auto active = between(connectivity.text, "Active default network:", "\n");
    std::string agent;                         // of the active network
    bool listed = active == "none";            // any agent: without one in a known form nothing is claimed of VPNs
    // agents only: apps ask for networks too ("NetworkRequest [ LISTEN … Transports: VPN"), and asking makes none
    each_line(connectivity.text, [&](std::string_view line) {
      if (of_network.empty()) of_network = proxy_after(line, "lobal proxy: ");
      if (line.find("NetworkAgentInfo") == line.npos) return;
      if (of_network.empty()) of_network = proxy_after(line, "HttpProxy: ");
      listed = true;
      if (is_vpn_agent(line)) out.vpn = "connected";
      if (!active.empty() && line.find("network{" + active + "}") != line.npos) agent = std::string(line);
    });
    networks_listed = listed;
    if (out.vpn.empty() && listed) out.vpn = "none";
    out.kind = active == "none" ? "none" : kind_of_agent(agent);
  }
  const auto& ip = answer(probes, "ip");
  if (ip.answered)
    each_line(ip.text, [&](std::string_view line) {
      const auto text = trimmed(line);
      if (text.starts_with("inet") && text.find(" 127.") == text.npos && text.find(" ::1/") == text.npos)
        out.addresses.push_back(between(text, " ", " "));
      if ((text.find(": tun") != text.npos || text.find(": ppp") != text.npos) && text.find("UP") != text.npos) out.vpn = "connected";
    });
  if (out.proxy.empty() || out.proxy == "none") out.proxy = !of_network.empty() ? of_network : networks_listed ? out.proxy : "";
  out.operator_name = property(probes, "gsm.operator.alpha");        // one for each SIM, commas between: "中国移动,"
  while (out.operator_name.ends_with(',')) out.operator_name.pop_back();
  while (out.operator_name.starts_with(',')) out.operator_name.erase(0, 1);
  return out;
}

std::optional<Foreground> parse_foreground(std::string_view text) {
  for (const char* mark : {"mCurrentFocus=Window{", "mFocusedApp=ActivityRecord{", "mFocusedApp=AppWindowToken{"}) {
    const std::string inside = between(text, mark, "}\n");
    std::istringstream words(inside);
    for (std::string word; words >> word;) {
      const auto slash = word.find('/');
      if (slash == word.npos || word.find('.') == word.npos) continue;
      return Foreground{word.substr(0, slash), word.substr(slash + 1)};
    }
  }
  return std::nullopt;
}

bool is_launcher(const std::string& package) {
  for (const char* part : {"launcher", "systemui", "nexuslauncher", ".home", "settings"})
    if (package.find(part) != package.npos) return true;
  return package.empty() || package == "android";
}

Json device_json(const Probes& probes, const DeviceLink& link, const std::vector<std::string>& marks) {
  const auto get = [&](const char* name) { return journal_text(property(probes, name)); };
  return {{"serial", link.serial()},
          {"way", link.way()},
          {"marks", marks},
          {"brand", get("ro.product.brand")},
          {"manufacturer", get("ro.product.manufacturer")},
          {"model", get("ro.product.model")},
          {"android", get("ro.build.version.release")},
          {"sdk", get("ro.build.version.sdk")},
          {"security_patch", get("ro.build.version.security_patch")},
          {"fingerprint", get("ro.build.fingerprint")},
          {"screen", journal_text(between(answer(probes, "size").text, "Physical size:", "\n"))}};
}

Json net_json(const Probes& probes) {
  const NetworkFacts facts = network_facts(probes);
  return {{"kind", facts.kind},   {"operator", journal_text(facts.operator_name)},
          {"proxy", facts.proxy}, {"vpn", facts.vpn},
          {"addresses", facts.addresses}};
}

namespace {

bool is_plain_path(std::string_view path) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-=/~+@";
  return path.starts_with('/') && path.size() <= 512 && path.find_first_not_of(allowed) == path.npos;
}

}  // namespace

std::vector<std::string> app_paths(std::string_view pm_path) {
  std::vector<std::string> out;
  each_line(pm_path, [&](std::string_view line) {
    constexpr std::string_view mark = "package:";
    if (line.ends_with('\r')) line.remove_suffix(1);      // a shell without the shell protocol ends lines so
    if (line.starts_with(mark) && is_plain_path(line.substr(mark.size())) && out.size() < 64) out.emplace_back(line.substr(mark.size()));
  });
  return out;
}

std::vector<AppFile> app_digests(std::string_view sha256sum) {
  std::vector<AppFile> out;
  each_line(sha256sum, [&](std::string_view line) {
    if (line.size() < 67 || line.find_first_not_of("0123456789abcdef") != 64 || line.substr(64, 2) != "  ") return;
    if (is_plain_path(line.substr(66)) && out.size() < 64) out.push_back({std::string(line.substr(66)), std::string(line.substr(0, 64))});
  });
  return out;
}

AppVersion app_version(std::string_view dump) {
  const auto get = [&](const char* name) { return journal_text(between(dump, name, " \n")); };
  return {get("versionName="), get("versionCode="), get("installerPackageName="), journal_text(between(dump, "firstInstallTime=", "\n")),
          journal_text(between(dump, "lastUpdateTime=", "\n"))};
}

}  // namespace guzheng
