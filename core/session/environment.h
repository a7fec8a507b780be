// Room session. The environment check (A-7.3a): tables of checks for workstation, node and phone. Verdicts: pass, note
// (worth knowing), fail, unknown (无法判定: it could not be read).
#pragma once

#include "core/session/app_facts.h"
#include "core/session/compulsory.h"
#include "core/session/name_lookup.h"
#include "core/session/probe.h"

namespace guzheng {

struct Checked {
  EnvItem item;
  std::string raw;                           // content of the file item.raw names, "" when item.raw is shared or ""
};

struct StationFacts {
  std::filesystem::path program;             // the one that runs
  std::string program_sha256, software;      // "Guzheng 0.1.0"
  std::filesystem::path vault;
  std::string subject_host;                  // of the order's link; "": it names none
  std::optional<WallTime> stamp_time;        // of the beacon
  WallTime stamp_asked, stamp_came;          // workstation's clock around it
  std::string org_root_pem;                  // of the bureau, for the program's signature
};

// What is looked at: all of it, or only what can hold a session up.
enum class EnvScope { All, Compulsory };

std::vector<Checked> check_phone(const Probes& probes, EnvScope scope = EnvScope::All);          // pure
bool is_asked(std::string_view probe, EnvScope scope);           // of the phone
// Lines of a hosts file that say more than "this computer is this computer": another address, or another name for it (a shop's name on 127.0.0.1 hides the
// shop as well as a false address does). `own`: this computer's further names. Pure.
std::vector<std::string> foreign_hosts(const std::string& text, const std::vector<std::string>& own);
Checked dns_row(const std::string& host, const std::vector<NameAnswer>& answers);      // pure; passes when two at least say the same
// Reads /etc/hosts, proxy variables, adapters, the disk; asks the name servers (two seconds at most each).
std::vector<Checked> check_station(const StationFacts& facts, EnvScope scope = EnvScope::All);
// `node`: of a node that is reached over a network; without it the phone hangs on this computer, which is asked itself.
std::vector<Checked> check_node(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node);      // 0: not known

// The rows of the app in front (app_facts.h). Pure. `raw`: the id that its raw file goes by.
std::vector<Checked> check_app(const AppFacts& app, const AppBaseline& baseline, std::string_view raw = "app.front");

struct EnvironmentCheck {
  WallTime at;
  std::vector<Checked> rows;                 // workstation, node, phone, app
  Probes probes;
  [[nodiscard]] std::vector<EnvItem> items() const;
};
// Looks at workstation, node and phone side by side, on threads of its own that end with it. Some tenths of a second, bounded by five
// seconds a probe; an app in front that was not proven yet is fetched (app_proof.h), for at most `app_limit`. Nothing is
// written.
EnvironmentCheck check_environment(const SessionSetup& setup, StationFacts station, Probes known, EnvScope scope, AppProofs& proofs,
                                   std::chrono::milliseconds app_limit, const Cancel& cancel = {});
// The same before a session, for whoever prepares one (the window's step 环境检测): all of it, with a time stamp of its own for the clock.
// Blocks; `setup` needs link, bureau, vault, clock and app_proofs.
EnvironmentCheck look_around(const SessionSetup& setup, const Cancel& cancel = {});
StationFacts station_facts(const SessionSetup& setup);            // digests the running program
std::filesystem::path running_program();

// One row; `raw` is the content of its own file. Whether it is compulsory says compulsory.h.
Checked env_row(const char* id, const char* where, const char* title, const char* expected, std::string found, const char* verdict,
                std::string raw);

std::string host_name();
Json node_json(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node);
Json app_json(const AppFacts& app, const std::vector<EnvItem>& items);      // content of app.json; `items`: its rows
Json item_json(const EnvItem& item);
Json env_json(const std::vector<EnvItem>& items, WallTime at, int zone_minutes);
std::string raw_path(const std::string& id); // "phone.battery" → data/attach/raw/phone-battery.txt

}  // namespace guzheng
