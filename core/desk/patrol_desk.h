// Room desk. 巡检 (A-5.2b, A-5.2c) at the desk: what is due by the cycles, a run by button with its findings, and calling it off. Rules are core/patrol's. GUI
// thread; the run is on a worker of its own, which has the looks done by eight more.
#pragma once

#include <QTimer>

#include "core/desk/subject_desk.h"
#include "core/patrol/patrol.h"

namespace guzheng {

struct PatrolDue {
  std::int64_t ordinary = 0, abnormal = 0;                         // entries whose check is due
  bool ordinary_capped = false, abnormal_capped = false;           // there are more
  RefreshCycle cycle;
};
struct PatrolNews {
  PatrolFinding finding;
  std::string subject;                     // its name
};

class PatrolDesk : public QObject {
  Q_OBJECT
 public:
  explicit PatrolDesk(SubjectDesk& desk);
  ~PatrolDesk() override { stop(); }
  void stop();

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] const PatrolCounts& counts() const { return counts_; }             // of the run, or of the last one
  [[nodiscard]] const std::vector<PatrolNews>& findings() const { return findings_; }
  void ask_due();                          // due_read()
  void start(const PatrolOptions& options);
  void cancel() { stop_->store(true); }    // what was checked up to there stands
  // Scheduled: while the desk is open and an officer may change the library, what is due is checked once in 24 hours, `last` being when it was begun so. Whoever keeps that
  // over restarts hears ran_daily().
  void keep_daily(bool on, WallTime last);

 signals:
  void due_read(const guzheng::PatrolDue& due);
  void running_changed();
  void progressed();                       // counts() and findings() grew
  void finished(bool called_off);
  void failed(const guzheng::Error& error);
  void ran_daily(guzheng::WallTime at);

 private:
  void look_at_clock();

  SubjectDesk& desk_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  PatrolCounts counts_;
  std::vector<PatrolNews> findings_;
  bool running_ = false;
  QTimer daily_;
  WallTime last_daily_;
  QThreadPool working_;
};

}  // namespace guzheng
