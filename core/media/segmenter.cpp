#include "core/media/segmenter.h"

#include <cstdio>

namespace guzheng {

namespace {
constexpr std::int64_t kAskAgainUs = 5'000'000;          // RESET_VIDEO is not repeated sooner
constexpr std::int64_t kMaxStepUs = 1'000'000'000;       // the muxer holds a duration in 31 bits of microseconds
}

Segmenter::Segmenter(std::filesystem::path folder, RecorderListener& listener, RecorderLimits limits, int first_number,
                     SinkFactory files)
    : folder_(std::move(folder)), listener_(listener), limits_(limits), files_(std::move(files)), number_(first_number) {}

Status Segmenter::open(const VideoFormat& format) {
  if (format == format_) return ok();
  GZ_TRY(end_segment());
  format_ = format;
  config_.reset();                                       // the old parameter sets give another size
  return ok();
}

Status Segmenter::take(const Packet& packet) {
  if (!packet.data || packet.data->empty()) return fail(ErrorKind::Bug, "packet without bytes");
  if (!packet.config) return take_picture(packet);
  GZ_TRY(end_segment());
  config_ = packet.data;
  return ok();
}

Status Segmenter::take_picture(const Packet& packet) {
  {
    const std::lock_guard lock(writer_mutex_);
    if (sync_failed_) return fail(*sync_failed_);
  }
  const bool bump = last_us_ && packet.pts_us <= *last_us_;
  const std::int64_t pts = bump ? *last_us_ + 1 : packet.pts_us;
  if (writer_ && packet.key && due_for_new_segment(pts)) GZ_TRY(end_segment());
  if (writer_ && pts - *last_us_ > kMaxStepUs) GZ_TRY(end_segment());
  if (!writer_) {
    if (!packet.key || !config_) return lose("no-key-frame");
    GZ_TRY(end_loss());
    GZ_TRY(begin_segment(pts));
  }
  if (bump) GZ_TRY(listener_.pts_bumped({current_.name, current_.packets, packet.pts_us, pts}));
  GZ_TRY(writer_->write(packet, pts - current_.first_us));
  // this packet's fragment leaves with the next packet; the one before it is in the file now
  if (current_.packets > 0) publish();
  ++current_.packets;
  current_.last_us = pts;
  last_us_ = pts;
  ask_if_overdue(pts);
  return ok();
}

bool Segmenter::due_for_new_segment(std::int64_t pts_us) const {
  return pts_us - current_.first_us >= limits_.segment_us || writer_->bytes() >= limits_.force_bytes;
}

void Segmenter::ask_if_overdue(std::int64_t pts_us) {
  const bool overdue = pts_us - current_.first_us >= limits_.force_us || writer_->bytes() >= limits_.force_bytes;
  if (!overdue || pts_us < ask_after_us_) return;
  ask_after_us_ = pts_us + kAskAgainUs;
  listener_.need_key_frame();
}

Status Segmenter::begin_segment(std::int64_t pts_us) {
  char name[32];
  std::snprintf(name, sizeof name, "rec-%04d.mp4", number_++);
  current_ = {name, {}, 0, pts_us, pts_us};
  ask_after_us_ = 0;
  GZ_TRY(listener_.segment_opened({name, pts_us, format_}));
  GZ_TRY_ASSIGN(auto sink, files_(folder_ / name));
  GZ_TRY_ASSIGN(auto writer, SegmentWriter::create(std::move(sink), format_, *config_));
  const std::lock_guard lock(writer_mutex_);
  writer_ = std::move(writer);
  proven_bytes_ = 0;
  return ok();
}

Status Segmenter::end_segment() {
  if (!writer_) return ok();
  {
    const std::lock_guard lock(writer_mutex_);
    if (sync_failed_) return fail(*sync_failed_);
    GZ_TRY_ASSIGN(current_.digests, writer_->finish());
    proven_bytes_ = writer_->bytes();                    // closed is synced, whatever becomes of its line
    writer_.reset();
  }
  publish();
  return listener_.segment_closed(current_);
}

void Segmenter::publish() {
  const std::lock_guard lock(position_mutex_);
  position_ = {current_.name, current_.last_us};
}

Status Segmenter::lose(const char* reason) {
  if (!loss_) {
    loss_ = RecordGap{reason, 0};
    GZ_TRY(listener_.gap_began(*loss_));
    listener_.need_key_frame();
  }
  ++loss_->packets;
  return ok();
}

Status Segmenter::end_loss() {
  if (!loss_) return ok();
  const RecordGap gap = *std::exchange(loss_, std::nullopt);
  return listener_.gap_ended(gap);
}

Status Segmenter::close() {
  GZ_TRY(end_segment());
  GZ_TRY(end_loss());
  format_ = {};
  config_.reset();
  last_us_.reset();
  return ok();
}

void Segmenter::abandon() {
  const std::lock_guard lock(writer_mutex_);
  if (writer_) (void)synced();                           // its own failure tells nothing new; what it did not cover is not proven
  writer_.reset();
}

RecordPosition Segmenter::position() const {
  const std::lock_guard lock(position_mutex_);
  return position_;
}

Status Segmenter::sync() {
  const std::lock_guard lock(writer_mutex_);
  if (sync_failed_) return fail(*sync_failed_);
  return writer_ ? synced() : ok();
}

Status Segmenter::synced() {
  if (sync_failed_) return fail(*sync_failed_);          // abandon() comes after it
  const std::uint64_t seen = writer_->bytes();           // more may be written meanwhile
  auto done = writer_->sync();
  if (done) proven_bytes_ = seen;
  else sync_failed_ = done.error();
  return done;
}

std::uint64_t Segmenter::proven_bytes() const {
  const std::lock_guard lock(writer_mutex_);
  return proven_bytes_;
}

}  // namespace guzheng
