// Room session. Gestures of one finger, made of touches that the session journals one by one. On a worker: they take as long as they take.
#pragma once

#include "core/session/session.h"

namespace guzheng {

struct ScreenPoint {
  std::int32_t x = 0, y = 0;               // video pixels
};
void tap(CaptureSession& session, ScreenPoint at, std::int64_t hold_ms = 60);
// `rest_ms`: how long the finger rests at the end before it lifts; without rest the page flies on.
void swipe(CaptureSession& session, ScreenPoint from, ScreenPoint to, std::int64_t ms, std::int64_t rest_ms = 0);

}  // namespace guzheng
