// Program guzheng-evidence. Triggered captures: an officer's order, and the worker that does it.
#pragma once

#include "app/guzheng-evidence/program.h"

namespace guzheng::evidence {

void add_trigger(CLI::App& app, Program& program);
void add_worker(CLI::App& app, Program& program);

}  // namespace guzheng::evidence
