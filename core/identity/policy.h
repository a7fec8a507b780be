// Room identity. The policy: what holds for every capture at one station, written by whoever is responsible for it. One TOML
// file for the whole machine; resources/policy/policy.example.toml is the annotated form. It decides who is trusted, so it is
// read strictly: an unknown key, a wrong type or a value out of bounds is an error, and all errors are told at once.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/identity/policy_central.h"

namespace guzheng {

inline constexpr std::string_view kPolicyFile = "/etc/guzheng/policy.toml";

// What people do with monitoring tasks (core/tasks/flow.h has a Duty of each name), and the badge that stands for every officer.
inline constexpr std::array<std::string_view, 6> kPolicyDuties{"issuer", "monitor", "judge", "dispatcher", "handler", "leader"};
inline constexpr std::string_view kEveryOfficer = "*";

struct PolicyAuthority {
  std::string name, url;                     // as the report prints it; http:// or https://
  std::filesystem::path root;                // its root certificate (PEM)
  std::string policy_oid;                    // asked for; "": the authority's own
};

// Pure value. Paths are absolute, or as the policy wrote them when its own folder was not known.
struct Policy {
  std::filesystem::path file;
  std::string name, department, system_name, system_owner;
  std::string station;                       // "LX-03": the first part of package ids
  std::filesystem::path root, crl, archive;
  std::filesystem::path ingest;              // empty: the bureau has no central server
  std::filesystem::path station_certificate, station_key, station_passphrase;   // the station signs without a person
  std::filesystem::path people;              // certificates of the officers (*.crt), and the keys that lie here (*.p12)
  std::filesystem::path state;               // what login remembers: wrong passphrases
  int idle_lock_minutes = 10, expiry_warning_days = 30;
  std::vector<PolicyAuthority> authorities;  // in the order they are asked; at least one, at most 8
  std::filesystem::path second_copy;         // empty: none
  std::uint64_t min_free_bytes = 0;          // no capture starts below it
  int retention_months = 0;                  // how long sealed packages are kept at least
  int automatic_days = 30;                   // automatic captures that no case has taken up and no review has confirmed
  std::vector<std::string> scrcpy_server_sha256;   // accepted beside upstream's own
  std::filesystem::path scrcpy_server_folder;      // where officers put upstream's file; empty: beside the program and at Debian's place
  std::filesystem::path app_baseline;        // certificates of apps (core/apk/baseline.h); empty: none
  std::optional<std::vector<std::string>> node_trust;      // [device]: badges that may answer for a node's host key; kEveryOfficer alone, or none: every officer
  // [duties]: badges by duty, all six of them; kEveryOfficer alone: whoever is an officer. None: the section was left out, every officer has every duty.
  std::optional<std::map<std::string, std::vector<std::string>, std::less<>>> duties;
  std::optional<PolicyCentral> central;      // none: the section was left out, nothing is sent
};

struct PolicyProblem {
  int line = 0;                              // from 1; 0: the file as a whole
  std::string key;                           // "bureau.name"
  std::string what;                          // what is there and what is expected, English, one sentence
};

struct PolicyReading {
  std::optional<Policy> policy;              // only without problems
  std::vector<PolicyProblem> problems;       // in the order of their lines
  std::map<std::string, int> lines;          // "bureau.root" → line it is on
};

// Pure. `folder`: what relative paths are relative to.
PolicyReading parse_policy(std::string_view text, const std::filesystem::path& folder = {});
// "FILE:LINE: KEY: what", one problem a line.
std::string problems_text(const std::filesystem::path& file, const std::vector<PolicyProblem>& problems);
// Reads it, and sees that the files it names are there. Invalid: what is all of problems_text.
Result<Policy> read_policy(const std::filesystem::path& file);

// Whether the officer with this badge may confirm a node's host key, or take a known one out (A-8.3f): as the policy's device.node_trust says;
// `policy`: null without one, then whoever sits at the desk. An empty badge is nobody.
bool may_trust_nodes(const Policy* policy, std::string_view badge);

}  // namespace guzheng
