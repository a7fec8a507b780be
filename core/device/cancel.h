// Room device. Calls off what waits for a phone. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace guzheng {

// Copies are one and the same: whoever waits holds one, whoever calls off another. Final: for the next call make a new one.
class Cancel {
  struct State {
    std::mutex mutex;
    std::atomic<bool> cancelled{false};      // set under mutex; read without it, so that a waiter may ask under a lock of its own
    std::uint64_t next = 1;                  // all below and this: under mutex
    std::map<std::uint64_t, std::function<void()>> wakes;
  };

 public:
  Cancel() : state_(std::make_shared<State>()) {}
  void cancel() const {
    const std::lock_guard lock(state_->mutex);
    state_->cancelled = true;
    for (const auto& [number, wake] : state_->wakes) wake();
  }
  [[nodiscard]] bool cancelled() const { return state_->cancelled; }

  // As long as it lives, cancel() calls `wake`: once, at once when it has been called before, on the cancelling thread. `wake` must not
  // block and must not touch this Cancel; it does not run any more when the destructor returns.
  class Watch {
   public:
    Watch(const Cancel& cancel, std::function<void()> wake) : state_(cancel.state_) {
      const std::lock_guard lock(state_->mutex);
      number_ = state_->next++;
      if (state_->cancelled) wake();
      else state_->wakes.emplace(number_, std::move(wake));
    }
    ~Watch() {
      const std::lock_guard lock(state_->mutex);
      state_->wakes.erase(number_);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    const std::shared_ptr<State> state_;
    std::uint64_t number_ = 0;
  };

 private:
  std::shared_ptr<State> state_;
};

}  // namespace guzheng
