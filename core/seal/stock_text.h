// Room seal. The two files that tell a reader how to check a package without this program, embedded in the program:
// resources/verify/VERIFY.txt and verify.sh.
#pragma once

#include <string_view>

namespace guzheng {

std::string_view verify_text();
std::string_view verify_script();

}  // namespace guzheng
