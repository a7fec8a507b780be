#include "core/training/adb/stream.h"

#include <algorithm>

#include "core/training/adb/message.h"

namespace guzheng::training {

AdbStream::~AdbStream() { close(); }

Result<std::size_t> AdbStream::read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return !held_.empty() || ended_ || close_sent_; };
  if (patience.count() < 0) changed_.wait(lock, ready);
  else if (!changed_.wait_for(lock, patience, ready)) return fail(ErrorKind::Timeout, "nothing from the host");
  if (held_.empty()) return std::size_t{0};
  const auto count = std::min(into.size(), held_.size());
  std::copy_n(held_.begin(), count, into.begin());
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
  const bool answer = held_.empty() && unacknowledged_;
  if (answer) unacknowledged_ = false;
  lock.unlock();
  if (answer) acknowledge();
  return count;
}

void AdbStream::acknowledge() {
  std::uint32_t remote = 0;
  {
    const std::lock_guard lock(mutex_);
    if (ended_ || close_sent_) return;
    remote = remote_id_;
  }
  if (const auto sender = sender_.lock()) sender->send(kOkay, local_id_, remote, {});
}

Status AdbStream::read_exactly(std::span<std::uint8_t> into) {
  while (!into.empty()) {
    GZ_TRY_ASSIGN(const auto count, read_some(into));
    if (count == 0) return fail(ErrorKind::Network, "the stream ended");
    into = into.subspan(count);
  }
  return ok();
}

Status AdbStream::write_all(ByteView bytes) {
  while (!bytes.empty()) {
    const auto sender = sender_.lock();
    if (!sender) return fail(ErrorKind::Network, "the connection is gone");
    const auto piece = bytes.first(std::min<std::size_t>(bytes.size(), sender->max_payload()));
    std::uint32_t remote = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !awaiting_okay_ || ended_ || close_sent_; });
      if (ended_ || close_sent_) return fail(ErrorKind::Network, "the stream is closed");
      awaiting_okay_ = true;
      remote = remote_id_;
    }
    if (!sender->send(kWrte, local_id_, remote, piece)) return fail(ErrorKind::Network, "the connection is gone");
    bytes = bytes.subspan(piece.size());
  }
  return ok();
}

void AdbStream::close() {
  std::uint32_t remote = 0;
  {
    std::unique_lock lock(mutex_);
    if (close_sent_) return;
    // What was written last must have been taken before the stream goes: the host drops a WRTE that CLSE overtakes.
    changed_.wait_for(lock, std::chrono::seconds(5), [&] { return !awaiting_okay_ || ended_ || close_sent_; });
    if (close_sent_) return;
    close_sent_ = true;
    remote = remote_id_;
    changed_.notify_all();
  }
  if (const auto sender = sender_.lock()) sender->send(kClse, local_id_, remote, {});
}

bool AdbStream::closed() const {
  const std::lock_guard lock(mutex_);
  return ended_ || close_sent_;
}

void AdbStream::on_close(std::function<void()> listener) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) {
      listener_ = std::move(listener);
      return;
    }
  }
  if (listener) listener();
}

void AdbStream::accepted(std::uint32_t remote_id) {
  const std::lock_guard lock(mutex_);
  if (remote_id_ == 0) remote_id_ = remote_id;
  awaiting_okay_ = false;
  changed_.notify_all();
}

bool AdbStream::received(Bytes payload) {
  const std::lock_guard lock(mutex_);
  if (unacknowledged_) return false;
  if (close_sent_) return true;
  if (payload.empty()) return true;
  held_.insert(held_.end(), payload.begin(), payload.end());
  unacknowledged_ = true;
  changed_.notify_all();
  return true;
}

void AdbStream::ended() {
  std::function<void()> listener;
  {
    const std::lock_guard lock(mutex_);
    if (ended_) return;
    ended_ = true;
    listener = std::move(listener_);
    listener_ = nullptr;
    changed_.notify_all();
  }
  if (listener) listener();
}

bool AdbStream::wait_opened(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return remote_id_ != 0 || ended_; });
  return remote_id_ != 0 && !ended_;
}

}  // namespace guzheng::training
