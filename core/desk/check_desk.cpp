#include "core/desk/check_desk.h"

#include "core/desk/workers.h"
#include "core/session/environment.h"

namespace guzheng {

void CheckDesk::run(SessionSetup setup, std::function<Status(SessionSetup&)> complete) {
  cancel_.cancel();
  cancel_ = Cancel();
  if (const std::string serial = setup.link->serial(); serial != serial_) {
    reasons_.clear();
    items_.clear();
    serial_ = serial;
  }
  state_ = State::Running;
  const int number = ++number_;
  run_then(station_.quick(), this,
           [setup = std::move(setup), complete = std::move(complete), cancel = cancel_]() mutable -> Result<Found> {
             const std::int64_t began = setup.clock->monotonic().us;
             GZ_TRY(complete(setup));
             const auto check = look_around(setup, cancel);
             return Found{check.at, (setup.clock->monotonic().us - began) / 1000, check.items()};
           },
           [this, number](Result<Found> found) { take(number, std::move(found)); });
  emit changed();
}

void CheckDesk::take(int number, Result<Found> found) {
  if (number != number_) return;
  state_ = found ? State::Done : State::Failed;
  if (found) {
    items_ = std::move(found->items);
    at_ = found->at;
    took_ms_ = found->took_ms;
    guzheng::let_pass(items_, overrides());
  } else {
    items_.clear();
    error_ = found.error();
  }
  emit changed();
}

void CheckDesk::forget() {
  if (state_ == State::Empty) return;
  cancel_.cancel();
  ++number_;
  state_ = State::Empty;
  serial_.clear();
  items_.clear();
  reasons_.clear();
  emit changed();
}

void CheckDesk::stop() { cancel_.cancel(), ++number_; }

void CheckDesk::let_pass(const std::string& item, const std::string& reason) {
  if (reason.empty()) reasons_.erase(item);
  else reasons_[item] = reason;
  for (auto& one : items_)
    if (one.id == item) one.overridden.clear();
  guzheng::let_pass(items_, overrides());
  emit changed();
}

std::vector<EnvOverride> CheckDesk::overrides() const {
  std::vector<EnvOverride> out;
  for (const auto& item : items_)
    if (const auto it = reasons_.find(item.id); it != reasons_.end() && item.compulsory && item.verdict == "fail") out.push_back({it->first, it->second});
  return out;
}

std::vector<EnvItem> CheckDesk::holding() const { return holding_up(items_); }

std::string CheckDesk::why(const std::string& id) {
  for (const auto& item : compulsory_items())
    if (item.id == id) return item.why;
  return {};
}

}  // namespace guzheng
