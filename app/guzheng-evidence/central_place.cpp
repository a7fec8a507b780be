#include "app/guzheng-evidence/central_place.h"

#include "core/base/file.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

Result<StationPlace> station_way(const CentralChoice& choice, const Clock& clock) {
  StationPlace out;
  if (!choice.policy.empty()) {
    GZ_TRY_ASSIGN(const auto policy, read_policy(choice.policy));
    out.home = policy.state;
    out.way = way_of_policy(policy);
  } else {
    out.home = choice.desk.empty() ? default_desk() : fs::path(choice.desk);
    GZ_TRY_ASSIGN([[maybe_unused]] const auto bureau, open_desk(out.home, clock));
    GZ_TRY_ASSIGN(out.way, way_of_practice(out.home));
  }
  auto& central = out.way.central;
  if (!choice.server.empty()) central.url = choice.server;
  if (!choice.central.empty()) central.certificate = choice.central;
  if (central.certificate.empty()) central.certificate = out.way.root.parent_path() / "central.crt";       // where `ca` publishes it
  central.automatic = true;                        // whoever calls this wants it sent
  return out;
}

Result<StationPlace> station_place(const CentralChoice& choice, const Clock& clock) {
  GZ_TRY_ASSIGN(auto out, station_way(choice, clock));
  const auto& central = out.way.central;
  if (central.url.empty()) return fail(ErrorKind::Invalid, choice.policy.empty() ? "no central system is named: --server URL, or " + (out.home / "central.toml").string() : "no central system is named: --server URL, or the section [central] of " + choice.policy);
  if (const auto pem = read_text(central.certificate, 1u << 20); !pem) return fail(pem.error().in("the central system's certificate (--central FILE)"));
  return out;
}

Result<std::shared_ptr<HeadSender>> open_witness(const StationPlace& place, const Clock& clock) {
  GZ_TRY_ASSIGN(auto witness, witness_of(place.way, clock));
  return HeadSender::start(place.way.queue, std::move(witness), clock);
}

void settle_witness(HeadSender& witness, const fs::path& package, Program& program) {
  constexpr std::chrono::seconds kPatience{5};
  const auto counts = witness.settle(package, kPatience);
  if (!counts) return program.complain(std::string(program.say("见证记录没有写成：", "The witness's statements were not kept: ")) + counts.error().what);
  if (counts->told > 0) {
    program.print(std::string(program.say("中心系统已见证存证记录：", "Witnessed by the central system, heads of the journal: ")) + std::to_string(counts->told));
    follow_copy(package, program);
  }
  if (counts->waiting > 0) program.complain(std::string(program.say("尚未告知中心系统，由 guzheng-evidence sync 补告并注明迟到：", "Not told to the central system yet, sync tells them later and says that they are late: ")) + std::to_string(counts->waiting) + "  " + witness.trouble());
  if (counts->refused > 0) program.complain(std::string(program.say("被中心系统拒绝，与先前见证的不符：", "Refused by the central system, they contradict what was told before: ")) + std::to_string(counts->refused));
}

}  // namespace guzheng::evidence
