// Program guzheng-evidence. Looks at entries that have no web address (apps, mini-programs, accounts) on a phone, by scripts that are data (A-5.2b):
//   {"format":1,"scripts":[{"platform":"练习商城","app":"cn.guzheng.mall","steps":[{"tap":"搜索"},{"type":"{name}"},{"tap":"搜索"},{"absent":"没有找到"},
//   {"tap":"{name}"},{"wait":"进店逛逛"}]}]}
// The script of an entry's platform, else the one whose platform is "", is run: the app is ended and started anew; "tap" waits for the text and taps it, "wait"
// waits for it, "scroll" swipes up until it is there, "type" types into the field that has the focus, "key" presses "enter" or "back"; {name} is the entry's name,
// {platform} its platform. What stands in a field does not count as {name} found. The page that is reached is judged by the rules of the check. A text with {name}
// that does not come, or the text of "absent" that does: the entry was not found. Another one that does not come: the script does not fit the app, nothing is said
// of the entry, and it stays due. No evidence: nothing is kept but the judgement.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/device/link.h"
#include "core/patrol/patrol.h"

namespace guzheng::evidence {

struct PhoneLookStep {
  enum class Act { Tap, Wait, Scroll, Type, Key, Absent } act = Act::Wait;
  std::string text;
};
struct PhoneLookScript {
  std::string platform, app;
  std::vector<PhoneLookStep> steps;
};
// Strict: an unknown key or act, no app's name, no step is Invalid and named.
Result<std::vector<PhoneLookScript>> parse_phone_looks(std::string_view text);

struct PhoneLookOptions {
  std::chrono::milliseconds patience{12'000};          // for a text to come
  int swipes = 15;
  ScreenOptions screen;                                // for scripts that type: which server file the phone runs (choose_phone_server)
  std::function<bool()> stopped;
  std::function<void(const Entry&, const std::string& why)> cannot_tell;       // English, for whoever wrote the script
};
// What Patrol asks. One entry at a time; blocks. All arguments are kept by it, `rules` outlives it.
OtherLook look_by_phone(std::shared_ptr<DeviceLink> link, std::vector<PhoneLookScript> scripts, const PatrolRules& rules, PhoneLookOptions options);

}  // namespace guzheng::evidence
