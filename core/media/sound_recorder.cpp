#include "core/media/sound_recorder.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace guzheng {

namespace {
constexpr std::int64_t kPartUs = 200'000;
constexpr std::uint64_t kMostBytes = 256u << 20;             // of a file: some hours of any real sound; it is read whole when it must be mended
constexpr std::uint32_t kMostFiles = 9999;                   // rec-NNNN.ogg
std::int64_t us_of(std::int64_t samples) { return samples * 1'000'000 / kOpusRate; }
}  // namespace

Status SoundRecorder::failed(Status why) {
  if (!why && !failed_) failed_ = why.error();
  return why;
}

Status SoundRecorder::config(ByteView opus_head) {
  if (failed_) return fail(*failed_);
  if (!is_opus_head(opus_head)) return failed(fail(ErrorKind::Protocol, "the phone's sound begins with no OpusHead of one or two channels"));
  GZ_TRY(close());
  head_.assign(opus_head.begin(), opus_head.end());
  return ok();
}

Status SoundRecorder::packet(std::int64_t pts_us, ByteView data) {
  if (failed_) return fail(*failed_);
  if (head_.empty()) return failed(fail(ErrorKind::Protocol, "the phone sent sound before its OpusHead"));
  if (pages_) {
    const std::int64_t parted = pts_us - (current_.origin_us + us_of(pages_->samples()));
    const bool parts = std::abs(parted) > kPartUs;
    if (parts || written() > kMostBytes) {
      GZ_TRY(failed(end()));
      GZ_TRY(failed(begin(pts_us, parts ? parted : 0)));
    }
  } else {
    GZ_TRY(failed(begin(pts_us, 0)));
  }
  auto page = pages_->page(data);
  if (!page) return failed(Failure(std::move(page.error())));
  GZ_TRY(failed(write(*page)));
  ++current_.packets;
  return ok();
}

Status SoundRecorder::close() {
  if (failed_) return fail(*failed_);
  const Status done = failed(end());
  head_.clear();
  return done;
}

Status SoundRecorder::begin(std::int64_t pts_us, std::int64_t jump_us) {
  if (number_ > kMostFiles) return fail(ErrorKind::Invalid, "the phone's sound fell into more than 10,000 stretches");
  char name[32];
  std::snprintf(name, sizeof name, "rec-%04u.ogg", number_);
  current_ = {name, {}, 0, pts_us, 0};
  digester_.emplace();
  pages_.emplace(number_++);
  GZ_TRY(listener_.sound_opened({name, pts_us, jump_us}));
  GZ_TRY_ASSIGN(auto sink, files_(folder_ / name));
  {
    const std::lock_guard lock(mutex_);
    sink_ = std::move(sink);
    written_ = proven_ = 0;
  }
  return write(pages_->headers(head_));
}

Status SoundRecorder::write(ByteView bytes) {
  {
    const std::lock_guard lock(mutex_);
    if (sync_failed_) return fail(*sync_failed_);
  }
  GZ_TRY(sink_->write(bytes));               // one page in one write: a killed program leaves none that is torn
  digester_->update(bytes);
  const std::lock_guard lock(mutex_);
  written_ += bytes.size();
  return ok();
}

Status SoundRecorder::end() {
  if (!pages_) return ok();
  current_.duration_us = us_of(pages_->samples());
  {
    const std::lock_guard lock(mutex_);
    if (sync_failed_) return fail(*sync_failed_);
    GZ_TRY(sink_->close());
    proven_ = written_;                      // closed is synced, whatever becomes of its line
    sink_.reset();
  }
  pages_.reset();
  current_.digests = digester_->finish();
  return listener_.sound_closed(current_);
}

Status SoundRecorder::sync() {
  const std::lock_guard lock(mutex_);
  if (sync_failed_) return fail(*sync_failed_);
  if (!sink_) return ok();
  const std::uint64_t seen = written_;
  auto done = sink_->sync();
  if (done) proven_ = seen;
  else sync_failed_ = done.error();
  return done;
}

std::uint64_t SoundRecorder::written() const {
  const std::lock_guard lock(mutex_);
  return written_;
}

std::uint64_t SoundRecorder::proven_bytes() const {
  const std::lock_guard lock(mutex_);
  return proven_;
}

}  // namespace guzheng
