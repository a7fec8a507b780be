#include "core/desk/log_desk.h"

#include <algorithm>

#include "core/desk/workers.h"

namespace guzheng {

LogDesk::LogDesk(StationDesk& station) : station_(station) {
  connect(&station_, &StationDesk::logged, this, &LogDesk::refresh);
}

LogRow log_row(const JournalLine& line) {
  LogRow row{line.seq, line.time, line.kind, {}, line.body, {}};
  const auto body = parse_json(line.body);
  if (!body || !body->is_object()) return row;
  for (const auto& [key, value] : body->items()) {
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    if (key == "who") {
      row.who = text;
    } else {
      row.details.emplace_back(key, text);
    }
  }
  return row;
}

void LogDesk::refresh() {
  run_then(station_.quick(), this, [path = station_.log_path()] { return read_operation_log(path); },
           [this](Result<OperationLogReading> reading) {
             if (!reading) {
               emit failed(reading.error());
               return;
             }
             rows_.clear();
             for (const auto& line : reading->lines) rows_.push_back(log_row(line));
             std::reverse(rows_.begin(), rows_.end());
             broken_at_ = reading->broken_at;
             head_ = reading->lines.empty() ? std::string() : reading->lines.back().digest;
             emit changed();
           });
}

}  // namespace guzheng
