// Room desk. 巡检 (A-5.2b, A-5.2c) at the desk: what is due by the cycles, a run by button with its findings, calling it off; entries without a web address are looked
// at on a phone, if one is given. Also takes in what a check by the command line found beside this window. Rules are core/patrol's and core/visit's. GUI
// thread; the run is on a worker of its own, which has the looks done by more (core/README.md, Threads).
#pragma once

#include <QFileSystemWatcher>
#include <QTimer>

#include "core/desk/live_desk.h"
#include "core/desk/subject_desk.h"
#include "core/patrol/patrol.h"
#include "core/patrol/spool.h"
#include "core/visit/phone_look.h"

namespace guzheng {

struct PatrolDue {
  std::int64_t ordinary = 0, abnormal = 0;                         // entries whose check is due
  bool ordinary_capped = false, abnormal_capped = false;           // there are more
  std::int64_t not_web = 0;                                        // of them, without a web address
  bool not_web_capped = false;
  RefreshCycle cycle;
};
struct PatrolNews {
  PatrolFinding finding;
  std::string subject;                     // its name
};
struct PatrolUntold {
  Entry entry;
  CannotTell why;
};
// For which platforms the library has scripts; "": one for all others.
struct PhoneScripts {
  std::vector<std::string> platforms;
  std::optional<Error> error;              // they cannot be read
};

class PatrolDesk : public QObject {
  Q_OBJECT
 public:
  PatrolDesk(SubjectDesk& desk, LiveDesk& live);
  ~PatrolDesk() override { stop(); }
  void stop();

  [[nodiscard]] PhoneList& phones() const { return live_.phones(); }
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] bool uses_phone() const { return phone_.has_value(); }             // the run that is under way
  [[nodiscard]] bool phone_hindered() const { return live_.busy(); }               // a capture runs: a phone is not offered
  [[nodiscard]] const std::string& looking_at() const { return looking_at_; }      // on the phone, an entry's name; "": nothing
  [[nodiscard]] const PatrolCounts& counts() const { return counts_; }             // of the run, or of the last one
  [[nodiscard]] const std::vector<PatrolNews>& findings() const { return findings_; }
  [[nodiscard]] const std::vector<PatrolUntold>& untold() const { return untold_; }          // at most kMostUntold
  static constexpr std::size_t kMostUntold = 1'000;
  void ask_due();                          // due_read()
  // `phone`: for entries without a web address. None: they stay due.
  void start(const PatrolOptions& options, const std::optional<PhoneEntry>& phone = {});
  void cancel() { stop_->store(true); }    // what was checked up to there stands
  // Scripts for the phone: scripts_read().
  void ask_scripts();
  void import_scripts(const std::string& file);            // in place of those that are there; scripts_read(), or scripts_failed() and nothing is changed
  // Scheduled: while the desk is open and an officer may change the library, what is due is checked once in 24 hours, `last` being when it was begun so. Whoever keeps that
  // over restarts hears ran_daily().
  void keep_daily(bool on, WallTime last);

 signals:
  void due_read(const guzheng::PatrolDue& due);
  void running_changed();
  void phones_changed();                   // another choice of phones, or whether one may be taken
  void progressed();                       // counts(), findings(), untold() or looking_at() are others
  void finished(bool called_off);
  void failed(const guzheng::Error& error);
  void phone_failed(const guzheng::Error& error);          // the run did not begin: the phone, its node or the scripts
  void scripts_read(const guzheng::PhoneScripts& scripts);
  void scripts_failed(const guzheng::Error& error);
  void taken_in(const guzheng::SpoolTaken& taken);         // of a check by the command line
  void ran_daily(guzheng::WallTime at);

 private:
  struct PhoneUse;
  void look_at_clock();
  void watch_spool();
  void take_in();
  void begin(const PatrolOptions& options);
  void ended(const Result<PatrolCounts>& counts, bool in_phone);

  SubjectDesk& desk_;
  LiveDesk& live_;
  const std::shared_ptr<std::atomic<bool>> stop_ = std::make_shared<std::atomic<bool>>(false);
  PatrolCounts counts_;
  std::vector<PatrolNews> findings_;
  std::vector<PatrolUntold> untold_;
  std::string looking_at_;
  std::optional<PhoneEntry> phone_;
  bool running_ = false, taking_in_ = false, take_again_ = false;
  QTimer daily_;
  WallTime last_daily_;
  QFileSystemWatcher spool_;
  QThreadPool working_;
};

}  // namespace guzheng
