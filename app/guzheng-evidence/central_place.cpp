#include "app/guzheng-evidence/central_place.h"

#include "core/base/file.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

Result<StationPlace> station_place(const CentralChoice& choice, const Clock& clock) {
  StationPlace out;
  fs::path root, crl, central = choice.central;
  if (!choice.policy.empty()) {
    GZ_TRY_ASSIGN(const auto policy, read_policy(choice.policy));
    out.home = policy.state;
    out.key = policy.station_key;
    out.station = policy.station;
    root = policy.root;
    crl = policy.crl;
    GZ_TRY_ASSIGN(out.passphrase, read_secret(policy.station_passphrase));
    if (central.empty()) central = policy.root.parent_path() / "central.crt";            // where `ca` publishes it
  } else {
    out.home = choice.desk.empty() ? default_desk() : fs::path(choice.desk);
    GZ_TRY_ASSIGN(const auto bureau, open_desk(out.home, clock));
    const fs::path folder = bureau_folder(out.home);
    out.key = folder / "station.p12";
    out.station = bureau.station;
    root = folder / "org.crt";
    crl = folder / "org.crl";
    GZ_TRY_ASSIGN(out.passphrase, read_secret(folder / "passphrase.txt"));
    if (central.empty()) central = folder / "central.crt";
  }
  GZ_TRY_ASSIGN(out.root_pem, read_text(root, 1u << 20));
  GZ_TRY_ASSIGN(out.crl_pem, read_text(crl));
  auto pem = read_text(central, 1u << 20);
  if (!pem) return fail(pem.error().in("the central system's certificate (--central FILE)"));
  out.central_pem = std::move(*pem);
  return out;
}

WitnessPlace witness_place(const CentralChoice& choice, StationPlace place) {
  return {{choice.server, place.root_pem, place.key, std::move(place.passphrase)}, place.central_pem, place.root_pem, place.crl_pem};
}

Result<std::shared_ptr<HeadSender>> open_witness(const CentralChoice& choice, const Program& program) {
  GZ_TRY_ASSIGN(auto place, station_place(choice, program.clock));
  const fs::path folder = place.home / "sync";
  return HeadSender::start(folder, witness_place(choice, std::move(place)), program.clock);
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
