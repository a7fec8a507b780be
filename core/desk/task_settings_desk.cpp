#include "core/desk/task_settings_desk.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/desk/task_hand.h"
#include "core/desk/workers.h"
#include "core/tasks/duties.h"

namespace guzheng {
namespace {

std::string sample_number(const NumberRule& rule, Day day) {
  const std::chrono::year_month_day date(day);
  return number_by(rule, static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), 1);
}

Result<TaskSettings> read_settings(TaskBook& book, Day today) {
  TaskSettings out;
  GZ_TRY_ASSIGN(out.rule, book.number_rule());
  out.sample = sample_number(out.rule, today);
  out.years = calendar_years(book.calendar(), today);
  return out;
}

Result<NoticeTaking> take_notice_file(TaskBook& book, const std::filesystem::path& file, const SigningHand& hand) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, (1u << 20) + 1));       // read_notices says what is too big
  auto reading = read_notices(text);
  NoticeTaking out;
  out.problems = std::move(reading.problems);
  if (!out.problems.empty()) return out;
  GZ_TRY_ASSIGN(out.moved, book.import_notices(reading.notices, hand));
  for (const auto& notice : reading.notices) out.years.push_back(notice.year);
  return out;
}

}  // namespace

TaskSettingsDesk::TaskSettingsDesk(BookOf book, StationDesk& station) : book_(std::move(book)), station_(station) { work_.setMaxThreadCount(1); }

TaskSettingsDesk::~TaskSettingsDesk() { stop(); }

void TaskSettingsDesk::stop() {
  stopped_ = true;
  work_.waitForDone();
}

bool TaskSettingsDesk::may_change() const { return is_open() && !task_actor(station_).badge.empty(); }

bool TaskSettingsDesk::may_set_rule() const { return is_open() && task_actor(station_).duties.contains(Duty::Leader); }

bool TaskSettingsDesk::duties_are_given() const { return station_.policy() != nullptr && station_.policy()->duties.has_value(); }

std::vector<DutyCard> TaskSettingsDesk::duties() const {
  std::vector<DutyCard> out;
  const auto* policy = station_.policy();
  // each once: the practice bureau's officers are its people too
  const auto add = [&](const std::string& badge, const std::string& name, const std::string& unit) {
    if (std::none_of(out.begin(), out.end(), [&](const DutyCard& card) { return card.badge == badge; })) out.push_back({badge, name, unit, duties_of(policy, badge)});
  };
  for (const auto& one : station_.people()) add(one.badge, one.name, one.unit);
  if (policy == nullptr)
    for (const auto& one : station_.card().officers) add(one.badge, one.name, one.unit);
  if (!duties_are_given()) return out;
  for (const auto& [duty_name, badges] : *policy->duties)
    for (const auto& badge : badges)
      if (badge != kEveryOfficer) add(badge, {}, {});
  return out;
}

std::optional<std::string> TaskSettingsDesk::sample(const std::string& rule, Day day) {
  if (!check_number_rule({rule})) return {};
  return sample_number({rule}, day);
}

void TaskSettingsDesk::read(QObject* to, Told<TaskSettings> told) {
  auto book = book_();
  if (!book || stopped_) return;
  run_then(work_, this, [book = std::move(book), today = today()] { return read_settings(*book, today); }, [to = QPointer<QObject>(to), told = std::move(told)](const Result<TaskSettings>& value) {
    if (to && told) told(value);
  });
}

void TaskSettingsDesk::set_rule(const std::string& rule, QObject* to, Told<void> told) {
  auto book = book_();
  if (!book || stopped_) return;
  run_then(work_, this, [book = std::move(book), rule, hand = task_hand(station_)] { return book->set_number_rule({rule}, hand); },
           [this, to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
             if (done && !stopped_) emit station_.logged();
             if (to && told) told(done);
           });
}

void TaskSettingsDesk::take_notice(const std::filesystem::path& file, QObject* to, Told<NoticeTaking> told) {
  auto book = book_();
  if (!book || stopped_) return;
  run_then(work_, this, [book = std::move(book), file, hand = task_hand(station_)] { return take_notice_file(*book, file, hand); },
           [this, to = QPointer<QObject>(to), told = std::move(told)](const Result<NoticeTaking>& out) {
             if (out && !stopped_) emit station_.logged();
             if (to && told) told(out);
           });
}

void TaskSettingsDesk::recount(const std::vector<std::int64_t>& results, QObject* to, Told<BulkOutcome> told) {
  auto book = book_();
  if (!book || stopped_) return;
  MoveOrder order;
  order.move = FlowMove::Recount;
  run_then(work_, this, [book = std::move(book), results, order, hand = task_hand(station_)] { return book->move_all(FlowKind::Result, results, order, hand); },
           [this, to = QPointer<QObject>(to), told = std::move(told)](const Result<BulkOutcome>& out) {
             if (out && !stopped_) {
               emit station_.logged();
               emit recounted();
             }
             if (to && told) told(out);
           });
}

}  // namespace guzheng
