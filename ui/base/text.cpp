#include "ui/base/text.h"

namespace guzheng::ui {

QString clock_text(WallTime at) { return qs(format_time(at)).mid(11, 8); }

QString day_clock_text(WallTime at) {
  const auto text = qs(format_time(at));
  return text.left(10) + ' ' + text.mid(11, 8);
}

QString span_text(std::int64_t ms) {
  const auto s = ms / 1000;
  return QString("%1:%2:%3").arg(s / 3600, 2, 10, QChar('0')).arg(s / 60 % 60, 2, 10, QChar('0')).arg(s % 60, 2, 10, QChar('0'));
}

QString short_span_text(std::int64_t ms) {
  const auto s = ms / 1000;
  const auto tail = QString("%1:%2").arg(s / 60 % 60, 2, 10, QChar('0')).arg(s % 60, 2, 10, QChar('0'));
  return s >= 3600 ? QString::number(s / 3600) + ':' + tail : tail;
}

QString bytes_text(std::uint64_t bytes) {
  const auto value = static_cast<double>(bytes);
  if (bytes < 1'000) return QString("%1 B").arg(bytes);
  if (bytes < 1'000'000) return QString("%1 kB").arg(value / 1e3, 0, 'f', 0);
  if (bytes < 1'000'000'000) return QString("%1 MB").arg(value / 1e6, 0, 'f', 1);
  return QString("%1 GB").arg(value / 1e9, 0, 'f', bytes < 100'000'000'000 ? 1 : 0);
}

QString grouped_digest(std::string_view hex, int groups_a_line) {
  QString out;
  for (std::size_t i = 0; i < hex.size(); i += 4) {
    const auto group = static_cast<int>(i / 4);
    if (group) out += group % groups_a_line == 0 ? '\n' : ' ';
    out += qs(hex.substr(i, 4));
  }
  return out;
}

QString short_digest(std::string_view hex) {
  if (hex.size() < 16) return qs(hex);
  return qs(hex.substr(0, 4)) + ' ' + qs(hex.substr(4, 4)) + " … " + qs(hex.substr(hex.size() - 4));
}

}  // namespace guzheng::ui
