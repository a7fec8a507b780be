// Room base. A queue between two threads, bounded by weight (bytes, or 1 an item): nothing in the
// program may grow without limit because a reader is slow.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace guzheng {

template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t limit) : limit_(limit) {}

  // False when the queue is full or closed: the caller says what is lost, nothing is dropped silently.
  // An item heavier than the whole limit still passes through an empty queue.
  bool try_push(T item, std::size_t weight) {
    const std::lock_guard lock(mutex_);
    if (closed_ || (!items_.empty() && held_ + weight > limit_)) return false;
    items_.emplace_back(std::move(item), weight);
    held_ += weight;
    filled_.notify_one();
    return true;
  }

  // Waits for an item; empty once closed and drained.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return take();
  }

  // As pop(), empty also after `patience`.
  std::optional<T> pop_for(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, patience, [&] { return closed_ || !items_.empty(); });
    return take();
  }

  void close() {                        // wakes every reader; what is queued can still be popped
    const std::lock_guard lock(mutex_);
    closed_ = true;
    filled_.notify_all();
  }

  [[nodiscard]] bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }
  [[nodiscard]] std::size_t held() const {
    const std::lock_guard lock(mutex_);
    return held_;
  }

 private:
  std::optional<T> take() {
    if (items_.empty()) return std::nullopt;
    auto [item, weight] = std::move(items_.front());
    items_.pop_front();
    held_ -= weight;
    return std::optional<T>(std::move(item));
  }

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::size_t held_ = 0;
  bool closed_ = false;
};

}  // namespace guzheng
