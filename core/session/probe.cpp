#include "core/session/probe.h"

#include <algorithm>
#include <charconv>
#include <sstream>

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
    {"proxy", "settings get global http_proxy"},
    {"ip", "ip addr"},
    {"df", "df /data"},
    {"size", "wm size"},
    {"hosts", "cat /system/etc/hosts"},
    {"cacerts", "ls /data/misc/user/0/cacerts-added"},
    {"developer", "settings get global development_settings_enabled"},
    {"auto-time", "settings get global auto_time"},
    {"location", "dumpsys location"},
    {"apps", "ps -A -o USER,NAME"},
};
constexpr std::chrono::seconds kProbeLimit{5};

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
    out.text = output.error().what + "\n";
    return out;
  }
  out.answered = output->exit_code == 0;
  out.text = std::string(as_text(output->out)) + std::string(out.answered ? "" : as_text(output->err));
  return out;
}

Probes ask_all(DeviceLink& link, const Clock& clock, Probes known) {
  for (const auto& spec : kProbes)
    if (!known.contains(spec.id)) known[spec.id] = ask(link, clock, spec.id);
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

std::vector<std::string> device_marks(const Probes& probes) {
  const auto all = parse_getprop(answer(probes, "getprop").text);
  const auto value = [&](const char* name) {
    const auto it = all.find(name);
    return it == all.end() ? std::string() : it->second;
  };
  std::vector<std::string> marks;
  const std::string training = value("ro.guzheng.training");
  if (!training.empty() && training != "0") marks.emplace_back("training");
  const std::string hardware = value("ro.hardware") + " " + value("ro.boot.hardware");
  const bool emulator = value("ro.kernel.qemu") == "1" || value("ro.boot.qemu") == "1" || value("ro.hardware.virtual_device") == "1" ||
                        hardware.find("goldfish") != hardware.npos || hardware.find("ranchu") != hardware.npos ||
                        hardware.find("vbox") != hardware.npos || value("ro.product.model").starts_with("sdk_gphone");
  if (emulator) marks.emplace_back("emulator");
  const auto& su = answer(probes, "su");
  const auto& id = answer(probes, "id");
  const bool rooted = (su.answered && su.text.find("su") != su.text.npos) || (id.answered && id.text.find("uid=0(") != id.text.npos) ||
                      value("ro.debuggable") == "1" || value("ro.boot.verifiedbootstate") == "orange";
  if (rooted) marks.emplace_back("rooted");
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

NetworkFacts network_facts(const Probes& probes) {
  NetworkFacts out;
  const auto& connectivity = answer(probes, "connectivity");
  if (connectivity.answered) {
    std::string upper = connectivity.text;
    const auto active = between(upper, "Active default network:", "\n");
    // the agent of the active network names its transports
    std::string agent;
    each_line(upper, [&](std::string_view line) {
      if (line.find("NetworkAgentInfo") != line.npos && !active.empty() && line.find("network{" + active + "}") != line.npos)
        agent = std::string(line);
    });
    if (agent.empty() && !active.empty() && active != "none") agent = upper;
    const auto has = [&](const char* what) { return agent.find(what) != agent.npos; };
    out.kind = active == "none" ? "none" : has("Transports: CELLULAR") || has("type: MOBILE") || has("MOBILE[") ? "mobile"
               : has("Transports: WIFI") || has("type: WIFI") || has("WIFI[") || has("ni{WIFI") ? "wifi"
               : has("ETHERNET") ? "ethernet" : active.empty() ? "" : "";
    out.vpn = upper.find("Transports: VPN") != upper.npos || upper.find("|VPN") != upper.npos || upper.find("VPN CONNECTED") != upper.npos ? "connected" : "none";
  }
  const auto& ip = answer(probes, "ip");
  if (ip.answered)
    each_line(ip.text, [&](std::string_view line) {
      const auto text = trimmed(line);
      if (text.starts_with("inet") && text.find(" 127.") == text.npos && text.find(" ::1/") == text.npos)
        out.addresses.push_back(between(text, " ", " "));
      if ((text.find(": tun") != text.npos || text.find(": ppp") != text.npos) && text.find("UP") != text.npos) out.vpn = "connected";
    });
  const auto& proxy = answer(probes, "proxy");
  if (proxy.answered) {
    const std::string value = trimmed(proxy.text);
    out.proxy = value.empty() || value == "null" || value == ":0" ? "none" : value;
  }
  out.operator_name = property(probes, "gsm.operator.alpha");
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

Json app_json(const Foreground& app, std::string_view dump, const std::vector<AppFile>& app_files) {
  Json files = Json::array();
  for (const auto& file : app_files) files.push_back({{"path", file.path}, {"sha256", file.sha256}});
  const auto get = [&](const char* name) { return journal_text(between(dump, name, " \n")); };
  return {{"package", journal_text(app.package)},
          {"activity", journal_text(app.activity)},
          {"files", files},
          {"version", get("versionName=")},
          {"version_code", get("versionCode=")},
          {"installer", get("installerPackageName=")},
          {"first_installed", journal_text(between(dump, "firstInstallTime=", "\n"))},
          {"last_updated", journal_text(between(dump, "lastUpdateTime=", "\n"))}};
}

}  // namespace guzheng
