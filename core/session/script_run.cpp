// Carrying out a capture script: each step through the same session that an officer's hand uses.
#include <algorithm>
#include <thread>

#include "core/media/find_picture.h"
#include "core/media/png.h"
#include "core/session/gesture.h"
#include "core/session/long_capture.h"
#include "core/session/script_actions.h"
#include "core/session/script_runner.h"
#include "core/session/ui_nodes.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr std::int64_t kFindLimitMs = 10'000, kLookAgainMs = 300, kSettleMs = 700;
constexpr std::int64_t kEditorLimitMs = 3'000, kReadLimitMs = 10'000;       // a phone may take seconds for a page's layout
constexpr milliseconds kPageShotLimit{15'000};
constexpr std::int64_t kScrolls = 20;

std::string cited(const std::string& text) { return "“" + text + "”"; }

class Runner {
 public:
  Runner(const Script& script, CaptureSession& session, const Clock& clock, const ScriptSecrets* secrets, CalledOff off)
      : script_(script), session_(session), clock_(clock), secrets_(secrets), off_(std::move(off)) {}

  // What the script is about is where it starts.
  Status begin() {
    const auto& target = script_.target;
    std::string about;
    for (const auto& [name, value] : {std::pair{"应用 ", target.app}, std::pair{"网址 ", target.url}, std::pair{"标识 ", target.mark}})
      if (!value.empty()) about += (about.empty() ? "；对象：" : "，") + (name + value);
    GZ_TRY(session_.note("按取证脚本操作：" + script_.name + "（" + std::to_string(script_.steps.size()) + " 步" + (script_.sha256.empty() ? "" : "，SHA-256 " + script_.sha256) + "）" + about));
    session_.wait_captures();                // the challenge is off the screen
    if (!target.url.empty()) return open_link(target.url, target.app);
    if (target.app.empty()) return ok();
    app_ = target.app;
    return send(StartApp{"+" + target.app}, kSettleMs);          // ended first: each run begins on the app's first page
  }

  Status run(const ScriptStep& step) {
    chinese_.clear();
    if (called_off()) return stopped_by_officer();
    auto done = act(step);
    // a wait that was cut short did not see what it waited for
    return done && called_off() && step.action == "wait" ? stopped_by_officer() : done;
  }

  Status act(const ScriptStep& step) {
    const Json& v = step.values;
    if (step.action == "app") return start_app(text_at(v, "name"));
    if (step.action == "url") return open_link(text_at(v, "url"), "");
    if (step.action == "tap") return tap(v);
    if (step.action == "swipe") return swipe(v);
    if (step.action == "key") return key(text_at(v, "key"));
    if (step.action == "text") return v.contains("secret") ? type_secret(text_at(v, "secret")) : type(text_at(v, "text"));
    if (step.action == "wait") return wait(v);
    if (step.action == "capture") return capture(v);
    if (step.action == "long") return long_page(v);
    if (step.action == "scroll") return scroll(v);
    if (step.action == "assert") return check(v);
    if (step.action == "note") return session_.note(text_at(v, "text"));
    return fail(ErrorKind::Bug, "step \"" + step.action + "\" was not checked");
  }
  // Of the last failure; what came from below has no words of its own.
  [[nodiscard]] std::string chinese(const Error& error) const { return chinese_.empty() ? "没有做成（" + error.what + "）" : chinese_; }

  // What stood on the screen when a step could not be done, and where the script was.
  void keep_failure(const std::string& why) {
    // what cannot be journalled or captured is told by the session itself
    (void)session_.note("取证脚本停止：" + why);
    session_.capture({ItemKind::Other, "脚本停止时的页面", "取证脚本停止：" + why, "公开", ""});
    session_.wait_captures();
  }

 private:
  [[nodiscard]] bool called_off() const { return off_ && off_(); }
  Status stopped_by_officer() { return stopped(ErrorKind::Cancelled, "执法人员中止了脚本", "called off by the officer"); }
  // Ends early when the script is called off.
  void pause(std::int64_t ms) const {
    for (; ms > 0 && !called_off(); ms -= 200) std::this_thread::sleep_for(milliseconds(std::min<std::int64_t>(ms, 200)));
  }

  Failure stopped(ErrorKind kind, std::string chinese, std::string english) {
    chinese_ = std::move(chinese);
    return fail(kind, std::move(english));
  }

  // An act that did not reach the phone ends the script: what stands on the screen afterwards is not what the next step is about.
  template <typename Act>
  Status act(const Act& what, std::int64_t settle_ms) {
    const auto before = session_.status().inputs_dropped;
    what();
    pause(settle_ms);
    if (session_.status().inputs_dropped == before) return ok();
    return stopped(ErrorKind::Network, "操作没有送到手机（连接中断、已暂停或写不进记录）", "an input was not carried out");
  }

  Status send(const ControlMessage& message, std::int64_t settle_ms) {
    return act([&] { session_.input(message); }, settle_ms);
  }

  Status start_app(const std::string& name) {
    app_ = name;
    return send(StartApp{name}, kSettleMs);
  }

  Status open_link(const std::string& url, const std::string& app) {
    app_ = app;
    if (const auto opened = session_.open_link(url, app); !opened)
      return stopped(opened.error().kind, opened.error().kind == ErrorKind::NotFound ? "手机上没有应用能打开网址 " + url : "网址 " + url + " 没有打开：" + opened.error().what,
                     "the link was not opened: " + opened.error().what);
    pause(kSettleMs);
    return ok();
  }

  [[nodiscard]] ScreenPoint shared(const Json& point) const {
    const auto format = session_.status().format;
    const auto part = [](std::int64_t thousandths, std::uint32_t whole) {
      return static_cast<std::int32_t>(std::min<std::int64_t>(thousandths * whole / kFullScale, std::max<std::int64_t>(0, std::int64_t{whole} - 1)));
    };
    return {part(point[0].get<std::int64_t>(), format.width), part(point[1].get<std::int64_t>(), format.height)};
  }

  // Hierarchy and screenshot count screen pixels, touches count video pixels.
  Status tap_on_screen(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height) {
    const auto format = session_.status().format;
    const auto scale = [](std::int64_t value, std::int64_t from, std::uint32_t to) { return static_cast<std::int32_t>(from <= 0 ? value : value * to / from); };
    return tap_at({scale(x, width, format.width), scale(y, height, format.height)});
  }

  Status tap(const Json& v) {
    const auto limit = integer_at(v, "limit_ms", kFindLimitMs);
    if (v.contains("at")) return tap_at(shared(v["at"]));
    if (v.contains("picture")) {
      GZ_TRY_ASSIGN(const Seen seen, look_for_picture(text_at(v, "picture"), limit));
      return tap_on_screen(seen.at.x + seen.at.width / 2, seen.at.y + seen.at.height / 2, seen.width, seen.height);
    }
    if (!v.contains("text")) return tap_at({static_cast<std::int32_t>(integer_at(v, "x")), static_cast<std::int32_t>(integer_at(v, "y"))});
    GZ_TRY_ASSIGN(const FoundNode node, look_for(text_at(v, "text"), limit));
    return tap_on_screen(node.bounds.x(), node.bounds.y(), node.screen.right, node.screen.bottom);
  }

  Status tap_at(ScreenPoint at) {
    return act([&] { guzheng::tap(session_, at); }, kSettleMs);
  }

  Status swipe(const Json& v) {
    const bool shares = v.contains("from_at");
    const auto point = [&](const Json& p) { return shares ? shared(p) : ScreenPoint{p[0], p[1]}; };
    return act([&] { guzheng::swipe(session_, point(v[shares ? "from_at" : "from"]), point(v[shares ? "to_at" : "to"]), integer_at(v, "ms", 300)); }, kSettleMs);
  }

  Status key(const std::string& name) {
    const std::uint32_t code = name == "home" ? kKeyHome : name == "recents" ? kKeyAppSwitch : name == "enter" ? kKeyEnter : kKeyBack;
    if (code == kKeyHome || code == kKeyAppSwitch) app_.clear();             // the script leaves it by itself
    return act([&] {
      session_.input(KeyEvent{KeyAction::Down, code, 0, 0});
      session_.input(KeyEvent{KeyAction::Up, code, 0, 0});
    }, kSettleMs);
  }

  // What is typed stands in the journal in clear only when the phone has said where it goes; after a tap that takes a moment.
  void wait_for_editor() {
    const std::int64_t until = clock_.monotonic().us + kEditorLimitMs * 1000;
    while (session_.status().typing == Typing::Unknown && clock_.monotonic().us < until && !called_off()) pause(kLookAgainMs);
  }

  Status type(const std::string& text) {
    wait_for_editor();
    const bool ascii = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
    if (!ascii || text.size() > 300) return send(SetClipboard{0, true, text}, kSettleMs);
    return send(TextEvent{text}, kSettleMs);
  }

  // Only where what is typed is hidden on the screen too, or where the officer has said that it is to be a secret: elsewhere it would stand readable in
  // the film. The officer's own mode stays as it is.
  Status type_secret(const std::string& name) {
    if (secrets_ == nullptr || !secrets_->contains(name)) return stopped(ErrorKind::Invalid, "没有给出口令" + cited(name), "the secret \"" + name + "\" was not given");
    const std::int64_t until = clock_.monotonic().us + kEditorLimitMs * 1000;
    while (!session_.status().secret_mode && clock_.monotonic().us < until && !called_off()) pause(kLookAgainMs);
    if (called_off()) return stopped_by_officer();
    const auto now = session_.status();
    if (!now.secret_mode)
      return stopped(ErrorKind::Denied, std::string(now.typing == Typing::Plain ? "光标不在密码框" : "手机没有说光标在密码框") + "，没有录入口令" + cited(name) + "：先点中密码框，或由执法人员打开“密码输入”",
                     "the cursor is in no password field: the secret \"" + name + "\" was not typed");
    return act([&] { session_.input_secret(TextEvent{std::string(secrets_->at(name).view())}); }, kSettleMs);
  }

  Status wait(const Json& v) {
    const auto limit = integer_at(v, "limit_ms", kFindLimitMs);
    if (v.contains("ms")) {
      pause(integer_at(v, "ms"));
      return ok();
    }
    if (v.contains("gone")) return wait_gone(text_at(v, "gone"), limit);
    if (v.contains("picture")) {
      GZ_TRY_ASSIGN([[maybe_unused]] const Seen seen, look_for_picture(text_at(v, "picture"), limit));
      return ok();
    }
    GZ_TRY_ASSIGN([[maybe_unused]] const FoundNode node, look_for(text_at(v, "text"), limit));
    return ok();
  }

  static std::string within(std::int64_t limit_ms) { return limit_ms <= 0 ? std::string() : "（等了 " + std::to_string((limit_ms + 999) / 1000) + " 秒）"; }

  // " …; the page is that of com.other": what an officer wants to know first of a page that is not the expected one.
  void tell_other_app(const std::string& xml, std::string& chinese, std::string& english) const {
    const auto app = page_app(xml);
    if (app_.empty() || app.empty() || app == app_) return;
    chinese += "，当前页面属于应用 " + app + "，已离开 " + app_;
    english += "; the page is that of " + app + ", not of " + app_;
  }

  Result<FoundNode> look_for(const std::string& text, std::int64_t limit_ms) {
    const std::int64_t until = clock_.monotonic().us + limit_ms * 1000;
    for (;;) {
      std::string chinese = "页面上没有出现文字" + cited(text) + within(limit_ms), english = "\"" + text + "\" was not found: ";
      ErrorKind kind = ErrorKind::NotFound;
      const auto xml = session_.hierarchy(milliseconds(std::max(limit_ms, kReadLimitMs)));
      if (xml) {
        GZ_TRY_ASSIGN(const auto found, find_text(*xml, text));
        if (found) return *found;
        english += "it is not on the page";
        tell_other_app(*xml, chinese, english);
      } else {
        kind = xml.error().kind;
        chinese = "读不到页面上的文字，无法确定" + cited(text) + "在不在页面上";
        english += xml.error().what;
      }
      if (called_off()) return Failure(stopped_by_officer().error());
      if (clock_.monotonic().us >= until) return stopped(kind, std::move(chinese), std::move(english));
      pause(kLookAgainMs);
    }
  }

  Status wait_gone(const std::string& text, std::int64_t limit_ms) {
    const std::int64_t until = clock_.monotonic().us + limit_ms * 1000;
    for (;;) {
      const Status there = on_page(text);
      if (!there && there.error().kind == ErrorKind::NotFound) return ok();
      if (called_off()) return stopped_by_officer();
      if (clock_.monotonic().us >= until)
        return there ? Status(stopped(ErrorKind::Timeout, "文字" + cited(text) + "没有从页面上消失" + within(limit_ms), "\"" + text + "\" did not go from the page")) : there;
      pause(kLookAgainMs);
    }
  }

  struct Seen {
    PictureFound at;
    std::uint32_t width = 0, height = 0;     // of the screen
  };
  Result<Seen> look_for_picture(const std::string& name, std::int64_t limit_ms) {
    const auto wanted = script_.pictures.find(name);
    if (wanted == script_.pictures.end()) return stopped(ErrorKind::NotFound, "没有图片 " + name, "the picture " + name + " was not read with the script");
    const std::int64_t until = clock_.monotonic().us + limit_ms * 1000;
    for (;;) {
      ErrorKind kind = ErrorKind::NotFound;
      std::string chinese = "页面上没有出现图片 " + name + within(limit_ms), english = "the picture " + name + " is not on the page";
      const auto shot = session_.link().screenshot(kPageShotLimit);
      const auto page = shot ? decode_png(*shot) : Result<Frame>(fail(shot.error()));
      if (page) {
        GZ_TRY_ASSIGN(const auto found, find_picture(*page, wanted->second));
        if (found) return Seen{*found, page->width, page->height};
      } else {
        kind = page.error().kind;
        chinese = "截不到页面，无法确定图片 " + name + " 在不在页面上";
        english = "the page could not be seen: " + page.error().what;
      }
      if (called_off()) return Failure(stopped_by_officer().error());
      if (clock_.monotonic().us >= until) return stopped(kind, std::move(chinese), std::move(english));
      pause(kLookAgainMs);
    }
  }

  static ItemDescription described(const Json& v) {
    return {item_kind(text_at(v, "kind")).value_or(ItemKind::Other), text_at(v, "title"), text_at(v, "proves"), text_at(v, "access", "公开"), text_at(v, "basis")};
  }

  // A page of another app than the script's is captured as the page that was met, never as what the step says of it.
  Status same_app(const std::string& wanted) {
    if (wanted.empty()) return ok();
    const auto xml = session_.hierarchy(milliseconds(kReadLimitMs));
    const auto app = xml ? page_app(*xml) : std::string();
    if (app.empty() || app == wanted) return ok();               // what the phone does not say is not claimed
    return stopped(ErrorKind::Invalid, "当前页面属于应用 " + app + "，应为 " + wanted, "the page is that of " + app + ", not of " + wanted);
  }

  Status capture(const Json& v) {
    GZ_TRY(same_app(app_));
    const int number = session_.capture(described(v));
    session_.wait_captures();                // the next step may leave the page
    const auto items = session_.status().items;
    if (std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.number == number; }))
      return stopped(ErrorKind::Io, "截屏没有成功", "the page could not be captured");
    return ok();
  }

  Status long_page(const Json& v) {
    GZ_TRY(same_app(app_));
    if (auto done = capture_long(session_, described(v), static_cast<int>(integer_at(v, "most", kLongPictures)), [this](int) { return !called_off(); }); !done) return Failure(std::move(done.error()));
    return ok();
  }

  // Is the text on the page now? NotFound says that it is not; another error that the page could not be read.
  Status on_page(const std::string& text) {
    if (auto found = look_for(text, 0); !found) return Failure(std::move(found.error()));
    return ok();
  }
  Status picture_on_page(const std::string& name) {
    if (auto found = look_for_picture(name, 0); !found) return Failure(std::move(found.error()));
    return ok();
  }

  Status scroll(const Json& v) {
    const bool down = text_at(v, "to", "down") == "down";
    const auto most = integer_at(v, "most", kScrolls);
    const std::string until = text_at(v, "until"), picture = text_at(v, "picture");
    for (std::int64_t i = 0;; ++i) {
      const Status there = until.empty() ? picture_on_page(picture) : on_page(until);
      if (there || there.error().kind != ErrorKind::NotFound) return there;
      if (called_off()) return stopped_by_officer();
      if (i == most)
        return stopped(ErrorKind::NotFound, "滚动 " + std::to_string(most) + " 次，没有出现" + (until.empty() ? "图片 " + picture : "文字" + cited(until)),
                       "\"" + (until.empty() ? picture : until) + "\" did not come up in " + std::to_string(most) + " scrolls");
      const ScreenPoint low = shared({500, 700}), high = shared({500, 300});
      guzheng::swipe(session_, down ? low : high, down ? high : low, 400, 150);
      pause(kSettleMs);
    }
  }

  // What the page must show, and what it must not.
  Status check(const Json& v) {
    if (v.contains("app")) GZ_TRY(same_app(text_at(v, "app")));
    if (v.contains("text")) GZ_TRY(on_page(text_at(v, "text")));
    if (v.contains("picture")) GZ_TRY(picture_on_page(text_at(v, "picture")));
    if (!v.contains("absent")) return ok();
    const Status there = on_page(text_at(v, "absent"));
    if (there) return stopped(ErrorKind::Invalid, "页面上有不应出现的文字" + cited(text_at(v, "absent")), "\"" + text_at(v, "absent") + "\" is on the page and must not be");
    return there.error().kind == ErrorKind::NotFound ? ok() : there;
  }

  const Script& script_;
  CaptureSession& session_;
  const Clock& clock_;
  const ScriptSecrets* secrets_;
  const CalledOff off_;
  std::string app_;                          // that the script started, and whose pages it captures; "": it does not say
  std::string chinese_;
};

}  // namespace

std::string in_words(const ScriptStop& stop, Language language) {
  const bool chinese = language == Language::Chinese;
  const std::string& why = chinese ? stop.chinese : stop.english;
  if (stop.step == 0) return (chinese ? "开始时：" : "script start: ") + why;
  if (chinese) return "第 " + std::to_string(stop.step) + " 步（" + action_in_chinese(stop.action) + "）：" + why;
  return "script step " + std::to_string(stop.step) + " (" + stop.action + "): " + why;
}

struct ScriptRunner::Impl {
  Impl(const Script& what, CaptureSession& on, const Clock& clock, const ScriptSecrets* keys, CalledOff off)
      : script(what), runner(what, on, clock, keys, std::move(off)), secrets(keys) {}
  Status stop(ErrorKind kind, ScriptStop where) {
    runner.keep_failure(in_words(where, Language::Chinese));
    stopped = std::move(where);
    return fail(kind, in_words(*stopped, Language::English));
  }
  [[nodiscard]] ScriptStop here(std::string chinese, std::string english) const {
    return {next + 1, next < script.steps.size() ? script.steps[next].action : std::string(), std::move(chinese), std::move(english)};
  }
  const Script& script;
  Runner runner;
  const ScriptSecrets* secrets;
  std::size_t next = 0;
  std::optional<ScriptStop> stopped;
};

ScriptRunner::ScriptRunner(const Script& script, CaptureSession& session, const Clock& clock, const ScriptSecrets* secrets, CalledOff off)
    : impl_(std::make_unique<Impl>(script, session, clock, secrets, std::move(off))) {}
ScriptRunner::~ScriptRunner() = default;
ScriptRunner::ScriptRunner(ScriptRunner&&) noexcept = default;

Status ScriptRunner::begin() {
  GZ_TRY(check_secrets(impl_->script, impl_->secrets));
  if (const auto done = impl_->runner.begin(); !done) return impl_->stop(done.error().kind, {0, "", impl_->runner.chinese(done.error()), done.error().what});
  return ok();
}

std::size_t ScriptRunner::next() const { return impl_->next; }
bool ScriptRunner::ended() const { return impl_->stopped || impl_->next >= impl_->script.steps.size(); }
const std::optional<ScriptStop>& ScriptRunner::stopped() const { return impl_->stopped; }

Status ScriptRunner::step() {
  if (ended()) return fail(ErrorKind::Invalid, "the script has no further step");
  if (const auto done = impl_->runner.run(impl_->script.steps[impl_->next]); !done)
    return impl_->stop(done.error().kind, impl_->here(impl_->runner.chinese(done.error()), done.error().what));
  ++impl_->next;
  return ok();
}

void ScriptRunner::stop(const std::string& chinese, const std::string& english) {
  if (!ended()) (void)impl_->stop(ErrorKind::Cancelled, impl_->here(chinese, english));
}

Status run_script(const Script& script, CaptureSession& session, const Clock& clock,
                  const std::function<void(std::size_t, const ScriptStep&)>& progress, const ScriptSecrets* secrets) {
  ScriptRunner runner(script, session, clock, secrets);
  GZ_TRY(runner.begin());
  while (!runner.ended()) {
    if (progress) progress(runner.next(), script.steps[runner.next()]);
    GZ_TRY(runner.step());
  }
  return ok();
}

}  // namespace guzheng
