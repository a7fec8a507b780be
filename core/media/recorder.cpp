#include "core/media/recorder.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

#include "core/base/thread_name.h"
#include "core/media/segmenter.h"

namespace guzheng {

namespace {

struct Opened { VideoFormat format; };
struct Ended {};
struct GapBegan { RecordGap gap; };
struct GapEnded { RecordGap gap; };
using Item = std::variant<Opened, Packet, Ended, GapBegan, GapEnded>;

constexpr std::size_t kItemOverhead = 256;                   // bytes an item costs beside its packet's
constexpr const char* kQueueFull = "queue-full";

// Between the link thread and the record thread, bounded by bytes. When it is full it drops up to the next key frame
// that finds half of it free; where it dropped stands in the queue, so that begin and end are told in their order.
class RecordQueue {
 public:
  explicit RecordQueue(std::size_t limit) : limit_(limit) {}

  // Link thread.
  Status push(Item item) {
    const std::lock_guard lock(mutex_);
    if (failed_) return fail(*failed_);
    if (ended_) return fail(ErrorKind::Cancelled, "the recorder was stopped");
    if (auto* packet = std::get_if<Packet>(&item)) {
      if (!admit(*packet)) return ok();
    } else {
      end_drop();
    }
    put(std::move(item));
    return ok();
  }

  void end() {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    end_drop();
    put(Ended{});
    ended_ = true;
  }

  // Record thread. Empty when ended and drained.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return ended_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<Item> item(std::move(items_.front()));
    items_.pop_front();
    held_ -= weight(*item);
    return item;
  }

  // Record thread: nothing is taken any more, what waits is let go.
  void refuse(const Error& error) {
    const std::lock_guard lock(mutex_);
    failed_ = error;
    items_.clear();
    held_ = 0;
  }

 private:
  static std::size_t weight(const Item& item) {
    const auto* packet = std::get_if<Packet>(&item);
    return kItemOverhead + (packet != nullptr && packet->data ? packet->data->size() : 0);
  }

  bool admit(const Packet& packet) {
    const std::size_t more = weight(packet);
    if (lost_ && packet.config) {                            // kept aside: the key frame that ends the gap needs it
      config_ = packet;
      return false;
    }
    if (lost_ && packet.key && (items_.empty() || held_ + more <= limit_ / 2)) {
      end_drop();
      return true;
    }
    if (lost_) {
      ++*lost_;
      return false;
    }
    if (items_.empty() || held_ + more <= limit_) return true;
    put(GapBegan{{kQueueFull, 0}});
    lost_ = packet.config ? 0 : 1;
    if (packet.config) config_ = packet;
    return false;
  }

  void end_drop() {
    if (!lost_) return;
    put(GapEnded{{kQueueFull, *lost_}});
    lost_.reset();
    if (config_) put(*std::exchange(config_, std::nullopt));
  }

  void put(Item item) {
    held_ += weight(item);
    items_.push_back(std::move(item));
    filled_.notify_one();
  }

  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Item> items_;                                   // all from here: under mutex_
  std::size_t held_ = 0;
  std::optional<std::uint64_t> lost_;                        // set while dropping
  std::optional<Packet> config_;                             // seen while dropping
  std::optional<Error> failed_;
  bool ended_ = false;
};

}  // namespace

struct Recorder::Impl {
  Impl(std::filesystem::path folder, RecorderListener& l, RecorderLimits limits, int first_number, SinkFactory files)
      : listener(l), queue(limits.queue_bytes), segmenter(std::move(folder), l, limits, first_number, std::move(files)) {}

  RecorderListener& listener;
  RecordQueue queue;
  Segmenter segmenter;
  std::mutex join;
  std::thread thread;

  Status handle(const Opened& item) { return segmenter.open(item.format); }
  Status handle(const Packet& packet) { return segmenter.take(packet); }
  Status handle(const Ended&) { return segmenter.close(); }
  Status handle(const GapBegan& item) {
    GZ_TRY(listener.gap_began(item.gap));
    listener.need_key_frame();
    return ok();
  }
  Status handle(const GapEnded& item) { return listener.gap_ended(item.gap); }

  void run() {
    name_this_thread("record");
    while (auto item = queue.pop()) {
      const Status done = std::visit([&](const auto& kind) { return handle(kind); }, *item);
      if (done) continue;
      queue.refuse(done.error());
      segmenter.abandon();
      listener.recorder_failed(done.error());
      return;
    }
  }
};

Recorder::Recorder(std::filesystem::path folder, RecorderListener& listener, RecorderLimits limits, int first_number,
                   SinkFactory files)
    : impl_(std::make_unique<Impl>(std::move(folder), listener, limits, first_number, std::move(files))) {
  impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Recorder::~Recorder() { stop(); }

Status Recorder::open(const VideoFormat& format) { return impl_->queue.push(Opened{format}); }
Status Recorder::push(const Packet& packet) { return impl_->queue.push(packet); }
void Recorder::close() { (void)impl_->queue.push(Ended{}); }      // refused only when nothing is open any more

void Recorder::stop() {
  impl_->queue.end();
  const std::lock_guard lock(impl_->join);
  if (impl_->thread.joinable()) impl_->thread.join();
}

RecordPosition Recorder::position() const { return impl_->segmenter.position(); }

Status Recorder::sync() {
  auto done = impl_->segmenter.sync();
  if (done) return done;
  impl_->queue.refuse(done.error());
  impl_->listener.recorder_failed(done.error());
  return done;
}

std::uint64_t Recorder::proven_bytes() const { return impl_->segmenter.proven_bytes(); }

}  // namespace guzheng
