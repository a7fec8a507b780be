#include "core/session/step_gate.h"

#include <algorithm>

namespace guzheng {

StepGate::StepGate(std::size_t members, std::chrono::milliseconds lag, const Clock& clock, std::function<void(std::size_t)> on_late)
    : lag_(lag), clock_(clock), on_late_(std::move(on_late)), states_(members, State::Away) {}

bool StepGate::all_here() const {
  return std::none_of(states_.begin(), states_.end(), [](State s) { return s == State::Away; });
}

void StepGate::open() {
  for (auto& state : states_)
    if (state == State::Here) state = State::Away;
  ++round_;
  begun_ = false;
  changed_.notify_all();
}

std::vector<std::size_t> StepGate::leave_behind() {
  std::vector<std::size_t> late;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i] != State::Away) continue;
    states_[i] = State::Out;
    late.push_back(i);
  }
  return late;
}

bool StepGate::arrive(std::size_t member) {
  std::vector<std::size_t> late;
  {
    std::unique_lock lock(mutex_);
    if (states_.at(member) == State::Out) return false;
    states_[member] = State::Here;
    if (!begun_) {
      begun_ = true;
      until_us_ = clock_.monotonic().us + std::chrono::microseconds(lag_).count();
    }
    const auto round = round_;
    const std::chrono::microseconds left(std::max<std::int64_t>(0, until_us_ - clock_.monotonic().us));
    if (!all_here() && !changed_.wait_for(lock, left, [&] { return round_ != round || all_here(); })) late = leave_behind();
    if (round_ == round) open();
  }
  if (on_late_)
    for (const auto who : late) on_late_(who);
  return true;
}

void StepGate::leave(std::size_t member) {
  const std::lock_guard lock(mutex_);
  states_.at(member) = State::Out;
  changed_.notify_all();
}

}  // namespace guzheng
