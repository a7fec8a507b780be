// Program guzheng-evidence. sync: sealed packages to the central system.
#pragma once

#include "app/guzheng-evidence/program.h"

namespace guzheng::evidence {

void add_sync(CLI::App& app, Program& program);

}  // namespace guzheng::evidence
