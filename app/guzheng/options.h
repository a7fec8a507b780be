// What the user asked for on the command line. Pure but for the environment and the program's place.
#pragma once

#include <optional>
#include <string>

#include "core/desk/station_desk.h"

namespace guzheng {

struct ProgramOptions {
  DeskOptions desk;
  std::string language;                    // "zh" or "en"
  std::string page = "capture";
};

// An exit code instead when the program has nothing more to do (--help, wrong usage).
struct Parsed {
  std::optional<int> exit_code;
  ProgramOptions options;
};
Parsed parse_options(int argc, char** argv);

}  // namespace guzheng
