#include "core/media/decoder.h"

#include <condition_variable>
#include <deque>
#include <optional>
#include <thread>

#include "core/base/thread_name.h"
#include "core/media/av.h"
#include "core/media/picture.h"
#include "core/media/video_codec.h"

namespace guzheng {

void LatestFrame::publish(std::shared_ptr<const Frame> frame) {
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    if (!fresh_) wake = wake_;
    newest_ = frame;
    fresh_ = std::move(frame);
  }
  if (wake) wake();
}

std::shared_ptr<const Frame> LatestFrame::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(fresh_, nullptr);
}

std::shared_ptr<const Frame> LatestFrame::peek() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void LatestFrame::on_ready(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

namespace {

constexpr std::size_t kQueuePackets = 90, kQueueBytes = 16u << 20;   // beyond this, what is shown is history
constexpr int kMaxUnshown = 4;                                       // while behind, every fifth picture is still shown

struct Work {
  std::optional<VideoFormat> open;        // else a packet
  Packet packet;
  bool gap_before = false;                // packets were dropped here
};

}  // namespace

struct Decoder::Impl {
  explicit Impl(LatestFrame& o) : out(o) {}

  LatestFrame& out;
  std::function<void(const Error&)> trouble = [](const Error&) {};
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<Work> queue;                 // under mutex, as all of the next
  std::size_t held = 0;
  bool dropping = false, stopped = false;

  VideoCodec codec;                       // decode thread, as all of the next
  PictureConverter converter;
  SystemClock clock;
  bool wait_for_key = true, in_trouble = false;
  int unshown = 0;
  std::uint64_t serial = 0;

  std::mutex join;
  std::thread thread;

  void push(Work work) {
    const std::lock_guard lock(mutex);
    if (stopped) return;
    const bool packet = !work.open;
    const std::size_t size = packet ? work.packet.data->size() : 0;
    if (packet && !work.packet.config) {
      if (!dropping && (queue.size() >= kQueuePackets || held + size > kQueueBytes)) dropping = true;
      if (dropping && !work.packet.key) return;
      if (dropping) {                     // a key frame: everything before it is history, parameter sets excepted
        std::erase_if(queue, [](const Work& w) { return !w.open && !w.packet.config; });
        held = 0;
        for (const auto& w : queue) held += w.open ? 0 : w.packet.data->size();
        work.gap_before = true;
        dropping = false;
      }
    }
    held += size;
    queue.push_back(std::move(work));
    filled.notify_one();
  }

  std::optional<Work> pop(bool& more) {
    std::unique_lock lock(mutex);
    filled.wait(lock, [&] { return stopped || !queue.empty(); });
    if (stopped) return std::nullopt;
    std::optional<Work> work(std::move(queue.front()));
    queue.pop_front();
    if (!work->open) held -= work->packet.data->size();
    more = !queue.empty();
    return work;
  }

  void say(const Error& error) {          // once a burst
    if (!in_trouble) trouble(error);
    in_trouble = true;
  }

  void run() {
    name_this_thread("decode");
    bool more = false;
    while (auto work = pop(more)) {
      if (work->open) {
        open(*work->open);
        continue;
      }
      if (work->gap_before) say({ErrorKind::Timeout, "decoding is too slow: pictures were left out"});
      decode(work->packet, more);
    }
  }

  void open(const VideoFormat& format) {
    wait_for_key = true;
    if (auto opened = codec.open(format.codec); !opened) say(opened.error());
  }

  void decode(const Packet& packet, bool more) {
    if (packet.config) return codec.set_config(packet.data);
    if (wait_for_key && !packet.key) return;
    auto picture = codec.decode(*packet.data, packet.key, packet.pts_us);
    if (!picture) {
      wait_for_key = true;
      return say(picture.error());
    }
    const bool damaged = VideoCodec::damaged(**picture);
    if (damaged) say({ErrorKind::Protocol, "a damaged picture in the stream"});
    wait_for_key = damaged;
    if (damaged && !packet.key) return;   // a damaged key frame is shown: better than a pane that stands still
    if (!damaged) in_trouble = false;
    show(**picture, packet, more);
  }

  // A late picture is decoded, since others build on it, but not converted.
  void show(const AVFrame& picture, const Packet& packet, bool more) {
    if (more && unshown < kMaxUnshown) {
      ++unshown;
      return;
    }
    unshown = 0;
    auto frame = converter.convert(picture);
    if (!frame) return say(frame.error());
    frame->pts_us = packet.pts_us;
    frame->arrived = packet.arrived;
    frame->decoded = clock.monotonic();
    frame->serial = ++serial;
    out.publish(std::make_shared<const Frame>(std::move(*frame)));
  }
};

Decoder::Decoder(LatestFrame& out) : impl_(std::make_unique<Impl>(out)) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Decoder::~Decoder() { stop(); }

Status Decoder::open(const VideoFormat& format) {
  impl_->push({format, {}, false});
  return ok();
}

Status Decoder::push(const Packet& packet) {
  if (!packet.data || packet.data->empty()) return fail(ErrorKind::Bug, "packet without bytes");
  impl_->push({std::nullopt, packet, false});
  return ok();
}

void Decoder::close() {}                  // what is queued is still shown; open() starts anew

void Decoder::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
    impl_->filled.notify_all();
  }
  const std::lock_guard lock(impl_->join);
  if (impl_->thread.joinable()) impl_->thread.join();
}

void Decoder::on_trouble(std::function<void(const Error&)> listener) { impl_->trouble = std::move(listener); }

}  // namespace guzheng
