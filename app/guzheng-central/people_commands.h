// guzheng-central user, unit: who may look at what the server holds (central/people.h). Works beside a running server; every change is a line of the access log.
#pragma once

#include <CLI/CLI.hpp>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng::central {

// `config`: the default of --config. `done` and `clock` outlive the parsing.
void add_people_commands(CLI::App& app, const char* config, Status& done, const Clock& clock);

}  // namespace guzheng::central
