// Program guzheng-central. What its commands share: language, exit codes, what is said.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng::central {

// As guzheng-evidence has them; documented in --help.
enum Exit { kDone = 0, kUsage = 1, kCouldNotRun = 2, kDamaged = 3, kIncomplete = 4 };

// `wish`: of --lang; "" for what LC_ALL, LC_MESSAGES or LANG say. Chinese unless they say English.
bool speaks_english(const std::string& wish);

struct Program {
  const Clock& clock;
  std::string lang;                                // of --lang
  int exit_code = kDone;                           // set by the command that ran

  [[nodiscard]] std::string say(std::string_view chinese, std::string_view english) const { return std::string(speaks_english(lang) ? english : chinese); }
  static void print(const std::string& line);      // stdout, with LF
  static void complain(const std::string& line);   // stderr, with LF
};

}  // namespace guzheng::central
