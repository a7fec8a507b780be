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
  Run(const SubjectStore& store, const KeepFinding& keep, const PatrolRules& rules, const PatrolOptions& options, const OtherLook& other, const Look& look,
      const std::function<void(const PatrolFinding&)>& found, const std::function<bool(const PatrolCounts&)>& progress)
      : store_(store), keep_(keep), rules_(rules), options_(options), other_(other), look_(look), found_(found), progress_(progress) {}

  Result<PatrolCounts> go() {
    std::vector<EntryAt> web, others;
    GZ_TRY(collect(web, others));
    if (!goes_on()) return counts_;
    std::jthread beside([&] { name_this_thread("patrol"), look_otherwise(others); });
    const Status looked = look_at(web);
    if (!looked) abandoned_ = true;
    beside.join();
    GZ_TRY(looked);
    if (problem_) return Failure(std::move(*problem_));
    return counts_;
  }

 private:
  Status look_at(std::vector<EntryAt>& web) {
    for (const bool again : {false, true}) {
      if (failed() || stopped_) break;
      if (again) GZ_TRY(heard_anybody());
      for (auto& at : again ? failed_ : web) queue_.put(std::move(at));
      std::vector<std::jthread> threads;
      for (int i = 0; i < options_.at_once; ++i) threads.emplace_back([this, again] { name_this_thread("patrol"), work(again); });
      threads.clear();                                       // joins
    }
    return ok();
  }

  Status collect(std::vector<EntryAt>& web, std::vector<EntryAt>& others) {
    std::vector<EntryAt> all;
    for (const bool abnormal : {true, false}) {
      if (!(abnormal ? options_.abnormal : options_.ordinary)) continue;
      const auto most = std::min<std::int64_t>(options_.most - static_cast<std::int64_t>(all.size()), 1'000'000);
      if (most <= 0) break;
      GZ_TRY_ASSIGN(auto due, store_.overdue(abnormal, static_cast<int>(most)));
      std::move(due.begin(), due.end(), std::back_inserter(all));
    }
    counts_.due = static_cast<std::int64_t>(all.size());
    for (auto& at : all) (is_web_link(at.entry.link) ? web : others).push_back(std::move(at));
    counts_.not_web = static_cast<std::int64_t>(others.size());
    return ok();
  }

  // Beside the web: a look on a phone takes longer than one over HTTP.
  void look_otherwise(const std::vector<EntryAt>& others) {
    if (!other_) return;
    for (const auto& at : others) {
      if (abandoned_ || stop_now()) return;
      const auto judged = other_(at.entry);
      if (!judged) continue;
      const std::lock_guard lock(mutex_);
      if (problem_) return;
      --counts_.not_web;
      if (auto done = settle(at, *judged); !done) problem_ = done.error();
      if (problem_ || !goes_on()) return;
    }
  }

  // Before anything is said of who could not be reached: of many hosts not one answered, then it is this computer that reaches nobody.
  Status heard_anybody() {
    const std::lock_guard lock(mutex_);
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

  bool failed() {
    const std::lock_guard lock(mutex_);
    return problem_.has_value();
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
    PatrolFinding finding{at.subject, at.entry, judged, PatrolMove::None, store_.now()};
    GZ_TRY_ASSIGN(const auto kept, keep_(finding));
    if (!kept) return ok();                                    // removed, changed or checked while it was looked at
    finding.move = *kept;
    ++counts_.checked;
    ++(judged.reach == Reach::Reachable ? counts_.reachable : judged.reach == Reach::Gone ? counts_.gone : judged.reach == Reach::BadContent ? counts_.bad : counts_.unreachable);
    if (finding.move != PatrolMove::None) ++(finding.move == PatrolMove::In ? counts_.moved_in : counts_.moved_back);
    if (found_ && (judged.reach != Reach::Reachable || finding.move != PatrolMove::None)) found_(finding);
    return ok();
  }

  const SubjectStore& store_;
  const KeepFinding& keep_;
  const PatrolRules& rules_;
  const PatrolOptions& options_;
  const OtherLook& other_;
  const Look& look_;
  const std::function<void(const PatrolFinding&)>& found_;
  const std::function<bool(const PatrolCounts&)>& progress_;
  Queue queue_;
  std::mutex mutex_;                                         // all below
  PatrolCounts counts_;
  std::vector<EntryAt> failed_;
  std::set<std::string> deaf_hosts_;
  bool heard_ = false;                                       // some host answered, whatever it said
  std::optional<Error> problem_;
  std::atomic<bool> stopped_{false}, abandoned_{false};
};

}  // namespace

Json patrol_line(const PatrolCounts& counts) {
  return {{"bad", counts.bad}, {"checked", counts.checked}, {"due", counts.due}, {"gone", counts.gone}, {"moved_back", counts.moved_back}, {"moved_in", counts.moved_in}, {"unreachable", counts.unreachable}};
}

Patrol::Patrol(SubjectStore& store, const PatrolRules& rules, PatrolOptions options, OtherLook other,
               std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look)
    : store_(store), own_(&store), rules_(rules), options_(std::move(options)), other_(std::move(other)), look_(std::move(look)) {}

Patrol::Patrol(const SubjectStore& store, KeepFinding keep, const PatrolRules& rules, PatrolOptions options, OtherLook other)
    : store_(store), keep_(std::move(keep)), rules_(rules), options_(std::move(options)), other_(std::move(other)), look_(look_at_link) {}

Result<PatrolCounts> Patrol::run(const Act& act, const std::function<void(const PatrolFinding&)>& found, const std::function<bool(const PatrolCounts&)>& progress) {
  const KeepFinding keep = own_ ? [&](const PatrolFinding& one) { return keep_finding(*own_, one, rules_.failures, act); } : keep_;
  return Run(store_, keep, rules_, options_, other_, look_, found, progress).go();
}

}  // namespace guzheng
