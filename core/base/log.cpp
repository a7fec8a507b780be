#include "core/base/log_json.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "core/base/clock.h"

namespace guzheng {

namespace {

std::atomic<bool> in_json{false};
constexpr std::string_view kNames[] = {"debug", "info", "warn", "error"};

LogLevel threshold() {
  static const LogLevel level = [] {
    const char* name = std::getenv("GUZHENG_LOG");
    const std::string_view text = name ? name : in_json ? "info" : "warn";
    if (text == "debug") return LogLevel::Debug;
    if (text == "info") return LogLevel::Info;
    if (text == "error") return LogLevel::Error;
    return LogLevel::Warn;
  }();
  return level;
}

// one write: lines of several threads do not mix
void put(const std::string& line) { [[maybe_unused]] const auto n = ::write(STDERR_FILENO, line.data(), line.size()); }

}  // namespace

void log_as_json() { in_json = true; }

void log_json(LogLevel level, std::string_view room, const nlohmann::json& members) {
  if (!in_json || level < threshold()) return;
  nlohmann::json line = members;
  line["at"] = format_time(SystemClock().wall());
  line["level"] = kNames[static_cast<int>(level)];
  line["room"] = room;
  put(line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

void log(LogLevel level, std::string_view room, std::string_view text) {
  if (in_json) return log_json(level, room, {{"text", std::string(text)}});
  if (level < threshold()) return;
  put(fmt::format("{} {} {}: {}\n", format_time(SystemClock().wall()), kNames[static_cast<int>(level)], room, text));
}

}  // namespace guzheng
