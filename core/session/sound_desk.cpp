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

std::string minutes(std::int64_t us) {
  const std::int64_t ms = std::max<std::int64_t>(0, us) / 1000;
  return fmt::format("{:02}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

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

std::string text_record_path(const std::string& sound) { return sound.substr(0, sound.size() - 3) + "txt"; }

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

SoundDesk::SoundDesk(Parts parts) : parts_(std::move(parts)), recorder_(parts_.bag / kMain, *this, parts_.files) {}

void SoundDesk::take(const StreamAudioPacket& packet) {
  {
    const std::lock_guard lock(mutex_);
    if (!failed_.empty()) return;            // told once; what comes is read on, so that the phone's server does not stall
    none_.clear();
    lost_.clear();
  }
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
  }
  if (!failed)
    if (const auto closed = recorder_.close(); !closed) fail_with(closed.error());
  if (with_stream) return;
  note((heard ? "手机的声音中断，录像继续：" : "手机没有给出声音，录像继续：") + why.what);
  if (!lost) parts_.tell.trouble(why.in("the phone's sound is not recorded"));
}

void SoundDesk::fail_with(const Error& why) {
  flowing_ = false;
  {
    const std::lock_guard lock(mutex_);
    if (!failed_.empty()) return;
    failed_ = why.what;
  }
  note("录音中断：" + why.what);
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
  stretches_.push_back({path, sound.origin_us, 0, false, {}, {}});
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
  stretches_[static_cast<std::size_t>(stretch)].text = text;
  stretches_[static_cast<std::size_t>(stretch)].written_at = parts_.ledger.clock().wall();
  return ok();
}

void SoundDesk::add_to(Completeness& facts) const {
  const std::lock_guard lock(mutex_);
  facts.no_sound = none_;
  facts.sound_error = failed_.empty() ? lost_ : failed_;
  facts.sound_unwritten = std::any_of(stretches_.begin(), stretches_.end(), [](const auto& s) { return s.text.empty(); });
}

int SoundDesk::stretches() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(stretches_.size());
}

std::vector<int> SoundDesk::unwritten() const {
  const std::lock_guard lock(mutex_);
  std::vector<int> out;
  for (std::size_t i = 0; i < stretches_.size(); ++i)
    if (stretches_[i].text.empty()) out.push_back(static_cast<int>(i));
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

std::string SoundDesk::record_text(const Stretch& s) const {
  const auto film = parts_.record.segments();
  const std::int64_t from = film.empty() ? 0 : s.origin_us - film.front().origin_us;
  std::string text = s.text;
  if (!text.ends_with('\n')) text += '\n';
  return fmt::format("录音文字记录\n录音：{}\n时段：录像 {} 至 {}（手机时间 {} 至 {} 微秒）\n记录人：{}\n记录时间：{}\n制作方法：记录人听录音后书写\n内容：\n{}",
                     fs::path(s.path).filename().string(), minutes(from), minutes(from + s.duration_us), s.origin_us, s.origin_us + s.duration_us, parts_.officer,
                     format_time(s.written_at, parts_.ledger.clock().zone_minutes()), text);
}

Status SoundDesk::write_texts() {
  std::vector<Stretch> all;
  {
    const std::lock_guard lock(mutex_);
    all = stretches_;
  }
  for (const Stretch& stretch : all) {
    if (stretch.text.empty()) continue;
    const std::string path = text_record_path(stretch.path);
    GZ_TRY_ASSIGN(const FileDigests digests, parts_.ledger.put(path, as_bytes(record_text(stretch))));
    if (auto line = parts_.ledger.line("shot", digests.sha256 + "  " + path + " 0 0 -"); !line) return Failure(std::move(line.error()));
  }
  return ok();
}

}  // namespace guzheng
