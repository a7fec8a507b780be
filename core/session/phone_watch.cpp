#include "core/session/phone_watch.h"

#include <algorithm>

#include "core/media/png.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kLimit{3};
constexpr std::int64_t kSettleUs = 400'000;        // a tap's new focus, window and keyboard
constexpr std::int64_t kEveryUs = 2'000'000, kValidUs = 5'000'000;
constexpr std::int64_t kLookUs = 1'000'000;
constexpr int kBlackLooks = 2;                     // a page that opens may be black for a moment
}  // namespace

void PhoneWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (!thread_.joinable()) return;
  thread_.join();
  set_gap(lock_gap_, false, {});
  set_gap(black_gap_, false, {});
}

void PhoneWatch::moved() {
  const std::lock_guard lock(mutex_);
  moved_us_ = parts_.clock.monotonic().us;
  changed_.notify_all();
}

void PhoneWatch::black_shot(const std::string& name) {
  const std::lock_guard lock(mutex_);
  black_shot_ = name;
  changed_.notify_all();
}

Editor PhoneWatch::editor() const {
  const std::lock_guard lock(mutex_);
  const bool fresh = asked_us_ >= 0 && asked_us_ >= moved_us_ + kSettleUs && parts_.clock.monotonic().us - asked_us_ <= kValidUs;
  return fresh ? editor_ : Editor::Unknown;
}

void PhoneWatch::run() {
  std::int64_t next_look = 0;
  for (int round = 0;;) {
    bool ask = false, shot = false;
    {
      std::unique_lock lock(mutex_);
      const std::int64_t now = parts_.clock.monotonic().us;
      // asked too early it would be the field before the tap
      const bool stale = asked_us_ < moved_us_ + kSettleUs;
      const std::int64_t due = std::min(next_look, asked_us_ < 0 ? now : stale ? moved_us_ + kSettleUs : asked_us_ + kEveryUs);
      if (due > now && black_shot_.empty()) changed_.wait_for(lock, std::chrono::microseconds(due - now));
      if (stopping_) return;
      const std::int64_t then = parts_.clock.monotonic().us;
      shot = !black_shot_.empty();
      ask = then >= moved_us_ + kSettleUs && (asked_us_ < moved_us_ + kSettleUs || then >= asked_us_ + kEveryUs);
    }
    if (ask) look_at_editor();
    const bool look = parts_.clock.monotonic().us >= next_look;
    if (look) {
      next_look = parts_.clock.monotonic().us + kLookUs;
      if (round++ % 2 == 0) look_at_lock();
    }
    if (look || shot) look_at_film();
  }
}

void PhoneWatch::look_at_editor() {
  const std::int64_t asked = parts_.clock.monotonic().us;
  const auto dump = parts_.link.shell("dumpsys input_method", kLimit);
  const Editor found = dump && dump->exit_code == 0 ? parse_editor(as_text(dump->out)) : Editor::Unknown;
  {
    const std::lock_guard lock(mutex_);
    editor_ = found;
    asked_us_ = asked;
  }
  if (found != std::exchange(told_, found)) parts_.editor_changed(found);
}

void PhoneWatch::look_at_lock() {
  const auto dump = parts_.link.shell("dumpsys window policy", kLimit);
  if (!dump || dump->exit_code != 0) return;
  const auto locked = parse_locked(as_text(dump->out));
  if (!locked) return;
  locked_ = !locked->empty();
  set_gap(lock_gap_, locked_, std::string(kGapLocked) + ": " + *locked);
}

void PhoneWatch::look_at_film() {
  std::string shot;
  {
    const std::lock_guard lock(mutex_);
    shot = std::exchange(black_shot_, {});
  }
  const auto frame = parts_.flowing() ? parts_.frames.peek() : nullptr;
  const bool black = frame && nearly_black(*frame);
  black_looks_ = black ? black_looks_ + 1 : 0;
  if (locked_) return set_gap(black_gap_, false, {});
  if (!shot.empty()) set_gap(black_gap_, true, std::string(kGapBlack) + ": " + shot);
  else if (black && black_looks_ >= kBlackLooks) set_gap(black_gap_, true, std::string(kGapBlack) + ": film");
  else if (frame && !black) set_gap(black_gap_, false, {});
}

void PhoneWatch::set_gap(int& number, bool open, const std::string& reason) {
  if (open == (number != 0)) return;
  const auto gap = open ? parts_.gaps.begin(reason) : parts_.gaps.end(number, 0);
  // one that another end has closed is none of ours any more
  if (!gap && (open || gap.error().kind != ErrorKind::NotFound)) return parts_.tell.trouble(gap.error());
  number = open ? gap->number : 0;
  if (!gap) return;
  TimelineEvent event;
  event.type = open ? TimelineEvent::Type::GapBegin : TimelineEvent::Type::GapEnd;
  event.text = gap->reason;
  event.duration_ms = gap->end.ms - gap->begin.ms;
  parts_.tell.event(std::move(event));
}

}  // namespace guzheng
