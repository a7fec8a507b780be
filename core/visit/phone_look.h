// Room visit. Looks at entries that have no web address (apps, mini-programs, accounts) on a phone, by scripts (visit/look_script.h): what a check run asks where
// HTTP cannot go (A-5.2b). No evidence: nothing is kept but the judgement.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/device/link.h"
#include "core/patrol/patrol.h"
#include "core/visit/look_script.h"

namespace guzheng {

// Why nothing can be said of an entry; it stays due.
struct CannotTell {
  enum class Why {
    NoName,                                    // the entry has none to look for
    NoScript,                                  // none is for its platform
    Unfit,                                     // the script does not fit the app: a text or a field that it waits for never came
    Refused,                                   // the phone did not do what it was told: the app is not on it, say
    PhoneLost,                                 // it answers no more; nothing else is looked at on it, which is told once
  } why = Why::NoScript;
  std::string detail;                          // English, for whoever wrote the script
};

struct PhoneLookOptions {
  std::chrono::milliseconds patience{12'000};          // for a text to come
  int swipes = 15;
  ScreenOptions screen;                                // for scripts that type: which server file the phone runs (device/server_file.h)
  std::function<bool()> stopped;
  std::function<void(const Entry&)> begins;            // with an entry for which there is a script
  std::function<void(const Entry&, const CannotTell&)> cannot_tell;
};
// What Patrol asks. One entry at a time; blocks. All arguments are kept by it, `rules` outlives it.
OtherLook look_by_phone(std::shared_ptr<DeviceLink> link, std::vector<PhoneLookScript> scripts, const PatrolRules& rules, PhoneLookOptions options);

}  // namespace guzheng
