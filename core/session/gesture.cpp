#include "core/session/gesture.h"

#include <algorithm>
#include <thread>

namespace guzheng {

namespace {

constexpr std::int64_t kFrameMs = 16, kRestMs = 100;
constexpr std::uint64_t kSecondFinger = ~2ull;      // the pane's number for it, so that a journal reads the same

void pause(std::int64_t ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

void touch(CaptureSession& session, TouchAction action, ScreenPoint at, std::uint64_t pointer = TouchEvent{}.pointer) {
  const auto format = session.status().format;
  TouchEvent event;
  event.pointer = pointer;
  event.action = action;
  event.x = at.x;
  event.y = at.y;
  event.width = static_cast<std::uint16_t>(format.width);
  event.height = static_cast<std::uint16_t>(format.height);
  event.pressure = action == TouchAction::Up ? 0.0f : 1.0f;
  session.input(event);
}

}  // namespace

void tap(CaptureSession& session, ScreenPoint at, std::int64_t hold_ms) {
  touch(session, TouchAction::Down, at);
  pause(hold_ms);
  touch(session, TouchAction::Up, at);
}

void swipe(CaptureSession& session, ScreenPoint from, ScreenPoint to, std::int64_t ms, std::int64_t rest_ms) {
  const auto steps = static_cast<std::int32_t>(std::max<std::int64_t>(1, ms / kFrameMs));
  touch(session, TouchAction::Down, from);
  for (std::int32_t i = 1; i <= steps; ++i) {
    pause(kFrameMs);
    touch(session, TouchAction::Move, {from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps});
  }
  for (std::int64_t rested = 0; rested < rest_ms; rested += kFrameMs) {
    pause(kFrameMs);
    touch(session, TouchAction::Move, to);
  }
  touch(session, TouchAction::Up, to);
}

void drag(CaptureSession& session, const std::vector<PathPoint>& path, Fingers fingers) {
  if (path.empty()) return;
  const auto both = [&](TouchAction action, ScreenPoint at) {
    touch(session, action, at);
    if (fingers == Fingers::One) return;
    const auto format = session.status().format;
    touch(session, action, {static_cast<std::int32_t>(format.width) - 1 - at.x, static_cast<std::int32_t>(format.height) - 1 - at.y}, kSecondFinger);
  };
  both(TouchAction::Down, path.front().at);
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::int64_t left = std::max<std::int64_t>(0, path[i].ms - path[i - 1].ms);
    // a finger that rests goes on telling where it is: without that the page would fly on when it lifts
    for (; left > kRestMs; left -= kFrameMs) {
      pause(kFrameMs);
      both(TouchAction::Move, path[i - 1].at);
    }
    pause(left);
    both(TouchAction::Move, path[i].at);
  }
  both(TouchAction::Up, path.back().at);
}

}  // namespace guzheng
