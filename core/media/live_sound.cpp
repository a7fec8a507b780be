#include "core/media/live_sound.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::size_t kMostWaiting = 25;     // packets before the decoder: half a second at 20 ms; more is history
struct Piece {
  bool head = false;
  Bytes data;
};
}  // namespace

struct LiveSound::Impl {
  std::mutex mutex;
  std::condition_variable filled;
  bool listening = false, stopped = false;   // all below: under mutex
  Bytes head;
  std::deque<Piece> waiting;
  std::deque<std::int16_t> slot;
  bool flowing = false;                      // enough lay in the slot once, and it has not run dry since
  Counts counts;

  OpusDecoder decoder;                       // thread `hear`
  bool open = false;                         // likewise
  std::thread thread;

  static std::size_t values(std::int64_t us) { return static_cast<std::size_t>(pcm_frames(us)) * kPcmChannels; }

  void take(bool is_head, ByteView data) {
    const std::lock_guard lock(mutex);
    if (is_head) head.assign(data.begin(), data.end());
    if (!listening) return;
    if (waiting.size() >= kMostWaiting) {
      const auto oldest = std::find_if(waiting.begin(), waiting.end(), [](const Piece& p) { return !p.head; });
      if (oldest != waiting.end()) waiting.erase(oldest), ++counts.dropped;
      else waiting.pop_front();              // heads without end: no stream does that
    }
    waiting.push_back({is_head, Bytes(data.begin(), data.end())});
    filled.notify_one();
  }

  void set_listening(bool on) {
    const std::lock_guard lock(mutex);
    if (listening == on) return;
    listening = on;
    waiting.clear();
    slot.clear();
    flowing = false;
    if (on && !head.empty()) waiting.push_back({true, head});
    filled.notify_one();
  }

  void run() {
    name_this_thread("hear");
    for (;;) {
      Piece piece;
      {
        std::unique_lock lock(mutex);
        filled.wait(lock, [this] { return stopped || !waiting.empty(); });
        if (stopped) return;
        piece = std::move(waiting.front());
        waiting.pop_front();
      }
      if (piece.head) open = decoder.open(piece.data).has_value();
      else if (open) decode(piece.data);
    }
  }

  void decode(ByteView packet) {
    const auto samples = decoder.decode(packet);
    const std::lock_guard lock(mutex);
    if (!samples) {
      ++counts.broken;
      return;
    }
    ++counts.decoded;
    if (!listening) return;
    slot.insert(slot.end(), samples->begin(), samples->end());
    if (slot.size() <= values(kMostUs)) return;
    const std::size_t late = slot.size() - values(kKeepUs);
    slot.erase(slot.begin(), slot.begin() + static_cast<std::ptrdiff_t>(late));
    counts.skipped_us += pcm_us(static_cast<std::int64_t>(late / kPcmChannels));
  }

  void read(std::span<std::int16_t> out) {
    const std::lock_guard lock(mutex);
    if (!flowing) flowing = slot.size() >= values(kKeepUs);
    const std::size_t there = flowing ? std::min(slot.size(), out.size()) : 0;
    const auto end = slot.begin() + static_cast<std::ptrdiff_t>(there);
    std::copy(slot.begin(), end, out.begin());
    slot.erase(slot.begin(), end);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(there), out.end(), std::int16_t{0});
    if (there < out.size()) flowing = false;
  }
};

LiveSound::LiveSound() : impl_(std::make_unique<Impl>()) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

LiveSound::~LiveSound() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopped = true;
    impl_->filled.notify_all();
  }
  impl_->thread.join();
}

void LiveSound::take(bool head, ByteView data) { impl_->take(head, data); }
void LiveSound::set_listening(bool on) { impl_->set_listening(on); }
void LiveSound::read(std::span<std::int16_t> out) { impl_->read(out); }

LiveSound::Counts LiveSound::counts() const {
  const std::lock_guard lock(impl_->mutex);
  Counts out = impl_->counts;
  out.ready_us = pcm_us(static_cast<std::int64_t>(impl_->slot.size() / kPcmChannels));
  return out;
}

}  // namespace guzheng
