#include "core/session/layout_book.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/thread_name.h"

namespace guzheng {

namespace {

constexpr std::uint32_t kCell = 4;           // pixels of the frame to a side of a cell
constexpr int kOtherGrey = 24, kContrast = 24;             // of 255: more is another picture; less is nothing to compare
constexpr std::int64_t kOfCells = 33;        // one in 33 (3 %) may differ: what compression does
constexpr std::int64_t kSettledUs = 400'000, kBelievedUs = 10'000'000;
// A look each six seconds keeps a layout at hand; an hour of a page that nobody touches is no reason to ask a phone 600 times.
constexpr std::int64_t kLookAfterUs = 600'000, kLookEveryUs = 6'000'000, kLookWhileUs = 120'000'000;
constexpr std::chrono::seconds kOwnLimit{8};

std::uint8_t grey(const Frame& frame, std::uint32_t x, std::uint32_t y) {
  // the green of four pixels of the sixteen stands for the cell
  const std::uint8_t* a = frame.pixels->data() + std::size_t{y * kCell + 1} * frame.stride + std::size_t{x * kCell + 1} * 4 + 1;
  const std::uint8_t* b = a + std::size_t{2} * frame.stride;
  return static_cast<std::uint8_t>((a[0] + a[8] + b[0] + b[8]) / 4);
}

// Counts cells that differ, and how far the greys are apart among themselves.
struct Likeness {
  std::int64_t cells = 0, other = 0;
  int least = 255, most = 0;
  void take(int before, int now) {
    ++cells;
    other += std::abs(before - now) > kOtherGrey;
    least = std::min(least, before);
    most = std::max(most, before);
  }
  [[nodiscard]] bool same() const { return cells > 0 && other * kOfCells <= cells && most - least >= kContrast; }
};

}  // namespace

Glance Glance::of(const Frame& frame) {
  Glance out;
  if (!frame.pixels) return out;
  out.width_ = frame.width;
  out.height_ = frame.height;
  out.across_ = frame.width / kCell;
  out.down_ = frame.height / kCell;
  out.greys_.reserve(std::size_t{out.across_} * out.down_);
  for (std::uint32_t y = 0; y < out.down_; ++y)
    for (std::uint32_t x = 0; x < out.across_; ++x) out.greys_.push_back(grey(frame, x, y));
  return out;
}

NodeBounds Glance::cells(const NodeBounds& place) const {
  const auto cell = [](int pixel, std::uint32_t most, int round_up) { return std::clamp((pixel + round_up) / static_cast<int>(kCell), 0, static_cast<int>(most)); };
  return {cell(std::max(0, place.left), across_, 0), cell(std::max(0, place.top), down_, 0), cell(place.right, across_, kCell - 1), cell(place.bottom, down_, kCell - 1)};
}

bool Glance::shows_same(const Frame& now, const NodeBounds& place) const {
  if (now.width != width_ || now.height != height_ || !now.pixels) return false;
  const NodeBounds in = cells(place);
  Likeness like;
  for (int y = in.top; y < in.bottom; ++y)
    for (int x = in.left; x < in.right; ++x)
      like.take(greys_[static_cast<std::size_t>(y) * across_ + static_cast<std::size_t>(x)], grey(now, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y)));
  return like.same();
}

bool Glance::shows_same(const Glance& other, const NodeBounds& place) const {
  if (other.width_ != width_ || other.height_ != height_) return false;
  const NodeBounds in = cells(place);
  Likeness like;
  for (int y = in.top; y < in.bottom; ++y)
    for (int x = in.left; x < in.right; ++x) {
      const auto at = static_cast<std::size_t>(y) * across_ + static_cast<std::size_t>(x);
      like.take(greys_[at], other.greys_[at]);
    }
  return like.same();
}

void LayoutBook::start() {
  thread_ = std::thread([this] { run(); });
}

void LayoutBook::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    own_.cancel();
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void LayoutBook::moved() {
  const std::lock_guard lock(mutex_);
  moved_us_ = parts_.clock.monotonic().us;
  changed_.notify_all();
}

void LayoutBook::run() {
  name_this_thread("look");
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (stopping_) return;
      const std::int64_t now = parts_.clock.monotonic().us;
      const bool used = moved_us_ >= 0 && now - moved_us_ <= kLookWhileUs;
      const bool stale = asked_us_ < moved_us_ + kSettledUs;
      const std::int64_t due = !used ? now + kLookWhileUs : stale ? moved_us_ + kLookAfterUs : asked_us_ + kLookEveryUs;
      if (due > now) {
        changed_.wait_for(lock, std::chrono::microseconds(due - now));
        continue;
      }
      asked_us_ = now;                       // one that cannot be had is asked for again in its time, not at once
      own_ = Cancel();
      looking_ = true;
    }
    look();
    const std::lock_guard lock(mutex_);
    looking_ = false;
  }
}

void LayoutBook::look() {
  if (!parts_.flowing()) return;
  Cancel cancel;
  {
    const std::lock_guard lock(mutex_);
    cancel = own_;
  }
  const std::unique_lock one(asking_, std::try_to_lock);
  if (one.owns_lock()) (void)ask_and_keep(kOwnLimit, cancel);            // somebody else's answer serves as well
}

Result<std::string> LayoutBook::ask(std::chrono::milliseconds limit, const Cancel& cancel) {
  {
    const std::lock_guard lock(mutex_);
    if (looking_) own_.cancel();
  }
  const std::lock_guard one(asking_);
  return ask_and_keep(limit, cancel);
}

Result<std::string> LayoutBook::ask_and_keep(std::chrono::milliseconds limit, const Cancel& cancel) {
  auto seen = std::make_shared<Seen>();
  {
    const std::lock_guard lock(mutex_);
    asked_us_ = seen->asked_us = parts_.clock.monotonic().us;
  }
  seen->inputs = parts_.inputs();
  const auto before = parts_.flowing() ? parts_.frames.peek() : nullptr;
  if (before) seen->asked = Glance::of(*before);
  GZ_TRY_ASSIGN(std::string xml, parts_.link.hierarchy(limit, cancel));
  const auto after = parts_.frames.peek();
  if (!before || !after || parts_.inputs() != seen->inputs) return xml;
  seen->came = Glance::of(*after);
  auto map = TapMap::read(xml);
  if (!map) return xml;                      // who asked for it will say so
  seen->map = std::move(*map);
  const std::lock_guard lock(mutex_);
  if (seen->asked_us >= moved_us_ + kSettledUs) seen_ = std::move(seen);
  return xml;
}

std::optional<SeenElement> LayoutBook::under(std::int32_t x, std::int32_t y, std::uint32_t width, std::uint32_t height) const {
  std::shared_ptr<const Seen> seen;
  {
    const std::lock_guard lock(mutex_);
    seen = seen_;
  }
  if (!seen || width == 0 || height == 0 || parts_.inputs() != seen->inputs || !parts_.flowing()) return std::nullopt;
  const std::int64_t age_us = parts_.clock.monotonic().us - seen->asked_us;
  if (age_us > kBelievedUs) return std::nullopt;
  const auto now = parts_.frames.peek();
  if (!now || now->width != width || now->height != height) return std::nullopt;
  auto element = seen->map.at((x + 0.5) / width, (y + 0.5) / height);
  if (!element) return std::nullopt;
  const auto scaled = [](int value, int from, std::uint32_t to) { return from <= 0 ? 0 : static_cast<int>(static_cast<std::int64_t>(value) * to / from); };
  const auto& b = element->bounds;
  const auto& screen = element->screen;
  const NodeBounds place{scaled(b.left, screen.right, width), scaled(b.top, screen.bottom, height), scaled(b.right, screen.right, width), scaled(b.bottom, screen.bottom, height)};
  if (!seen->asked.shows_same(*now, place) || !seen->asked.shows_same(seen->came, place)) return std::nullopt;
  return SeenElement{std::move(*element), age_us / 1000};
}

}  // namespace guzheng
