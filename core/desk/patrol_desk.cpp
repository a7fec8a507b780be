#include "core/desk/patrol_desk.h"

namespace guzheng {
namespace {

constexpr int kLookAtClockMs = 5'000;
constexpr std::int64_t kDayMs = 24ll * 3600 * 1000;

Result<PatrolDue> due_now(const SubjectStore& store) {
  PatrolDue out;
  GZ_TRY_ASSIGN(out.cycle, store.cycle());
  GZ_TRY_ASSIGN(const auto ordinary, store.overdue_count(false));
  GZ_TRY_ASSIGN(const auto abnormal, store.overdue_count(true));
  std::tie(out.ordinary, out.ordinary_capped) = ordinary;
  std::tie(out.abnormal, out.abnormal_capped) = abnormal;
  return out;
}

}  // namespace

PatrolDesk::PatrolDesk(SubjectDesk& desk) : desk_(desk) {
  working_.setMaxThreadCount(1);
  daily_.setInterval(kLookAtClockMs);
  connect(&daily_, &QTimer::timeout, this, &PatrolDesk::look_at_clock);
}

void PatrolDesk::keep_daily(bool on, WallTime last) {
  last_daily_ = last;
  if (on) daily_.start();
  else daily_.stop();
}

void PatrolDesk::look_at_clock() {
  const auto now = desk_.station().clock().wall();
  if (running_ || desk_.stopped() || !desk_.is_open() || !desk_.may_change() || now.ms - last_daily_.ms < kDayMs) return;
  last_daily_ = now;
  emit ran_daily(now);
  start({});
}

void PatrolDesk::stop() {
  stop_->store(true);
  working_.waitForDone();
}

void PatrolDesk::ask_due() {
  desk_.hop(SubjectDesk::Pool::Read, [](SubjectStore& store) { return due_now(store); }, this, std::function<void(const Result<PatrolDue>&)>([this](const Result<PatrolDue>& due) {
    if (due) emit due_read(*due);
    else emit failed(due.error());
  }));
}

void PatrolDesk::start(const PatrolOptions& options) {
  if (running_ || desk_.stopped()) return;
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  running_ = true;
  stop_->store(false);
  counts_ = {};
  findings_.clear();
  emit running_changed();
  auto wanted = options;
  wanted.stopped = [stop = stop_] { return stop->load(); };
  run_then(working_, this, [this, options = std::move(wanted), stop = stop_, store = desk_.store(), folder = desk_.station().private_folder() / "subjects", act = desk_.act("巡检")]() -> Result<PatrolCounts> {
    GZ_TRY_ASSIGN(const auto rules, library_patrol_rules(folder));
    Patrol patrol(*store, rules, options);
    const auto found = [&](const PatrolFinding& one) {
      const auto subject = store->get(one.subject);
      post(this, [this, news = PatrolNews{one, subject ? subject->name : std::string()}] {
        findings_.push_back(news);
        emit progressed();
      });
    };
    const auto progress = [&](const PatrolCounts& counts) {
      post(this, [this, counts] {
        counts_ = counts;
        emit progressed();
      });
      return !stop->load();
    };
    return patrol.run(act, found, progress);
  }, [this](const Result<PatrolCounts>& counts) {
    running_ = false;
    if (counts) counts_ = *counts;
    emit running_changed();
    desk_.tell_changed(0);
    ask_due();
    if (!counts) return emit failed(counts.error());
    desk_.station().record("op.patrol", patrol_line(*counts));
    emit finished(stop_->load());
  });
}

}  // namespace guzheng
