// Room session. 长页取证: a page longer than the screen, captured by scrolling (A-7.3b, A-8.3g). Each picture is an ordinary item of the package;
// what is added is which of them are one page, and where they overlap.
#pragma once

#include "core/base/clock.h"
#include "core/session/session.h"

namespace guzheng {

struct LongCapture {
  std::vector<int> items;                  // all that were captured, the picture that showed the page's end included
  int number = 0;                          // of the long page; 0: the pictures stand for themselves
  int pages = 0;                           // of the items, how many are the long page
  enum class Stop { End, Most, Called, NoOverlap, Ambiguous } why = Stop::End;
};

inline constexpr int kLongPictures = 20, kMostLongPictures = 50;      // unless said otherwise; at most

// On a worker: captures, swipes up from the screen's middle, captures again … until two swipes have moved nothing, `most` pictures (2 to 50) are
// there, or `go_on` says no (asked after each picture, with how many there are; may be empty). Where an overlap cannot be proved the page
// ends there and the next picture stands for itself. `what.title` gets each picture's number behind it. An error: a page could not be
// captured; what was captured before is in the package.
Result<LongCapture> capture_long(CaptureSession& session, const ItemDescription& what, int most, const std::function<bool(int)>& go_on = {});

std::string_view to_string(LongCapture::Stop why);           // for notes: "应已到页面末尾" …

}  // namespace guzheng
