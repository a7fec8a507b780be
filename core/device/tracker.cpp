#include "core/device/tracker.h"

#include <array>

#include "core/base/thread_name.h"
#include "core/device/adb_wire.h"

namespace guzheng {

namespace {
constexpr std::chrono::milliseconds kTrackPatience{10'000}, kPause{1000}, kRefusedPause{10'000};
}

DeviceTracker::DeviceTracker(std::shared_ptr<Transport> transport, Changed changed)
    : transport_(std::move(transport)), changed_(std::move(changed)), thread_([this] { run(); }) {}

DeviceTracker::~DeviceTracker() { stop(); }

void DeviceTracker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (stream_) stream_->cancel();
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void DeviceTracker::run() {
  name_this_thread("track");
  for (;;) {
    const auto ended = follow();
    std::unique_lock lock(mutex_);
    stream_.reset();
    if (stopped_) return;
    lock.unlock();
    if (!ended && said_error_ != ended.error().kind) {
      said_error_ = ended.error().kind;
      told_.reset();
      changed_(fail(ended.error()));
    }
    lock.lock();
    const bool refused = said_error_ == ErrorKind::Denied || said_error_ == ErrorKind::Tampered;
    wake_.wait_for(lock, refused ? kRefusedPause : kPause, [&] { return stopped_; });
    if (stopped_) return;
  }
}

// Never returns without an error: the server does not end this stream by itself.
Status DeviceTracker::follow() {
  GZ_TRY_ASSIGN(auto connected, transport_->connect());
  const std::shared_ptr<Stream> stream(std::move(connected));
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return fail(ErrorKind::Cancelled, "stopped");
    stream_ = stream;
  }
  GZ_TRY_ASSIGN(const Bytes request, adb_request("host:track-devices"));
  GZ_TRY(stream->write_all(request));
  std::array<std::uint8_t, 4> four{};
  GZ_TRY(read_exactly(*stream, four, kTrackPatience));
  if (as_text(four) != "OKAY") return fail(ErrorKind::Protocol, "the adb server refuses to track devices");
  GZ_TRY(tell_if_changed());
  Bytes pushed(4096);                       // each push is only the sign to ask: its list lacks the models
  for (;;) {
    const auto n = stream->read_some(pushed, kPause);
    if (!n && n.error().kind != ErrorKind::Timeout) return fail(n.error());
    if (n && *n == 0) return fail(ErrorKind::Network, "the adb server hung up");
    GZ_TRY(tell_if_changed());
  }
}

Status DeviceTracker::tell_if_changed() {
  GZ_TRY_ASSIGN(auto devices, AdbServer(transport_).devices());
  said_error_.reset();
  if (told_ == devices) return ok();
  told_ = devices;
  changed_(devices);
  return ok();
}

}  // namespace guzheng
