#include "core/visit/phone_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "core/visit/phone_typing.h"
#include "core/base/json.h"
#include "core/device/deadline.h"
#include "core/session/link_act.h"
#include "core/session/ui_nodes.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kShellLimit{15'000}, kAnswerLimit{5'000}, kPageLimit{15'000}, kBetween{300};

std::string filled(std::string text, const Entry& entry) {
  for (const auto& [word, value] : {std::pair{std::string("{name}"), entry.name}, std::pair{std::string("{platform}"), entry.platform}})
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + value.size())) text.replace(at, word.size(), value);
  return text;
}

// The phone under all looks of a run. Typing begins with the first text that is typed, and anew after it broke.
struct LookedAt {
  std::shared_ptr<DeviceLink> link;
  std::unique_ptr<PhoneTyping> typing;
  bool lost = false;                             // it answers no more

  // Asked after a look that failed: each further one would wait as long.
  bool answers() const { return link->shell("true", kAnswerLimit).has_value(); }

  Status type(const std::string& text, const ScreenOptions& screen) {
    if (!typing) {
      GZ_TRY_ASSIGN(typing, PhoneTyping::start(*link, screen));
    }
    const Status done = typing->type(text);
    if (!done) typing.reset();
    return done;
  }
};

// One entry on the phone.
class PhoneLook {
 public:
  PhoneLook(LookedAt& phone, const PhoneLookScript& script, const PatrolRules& rules, const PhoneLookOptions& options, const Entry& entry)
      : phone_(phone), link_(*phone.link), script_(script), rules_(rules), options_(options), entry_(entry) {}

  // Empty: nothing can be said.
  Result<std::optional<Judgement>> judge() {
    GZ_TRY(shell("am force-stop " + script_.app));
    GZ_TRY(shell("monkey -p " + script_.app + " -c android.intent.category.LAUNCHER 1"));
    for (const auto& step : script_.steps) {
      GZ_TRY_ASSIGN(const bool done, this->step(step));
      if (done) continue;
      // the page may say itself that the shop is gone
      if (auto said = judge_text(text_, rules_)) return std::optional(std::move(*said));
      if (step.act != PhoneLookStep::Act::Absent && !looks_for_name(step)) return fail(ErrorKind::Protocol, "the page never showed \"" + filled(step.text, entry_) + "\": the script does not fit the app");
      return std::optional(Judgement{Reach::Unreachable, "手机上没有找到“" + entry_.name + "”"});
    }
    GZ_TRY(settle());
    if (auto said = judge_text(text_, rules_)) return std::optional(std::move(*said));
    return std::optional(Judgement{Reach::Reachable, ""});
  }

 private:
  Status shell(const std::string& command) {
    GZ_TRY_ASSIGN(const auto answer, link_.shell(command, kShellLimit));
    if (answer.exit_code != 0) return fail(ErrorKind::NotFound, "the phone refused \"" + command + "\": " + std::string(as_text(answer.out)) + std::string(as_text(answer.err)));
    return ok();
  }

  Status look() {
    GZ_TRY_ASSIGN(xml_, link_.hierarchy(kPageLimit));
    text_.clear();
    for (const auto& line : texts_on(xml_)) text_ += line + "\n";
    return ok();
  }

  // Until two looks show the same.
  Status settle() {
    GZ_TRY(look());
    for (int tries = 0; tries < 5 && !stopped(); ++tries) {
      const std::string before = text_;
      std::this_thread::sleep_for(kBetween);
      GZ_TRY(look());
      if (text_ == before) break;
    }
    return ok();
  }

  [[nodiscard]] bool stopped() const { return options_.stopped && options_.stopped(); }

  Result<bool> step(const PhoneLookStep& step) {
    const std::string text = filled(step.text, entry_);
    switch (step.act) {
      case PhoneLookStep::Act::Type: return type(text);
      case PhoneLookStep::Act::Key: return press(text);
      case PhoneLookStep::Act::Absent: return absent(text);
      default: break;
    }
    find_ = looks_for_name(step) ? find_shown : find_text;
    GZ_TRY_ASSIGN(const auto found, step.act == PhoneLookStep::Act::Scroll ? scroll_to(text) : await(text));
    if (!found || step.act != PhoneLookStep::Act::Tap) return found.has_value();
    GZ_TRY(shell(fmt::format("input tap {} {}", found->bounds.x(), found->bounds.y())));
    std::this_thread::sleep_for(kBetween);
    return true;
  }

  // A field must show it: what goes nowhere would be searched for as nothing.
  Result<bool> type(const std::string& text) {
    GZ_TRY(phone_.type(text, options_.screen));
    const Deadline until(options_.patience);
    while (true) {
      GZ_TRY(look());
      if (stands_in_field(xml_, text)) return true;
      if (stopped() || until.over()) return fail(ErrorKind::Protocol, "no field of the page took \"" + text + "\": the script does not fit the app");
      std::this_thread::sleep_for(kBetween);
    }
  }

  Result<bool> press(const std::string& key) {
    GZ_TRY(shell(key == "enter" ? "input keyevent KEYCODE_ENTER" : "input keyevent KEYCODE_BACK"));
    std::this_thread::sleep_for(kBetween);
    return true;
  }

  Result<bool> absent(const std::string& text) {
    GZ_TRY(settle());
    GZ_TRY_ASSIGN(const auto found, find_shown(xml_, text));
    return !found;
  }

  Result<std::optional<FoundNode>> await(const std::string& text) {
    const Deadline until(options_.patience);
    while (true) {
      GZ_TRY(look());
      GZ_TRY_ASSIGN(const auto found, find_(xml_, text));
      if (found || stopped() || until.over()) return found;
      std::this_thread::sleep_for(kBetween);
    }
  }

  // A page that two swipes did not move is at its end.
  Result<std::optional<FoundNode>> scroll_to(const std::string& text) {
    GZ_TRY(settle());
    int still = 0;
    for (int swipe = 0;; ++swipe) {
      GZ_TRY_ASSIGN(const auto found, find_(xml_, text));
      if (found || stopped() || swipe == options_.swipes || still == 2) return found;
      GZ_TRY_ASSIGN(const auto screen, any_place());
      const std::string before = text_;
      GZ_TRY(shell(fmt::format("input swipe {} {} {} {} 400", screen.x(), screen.top + (screen.bottom - screen.top) * 3 / 4, screen.x(), screen.top + (screen.bottom - screen.top) / 4)));
      GZ_TRY(settle());
      still = text_ == before ? still + 1 : 0;
    }
  }

  // The screen, as the page's own root says.
  Result<NodeBounds> any_place() {
    for (const auto& line : texts_on(xml_)) {
      GZ_TRY_ASSIGN(const auto found, find_text(xml_, line));
      if (found) return found->screen;
    }
    return fail(ErrorKind::Protocol, "the page shows no text at all");
  }

  LookedAt& phone_;
  DeviceLink& link_;
  const PhoneLookScript& script_;
  const PatrolRules& rules_;
  const PhoneLookOptions& options_;
  const Entry& entry_;
  Result<std::optional<FoundNode>> (*find_)(std::string_view, std::string_view) = find_text;
  std::string xml_, text_;
};

}  // namespace

OtherLook look_by_phone(std::shared_ptr<DeviceLink> link, std::vector<PhoneLookScript> scripts, const PatrolRules& rules, PhoneLookOptions options) {
  const auto phone = std::make_shared<LookedAt>(LookedAt{std::move(link), {}, false});
  return [phone, scripts = std::move(scripts), &rules, options = std::move(options)](const Entry& entry) -> std::optional<Judgement> {
    const auto tell = [&](CannotTell::Why why, const std::string& detail) {
      if (options.cannot_tell) options.cannot_tell(entry, {why, detail});
      return std::optional<Judgement>();
    };
    if (phone->lost || (options.stopped && options.stopped())) return {};
    if (entry.name.empty()) return tell(CannotTell::Why::NoName, "it has no name to look for");
    const auto* script = look_script_for(scripts, entry);
    if (!script) return tell(CannotTell::Why::NoScript, "no script is for its platform \"" + entry.platform + "\"");
    if (options.begins) options.begins(entry);
    auto judged = PhoneLook(*phone, *script, rules, options, entry).judge();
    if (options.stopped && options.stopped()) return {};         // called off within: what was not waited for is not missing
    if (judged) return *judged;
    phone->lost = !phone->answers();
    const auto why = phone->lost ? CannotTell::Why::PhoneLost : judged.error().kind == ErrorKind::Protocol ? CannotTell::Why::Unfit : CannotTell::Why::Refused;
    return tell(why, judged.error().what);
  };
}

}  // namespace guzheng
