#include "app/guzheng-evidence/sync_run.h"

#include <algorithm>

namespace guzheng::evidence {

void SyncRun::tell(const SyncEvent& event) {
  using Kind = SyncEvent::Kind;
  const auto& now = event.item;
  switch (event.kind) {
    case Kind::Sent:
      if (!quiet_) program_.print(now.package + std::string(program_.say("  已上传，等待核验", "  sent, being verified")));
      return;
    case Kind::Synced:
      program_.print(now.package + std::string(program_.say("  已同步，存证日志第 ", "  synced, number ")) + std::to_string(now.index) + std::string(program_.say(" 条", " of the evidence log")));
      note({{"index", now.index}, {"package", now.package}, {"result", "synced"}, {"sha256", now.zip_sha256}});
      return follow_copy(event.bag, program_);
    case Kind::Refused:
      program_.complain(now.package + std::string(program_.say("  被中心系统拒收：", "  refused by the central system: ")) + now.why);
      return note({{"package", now.package}, {"result", "refused"}, {"sha256", now.zip_sha256}, {"why", now.why}});
    case Kind::Hindered: return program_.complain(now.package + std::string(program_.say("：没有同步，证据仍在本机：", ": not synced, the evidence is here: ")) + now.why);
    case Kind::Distrusted:                       // never passed over
      program_.complain(now.package + std::string(program_.say("：没有同步，证据仍在本机：回执不成立：", ": not synced, the evidence is here: the receipt does not hold: ")) + now.why);
      return note({{"package", now.package}, {"result", "receipt-refused"}, {"why", now.why}});
    case Kind::Away:
      return program_.complain(std::string(program_.say("现在没有同步，证据都在本机，恢复后接着送：", "Nothing is synced now: not synced packages are here and go on when the central system is back: ")) + event.error.what);
    case Kind::Back:
      if (!quiet_) program_.print(program_.say("中心系统已恢复。", "The central system is back."));
      return;
  }
}

void SyncRun::progress(const SyncStatus& status) {
  for (const auto& one : status.items) {
    if (one.phase == SyncPhase::NotReady && told_.insert(one.package).second) program_.complain(one.package + std::string(program_.say("：尚未加密，不能上传", ": not encrypted yet, cannot be sent")));
    if (quiet_ || one.phase != SyncPhase::Sending || one.total == 0) continue;
    auto& said = said_[one.package];
    const auto percent = one.done * 100 / one.total;
    if (percent < said + 10) continue;
    said = percent;
    program_.print(one.package + "  " + std::to_string(percent) + " %");
  }
}

bool SyncRun::nothing_more(const SyncStatus& status) {
  if (!status.open || status.in_hand > 0) return false;
  if (status.away || status.paused) return true;
  return std::none_of(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Queued || one.phase == SyncPhase::Packing || one.phase == SyncPhase::Sending || one.phase == SyncPhase::Verifying; });
}

void SyncRun::note(const Json& body) {
  if (const auto kept = log_.append("op.sync", body); !kept) program_.complain(std::string(program_.say("没有记入操作日志：", "The operation log could not be written: ")) + kept.error().what);
}

Result<std::vector<SyncCandidate>> sync_candidates(const Vault& vault) {
  GZ_TRY_ASSIGN(const auto packages, vault.list());
  std::vector<SyncCandidate> out;
  for (auto it = packages.rbegin(); it != packages.rend(); ++it) out.push_back({it->folder, it->fingerprint, it->bytes, it->encrypted && !has_plain_files(it->folder)});
  return out;
}

}  // namespace guzheng::evidence
