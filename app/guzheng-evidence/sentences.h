// Program guzheng-evidence. What a verification means, in sentences for officers and courts. Pure: values in, lines out.
#pragma once

#include <string>
#include <vector>

#include "app/guzheng-evidence/program.h"
#include "core/seal/verify.h"

namespace guzheng::evidence {

// Verdict first, then what and where, then what to do next.
std::vector<std::string> verification_lines(const Verification& v, Language language);

}  // namespace guzheng::evidence
