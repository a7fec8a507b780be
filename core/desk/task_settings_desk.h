// Room desk. 设置 → 监测任务: the numbering rule of sheets, the working-day notices and the years that are still provisional (A-6.4b), and who
// has which duty (A-6.4a). GUI thread; answers come there through `told`. The work is on a thread of its own.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <filesystem>
#include <functional>
#include <memory>

#include "core/desk/station_desk.h"
#include "core/desk/subject_desk.h"
#include "core/tasks/calendar_years.h"
#include "core/tasks/task_book.h"

namespace guzheng {

struct TaskSettings {
  NumberRule rule;
  std::string sample;                      // a number of today by that rule
  std::vector<CalendarYear> years;
};
struct DutyCard {
  std::string badge, name, unit;
  std::set<Duty> duties;
};
struct NoticeTaking {
  std::vector<NoticeProblem> problems;     // not empty: nothing was taken
  std::vector<int> years;                  // whose notices came in
  std::vector<std::int64_t> moved;         // open results whose day would move: to be counted anew (Recount)
};

class TaskSettingsDesk : public QObject {
  Q_OBJECT
 public:
  using BookOf = std::function<std::shared_ptr<TaskBook>()>;     // null while it is not open
  TaskSettingsDesk(BookOf book, StationDesk& station);
  ~TaskSettingsDesk() override;
  void stop();

  [[nodiscard]] bool is_open() const { return book_() != nullptr; }
  [[nodiscard]] bool may_change() const;   // somebody is logged in
  [[nodiscard]] bool may_set_rule() const; // … who has the duty Leader
  // Everybody of the policy, or of the practice bureau, with their duties; and badges that the policy names without a person.
  [[nodiscard]] std::vector<DutyCard> duties() const;
  [[nodiscard]] bool duties_are_given() const;                   // the policy has a section [duties]
  [[nodiscard]] static std::optional<std::string> sample(const std::string& rule, Day day);      // none: it is no rule
  [[nodiscard]] Day today() const { return day_of(station_.clock().wall()); }

  void read(QObject* to, Told<TaskSettings> told);
  void set_rule(const std::string& rule, QObject* to, Told<void> told);
  void take_notice(const std::filesystem::path& file, QObject* to, Told<NoticeTaking> told);
  // 重算期限 of these results by the calendar as it is now, signed; those that this officer may not recount are named.
  void recount(const std::vector<std::int64_t>& results, QObject* to, Told<BulkOutcome> told);

 signals:
  void opened();                           // the book is open now: there is something to read
  void recounted();                        // days of results moved: lists of tasks are read anew

 private:
  const BookOf book_;
  StationDesk& station_;
  QThreadPool work_;
  bool stopped_ = false;
};

}  // namespace guzheng
