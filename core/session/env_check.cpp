// The whole environment check: workstation, node, phone and app side by side.
#include <thread>

#include "core/base/digest.h"
#include "core/base/thread_name.h"
#include "core/identity/timestamp.h"
#include "core/seal/stamp_desk.h"
#include "core/session/environment.h"
#include "core/session/name_lookup.h"

namespace guzheng {

namespace {

constexpr std::chrono::seconds kFrontLimit{5}, kPackagePatience{30};
constexpr std::chrono::milliseconds kStampPatience{2'500};

// The app in front, as far as the scope wants it; without one that is looked at, only the whole check says so.
std::vector<Checked> check_front(const SessionSetup& setup, EnvScope scope, AppProofs& proofs, std::uint32_t sdk, std::chrono::milliseconds limit,
                                 const Cancel& cancel) {
  const AppQuestion question{sdk, setup.vault->folder(), limit, cancel};
  const auto front = foreground_app(*setup.link, kFrontLimit);
  const AppFacts app = front ? ask_app(*setup.link, *front, proofs, question) : AppFacts{};
  auto rows = check_app(app, setup.app_baseline);
  if (!front) rows.front().item.found = "无法判定：手机没有说明哪个应用在前台";
  if (scope == EnvScope::Compulsory) std::erase_if(rows, [](const Checked& row) { return !row.item.compulsory; });
  return rows;
}

// A time stamp that only the clock is held against; it goes into no evidence.
void stamp_clock(const SessionSetup& setup, StationFacts& facts, const Cancel& cancel) {
  const std::int64_t until_us = setup.clock->monotonic().us + kStampPatience.count() * 1000;
  const Bytes imprint = sha256(make_nonce());
  for (const auto& authority : setup.bureau->authorities) {
    facts.stamp_asked = setup.clock->wall();
    const auto tsr = authority->stamp_unless(imprint, [&] { return cancel.cancelled() || setup.clock->monotonic().us > until_us; });
    facts.stamp_came = setup.clock->wall();
    if (!tsr || !accept_stamp(*tsr, imprint, setup.bureau->tsa_root_pem)) continue;
    const auto token = read_timestamp_response(*tsr, imprint);
    if (!token) continue;
    facts.stamp_time = token->time;
    return;
  }
}

}  // namespace

std::vector<EnvItem> EnvironmentCheck::items() const {
  std::vector<EnvItem> out;
  for (const auto& row : rows) out.push_back(row.item);
  return out;
}

// The link is resolved: evidence is never read through links, and this one always is one.
std::filesystem::path running_program() {
  std::error_code unreadable;
  return std::filesystem::read_symlink("/proc/self/exe", unreadable);
}

StationFacts station_facts(const SessionSetup& setup) {
  StationFacts facts;
  facts.program = running_program();
  if (const auto program = digest_file(facts.program)) facts.program_sha256 = program->sha256;
  facts.software = setup.software_name + " " + setup.software_version;
  facts.vault = setup.vault->folder();
  facts.subject_host = host_of(setup.order.link);
  facts.org_root_pem = setup.bureau->org_root_pem;
  return facts;
}

EnvironmentCheck check_environment(const SessionSetup& setup, StationFacts station, Probes known, EnvScope scope, AppProofs& proofs,
                                   std::chrono::milliseconds app_limit, const Cancel& cancel) {
  EnvironmentCheck out;
  out.at = setup.clock->wall();
  std::vector<Checked> station_rows, app_rows;
  if (!known.contains("date")) known["date"] = ask(*setup.link, *setup.clock, "date");     // timed: before anything else is on its way
  if (!known.contains("getprop")) known["getprop"] = ask(*setup.link, *setup.clock, "getprop");
  const auto sdk = static_cast<std::uint32_t>(std::max(0, std::atoi(property(known, "ro.build.version.sdk").c_str())));
  std::thread at_station([&] { name_this_thread("check"), station_rows = check_station(station, scope); });
  std::thread at_app([&] { name_this_thread("check"), app_rows = check_front(setup, scope, proofs, sdk, app_limit, cancel); });
  out.probes = ask_all(*setup.link, *setup.clock, std::move(known), [&](std::string_view id) { return is_asked(id, scope); });
  at_station.join();
  at_app.join();
  std::vector<Checked> node_rows = check_node(*setup.link, setup.adb_version, setup.node_facts()), phone_rows = check_phone(out.probes, scope);
  if (scope == EnvScope::Compulsory) std::erase_if(node_rows, [](const Checked& row) { return !row.item.compulsory; });
  for (auto* rows : {&station_rows, &node_rows, &phone_rows, &app_rows})
    out.rows.insert(out.rows.end(), std::make_move_iterator(rows->begin()), std::make_move_iterator(rows->end()));
  return out;
}

EnvironmentCheck look_around(const SessionSetup& setup, const Cancel& cancel) {
  StationFacts facts;
  std::thread stamping([&] { name_this_thread("check"), stamp_clock(setup, facts, cancel); });
  StationFacts own = station_facts(setup);
  stamping.join();
  own.stamp_time = facts.stamp_time;
  own.stamp_asked = facts.stamp_asked;
  own.stamp_came = facts.stamp_came;
  return check_environment(setup, std::move(own), {}, EnvScope::All, *setup.app_proofs, kPackagePatience, cancel);
}

}  // namespace guzheng
