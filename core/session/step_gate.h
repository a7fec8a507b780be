// Room session. Where the members of a group wait for each other before each step (A-7.3e). Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "core/base/clock.h"

namespace guzheng {

class StepGate {
 public:
  // `lag`: how long those who are there wait for the rest once the first has come. `on_late` is told who was left behind, on the thread of one who
  // waited, outside the lock.
  StepGate(std::size_t members, std::chrono::milliseconds lag, const Clock& clock, std::function<void(std::size_t member)> on_late);
  // Blocks until all members that are still in step have come, or the lag is over: who has not come by then is left behind. False: this
  // member was left behind before, or has left.
  bool arrive(std::size_t member);
  // It stopped, or is through: nobody waits for it any more.
  void leave(std::size_t member);

 private:
  enum class State { Away, Here, Out };
  [[nodiscard]] bool all_here() const;
  void open();
  std::vector<std::size_t> leave_behind();
  const std::chrono::milliseconds lag_;
  const Clock& clock_;
  const std::function<void(std::size_t)> on_late_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<State> states_;
  std::uint64_t round_ = 0;
  std::int64_t until_us_ = 0;                 // monotonic; of this round; from its first arrival on
  bool begun_ = false;
};

}  // namespace guzheng
