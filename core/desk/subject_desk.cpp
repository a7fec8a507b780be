#include "core/desk/subject_desk.h"

#include <QTimer>
#include <algorithm>

#include "core/base/key_file.h"
#include "core/base/log.h"
#include "core/codes/code_table.h"
#include "core/desk/practice_library.h"
#include "core/registry/unit_rules.h"

namespace guzheng {
namespace {
constexpr std::size_t kMostUndo = 50;
constexpr int kRefusedSoon = 6, kAgainSoonMs = 500, kAgainLaterMs = 5'000;
}

SubjectDesk::SubjectDesk(StationDesk& station) : station_(station) {
  reads_.setMaxThreadCount(2);
  writes_.setMaxThreadCount(1);            // acts stay in order, so that undoing does
  following_.setMaxThreadCount(1);
  following_.setThreadPriority(QThread::LowestPriority);
  connect(&station_, &StationDesk::opened, this, &SubjectDesk::open);
  connect(&station_, &StationDesk::seated, this, &SubjectDesk::undoable_changed);  // who may change it
}

SubjectDesk::~SubjectDesk() { stop(); }

void SubjectDesk::stop() {
  stopped_ = true;
  reads_.waitForDone();
  writes_.waitForDone();
  following_.waitForDone();
}

Result<SubjectDesk::Opened> SubjectDesk::open_library(const std::filesystem::path& folder, const std::filesystem::path& log, const Clock& clock, bool practice,
                                                      SensitiveJournal journal) {
  GZ_TRY_ASSIGN(auto key, key_file(log.parent_path() / "subjects.key"));
  GZ_TRY(make_private_folder(folder));
  GZ_TRY_ASSIGN(auto store, SubjectStore::open(folder, std::move(key), clock, std::move(journal)));
  Opened out;
  out.store = std::move(store);
  if (practice) {
    GZ_TRY(fill_practice_library(*out.store, clock.wall()));
    GZ_TRY(lay_out_practice_looks(folder));
  }
  GZ_TRY_ASSIGN(out.lists, subject_lists(*out.store));
  return out;
}

void SubjectDesk::open() {
  if (store_ || opening_ || stopped_) return;
  opening_ = true;
  const auto log_path = station_.log_path();
  // its own hand on the log: whoever reads a value waits on a worker until the line stands, and the GUI thread waits for nobody
  auto journal = [this, log_path, clock = &station_.clock()](const Json& body) -> Status {
    GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_path, *clock));
    if (auto line = log->append("op.sensitive", body); !line) return fail(line.error());
    post(this, [this] { emit station_.logged(); });
    return ok();
  };
  run_then(writes_, this,
           [folder = folder(), log_path, clock = &station_.clock(), practice = station_.card().practice, journal = std::move(journal)] {
             return open_library(folder, log_path, *clock, practice, journal);
           },
           [this](Result<Opened> out) {
             opening_ = false;
             if (stopped_) return;
             if (!out) return open_failed(out.error());
             store_ = std::move(out->store);
             lists_ = std::move(out->lists);
             emit opened();
             follow();
           });
}

// Another program may have it for a moment only (a check that hands its findings over): asked again before anything is said, and later on until it is free.
void SubjectDesk::open_failed(const Error& error) {
  if (error.kind != ErrorKind::Exists) return emit failed(error);
  if (++refused_ == kRefusedSoon) emit failed(error);
  QTimer::singleShot(refused_ < kRefusedSoon ? kAgainSoonMs : kAgainLaterMs, this, &SubjectDesk::open);
}

std::string SubjectDesk::unit_name(std::int64_t unit) const {
  const auto found = std::find_if(lists_.units.begin(), lists_.units.end(), [&](const Unit& one) { return one.id == unit; });
  return found == lists_.units.end() ? std::string() : found->name;
}

std::string SubjectDesk::region_name(const std::string& code) {
  static const auto table = region_table();
  if (!table || code.size() > 6) return {};
  const auto* entry = table->find(code + std::string(6 - code.size(), '0'));
  return entry ? entry->name : std::string();
}

std::int64_t SubjectDesk::proposed_unit(const std::string& region, const std::string& industry, const std::string& platform) const {
  return propose_unit(lists_.rules, region, industry, platform);
}

Act SubjectDesk::act(const std::string& why) const {
  const auto& officers = station_.card().officers;
  return {officers.empty() ? station_.card().station : officers.front().name + " " + officers.front().badge, why};
}

void SubjectDesk::refresh_lists() {
  hop(Pool::Read, [](SubjectStore& store) { return subject_lists(store); }, this, std::function<void(const Result<SubjectLists>&)>([this](const Result<SubjectLists>& lists) {
    if (!lists) return emit failed(lists.error());
    lists_ = *lists;
    emit lists_changed();
  }));
}

void SubjectDesk::follow() {
  if (!store_ || stopped_ || follow_runs_) return;
  follow_runs_ = true;
  run_then(following_, this, [store = store_] { return store->follow(); }, [this](const Result<IndexProgress>& progress) {
    follow_runs_ = false;
    if (stopped_) return;
    if (!progress) {
      log_warn("desk", "index of the subject library: " + progress.error().what);
      return emit failed(progress.error());
    }
    const bool news = index_.behind != progress->behind;
    index_ = *progress;
    if (news || index_.behind) emit index_changed();
    if (index_.behind) follow();
  });
}

void SubjectDesk::tell_changed(SubjectId id) {
  emit changed(id);
  follow();
  refresh_lists();
}

void SubjectDesk::keep_undo(Undo step) {
  undo_.push_back(std::move(step));
  if (undo_.size() > kMostUndo) undo_.erase(undo_.begin());
  emit undoable_changed();
}

template <typename T>
void SubjectDesk::act_on(SubjectId id, std::function<Result<std::pair<T, Undo>>(SubjectStore&)> work, QObject* to, Told<T> told) {
  using Outcome = Result<std::pair<T, Undo>>;
  const auto denied = fail(ErrorKind::Denied, "nobody is logged in, or the library is not open");
  if (!may_change()) {
    if (told) told(denied);
    return;
  }
  hop(Pool::Write, std::move(work), this, std::function<void(const Outcome&)>([this, id, to = QPointer<QObject>(to), told = std::move(told)](const Outcome& outcome) {
    if (outcome) {
      if (outcome->second) keep_undo(outcome->second);
      tell_changed(id);
    }
    if (!to || !told) return;
    if (outcome) told(outcome->first);
    else told(fail(outcome.error()));
  }));
}

void SubjectDesk::act_plain(SubjectId id, std::function<Result<Undo>(SubjectStore&)> work, QObject* to, Told<void> told) {
  act_on<bool>(id, [work = std::move(work)](SubjectStore& store) -> Result<std::pair<bool, Undo>> {
    GZ_TRY_ASSIGN(auto undo, work(store));
    return std::pair(true, std::move(undo));
  }, to, [told = std::move(told)](const Result<bool>& done) {
    if (!told) return;
    if (done) told(ok());
    else told(fail(done.error()));
  });
}

void SubjectDesk::sheet(SubjectId id, QObject* to, Told<SubjectSheet> told) {
  hop(Pool::Read, [id, cycle = lists_.cycle, at = now()](SubjectStore& store) { return subject_sheet(store, id, cycle, at); }, to, std::move(told));
}

void SubjectDesk::add(const SubjectRow& row, const std::string& why, QObject* to, Told<SubjectId> told) {
  act_on<SubjectId>(0, [row, act = act(why)](SubjectStore& store) -> Result<std::pair<SubjectId, Undo>> {
    GZ_TRY_ASSIGN(const SubjectId id, store.add(row, act));
    return std::pair(id, Undo([id](SubjectStore& s, const Act& a) { return s.remove(id, a); }));
  }, to, std::move(told));
}

void SubjectDesk::change(const Subject& subject, const std::string& why, QObject* to, Told<void> told) {
  act_plain(subject.id, [subject, act = act(why)](SubjectStore& store) -> Result<Undo> {
    GZ_TRY_ASSIGN(const auto before, store.get(subject.id));
    GZ_TRY(store.change(subject, act));
    return Undo([before](SubjectStore& s, const Act& a) { return s.change(before, a); });
  }, to, std::move(told));
}

void SubjectDesk::remove(SubjectId id, const std::string& why, QObject* to, Told<void> told) {
  act_plain(id, [id, act = act(why)](SubjectStore& store) -> Result<Undo> {
    GZ_TRY(store.remove(id, act));
    return Undo([id](SubjectStore& s, const Act& a) { return s.restore(id, a); });
  }, to, std::move(told));
}

void SubjectDesk::put_entry(SubjectId id, const Entry& entry, const std::string& why, QObject* to, Told<int> told) {
  act_on<int>(id, [id, entry, act = act(why)](SubjectStore& store) -> Result<std::pair<int, Undo>> {
    GZ_TRY_ASSIGN(const auto before, store.entries(id));
    GZ_TRY_ASSIGN(const int no, store.put_entry(id, entry, act));
    const auto old = std::find_if(before.begin(), before.end(), [no](const Entry& one) { return one.no == no; });
    if (old == before.end()) return std::pair(no, Undo([id, no](SubjectStore& s, const Act& a) { return s.remove_entry(id, no, a); }));
    return std::pair(no, Undo([id, was = *old](SubjectStore& s, const Act& a) -> Status {
      GZ_TRY(s.put_entry(id, was, a));
      return ok();
    }));
  }, to, std::move(told));
}

void SubjectDesk::remove_entry(SubjectId id, const Entry& entry, const std::string& why, QObject* to, Told<void> told) {
  act_plain(id, [id, entry, act = act(why)](SubjectStore& store) -> Result<Undo> {
    GZ_TRY(store.remove_entry(id, entry.no, act));
    return Undo([id, entry](SubjectStore& s, const Act& a) -> Status {
      auto again = entry;
      again.no = 0;                        // numbers are not given twice
      GZ_TRY(s.put_entry(id, again, a));
      return ok();
    });
  }, to, std::move(told));
}

void SubjectDesk::set_abnormal(SubjectId id, int no, bool abnormal, const std::string& why, QObject* to, Told<void> told) {
  act_plain(id, [id, no, abnormal, act = act(why)](SubjectStore& store) -> Result<Undo> {
    GZ_TRY(store.set_abnormal(id, no, abnormal, act));
    return Undo([id, no, abnormal](SubjectStore& s, const Act& a) { return s.set_abnormal(id, no, !abnormal, a); });
  }, to, std::move(told));
}

void SubjectDesk::add_record(SubjectId id, const Record& record, QObject* to, Told<std::int64_t> told) {
  act_on<std::int64_t>(id, [id, record, act = act(record.title)](SubjectStore& store) -> Result<std::pair<std::int64_t, Undo>> {
    GZ_TRY_ASSIGN(const auto number, store.add_record(id, record, act));
    return std::pair(number, Undo());
  }, to, std::move(told));
}

void SubjectDesk::sensitive(SubjectId id, const std::string& why, QObject* to, Told<std::vector<SensitiveValue>> told) {
  if (!may_change()) return told(fail(ErrorKind::Denied, "nobody is logged in"));
  hop(Pool::Write, [id, act = act(why)](SubjectStore& store) { return store.sensitive(id, act); }, to, std::move(told));
}

void SubjectDesk::set_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, const std::string& why, QObject* to, Told<void> told) {
  act_plain(id, [id, values, act = act(why)](SubjectStore& store) -> Result<Undo> {
    GZ_TRY(store.set_sensitive(id, values, act));
    return Undo();                         // the old values are not kept in memory for it
  }, to, std::move(told));
}

void SubjectDesk::undo(QObject* to, Told<void> told) {
  if (undo_.empty() || !may_change()) return;
  auto step = std::move(undo_.back());
  undo_.pop_back();
  emit undoable_changed();
  hop(Pool::Write, [step = std::move(step), act = act("撤销")](SubjectStore& store) { return step(store, act); }, this,
      std::function<void(const Status&)>([this, to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
        tell_changed(0);
        if (to && told) told(done);
      }));
}

// By the code, else by the name; a subject that several fit is not guessed.
static Status keep_capture_in(SubjectStore& store, const CaptureOrder& order, const Record& record, const Act& act, SubjectId& kept) {
  std::vector<SubjectId> found;
  if (!order.credit_code.empty()) { GZ_TRY_ASSIGN(found, store.by_credit_code(order.credit_code)); }
  if (found.empty() && !order.subject_name.empty()) { GZ_TRY_ASSIGN(found, store.by_name(order.subject_name)); }
  if (found.size() != 1) return ok();
  GZ_TRY(store.add_record(found.front(), record, act));
  kept = found.front();
  return ok();
}

void SubjectDesk::keep_capture(const CaptureOrder& order, const std::string& package) {
  if (!store_ || stopped_) return;
  Record record;
  record.kind = RecordKind::Capture;
  record.at = now();
  record.title = package;
  record.text = order.shop.empty() ? order.reason : order.shop + "：" + order.reason;
  record.source = station_.card().station;
  record.reference = package;
  struct Outcome {
    Status done;
    SubjectId kept = 0;
  };
  hop(Pool::Write, [order, record, act = act("封存取证 " + package)](SubjectStore& store) {
    Outcome out;
    out.done = keep_capture_in(store, order, record, act, out.kept);
    return out;
  }, this, std::function<void(const Outcome&)>([this](const Outcome& out) {
    if (!out.done) emit failed(out.done.error());
    else if (out.kept) tell_changed(out.kept);
  }));
}

void SubjectDesk::set_cycle(const RefreshCycle& cycle, QObject* to, Told<void> told) {
  act_plain(0, [cycle, act = act("更新周期")](SubjectStore& store) -> Result<Undo> {
    GZ_TRY_ASSIGN(const auto before, store.cycle());
    GZ_TRY(store.set_cycle(cycle, act));
    return Undo([before](SubjectStore& s, const Act& a) { return s.set_cycle(before, a); });
  }, to, std::move(told));
}

void SubjectDesk::put_unit(const Unit& unit, QObject* to, Told<std::int64_t> told) {
  act_on<std::int64_t>(0, [unit, act = act("监管单位")](SubjectStore& store) -> Result<std::pair<std::int64_t, Undo>> {
    GZ_TRY_ASSIGN(const auto id, store.put_unit(unit, act));
    return std::pair(id, Undo());
  }, to, std::move(told));
}

void SubjectDesk::set_rules(const std::vector<UnitRule>& rules, QObject* to, Told<void> told) {
  act_plain(0, [rules, act = act("监管单位规则")](SubjectStore& store) -> Result<Undo> {
    GZ_TRY_ASSIGN(const auto before, store.unit_rules());
    GZ_TRY(store.set_unit_rules(rules, act));
    return Undo([before](SubjectStore& s, const Act& a) { return s.set_unit_rules(before, a); });
  }, to, std::move(told));
}

}  // namespace guzheng
