// Room base. The program's own log for engineers (stderr): not evidence, no secrets, no personal data.
// Thread-safe. Silent below the level set by GUZHENG_LOG=debug|info|warn|error (default warn).
#pragma once

#include <string_view>

namespace guzheng {

enum class LogLevel { Debug, Info, Warn, Error };
void log(LogLevel level, std::string_view room, std::string_view text);
inline void log_debug(std::string_view room, std::string_view text) { log(LogLevel::Debug, room, text); }
inline void log_info(std::string_view room, std::string_view text) { log(LogLevel::Info, room, text); }
inline void log_warn(std::string_view room, std::string_view text) { log(LogLevel::Warn, room, text); }
inline void log_error(std::string_view room, std::string_view text) { log(LogLevel::Error, room, text); }

}  // namespace guzheng
