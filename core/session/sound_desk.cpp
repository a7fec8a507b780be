#include "core/session/sound_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/cold_read.h"
#include "core/session/record_log.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostWritten = 256u << 10;
constexpr std::uint64_t kMostSound = 1u << 30;               // a day of it has some 1.4 GB at 128 kbit/s: longer is not read whole

std::int64_t us_of(std::int64_t samples) { return samples * 1'000'000 / kOpusRate; }

Result<Bytes> read_sound(const fs::path& file) {
  Bytes bytes;
  GZ_TRY(read_in_pieces(file, [&](ByteView piece) -> Status {
    if (bytes.size() + piece.size() > kMostSound) return fail(ErrorKind::Invalid, file.string() + " is over 1 GiB");
    append(bytes, piece);
    return ok();
  }));
  return bytes;
}

}  // namespace

Result<TornSegment> end_torn_sound(Ledger& ledger, RecordBook& record, const SegmentFacts& open, std::uint64_t proven) {
  const fs::path file = ledger.bag() / open.path;
  std::error_code ec;
  if (!fs::exists(file, ec)) GZ_TRY(write_atomically(file, {}));         // opened in the journal, never made on disk
  GZ_TRY(drop_cached(file));
  GZ_TRY_ASSIGN(const Bytes bytes, read_sound(file));
  const auto known = static_cast<std::size_t>(std::min<std::uint64_t>(proven, bytes.size()));
  const StandingSound standing = scan_opus_pages(ByteView(bytes).first(known));
  TornSegment out;
  out.packets = standing.packets;
  out.torn_bytes = bytes.size() - standing.bytes;
  if (out.torn_bytes > 0) {
    out.kept = std::string(kRaw) + "torn-" + file.filename().string() + ".bin";
    if (auto put = ledger.put(out.kept, ByteView(bytes).subspan(static_cast<std::size_t>(standing.bytes))); !put) return Failure(std::move(put.error()));
    GZ_TRY(cut_file(file, standing.bytes));  // before the line that says how long it is
  }
  GZ_TRY_ASSIGN(const FileDigests digests, cold_digests(file));
  if (auto line = ledger.line("seg.close", seg_close_body(open.path, digests, standing.packets)); !line) return Failure(std::move(line.error()));
  ledger.add(open.path, digests);
  record.heard({file.filename().string(), digests, standing.packets, open.origin_us, us_of(standing.samples)});
  return out;
}

Status hear_again(RecordBook& record, const fs::path& bag, const SegmentFacts& closed) {
  GZ_TRY_ASSIGN(const Bytes bytes, read_sound(bag / closed.path));
  record.heard({fs::path(closed.path).filename().string(), {{}, closed.sha256, {}, closed.bytes}, closed.packets, closed.origin_us,
                us_of(scan_opus_pages(bytes).samples)});
  return ok();
}

SoundDesk::SoundDesk(Parts parts) : parts_(std::move(parts)), recorder_(parts_.bag / kMain, *this, parts_.files), texts_(parts_.bag) {}

void SoundDesk::take(const StreamAudioPacket& packet) {
  {
    const std::lock_guard lock(mutex_);
    if (!failed_.empty()) return;            // told once; what comes is read on, so that the phone's server does not stall
    none_.clear();
    lost_.clear();
    last_ = parts_.ledger.clock().monotonic();
    ended_ = false;
    heard_ = !packet.config;
  }
  if (!packet.config) end_silence();
  const Status done = packet.config ? recorder_.config(packet.data) : recorder_.packet(packet.pts_us, packet.data);
  if (!done) return fail_with(done.error());
  if (!packet.config) flowing_ = true;
}

void SoundDesk::ended(const Error& why) {
  const bool with_stream = why.kind == ErrorKind::Cancelled;             // the film's own gap says it
  const bool lost = why.kind == ErrorKind::Network;
  const bool heard = flowing_.exchange(false);
  bool failed = false;
  {
    const std::lock_guard lock(mutex_);
    failed = !failed_.empty();
    if (!with_stream) (stretches_.empty() ? none_ : lost_) = why.what;     // until packets come again
    ended_ = true;
    heard_ = false;
  }
  if (!with_stream) end_silence();           // what comes after is told otherwise; at the session's end it is closed with the other gaps
  if (!failed)
    if (const auto closed = recorder_.close(); !closed) fail_with(closed.error());
  if (with_stream) return;
  note(std::string(heard ? kSoundLost : kNoSoundGiven) + why.what);
  if (!lost) parts_.tell.trouble(why.in("the phone's sound is not recorded"));
}

void SoundDesk::watch(bool film_flows) {
  std::string reason;
  {
    const std::lock_guard lock(mutex_);
    if (!failed_.empty() || ended_ || silence_ != 0) return;
    const MonotonicTime now = parts_.ledger.clock().monotonic();
    if (!last_ || !film_flows) last_ = now;  // the film's own gap says that nothing comes
    const std::int64_t still_ms = (now.us - last_->us) / 1000;
    if (still_ms <= (heard_ ? parts_.patience_ms : parts_.patience_ms * 5 / 2)) return;
    silence_ = -1;
    reason = std::string(kGapNoSound) + ": no packet of sound for " + std::to_string(still_ms) + " ms";
    (stretches_.empty() ? none_ : lost_) = std::string(kSoundNotSent);
  }
  flowing_ = false;
  begin_silence(reason);
}

void SoundDesk::begin_silence(const std::string& reason) {
  const auto gap = parts_.gaps.begin(reason);
  bool over = false;
  {
    const std::lock_guard lock(mutex_);
    over = silence_ != -1;                   // a packet came meanwhile
    if (!over) silence_ = gap ? gap->number : 0;
    if (!gap) last_ = parts_.ledger.clock().monotonic();
  }
  if (!gap) return parts_.tell.trouble(gap.error());
  tell_gap(TimelineEvent::Type::GapBegin, *gap);
  if (!over) return;
  if (const auto ended = parts_.gaps.end(gap->number, -1)) tell_gap(TimelineEvent::Type::GapEnd, *ended);
}

void SoundDesk::end_silence() {
  int number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = std::exchange(silence_, 0);
  }
  if (number <= 0) return;
  if (const auto ended = parts_.gaps.end(number, -1)) tell_gap(TimelineEvent::Type::GapEnd, *ended);
  else parts_.tell.trouble(ended.error());
}

void SoundDesk::tell_gap(TimelineEvent::Type type, const Gap& gap) {
  TimelineEvent event;
  event.type = type;
  event.text = gap.reason;
  event.count = gap.packets;
  event.duration_ms = gap.end.ms - gap.begin.ms;
  parts_.tell.event(std::move(event));
}

bool SoundDesk::silent() const {
  const std::lock_guard lock(mutex_);
  return silence_ != 0;
}

void SoundDesk::fail_with(const Error& why) {
  flowing_ = false;
  {
    const std::lock_guard lock(mutex_);
    if (!failed_.empty()) return;
    failed_ = why.what;
  }
  note(std::string(kSoundFailed) + why.what);
  parts_.tell.trouble(why.in("the recording of sound stands still; the film goes on"));
}

void SoundDesk::note(const std::string& text) {
  if (const auto line = parts_.ledger.line("note", note_body(0, text)); !line) return parts_.tell.trouble(line.error());
  TimelineEvent event;
  event.text = text;
  parts_.tell.event(std::move(event));
}

Status SoundDesk::sound_opened(const SoundOpened& sound) {
  if (sound.jump_us != 0) note(fmt::format("录音间断：声音的手机时间与此前的采样相差 {} 微秒，另起一段", sound.jump_us));
  const std::string path = std::string(kMain) + sound.name;
  const Json body{{"path", path}, {"codec", "opus"}, {"origin_us", sound.origin_us}, {"width", 0}, {"height", 0}};
  if (auto line = parts_.ledger.line("seg.open", body); !line) return Failure(std::move(line.error()));
  if (auto synced = parts_.ledger.sync(); !synced) parts_.tell.trouble(synced.error());      // as record_log.cpp: before its bytes may be on the disk
  const std::lock_guard lock(mutex_);
  stretches_.push_back({path, sound.origin_us, 0, false});
  return ok();
}

Status SoundDesk::sound_closed(const SoundClosed& sound) {
  const std::string path = std::string(kMain) + sound.name;
  if (auto line = parts_.ledger.line("seg.close", seg_close_body(path, sound.digests, sound.packets)); !line) return Failure(std::move(line.error()));
  parts_.ledger.add(path, sound.digests);
  parts_.record.heard(sound);
  TimelineEvent event;
  event.type = TimelineEvent::Type::SegmentClosed;
  event.digest = sound.digests.sha256;
  event.bytes = sound.digests.size;
  event.duration_ms = sound.duration_us / 1000;
  event.text = sound.name;
  parts_.tell.event(std::move(event));
  const std::lock_guard lock(mutex_);
  stretches_.back().closed = true;
  stretches_.back().duration_us = sound.duration_us;
  return ok();
}

Status SoundDesk::transcribe(int stretch, const std::string& text) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return fail(ErrorKind::Invalid, "the text record is empty: write what is heard, or that nothing is");
  if (text.size() > kMostWritten || !is_utf8(text)) return fail(ErrorKind::Invalid, "the text record is over 256 KiB or not UTF-8");
  const std::lock_guard lock(mutex_);
  if (stretch < 0 || stretch >= static_cast<int>(stretches_.size())) return fail(ErrorKind::Invalid, "there is no stretch of sound " + std::to_string(stretch));
  texts_.write(stretches_[static_cast<std::size_t>(stretch)].path, {text, parts_.officer, parts_.ledger.clock().wall()});
  return ok();
}

void SoundDesk::add_to(Completeness& facts) const {
  const std::lock_guard lock(mutex_);
  facts.no_sound = none_;
  facts.sound_error = failed_.empty() ? lost_ : failed_;
  facts.sound_unwritten = std::any_of(stretches_.begin(), stretches_.end(), [this](const auto& s) { return !texts_.has(s.path); });
}

int SoundDesk::stretches() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(stretches_.size());
}

std::vector<int> SoundDesk::unwritten() const {
  const std::lock_guard lock(mutex_);
  std::vector<int> out;
  for (std::size_t i = 0; i < stretches_.size(); ++i)
    if (!texts_.has(stretches_[i].path)) out.push_back(static_cast<int>(i));
  return out;
}

bool SoundDesk::open_after_failure() const {
  const std::lock_guard lock(mutex_);
  return !stretches_.empty() && !stretches_.back().closed;
}

Result<TornSegment> SoundDesk::end_torn() {
  SegmentFacts open;
  {
    const std::lock_guard lock(mutex_);
    open.path = stretches_.back().path;
    open.origin_us = stretches_.back().origin_us;
  }
  GZ_TRY_ASSIGN(auto torn, end_torn_sound(parts_.ledger, parts_.record, open, recorder_.proven_bytes()));
  const std::lock_guard lock(mutex_);
  stretches_.back().closed = true;
  return torn;
}

Status SoundDesk::write_texts() {
  std::vector<HeardStretch> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& s : stretches_) all.push_back({s.path, s.origin_us, s.duration_us});
  }
  return texts_.close(parts_.ledger, parts_.record, all);
}

}  // namespace guzheng
