// Carrying out a capture script: each step through the same session that an officer's hand uses.
#include <algorithm>
#include <thread>

#include "core/session/gesture.h"
#include "core/session/long_capture.h"
#include "core/session/script.h"
#include "core/session/ui_nodes.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr std::int64_t kFindLimitMs = 10'000, kLookAgainMs = 300, kSettleMs = 700;
constexpr std::int64_t kEditorLimitMs = 3'000, kReadLimitMs = 10'000;       // a phone may take seconds for a page's layout
constexpr std::int64_t kScrolls = 20;

class Runner {
 public:
  Runner(CaptureSession& session, const Clock& clock) : session_(session), clock_(clock) {}

  Status run(const ScriptStep& step) {
    const Json& v = step.values;
    if (step.action == "app") return send(StartApp{text_at(v, "name")}, kSettleMs);
    if (step.action == "tap") return tap(v);
    if (step.action == "swipe") return swipe(v);
    if (step.action == "key") return key(text_at(v, "key"));
    if (step.action == "text") return type(text_at(v, "text"));
    if (step.action == "wait") return wait(v);
    if (step.action == "capture") return capture(v);
    if (step.action == "long") return long_page(v);
    if (step.action == "scroll") return scroll(v);
    if (step.action == "assert") return check(v);
    if (step.action == "note") return session_.note(text_at(v, "text"));
    return fail(ErrorKind::Bug, "step \"" + step.action + "\" was not checked");
  }

  // What stood on the screen when a step could not be done.
  void keep_failure(const std::string& why) {
    session_.capture({ItemKind::Other, "脚本停止时的页面", why, "公开", ""});
    session_.wait_captures();
  }

 private:
  static void pause(std::int64_t ms) { std::this_thread::sleep_for(milliseconds(ms)); }

  Status send(const ControlMessage& message, std::int64_t settle_ms) {
    session_.input(message);
    pause(settle_ms);
    return ok();
  }

  Status tap(const Json& v) {
    if (!v.contains("text")) return tap_at(static_cast<std::int32_t>(integer_at(v, "x")), static_cast<std::int32_t>(integer_at(v, "y")));
    GZ_TRY_ASSIGN(const FoundNode node, look_for(text_at(v, "text"), integer_at(v, "limit_ms", kFindLimitMs)));
    // the hierarchy counts screen pixels, touches count video pixels
    const auto format = session_.status().format;
    const auto scale = [](int value, int from, std::uint32_t to) {
      return from <= 0 ? value : static_cast<std::int32_t>(static_cast<std::int64_t>(value) * to / from);
    };
    return tap_at(scale(node.bounds.x(), node.screen.right, format.width), scale(node.bounds.y(), node.screen.bottom, format.height));
  }

  Status tap_at(std::int32_t x, std::int32_t y) {
    guzheng::tap(session_, {x, y});
    pause(kSettleMs);
    return ok();
  }

  Status swipe(const Json& v) {
    guzheng::swipe(session_, {v["from"][0], v["from"][1]}, {v["to"][0], v["to"][1]}, integer_at(v, "ms", 300));
    pause(kSettleMs);
    return ok();
  }

  Status key(const std::string& name) {
    const std::uint32_t code = name == "home" ? kKeyHome : name == "recents" ? kKeyAppSwitch : name == "enter" ? kKeyEnter : kKeyBack;
    session_.input(KeyEvent{KeyAction::Down, code, 0, 0});
    session_.input(KeyEvent{KeyAction::Up, code, 0, 0});
    pause(kSettleMs);
    return ok();
  }

  // What is typed stands in the journal in clear only when the phone has said where it goes; after a tap that takes a moment.
  void wait_for_editor() {
    const std::int64_t until = clock_.monotonic().us + kEditorLimitMs * 1000;
    while (session_.status().typing == Typing::Unknown && clock_.monotonic().us < until) pause(kLookAgainMs);
  }

  Status type(const std::string& text) {
    wait_for_editor();
    const bool ascii = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
    if (!ascii || text.size() > 300) return send(SetClipboard{0, true, text}, kSettleMs);
    return send(TextEvent{text}, kSettleMs);
  }

  Status wait(const Json& v) {
    if (!v.contains("text")) {
      pause(integer_at(v, "ms"));
      return ok();
    }
    GZ_TRY_ASSIGN([[maybe_unused]] const FoundNode node, look_for(text_at(v, "text"), integer_at(v, "limit_ms", kFindLimitMs)));
    return ok();
  }

  Result<FoundNode> look_for(const std::string& text, std::int64_t limit_ms) {
    const std::int64_t until = clock_.monotonic().us + limit_ms * 1000;
    Error why{ErrorKind::NotFound, "\"" + text + "\" was not found: it is not on the page"};
    for (;;) {
      const auto xml = session_.link().hierarchy(milliseconds(std::max(limit_ms, kReadLimitMs)));
      if (xml) {
        GZ_TRY_ASSIGN(const auto found, find_text(*xml, text));
        if (found) return *found;
        why = {ErrorKind::NotFound, "\"" + text + "\" was not found: it is not on the page"};
      } else {
        why = {xml.error().kind, "\"" + text + "\" was not found: " + xml.error().what};
      }
      if (clock_.monotonic().us >= until) return Failure(why);
      pause(kLookAgainMs);
    }
  }

  static ItemDescription described(const Json& v) {
    return {item_kind(text_at(v, "kind")).value_or(ItemKind::Other), text_at(v, "title"), text_at(v, "proves"), text_at(v, "access", "公开"), text_at(v, "basis")};
  }

  Status capture(const Json& v) {
    const int number = session_.capture(described(v));
    session_.wait_captures();                // the next step may leave the page
    const auto items = session_.status().items;
    if (std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.number == number; }))
      return fail(ErrorKind::Io, "the page could not be captured");
    return ok();
  }

  Status long_page(const Json& v) {
    if (auto done = capture_long(session_, described(v), static_cast<int>(integer_at(v, "most", kLongPictures))); !done) return Failure(std::move(done.error()));
    return ok();
  }

  // Is the text on the page now? NotFound says that it is not; another error that the page could not be read.
  Status on_page(const std::string& text) {
    if (auto found = look_for(text, 0); !found) return Failure(std::move(found.error()));
    return ok();
  }

  Status scroll(const Json& v) {
    const bool down = text_at(v, "to", "down") == "down";
    const auto most = integer_at(v, "most", kScrolls);
    for (std::int64_t i = 0;; ++i) {
      const Status there = on_page(text_at(v, "until"));
      if (there || there.error().kind != ErrorKind::NotFound) return there;
      if (i == most) return fail(ErrorKind::NotFound, "\"" + text_at(v, "until") + "\" did not come up in " + std::to_string(most) + " scrolls");
      const auto format = session_.status().format;
      const auto x = static_cast<std::int32_t>(format.width / 2);
      const ScreenPoint low{x, static_cast<std::int32_t>(format.height * 7 / 10)}, high{x, static_cast<std::int32_t>(format.height * 3 / 10)};
      guzheng::swipe(session_, down ? low : high, down ? high : low, 400, 150);
      pause(kSettleMs);
    }
  }

  // What the page must show, and what it must not.
  Status check(const Json& v) {
    if (v.contains("text")) GZ_TRY(on_page(text_at(v, "text")));
    if (!v.contains("absent")) return ok();
    const Status there = on_page(text_at(v, "absent"));
    if (there) return fail(ErrorKind::Invalid, "\"" + text_at(v, "absent") + "\" is on the page and must not be");
    return there.error().kind == ErrorKind::NotFound ? ok() : there;
  }

  CaptureSession& session_;
  const Clock& clock_;
};

}  // namespace

Status run_script(const Script& script, CaptureSession& session, const Clock& clock,
                  const std::function<void(std::size_t, const ScriptStep&)>& progress) {
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    if (progress) progress(i, script.steps[i]);
    GZ_TRY(run_step(script, i, session, clock));
  }
  return ok();
}

Status run_step(const Script& script, std::size_t step, CaptureSession& session, const Clock& clock) {
  Runner runner(session, clock);
  if (step == 0) session.wait_captures();    // the challenge is off the screen
  auto done = runner.run(script.steps.at(step));
  if (done) return ok();
  const Error error = done.error().in("script step " + std::to_string(step + 1) + " (" + script.steps[step].action + ")");
  runner.keep_failure(error.what);
  return Failure(error);
}

}  // namespace guzheng
