// ui. Values as people read them. Pure.
#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace guzheng::ui {

inline QString qs(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }
inline std::string ss(const QString& text) { return text.toStdString(); }

QString clock_text(WallTime at);                 // 14:32:09
QString day_clock_text(WallTime at);             // 2026-11-21 14:32:09
QString span_text(std::int64_t ms);              // 00:12:47
QString short_span_text(std::int64_t ms);        // 12:47, 1:02:47
QString bytes_text(std::uint64_t bytes);         // 8.1 MB
QString grouped_digest(std::string_view hex, int groups_a_line = 8);   // 4c1d 90ab …
QString short_digest(std::string_view hex);      // 9f3a 41c2 … e07b

}  // namespace guzheng::ui
