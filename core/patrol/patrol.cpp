#include "core/patrol/patrol.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/json.h"
#include "core/base/thread_name.h"

namespace guzheng {

namespace {

using EntryAt = SubjectStore::EntryAt;

constexpr std::size_t kManyHosts = 5;                        // fewer may all be down at once

// Checks before this one, in a row, that could not reach the entry: its history, newest first, up to the change that made it unreachable.
Result<int> failed_in_a_row(const SubjectStore& store, const EntryAt& at) {
  if (at.entry.reach != Reach::Unreachable) return 0;
  GZ_TRY_ASSIGN(const auto changes, store.history(at.subject, 1'000));
  int out = 0;
  for (const auto& change : changes) {
    if (change.what != "entry " + std::to_string(at.entry.no)) continue;
    const auto after = parse_json(change.after);
    if (!after || !after->contains("checked_ms")) continue;
    ++out;
    if (after->contains("reach")) break;
  }
  return std::max(out, 1);
}

// Which entry is looked at next: never two of one host at a time, so that a platform with ten thousand shops is asked one after the other.
class Queue {
 public:
  void put(EntryAt at) {
    const std::string host = link_host(at.entry.link);
    const std::lock_guard lock(mutex_);
    waiting_[host].push_back(std::move(at));
    ++left_;
  }

  // Blocks while there are entries, but only of hosts that are being asked. Empty: none is left.
  std::optional<std::pair<std::string, EntryAt>> take() {
    std::unique_lock lock(mutex_);
    while (left_ > 0) {
      const auto it = std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) { return !asked_.contains(one.first); });
      if (it == waiting_.end()) {
        freed_.wait(lock);
        continue;
      }
      std::pair out{it->first, std::move(it->second.front())};
      it->second.pop_front();
      if (it->second.empty()) waiting_.erase(it);
      --left_;
      asked_.insert(out.first);
      return out;
    }
    return {};
  }

  void answered(const std::string& host) {
    const std::lock_guard lock(mutex_);
    asked_.erase(host);
    freed_.notify_all();
  }

  void drop_all() {
    const std::lock_guard lock(mutex_);
    waiting_.clear();
    left_ = 0;
    freed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  std::map<std::string, std::deque<EntryAt>> waiting_;
  std::set<std::string> asked_;
  std::int64_t left_ = 0;
};

class Run {
 public:
  using Look = std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)>;
  Run(SubjectStore& store, const PatrolRules& rules, const PatrolOptions& options, const OtherLook& other, const Look& look, const Act& act,
      const std::function<void(const PatrolFinding&)>& found, const std::function<bool(const PatrolCounts&)>& progress)
      : store_(store), rules_(rules), options_(options), other_(other), look_(look), act_(act), found_(found), progress_(progress) {}

  Result<PatrolCounts> go() {
    std::vector<EntryAt> web;
    GZ_TRY(collect(web));
    for (const bool again : {false, true}) {
      if (problem_ || stopped_) break;
      if (again) GZ_TRY(heard_anybody());
      for (auto& at : again ? failed_ : web) queue_.put(std::move(at));
      std::vector<std::jthread> threads;
      for (int i = 0; i < options_.at_once; ++i) threads.emplace_back([this, again] { name_this_thread("patrol"), work(again); });
      threads.clear();                                       // joins
    }
    if (problem_) return Failure(std::move(*problem_));
    return counts_;
  }

 private:
  Status collect(std::vector<EntryAt>& web) {
    std::vector<EntryAt> all;
    for (const bool abnormal : {true, false}) {
      if (!(abnormal ? options_.abnormal : options_.ordinary)) continue;
      const auto most = std::min<std::int64_t>(options_.most - static_cast<std::int64_t>(all.size()), 1'000'000);
      if (most <= 0) break;
      GZ_TRY_ASSIGN(auto due, store_.overdue(abnormal, static_cast<int>(most)));
      std::move(due.begin(), due.end(), std::back_inserter(all));
    }
    counts_.due = static_cast<std::int64_t>(all.size());
    for (auto& at : all) {
      if (is_web_link(at.entry.link)) {
        web.push_back(std::move(at));
        continue;
      }
      const auto judged = other_ ? other_(at.entry) : std::nullopt;
      if (!judged) ++counts_.not_web;
      else GZ_TRY(settle(at, *judged));
      if (!goes_on()) break;
    }
    return ok();
  }

  // Before anything is said of who could not be reached: of many hosts not one answered, then it is this computer that reaches nobody.
  Status heard_anybody() const {
    if (heard_ || deaf_hosts_.size() < kManyHosts) return ok();
    return fail(ErrorKind::Network, "not one of " + std::to_string(deaf_hosts_.size()) + " hosts answered: this computer reaches no network. Nothing was said of their entries; they stay due");
  }

  void note_line(const std::string& host, LinkLook::End end) {
    using End = LinkLook::End;
    if (end == End::Stopped || end == End::BadLink || never_a_host(host)) return;
    if (end == End::NoName || end == End::NoConnection || end == End::TimedOut) deaf_hosts_.insert(host);
    else heard_ = true;
  }

  void work(bool again) {
    while (auto next = queue_.take()) {
      const auto& [host, at] = *next;
      const LinkLook look = look_(at.entry.link, options_.limits, [this] { return stop_now(); });
      const Judgement judged = judge_look(look, rules_);
      queue_.answered(host);
      const std::lock_guard lock(mutex_);
      note_line(host, look.end);
      if (judged.reach == Reach::Unchecked) {                // stopped meanwhile
        queue_.drop_all();
        continue;
      }
      if (judged.reach == Reach::Unreachable && !again) failed_.push_back(at);
      else if (auto done = settle(at, judged); !done && !problem_) problem_ = done.error();
      if (problem_ || !goes_on()) queue_.drop_all();
    }
  }

  bool stop_now() {
    if (options_.stopped && options_.stopped()) stopped_ = true;
    return stopped_;
  }

  bool goes_on() {
    if (progress_ && !progress_(counts_)) stopped_ = true;
    return !stop_now();
  }

  Status settle(const EntryAt& at, const Judgement& judged) {
    GZ_TRY_ASSIGN(const int before, failed_in_a_row(store_, at));
    const PatrolMove move = move_of(at.entry, judged, before, rules_);
    const auto checked = store_.checked(at.subject, at.entry.no, judged.reach, act_);
    if (!checked && checked.error().kind == ErrorKind::NotFound) return ok();      // removed while it was looked at
    GZ_TRY(checked);
    ++counts_.checked;
    ++(judged.reach == Reach::Reachable ? counts_.reachable : judged.reach == Reach::Gone ? counts_.gone : judged.reach == Reach::BadContent ? counts_.bad : counts_.unreachable);
    if (move != PatrolMove::None) {
      const std::string why = std::string(kPatrolWhy) + (move == PatrolMove::In ? judged.why : "恢复正常");
      GZ_TRY(store_.set_abnormal(at.subject, at.entry.no, move == PatrolMove::In, {act_.who, why}));
      ++(move == PatrolMove::In ? counts_.moved_in : counts_.moved_back);
    }
    if (found_ && (judged.reach != Reach::Reachable || move != PatrolMove::None)) found_({at.subject, at.entry, judged, move});
    return ok();
  }

  SubjectStore& store_;
  const PatrolRules& rules_;
  const PatrolOptions& options_;
  const OtherLook& other_;
  const Look& look_;
  const Act& act_;
  const std::function<void(const PatrolFinding&)>& found_;
  const std::function<bool(const PatrolCounts&)>& progress_;
  Queue queue_;
  std::mutex mutex_;                                         // all below
  PatrolCounts counts_;
  std::vector<EntryAt> failed_;
  std::set<std::string> deaf_hosts_;
  bool heard_ = false;                                       // some host answered, whatever it said
  std::optional<Error> problem_;
  std::atomic<bool> stopped_{false};
};

}  // namespace

Json patrol_line(const PatrolCounts& counts) {
  return {{"bad", counts.bad}, {"checked", counts.checked}, {"due", counts.due}, {"gone", counts.gone}, {"moved_back", counts.moved_back}, {"moved_in", counts.moved_in}, {"unreachable", counts.unreachable}};
}

Patrol::Patrol(SubjectStore& store, const PatrolRules& rules, PatrolOptions options, OtherLook other,
               std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look)
    : store_(store), rules_(rules), options_(options), other_(std::move(other)), look_(std::move(look)) {}

Result<PatrolCounts> Patrol::run(const Act& act, const std::function<void(const PatrolFinding&)>& found, const std::function<bool(const PatrolCounts&)>& progress) {
  return Run(store_, rules_, options_, other_, look_, act, found, progress).go();
}

}  // namespace guzheng
