#include "app/guzheng-central/program.h"

#include <cstdio>
#include <cstdlib>

namespace guzheng::central {

bool speaks_english(const std::string& wish) {
  std::string found = wish;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0' && found.empty()) found = value;
  return found.starts_with("en");
}

void Program::print(const std::string& line) { std::fprintf(stdout, "%s\n", line.c_str()); }
void Program::complain(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

}  // namespace guzheng::central
