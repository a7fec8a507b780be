// Program guzheng-central. scrub: both stores of a server that does not run, now and at full speed.
#pragma once

#include <filesystem>

#include "app/guzheng-central/program.h"

namespace guzheng::central {

struct ScrubCommand {
  std::filesystem::path config;
  int mib_per_second = 0;                          // 0: as fast as it goes
};
// Sets the exit code: kDone also after repairs; kDamaged: evidence, a receipt or the log is not what it was; kIncomplete: a copy could not be made anew, or objects that nobody names.
Status scrub(const ScrubCommand& command, Program& program);

}  // namespace guzheng::central
