// Room session. The environment check (A-7.3a): tables of checks for workstation, node and phone. Verdicts: pass, note
// (worth knowing), fail, unknown (无法判定: it could not be read).
#pragma once

#include "core/session/probe.h"

namespace guzheng {

struct Checked {
  EnvItem item;
  std::string raw;                           // content of the file item.raw names, "" when item.raw is shared or ""
};

struct StationFacts {
  std::string program_sha256, software;      // "Guzheng 0.1.0"
  std::filesystem::path vault;
  std::string subject_host;                  // of the order's link; "": it names none
  std::optional<WallTime> stamp_time;        // of the beacon
  WallTime stamp_asked, stamp_came;          // workstation's clock around it
};

std::vector<Checked> check_phone(const Probes& probes);          // pure
// Reads /etc/hosts, proxy variables, adapters, the disk; asks the name servers (two seconds at most each).
std::vector<Checked> check_station(const StationFacts& facts);
// `node`: of a node that is reached over a network; without it the phone hangs on this computer, which is asked itself.
std::vector<Checked> check_node(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node);      // 0: not known

// One row; `raw` is the content of its own file.
Checked env_row(const char* id, const char* where, const char* title, const char* expected, std::string found, const char* verdict,
                std::string raw, bool compulsory = false);

std::string host_name();
Json node_json(const DeviceLink& link, int adb_version, const std::optional<NodeFacts>& node);
Json env_json(const std::vector<EnvItem>& items, WallTime at, int zone_minutes);
std::string raw_path(const std::string& id); // "phone.battery" → data/attach/raw/phone-battery.txt

}  // namespace guzheng
