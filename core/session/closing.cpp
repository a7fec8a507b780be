// How a session ends: everything in hand is finished, threads stop, what is open is closed, the bag is sealed.
#include <algorithm>

#include "core/session/sealing.h"
#include "core/session/session_impl.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kEndPatience{2};    // with a phone that hangs

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "；") + part;
  return out;
}
// A page without a frame stands at most at the recording's end, which was cut back to what is proven.
std::vector<CaptureItem> within(std::vector<CaptureItem> items, const RecordBook& record) {
  const auto segments = record.segments();
  const std::int64_t end_ms = segments.empty() ? 0 : record.position_ms(segments.back().path, segments.back().last_us);
  for (auto& item : items)
    if (item.segment.empty()) item.position_ms = std::min(item.position_ms, end_ms);
  return items;
}
}  // namespace

Result<SealedPackage> SessionImpl::end(const std::string& incomplete_reason) {
  const std::lock_guard one(ending_);
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != SessionPhase::Recording && phase_ != SessionPhase::Paused) return fail(ErrorKind::Invalid, "the session is not running");
  }
  captures_.wait_within(CaptureDesk::kOwed);
  apps_.look(kEndPatience);                  // a session without captures has not asked yet
  apps_.wait(kEndPatience);
  const auto missing = missing_for_complete(completeness());
  if (!missing.empty() && incomplete_reason.empty())
    return fail(ErrorKind::Invalid, "a reason is needed, since the package is not complete: " + joined(missing));
  {
    const std::lock_guard no_pause(pausing_);
    bool paused = false;
    {
      const std::lock_guard lock(mutex_);
      paused = phase_ == SessionPhase::Paused;
    }
    if (paused) GZ_TRY(begin_pause_gap());
    set_phase(SessionPhase::Ending);
  }
  captures_.finish_within(std::chrono::milliseconds(0));   // what is still owed is given up: a reason for 不完整
  auto sealed = close(incomplete_reason.empty() ? std::vector<std::string>{} : std::vector<std::string>{incomplete_reason});
  if (!sealed) {
    tell_.trouble(sealed.error());
    set_phase(SessionPhase::Failed);
    return sealed;
  }
  TimelineEvent event;
  event.type = TimelineEvent::Type::Sealed;
  event.digest = sealed->seal.fingerprint;
  tell_.event(std::move(event));
  set_phase(SessionPhase::Sealed);
  return sealed;
}

Result<SealedPackage> SessionImpl::close(const std::vector<std::string>& reasons) {
  anchors_.request();                        // the last head before the end; served by stop()
  stop_all();
  GZ_TRY(close_broken_parts());
  GZ_TRY(sounds_.write_texts());
  GZ_TRY(gaps_.close_all());
  GZ_TRY(anchors_.settle());
  if (!ledger_->has(std::string(kAttach) + "app.json")) GZ_TRY(apps_.attest_none());
  SealRequest request{setup_, people_, bag_, *ledger_, record_, gaps_, anchors_, within(captures_.items(), record_), missing_for_complete(completeness()), {}, opened_at_, practice_};
  request.reasons.insert(request.reasons.end(), reasons.begin(), reasons.end());
  GZ_TRY_ASSIGN(const bool salts, secrets_.close(*ledger_));
  if (salts) request.files.emplace_back(kSalts);
  return seal_session(std::move(request));
}

// A recorder that failed leaves its segment open: it is ended where it is whole and proven to be on the disk. Pages whose line could not be written
// (the disk was full) are named with what is torn.
Status SessionImpl::close_broken_parts() {
  const auto open = record_.open_segment();
  std::vector<std::string> files = ledger_->aside();
  const bool torn_sound = sounds_.open_after_failure();
  if (!open && !torn_sound && files.empty()) return ok();
  std::string lost = files.empty() ? "" : "有未能写入记录的页面文件，另存";
  TornSegment torn;
  if (open) {
    GZ_TRY_ASSIGN(torn, end_torn_segment(*ledger_, record_, *open, recorder_.proven_bytes()));
    if (!torn.kept.empty()) files.push_back(torn.kept);
    lost = (lost.empty() ? "" : lost + "；") + "录像文件末尾未写完的部分";
  }
  std::uint64_t torn_bytes = torn.torn_bytes;
  if (torn_sound) {
    GZ_TRY_ASSIGN(const TornSegment sound, sounds_.end_torn());
    if (!sound.kept.empty()) files.push_back(sound.kept);
    torn_bytes += sound.torn_bytes;
    lost += (lost.empty() ? "" : "；") + std::string("录音文件末尾未写完的部分");
  }
  const Json body{{"files", ledger_->files(files)}, {"torn_bytes", torn_bytes}, {"lost", lost}};
  if (auto line = ledger_->line("crash.recover", body); !line) return Failure(std::move(line.error()));
  return ok();
}

}  // namespace guzheng
