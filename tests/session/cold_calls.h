// Test support. Which files this process asked the kernel to drop the pages of, by its own posix_fadvise in libc's place (cold_calls.cpp is
// linked into the test program). By the name they had then.
#pragma once

#include <filesystem>
#include <vector>

namespace guzheng::test {

std::vector<std::filesystem::path> dropped_files();
void forget_dropped_files();

}  // namespace guzheng::test
