// Room session. What is asked of a phone when a session begins (A-7.3a): commands with their raw answers, and the facts in
// them. Parsers are pure; what the shell user may not read stays unknown, it never passes.
#pragma once

#include <functional>
#include <map>

#include "core/session/session.h"

namespace guzheng {

struct ProbeAnswer {
  std::string command, text;                 // text: standard output, or the error when there is none
  bool answered = false;                     // exit code 0
  WallTime asked, came;
  int exit_code = 0;                         // -1: no answer came at all
};
using Probes = std::map<std::string, ProbeAnswer>;           // by probe id: "getprop", "battery", …

// Runs the probe `id` of the table; an unknown id is a Bug.
ProbeAnswer ask(DeviceLink& link, const Clock& clock, std::string_view id);
// Those that `wanted` names and that are not known yet: the clock first and alone, since its answer is timed, then some side by side.
Probes ask_all(DeviceLink& link, const Clock& clock, Probes known = {}, const std::function<bool(std::string_view id)>& wanted = {});
const ProbeAnswer& answer(const Probes& probes, std::string_view id);       // empty answer when it was not asked

// Pure.
std::map<std::string, std::string> parse_getprop(std::string_view text);
std::string property(const Probes& probes, const std::string& name);
std::vector<std::string> device_marks(const Probes& probes);    // of training, emulator, rooted
std::vector<std::string> root_signs(const Probes& probes);      // each in words for the report; any makes the phone rooted
bool root_was_looked_for(const Probes& probes);                 // every probe that a sign could stand in was answered: without, no sign proves nothing
std::optional<std::int64_t> parse_phone_ms(std::string_view date_output);
struct NetworkFacts {
  std::string kind;                          // "mobile", "wifi", "ethernet", "none", "" unknown
  std::string operator_name, proxy, vpn;     // proxy "" unknown, "none", else as the phone says it, of all settings or of one network; vpn likewise
  std::vector<std::string> addresses;
};
NetworkFacts network_facts(const Probes& probes);
struct Foreground {
  std::string package, activity;
  bool operator==(const Foreground&) const = default;
};
std::optional<Foreground> parse_foreground(std::string_view dumpsys_window);
bool is_launcher(const std::string& package);

Json device_json(const Probes& probes, const DeviceLink& link, const std::vector<std::string>& marks);
Json net_json(const Probes& probes);
// An app's own files (base.apk and splits) and what the phone's sha256sum says of them.
struct AppFile {
  std::string path, sha256;
};
// The paths in the answer of `pm path`, at most 64; those that a shell would not take as one plain word are left out.
std::vector<std::string> app_paths(std::string_view pm_path);
// Lines of `sha256sum`; what has not its form is left out.
std::vector<AppFile> app_digests(std::string_view sha256sum);
// What `dumpsys package` says of an app, "" where it says nothing.
struct AppVersion {
  std::string version, version_code, installer, first_installed, last_updated;
};
AppVersion app_version(std::string_view dumpsys_package);

// Phone minus workstation in ms, by the middle of asking; empty when the phone did not answer.
std::optional<std::int64_t> clock_offset(const ProbeAnswer& date);

}  // namespace guzheng
