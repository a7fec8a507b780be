#include "core/session/record_log.h"

namespace guzheng {

std::string_view codec_name(Codec codec) {
  switch (codec) {
    case Codec::H264: return "h264";
    case Codec::H265: return "h265";
    case Codec::Av1: return "av1";
  }
  return "h264";
}

std::string seg_close_body(const std::string& path, const FileDigests& digests, std::uint64_t packets) {
  return digests.sha256 + "  " + path + " " + std::to_string(digests.size) + " " + std::to_string(packets);
}

Status RecordLog::segment_opened(const SegmentOpened& s) {
  SegmentFacts facts;
  facts.path = std::string(kMain) + s.name;
  facts.format = s.format;
  facts.origin_us = facts.first_us = facts.last_us = s.origin_us;
  const Json body{{"path", facts.path}, {"codec", codec_name(s.format.codec)}, {"origin_us", s.origin_us},
                  {"width", s.format.width}, {"height", s.format.height}};
  if (auto line = ledger_.line("seg.open", body); !line) return Failure(std::move(line.error()));
  // pictures may reach the disk before the next flush: after a power cut their segment must be one that a line names
  if (auto synced = ledger_.sync(); !synced) tell_.trouble(synced.error());
  book_.opened(facts);
  return ok();
}

Status RecordLog::segment_closed(const SegmentClosed& s) {
  const std::string path = std::string(kMain) + s.name;
  if (auto line = ledger_.line("seg.close", seg_close_body(path, s.digests, s.packets)); !line)
    return Failure(std::move(line.error()));
  ledger_.add(path, s.digests);
  book_.closed(path, s.digests, s.packets, s.first_us, s.last_us);
  TimelineEvent event;
  event.type = TimelineEvent::Type::SegmentClosed;
  event.digest = s.digests.sha256;
  event.bytes = s.digests.size;
  event.duration_ms = (s.last_us - s.first_us) / 1000;
  event.text = s.name;
  tell_.event(std::move(event));
  return ok();
}

Status RecordLog::pts_bumped(const PtsBump& b) {
  const Json body{{"path", std::string(kMain) + b.segment}, {"packet", b.packet}, {"from_us", b.from_us}, {"to_us", b.to_us}};
  if (auto line = ledger_.line("pts.bump", body); !line) return Failure(std::move(line.error()));
  return ok();
}

Status RecordLog::gap_began(const RecordGap& g) {
  GZ_TRY_ASSIGN(const Gap gap, gaps_.begin(g.reason));
  gap_ = gap.number;
  TimelineEvent event;
  event.type = TimelineEvent::Type::GapBegin;
  event.text = g.reason;
  tell_.event(std::move(event));
  return ok();
}

Status RecordLog::gap_ended(const RecordGap& g) {
  GZ_TRY_ASSIGN(const Gap gap, gaps_.end(std::exchange(gap_, 0), static_cast<std::int64_t>(g.packets)));
  TimelineEvent event;
  event.type = TimelineEvent::Type::GapEnd;
  event.text = gap.reason;
  event.count = gap.packets;
  event.duration_ms = gap.end.ms - gap.begin.ms;
  tell_.event(std::move(event));
  return ok();
}

void RecordLog::recorder_failed(const Error& error) {
  const std::lock_guard one(failing_);
  if (std::exchange(failed_, true)) return;
  if (error.kind == ErrorKind::NoSpace) ledger_.release_ballast();       // room for the journal and the seal
  book_.fail(error.what);
  if (const auto begun = gaps_.begin("record-failed: " + error.what); !begun) tell_.trouble(begun.error());
  TimelineEvent event;
  event.type = TimelineEvent::Type::GapBegin;
  event.text = error.what;
  tell_.event(std::move(event));
  tell_.trouble(error.in("the recording stands still; what was recorded is kept"));
}

}  // namespace guzheng
