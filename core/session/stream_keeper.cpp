#include "core/session/stream_keeper.h"

#include <algorithm>
#include <array>

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::int64_t kStillUs = 2'000'000;                 // FORMAT.md 8: a longer jump has a gap
constexpr std::array kPausesMs = {200, 300, 500, 800, 1'000};      // a line that comes back is to be found within 2 s

std::optional<Codec> codec_of(std::uint32_t id) {
  switch (id) {
    case 0x68323634: return Codec::H264;
    case 0x68323635: return Codec::H265;
    case 0x00617631: return Codec::Av1;
    default: return std::nullopt;
  }
}
}  // namespace

Status StreamKeeper::start() {
  GZ_TRY(parts_.before_start(0));
  GZ_TRY_ASSIGN(std::shared_ptr<ScreenStream> stream, parts_.link.start_screen(parts_.options));
  if (!codec_of(stream->codec_id())) return fail(ErrorKind::Unsupported, "the phone sends a video codec that is not known");
  {
    const std::lock_guard lock(mutex_);
    stream_ = std::move(stream);
    generation_ = 1;
  }
  connected_ = true;
  link_thread_ = std::thread([this] { run_link(); });
  message_thread_ = std::thread([this] { run_messages(); });
  if (parts_.options.audio) sound_thread_ = std::thread([this] { run_sound(); });
  return ok();
}

Status StreamKeeper::send(const ControlMessage& message) {
  const auto stream = current();
  if (!stream || !connected_) return fail(ErrorKind::Network, "the phone is not connected");
  return stream->send(message);
}

void StreamKeeper::interrupt(const Error& why) {
  std::shared_ptr<ScreenStream> stream;
  {
    const std::lock_guard lock(mutex_);
    interrupted_ = why;
    stream = stream_;
  }
  if (stream) stream->stop();
}

void StreamKeeper::stop() {
  stopping_ = true;
  if (const auto stream = current()) stream->stop();
  {
    const std::lock_guard lock(mutex_);      // a waiter between its test and its wait must not miss this
    changed_.notify_all();
  }
  if (link_thread_.joinable()) link_thread_.join();
  if (message_thread_.joinable()) message_thread_.join();
  if (sound_thread_.joinable()) sound_thread_.join();
  connected_ = flowing_ = false;
}

std::shared_ptr<ScreenStream> StreamKeeper::current() const {
  const std::lock_guard lock(mutex_);
  return stream_;
}

StreamKeeper::Counts StreamKeeper::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void StreamKeeper::run_link() {
  name_this_thread("link");
  while (!stopping_) {
    auto event = current()->next_video();
    if (event) {
      std::visit([this](auto& kind) { deliver(std::move(kind)); }, *event);
      continue;
    }
    if (stopping_) break;
    lost(why_lost(event.error()));
    if (!reconnect()) break;
  }
  parts_.recorder.close();
  parts_.decoder.close();
}

void StreamKeeper::deliver(StreamVideoSize size) {
  const VideoFormat format{*codec_of(current()->codec_id()), size.width, size.height};
  {
    const std::lock_guard lock(mutex_);
    counts_.format = format;
  }
  (void)parts_.recorder.open(format);        // a recorder that failed has told so once, by recorder_failed
  if (const auto opened = parts_.decoder.open(format); !opened) parts_.tell.trouble(opened.error());
}

void StreamKeeper::deliver(StreamVideoPacket in) {
  Packet packet{in.pts_us, in.key, in.config, std::make_shared<const Bytes>(std::move(in.data)), parts_.clock.monotonic()};
  if (!packet.config) {
    if (gap_ != 0) {
      if (const auto gap = parts_.gaps.end(std::exchange(gap_, 0), -1)) tell_gap(TimelineEvent::Type::GapEnd, *gap);
    } else {
      note_stillness(packet.pts_us);
    }
    last_us_ = packet.pts_us;
    flowing_ = true;
  }
  {
    const std::lock_guard lock(mutex_);
    ++counts_.packets;
    counts_.bytes += packet.data->size();
  }
  (void)parts_.recorder.push(packet);
  (void)parts_.decoder.push(packet);
}

// A phone that shows a still page may send nothing: the recording jumps, and the journal says that nothing is lost.
void StreamKeeper::note_stillness(std::int64_t pts_us) {
  if (last_us_ < 0 || pts_us - last_us_ <= kStillUs) return;
  const auto begun = parts_.gaps.begin("no-picture-change: " + std::to_string((pts_us - last_us_) / 1000) + " ms without a packet");
  if (!begun) return parts_.tell.trouble(begun.error());
  tell_gap(TimelineEvent::Type::GapBegin, *begun);
  if (const auto ended = parts_.gaps.end(begun->number, 0)) tell_gap(TimelineEvent::Type::GapEnd, *ended);
}

Error StreamKeeper::why_lost(const Error& seen) {
  const std::lock_guard lock(mutex_);
  return std::exchange(interrupted_, std::nullopt).value_or(seen);
}

void StreamKeeper::lost(const Error& error) {
  connected_ = flowing_ = false;
  if (gap_ == 0) {
    if (const auto gap = parts_.gaps.begin("link-lost: " + error.what)) {
      gap_ = gap->number;
      tell_gap(TimelineEvent::Type::GapBegin, *gap);
    } else {
      parts_.tell.trouble(gap.error());
    }
  }
  parts_.recorder.close();
  parts_.decoder.close();
  current()->stop();
  parts_.tell.trouble(error);
}

Result<std::shared_ptr<ScreenStream>> StreamKeeper::start_again(std::size_t attempt) {
  GZ_TRY(parts_.before_start(attempt));
  GZ_TRY_ASSIGN(std::shared_ptr<ScreenStream> stream, parts_.link.start_screen(parts_.options));
  if (!codec_of(stream->codec_id())) return fail(ErrorKind::Unsupported, "the phone sends a video codec that is not known");
  return stream;
}

bool StreamKeeper::reconnect() {
  last_us_ = -1;
  std::string told_before;                     // the same reason is told once, not each second
  for (std::size_t attempt = 0; !stopping_; ++attempt) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::milliseconds(kPausesMs[std::min(attempt, kPausesMs.size() - 1)]),
                        [this] { return stopping_.load(); });
    }
    if (stopping_) return false;
    {
      const std::lock_guard lock(mutex_);
      interrupted_.reset();                  // whose phone it is, is asked anew
    }
    auto started = start_again(attempt);
    if (!started) {
      if (std::exchange(told_before, started.error().what) != started.error().what) parts_.tell.trouble(started.error());
      continue;                              // no line, or not our phone, or it does not let us: it is tried again
    }
    bool taken = false;
    {
      const std::lock_guard lock(mutex_);
      stream_ = std::move(*started);
      ++generation_;
      taken = interrupted_.has_value();      // while it started: interrupt() stopped the old stream only
      changed_.notify_all();
    }
    if (stopping_ || taken) current()->stop();             // stop() may have looked at the old stream
    connected_ = true;
    return true;
  }
  return false;
}

void StreamKeeper::each_stream(const std::function<void(ScreenStream&)>& serve) {
  std::uint64_t served = 0;
  while (!stopping_) {
    std::shared_ptr<ScreenStream> stream;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || generation_ > served; });
      stream = stream_;
      served = generation_;
    }
    serve(*stream);
  }
}

void StreamKeeper::run_messages() {
  name_this_thread("message");
  each_stream([this](ScreenStream& stream) {
    while (!stopping_) {
      auto message = stream.next_message();
      if (!message) break;                   // the link thread finds out why
      parts_.on_message(*message);
    }
  });
}

void StreamKeeper::run_sound() {
  name_this_thread("sound");
  each_stream([this](ScreenStream& stream) {
    for (;;) {
      auto packet = stream.next_audio();
      if (!packet) return parts_.on_sound_end(stopping_ ? Error{ErrorKind::Cancelled, packet.error().what} : packet.error());
      parts_.on_sound(*packet);
    }
  });
}

void StreamKeeper::tell_gap(TimelineEvent::Type type, const Gap& gap) {
  TimelineEvent event;
  event.type = type;
  event.text = gap.reason;
  event.count = gap.packets;
  event.duration_ms = gap.end.ms - gap.begin.ms;
  parts_.tell.event(std::move(event));
}

}  // namespace guzheng
