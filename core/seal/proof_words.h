// Room seal. What a verification means, in sentences for officers and courts, for program and window alike. Pure: values in, lines
// out; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/seal/verify.h"

namespace guzheng {

enum class Language { Chinese, English };

// Verdict first, then what and where, then what to do next.
std::vector<std::string> verification_lines(const Verification& v, Language language);

}  // namespace guzheng
