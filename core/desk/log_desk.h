// Room desk. Page 操作日志: the station's operation log and whether its chain holds. GUI thread only.
#pragma once

#include <QObject>
#include <string>
#include <vector>

#include "core/desk/station_desk.h"

namespace guzheng {

struct LogRow {
  std::uint64_t seq = 0;
  WallTime at;
  std::string kind, who, body;             // body: canonical JSON as it stands in the log
  std::vector<std::pair<std::string, std::string>> details;   // the body's other members as text
};

class LogDesk : public QObject {
  Q_OBJECT
 public:
  explicit LogDesk(StationDesk& station);
  void refresh();
  [[nodiscard]] const std::vector<LogRow>& rows() const { return rows_; }         // newest first
  [[nodiscard]] const std::optional<std::uint64_t>& broken_at() const { return broken_at_; }
  [[nodiscard]] const std::string& head() const { return head_; }                 // digest of the last line

 signals:
  void changed();
  void failed(const guzheng::Error& error);

 private:
  StationDesk& station_;
  std::vector<LogRow> rows_;
  std::optional<std::uint64_t> broken_at_;
  std::string head_;
};

// Pure: one line as a row.
LogRow log_row(const JournalLine& line);

}  // namespace guzheng
