// Notices and unread marks.
#include <algorithm>

#include "core/tasks/book_rows.h"

namespace guzheng {

Status TaskBook::mark_seen(FlowKind kind, std::int64_t id, const std::string& badge) {
  GZ_TRY_ASSIGN(const auto now, item(kind, id));
  return database_->run("INSERT INTO seen(badge,kind,item,number) VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET number=excluded.number", {badge, static_cast<std::int64_t>(kind), id, now.number});
}

Result<std::vector<Notice>> TaskBook::notices(const Actor& actor, bool unread_only, int limit) {
  std::vector<Notice> out;
  const std::string unread = unread_only ? " AND notice_read.notice IS NULL" : "";
  for (const auto one : actor.duties) {
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id,at_ms,kind,item,items,move,told_by,notice_read.notice FROM notice LEFT JOIN notice_read ON notice_read.badge=? AND notice_read.notice=notice.id "
                                                    "WHERE unit=? AND duty=?" + unread + " ORDER BY id DESC LIMIT ?",
                                                    {actor.badge, actor.unit, static_cast<std::int64_t>(one), std::clamp(limit, 1, kMostCount)}));
    for (const auto& row : rows)
      out.push_back({book::number_of(row[0]), {book::number_of(row[1])}, static_cast<FlowKind>(book::number_of(row[2])), book::number_of(row[3]), static_cast<int>(book::number_of(row[4])),
                     static_cast<FlowMove>(book::number_of(row[5])), book::text_of(row[6]), book::number_of(row[7]) != 0});
  }
  std::sort(out.begin(), out.end(), [](const Notice& a, const Notice& b) { return a.id > b.id; });
  if (out.size() > static_cast<std::size_t>(std::max(limit, 1))) out.resize(static_cast<std::size_t>(std::max(limit, 1)));
  return out;
}

Status TaskBook::mark_read(std::span<const std::int64_t> notices, const std::string& badge) {
  return database_->together([&]() -> Status {
    for (const auto id : notices) GZ_TRY(database_->run("INSERT OR IGNORE INTO notice_read(badge,notice) VALUES(?,?)", {badge, id}));
    return ok();
  });
}

}  // namespace guzheng
