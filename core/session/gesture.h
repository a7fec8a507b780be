// Room session. Gestures of one finger or two, made of touches that the session journals one by one. On a worker: they take as long as they take.
#pragma once

#include <vector>

#include "core/session/session.h"

namespace guzheng {

struct ScreenPoint {
  std::int32_t x = 0, y = 0;               // video pixels
};
// A moment of a finger's way: when, since it came down (0 first, never falling), and where.
struct PathPoint {
  std::int64_t ms = 0;
  ScreenPoint at;
};
void tap(CaptureSession& session, ScreenPoint at, std::int64_t hold_ms = 60);
// `rest_ms`: how long the finger rests at the end before it lifts; without rest the page flies on.
void swipe(CaptureSession& session, ScreenPoint from, ScreenPoint to, std::int64_t ms, std::int64_t rest_ms = 0);

// A finger along this way (two or more points), in the time it took; down at the first, up at the last. Pinch: a second finger mirrors it about the
// screen's middle, as under the hand in one phone's pane.
enum class Fingers { One, Pinch };
void drag(CaptureSession& session, const std::vector<PathPoint>& path, Fingers fingers = Fingers::One);

}  // namespace guzheng
