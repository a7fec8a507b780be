// Room desk. The subject library 主体库 at the desk: opened beside the operation log once the station is open, with its index following in
// the background; one subject's page; acts by hand, each of which can be undone; and what the library reads of sensitive values, journalled.
// GUI thread; answers come there through `told`, and are dropped when `to` is gone.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "core/desk/station_desk.h"
#include "core/desk/subject_view.h"
#include "core/desk/workers.h"

namespace guzheng {

template <typename T>
using Told = std::function<void(const Result<T>&)>;

class SubjectDesk : public QObject {
  Q_OBJECT
 public:
  explicit SubjectDesk(StationDesk& station);
  ~SubjectDesk() override;
  void stop();                             // lets running work end; nothing is taken any more

  [[nodiscard]] bool is_open() const { return store_ != nullptr; }
  [[nodiscard]] bool may_change() const { return is_open() && !station_.card().officers.empty(); }
  [[nodiscard]] const std::shared_ptr<SubjectStore>& store() const { return store_; }
  [[nodiscard]] std::filesystem::path folder() const { return station_.private_folder() / "subjects"; }
  [[nodiscard]] StationDesk& station() const { return station_; }
  [[nodiscard]] const SubjectLists& lists() const { return lists_; }
  [[nodiscard]] const IndexProgress& index() const { return index_; }
  [[nodiscard]] std::string unit_name(std::int64_t unit) const;  // "" for 0 and unknown
  [[nodiscard]] static std::string region_name(const std::string& code);           // GB/T 2260, 2, 4 or 6 digits; "": not in the table
  [[nodiscard]] std::int64_t proposed_unit(const std::string& region, const std::string& industry, const std::string& platform) const;
  [[nodiscard]] WallTime now() const { return station_.clock().wall(); }
  [[nodiscard]] Act act(const std::string& why) const;           // by the officer at the desk
  void refresh_lists();                    // lists_changed()
  void follow();                           // the index, until nothing is behind; index_changed()

  // One subject.
  void sheet(SubjectId id, QObject* to, Told<SubjectSheet> told);
  void add(const SubjectRow& row, const std::string& why, QObject* to, Told<SubjectId> told);
  void change(const Subject& subject, const std::string& why, QObject* to, Told<void> told);
  void remove(SubjectId id, const std::string& why, QObject* to, Told<void> told);
  void put_entry(SubjectId id, const Entry& entry, const std::string& why, QObject* to, Told<int> told);
  void remove_entry(SubjectId id, const Entry& entry, const std::string& why, QObject* to, Told<void> told);
  void set_abnormal(SubjectId id, int no, bool abnormal, const std::string& why, QObject* to, Told<void> told);
  void add_record(SubjectId id, const Record& record, QObject* to, Told<std::int64_t> told);     // cannot be undone: records only grow
  void sensitive(SubjectId id, const std::string& why, QObject* to, Told<std::vector<SensitiveValue>> told);
  void set_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, const std::string& why, QObject* to, Told<void> told);

  // The last acts of this window's run, newest first undone.
  [[nodiscard]] int undoable() const { return static_cast<int>(undo_.size()); }
  void undo(QObject* to, Told<void> told);

  // A package of this order was sealed: whoever the order names, if the library knows it, gets a record 取证.
  void keep_capture(const CaptureOrder& order, const std::string& package);

  // Settings.
  void set_cycle(const RefreshCycle& cycle, QObject* to, Told<void> told);
  void put_unit(const Unit& unit, QObject* to, Told<std::int64_t> told);
  void set_rules(const std::vector<UnitRule>& rules, QObject* to, Told<void> told);

  // For the other desk classes of the page. `work` runs on a pool's thread.
  using Undo = std::function<Status(SubjectStore&, const Act&)>;
  enum class Pool { Read, Write };
  template <typename Work, typename T>
  void hop(Pool pool, Work work, QObject* to, std::function<void(const T&)> told) {
    if (!store_ || stopped_) return;
    run_then(pool == Pool::Read ? reads_ : writes_, this, [work = std::move(work), store = store_] { return work(*store); },
             [to = QPointer<QObject>(to), told = std::move(told)](const T& value) {
               if (to && told) told(value);
             });
  }
  void keep_undo(Undo step);
  [[nodiscard]] bool stopped() const { return stopped_; }
  void tell_changed(SubjectId id);         // changed(); 0: many

 signals:
  void opened();
  void failed(const guzheng::Error& error);
  void lists_changed();
  void index_changed();
  void changed(qint64 subject);            // 0: many
  void undoable_changed();

 private:
  struct Opened {
    std::shared_ptr<SubjectStore> store;
    SubjectLists lists;
  };
  static Result<Opened> open_library(const std::filesystem::path& folder, const std::filesystem::path& log, const Clock& clock, bool practice, SensitiveJournal journal);
  void open();
  void open_failed(const Error& error);
  // Work that gives a value and how to undo it.
  template <typename T>
  void act_on(SubjectId id, std::function<Result<std::pair<T, Undo>>(SubjectStore&)> work, QObject* to, Told<T> told);
  void act_plain(SubjectId id, std::function<Result<Undo>(SubjectStore&)> work, QObject* to, Told<void> told);

  StationDesk& station_;
  std::shared_ptr<SubjectStore> store_;
  SubjectLists lists_;
  IndexProgress index_;
  std::vector<Undo> undo_;
  QThreadPool reads_, writes_, following_;
  std::atomic<bool> stopped_ = false;
  bool follow_runs_ = false, opening_ = false;
  int refused_ = 0;                        // times that another program had the library open
};

}  // namespace guzheng
