// The calendar of the book, and its documents.
#include "core/base/digest.h"
#include "core/base/blank.h"
#include "core/tasks/book_rows.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostDocument = 32u << 20;

}  // namespace

WorkCalendar TaskBook::calendar() const {
  const std::lock_guard lock(calendar_mutex_);
  return calendar_;
}

Status TaskBook::load_calendar() {
  auto days = WorkCalendar::built_in();
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT text FROM calendar_notice ORDER BY year"));
  for (const auto& row : rows)
    for (const auto& notice : read_notices(book::text_of(row[0])).notices) days.put(notice);
  const std::lock_guard lock(calendar_mutex_);
  calendar_ = std::move(days);
  return ok();
}

Result<std::vector<std::int64_t>> TaskBook::import_notices(const std::vector<CalendarNotice>& notices, const TaskHand& hand) {
  GZ_TRY(check_hand(hand));
  for (const auto& notice : notices) {
    const auto again = read_notices(notice_text(notice));
    if (notice.provisional || !again.problems.empty()) return fail(ErrorKind::Invalid, "the notice of " + std::to_string(notice.year) + " has mistakes, or is none");
  }
  const Status kept = database_->together([&]() -> Status {
    for (const auto& notice : notices) {
      const auto text = notice_text(notice);
      GZ_TRY_ASSIGN(const auto line, log_.append("op.task-calendar", Json{{"badge", hand.actor.badge}, {"sha256", sha256_hex(as_bytes(text))}, {"source", notice.source}, {"who", hand.actor.name}, {"year", notice.year}}));
      GZ_TRY(database_->run("INSERT OR REPLACE INTO calendar_notice(year,text,at_ms,badge) VALUES(?,?,?,?)", {notice.year, text, clock_.wall().ms, hand.actor.badge}));
    }
    return ok();
  });
  GZ_TRY(kept);
  GZ_TRY(load_calendar());
  const auto days = calendar();
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id,dispatched,due,extended FROM result WHERE wait_duty IS NOT NULL AND due IS NOT NULL ORDER BY id"));
  std::vector<std::int64_t> moved;
  for (const auto& row : rows) {
    const auto dispatched = book::day_at(row[1]), due = book::day_at(row[2]), extended = book::day_at(row[3]);
    if (!dispatched || !due) continue;
    const auto now = extended ? due_extended(days, *extended).day : due_after_dispatch(days, *dispatched).day;
    if (now != *due) moved.push_back(book::number_of(row[0]));
  }
  return moved;
}

Result<Document> TaskBook::add_document(const std::string& name, ByteView bytes) {
  if (is_blank(name) || name.size() > kMostLine || !is_plain_line(name)) return fail(ErrorKind::Invalid, "a document's name is missing or no plain text");
  if (bytes.empty() || bytes.size() > kMostDocument) return fail(ErrorKind::Invalid, name + " is empty or larger than 32 MiB");
  Document out{name, sha256_hex(bytes)};
  GZ_TRY(database_->run("INSERT OR IGNORE INTO document(sha256,name,bytes) VALUES(?,?,?)", {out.sha256, name, Bytes(bytes.begin(), bytes.end())}));
  return out;
}

Result<Bytes> TaskBook::document(const std::string& sha256) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT bytes FROM document WHERE sha256=?", {sha256}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "the document " + sha256.substr(0, 16) + " is not in the book");
  const auto* bytes = std::get_if<Bytes>(&rows[0][0]);
  if (!bytes || sha256_hex(*bytes) != sha256) return fail(ErrorKind::Tampered, "the document " + sha256.substr(0, 16) + " is not what was put in");
  return *bytes;
}

}  // namespace guzheng
