#include "core/base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "core/base/clock.h"

namespace guzheng {

namespace {
LogLevel threshold() {
  static const LogLevel level = [] {
    const char* name = std::getenv("GUZHENG_LOG");
    const std::string_view text = name ? name : "warn";
    if (text == "debug") return LogLevel::Debug;
    if (text == "info") return LogLevel::Info;
    if (text == "error") return LogLevel::Error;
    return LogLevel::Warn;
  }();
  return level;
}
}  // namespace

void log(LogLevel level, std::string_view room, std::string_view text) {
  if (level < threshold()) return;
  static constexpr std::string_view names[] = {"debug", "info", "warn", "error"};
  const std::string line = fmt::format("{} {} {}: {}\n", format_time(SystemClock().wall()),
                                       names[static_cast<int>(level)], room, text);
  // one write: lines of several threads do not mix
  [[maybe_unused]] const auto n = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace guzheng
