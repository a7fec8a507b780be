// Program guzheng-evidence. Passphrases come from a file or from the terminal, never from the command line, where every
// process of the machine could read them.
#pragma once

#include <string>

#include "app/guzheng-evidence/program.h"
#include "core/base/secret.h"

namespace guzheng::evidence {

// The first line of `file`; without a file it is asked for on the terminal without echo, twice when `fresh`.
// Denied: no file and no terminal, or a file that others may read. Invalid: the two answers differ, or the file is empty.
Result<Secret> read_passphrase(const Program& program, const std::string& file, const std::string& whose, bool fresh);

}  // namespace guzheng::evidence
