#include "core/sync/runner.h"

#include <algorithm>

#include "core/base/log.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kLeastRateEach = 6u << 10;             // bytes a second: the central system ends a body that brings less than 32 KiB in thirty seconds
constexpr std::int64_t kRateUs = 8'000'000, kHinderedUs = 60'000'000, kLongestHinderedUs = 600'000'000, kBusyUs = 1'000'000, kSoonUs = 1'000'000;
constexpr int kMostBusy = 10, kLineTries = 2;
constexpr std::size_t kLeastFirstPiece = 64u << 10;
constexpr const char* kPausedSetting = "paused";

int senders_of(const RunnerParts& parts) {
  const int wanted = std::clamp(parts.at_once, 1, 8);
  return parts.bytes_per_second == 0 ? wanted : std::clamp(static_cast<int>(std::min<std::uint64_t>(8, parts.bytes_per_second / kLeastRateEach)), 1, wanted);
}

SyncParts queue_of(const RunnerParts& parts, int senders) {
  SyncParts out = parts.queue;
  // the first piece takes some seconds, not minutes, of a narrow line
  if (parts.bytes_per_second > 0) out.first_piece = std::clamp<std::size_t>(parts.bytes_per_second * 4 / static_cast<std::uint64_t>(senders), kLeastFirstPiece, out.first_piece);
  return out;
}

}  // namespace

std::string_view to_string(SyncPhase phase) {
  switch (phase) {
    case SyncPhase::NotReady: return "not-ready";
    case SyncPhase::Queued: return "queued";
    case SyncPhase::Packing: return "packing";
    case SyncPhase::Sending: return "sending";
    case SyncPhase::Verifying: return "verifying";
    case SyncPhase::Synced: return "synced";
    case SyncPhase::Refused: return "refused";
    case SyncPhase::Hindered: return "hindered";
    case SyncPhase::Distrusted: return "distrusted";
  }
  return "queued";
}

struct SyncRunner::Item {
  SyncCandidate candidate;
  SyncItem shown;
  std::string edition;                             // of which what is shown holds
  std::int64_t place = 0, retry_us = 0, hindered_us = 0, stood = -1;             // stood: bytes that the system had when the line failed last
  int asked = 0, busy = 0;
  bool in_hand = false, yields = false;
  std::string told;                                // the last trouble that was told
};

SyncRunner::SyncRunner(RunnerParts parts) : parts_(std::move(parts)), senders_(senders_of(parts_)), bucket_(parts_.bytes_per_second) {
  threads_.emplace_back([this] { queue_thread(); });
  for (int i = 0; i < senders_; ++i) threads_.emplace_back([this] { send_thread(); });
}

SyncRunner::~SyncRunner() { stop(); }

void SyncRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    moved_.notify_all();
    valve_moved_.notify_all();
  }
  for (auto& one : threads_) one.join();
  threads_.clear();
}

std::int64_t SyncRunner::now_us() const { return parts_.queue.clock->monotonic().us; }

void SyncRunner::changed() {
  ++revision_;
  moved_.notify_all();
}

bool SyncRunner::may_send() const { return sync_ && looked_ && !paused_ && (parts_.automatic || asked_); }

bool SyncRunner::any_left() const {
  return std::any_of(items_.begin(), items_.end(), [](const auto& one) { return !one.second->shown.settled() && one.second->shown.phase != SyncPhase::NotReady; });
}

void SyncRunner::look() {
  const std::lock_guard lock(mutex_);
  look_ = true;
  moved_.notify_all();
}

void SyncRunner::pause() {
  const std::lock_guard lock(mutex_);
  paused_ = true;
  if (sync_)
    if (const auto kept = sync_->set(kPausedSetting, "1"); !kept) log_warn("sync", "the pause is not kept over a restart: " + kept.error().what);
  changed();
}

void SyncRunner::resume() {
  const std::lock_guard lock(mutex_);
  paused_ = false;
  if (sync_)
    if (const auto kept = sync_->set(kPausedSetting, ""); !kept) log_warn("sync", "the end of the pause is not kept over a restart: " + kept.error().what);
  changed();
}

void SyncRunner::send_now() {
  resume();
  const std::lock_guard lock(mutex_);
  asked_ = look_ = true;
  away_until_us_ = 0;
  for (const auto& [id, item] : items_)
    if (item->shown.phase == SyncPhase::Hindered) item->retry_us = 0;
  changed();
}

void SyncRunner::put_first(const std::string& package) {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(package);
  if (found == items_.end() || found->second->shown.settled() || !sync_) return;
  std::int64_t highest = 0;
  for (const auto& [id, item] : items_) highest = std::max(highest, item->place);
  auto& item = *found->second;
  item.place = highest + 1;
  item.shown.first = true;
  item.retry_us = 0;
  if (const auto kept = sync_->put_first(package); !kept) log_warn("sync", "the order is not kept over a restart: " + kept.error().what);
  changed();
}

void SyncRunner::again(const std::string& package) {
  const std::lock_guard lock(mutex_);
  const auto found = items_.find(package);
  if (found == items_.end() || !sync_) return;
  auto& item = *found->second;
  if (item.shown.phase == SyncPhase::Refused) {
    if (const auto done = sync_->again(package); !done) {
      item.shown.why = done.error().what;
      return changed();
    }
  } else if (item.shown.phase != SyncPhase::Hindered && item.shown.phase != SyncPhase::Distrusted) {
    return;
  }
  item.shown.phase = SyncPhase::Queued;
  item.shown.why.clear();
  item.told.clear();
  item.retry_us = away_until_us_ = 0;
  asked_ = true;
  changed();
}

std::uint64_t SyncRunner::revision() const {
  const std::lock_guard lock(mutex_);
  return revision_;
}

void SyncRunner::wait_changed(std::uint64_t seen, std::int64_t ms) const {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, std::chrono::milliseconds(ms), [&] { return revision_ != seen || stop_; });
}

Result<KeptReceipt> SyncRunner::receipt(const fs::path& bag) const {
  Sync* sync = nullptr;
  {
    const std::lock_guard lock(mutex_);
    sync = sync_.get();
  }
  if (sync == nullptr) return fail(ErrorKind::NotFound, "the queue is not open");
  return sync->receipt(bag);
}

std::uint64_t SyncRunner::rate() const {
  const std::int64_t now = now_us();
  while (!sent_.empty() && sent_.front().first < now - kRateUs) sent_.pop_front();
  if (sent_.empty()) return 0;
  std::uint64_t bytes = 0;
  for (const auto& [at, count] : sent_) bytes += count;
  return bytes * 1'000'000 / static_cast<std::uint64_t>(std::max<std::int64_t>(now - sent_.front().first, 1'000'000));
}

SyncStatus SyncRunner::status() const {
  const std::lock_guard lock(mutex_);
  SyncStatus out;
  out.open = sync_ && looked_;
  out.paused = paused_;
  out.resting = !parts_.automatic && !asked_;
  out.away = closed_ ? closed_ : away_;
  if (away_ && !closed_) out.away->next_try_s = std::max<std::int64_t>(0, (away_until_us_ - now_us() + 999'999) / 1'000'000);
  out.bytes_per_second = rate();
  std::vector<const Item*> left, settled;
  for (const auto& id : order_) {
    const Item* item = items_.at(id).get();
    (item->shown.settled() ? settled : left).push_back(item);
    out.in_hand += item->in_hand;
    if (!item->shown.settled() && item->shown.phase != SyncPhase::NotReady && item->shown.phase != SyncPhase::Verifying) out.bytes_left += item->shown.total - (item->shown.phase == SyncPhase::Packing ? 0 : std::min(item->shown.done, item->shown.total));
  }
  std::stable_sort(left.begin(), left.end(), [](const Item* a, const Item* b) { return a->in_hand != b->in_hand ? a->in_hand : a->place > b->place; });
  std::reverse(settled.begin(), settled.end());
  for (const Item* item : left) out.items.push_back(item->shown);
  for (const Item* item : settled) out.items.push_back(item->shown);
  if (out.bytes_per_second > 0 && out.bytes_left > 0) out.seconds_left = static_cast<std::int64_t>((out.bytes_left + out.bytes_per_second - 1) / out.bytes_per_second);
  return out;
}

// --- the queue's thread

void SyncRunner::queue_thread() {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    look_ = false;
    lock.unlock();
    if (sync_ || open_queue()) look_through();
    lock.lock();
    // a queue that another program holds is free when that one ends
    const auto pause = sync_ ? parts_.look_ms : std::min<std::int64_t>(parts_.look_ms, parts_.pause_ms * 2);
    moved_.wait_for(lock, std::chrono::milliseconds(pause), [this] { return stop_ || look_; });
  }
}

bool SyncRunner::open_queue() {
  auto opened = Sync::open(queue_of(parts_, senders_));
  Result<std::string> paused = opened ? (*opened)->setting(kPausedSetting) : Result<std::string>(std::string());
  const std::lock_guard lock(mutex_);
  if (opened && paused) {
    sync_ = std::move(*opened);
    paused_ = paused_ || !paused->empty();
    closed_.reset();
  } else {
    const auto& error = opened ? paused.error() : opened.error();
    if (!closed_) log_warn("sync", "the queue: " + error.what);
    closed_ = SyncAway{error, closed_ ? closed_->since : parts_.queue.clock->wall(), parts_.pause_ms * 2 / 1000};
  }
  changed();
  return sync_ != nullptr;
}

void SyncRunner::look_through() {
  const auto look = [this]() -> Status {
    GZ_TRY_ASSIGN(const auto candidates, parts_.packages());
    std::vector<std::string> ids;
    for (const auto& one : candidates) ids.push_back(one.bag.filename().string());
    std::map<std::string, std::string> editions;
    if (!candidates.empty()) { GZ_TRY_ASSIGN(editions, Sync::editions(candidates.front().bag.parent_path(), ids)); }
    GZ_TRY_ASSIGN(const auto known, sync_->all());
    GZ_TRY_ASSIGN(const auto places, sync_->places());
    const std::lock_guard lock(mutex_);
    merge(candidates, editions, known, places);
    return ok();
  };
  const auto done = look();
  const std::lock_guard lock(mutex_);
  if (done) closed_.reset();
  else closed_ = SyncAway{done.error(), closed_ ? closed_->since : parts_.queue.clock->wall(), parts_.look_ms / 1000};
  looked_ = looked_ || done;
  changed();
}

void SyncRunner::merge(const std::vector<SyncCandidate>& candidates, const std::map<std::string, std::string>& editions, const std::vector<SyncedPackage>& known, const std::map<std::string, std::int64_t>& places) {
  std::map<std::string, const SyncedPackage*> rows;
  for (const auto& one : known) rows[one.package] = &one;
  std::map<std::string, std::shared_ptr<Item>> items;
  order_.clear();
  for (const auto& candidate : candidates) {
    const std::string id = candidate.bag.filename().string();
    order_.push_back(id);
    const auto before = items_.find(id);
    auto item = before != items_.end() ? before->second : std::make_shared<Item>();
    items[id] = item;
    item->candidate = candidate;
    if (item->in_hand) continue;                   // whoever works on it tells how it ends
    const auto place = places.find(id);
    item->place = place == places.end() ? 0 : place->second;
    item->shown.package = id;
    item->shown.first = item->place > 0;
    const auto& edition = editions.at(id);
    if (before != items_.end() && item->edition == edition && (item->shown.phase != SyncPhase::NotReady || !candidate.ready)) continue;
    const bool fresh = item->edition != edition;
    item->edition = edition;
    const auto row = rows.find(id);
    const bool of_row = row != rows.end() && row->second->edition == edition;
    const auto state = of_row ? row->second->state : SyncState::Waiting;
    if (fresh) item->asked = item->busy = 0, item->retry_us = 0, item->told.clear();
    item->shown.index = of_row ? row->second->index : -1;
    item->shown.zip_sha256 = of_row ? row->second->zip_sha256 : "";
    item->shown.why = of_row ? row->second->why : "";
    item->shown.total = of_row && row->second->bytes > 0 ? row->second->bytes : candidate.bytes;
    item->shown.done = state == SyncState::Sent || state == SyncState::Synced ? item->shown.total : 0;
    item->shown.phase = state == SyncState::Synced    ? SyncPhase::Synced
                        : state == SyncState::Refused ? SyncPhase::Refused
                        : state == SyncState::Sent    ? SyncPhase::Verifying
                        : candidate.ready             ? SyncPhase::Queued
                                                      : SyncPhase::NotReady;
    if (!item->shown.settled() && item->shown.phase != SyncPhase::Verifying) item->shown.why.clear();
  }
  // a package that left the vault while it is in hand stays until its step has ended
  for (const auto& [id, item] : items_)
    if (item->in_hand && !items.contains(id)) items[id] = item, order_.push_back(id);
  items_ = std::move(items);
}

// --- sending threads

SyncRunner::Item* SyncRunner::next_ready(std::int64_t now, std::int64_t& wait_us) {
  wait_us = 3'600'000'000;
  if (!may_send()) return nullptr;
  if (away_) {
    if (probing_) return nullptr;
    if (away_until_us_ > now) return wait_us = away_until_us_ - now, nullptr;
  }
  Item* best = nullptr;
  for (const auto& id : order_) {
    Item* item = items_.at(id).get();
    if (item->in_hand || item->shown.settled() || item->shown.phase == SyncPhase::NotReady) continue;
    if (item->retry_us > now) {
      wait_us = std::min(wait_us, item->retry_us - now);
      continue;
    }
    if (best == nullptr || item->place > best->place) best = item;
  }
  return best;
}

void SyncRunner::send_thread() {
  std::unique_ptr<CentralLink> link;
  std::unique_lock lock(mutex_);
  while (!stop_) {
    std::int64_t wait_us = 0;
    Item* next = next_ready(now_us(), wait_us);
    if (next == nullptr) {
      if (asked_ && !parts_.automatic && looked_ && !look_ && !any_left()) {
        asked_ = false;
        changed();
      }
      ++idle_;
      moved_.wait_for(lock, std::chrono::microseconds(wait_us));
      --idle_;
      continue;
    }
    const auto item = items_.at(next->shown.package);            // holds it, whatever becomes of the list
    item->in_hand = true;
    if (yielding_ > 0) --yielding_;
    if (away_) probing_ = true;
    const bool probes = probing_;
    changed();
    lock.unlock();
    std::vector<SyncEvent> events;
    if (!link) {
      auto opened = parts_.link([this] {
        const std::lock_guard inner(mutex_);
        return stop_;
      });
      if (opened) link = std::move(*opened);
      else took_step(*item, SyncStep{{}, SyncTrouble::Line, opened.error()});
    }
    if (link) work_on(*item, *link);
    lock.lock();
    item->in_hand = false;
    if (item->yields) item->yields = false;
    if (probes) probing_ = false;
    changed();
  }
}

void SyncRunner::work_on(Item& item, CentralLink& link) {
  SyncCandidate candidate;
  {
    const std::lock_guard lock(mutex_);
    candidate = item.candidate;
  }
  SyncWatch watch;
  watch.packing = [&](std::uint64_t done, std::uint64_t total) {
    const std::lock_guard lock(mutex_);
    if (item.shown.phase != SyncPhase::Packing || total != item.shown.total || done * 50 / std::max<std::uint64_t>(total, 1) != item.shown.done * 50 / std::max<std::uint64_t>(total, 1)) {
      item.shown.phase = SyncPhase::Packing;
      item.shown.total = total;
      item.shown.done = done;
      changed();
    }
    return !stop_;
  };
  watch.stands = [&](std::uint64_t at, std::uint64_t total) { return stands(item, at, total); };
  watch.valve = [&](std::size_t wanted) { return valve(wanted); };
  took_step(item, sync_->advance(candidate.bag, candidate.fingerprint, link, watch));
}

// Before each piece: the line is up. An officer's pause and a package that was put first take effect here, where nothing is lost by stopping.
bool SyncRunner::stands(Item& item, std::uint64_t at, std::uint64_t total) {
  std::vector<SyncEvent> events;
  bool go_on = true;
  {
    const std::lock_guard lock(mutex_);
    line_is_up(events);
    item.shown.phase = SyncPhase::Sending;
    item.shown.done = at;
    item.shown.total = total;
    int wanted = 0;
    const std::int64_t now = now_us();
    for (const auto& [id, other] : items_)
      wanted += !other->in_hand && !other->shown.settled() && other->shown.phase != SyncPhase::NotReady && other->retry_us <= now && other->place > item.place;
    if (idle_ == 0 && wanted > yielding_) {
      ++yielding_;
      item.yields = true;
    }
    go_on = !stop_ && !paused_ && !item.yields;
    changed();
  }
  tell(events);
  return go_on;
}

std::size_t SyncRunner::valve(std::size_t wanted) {
  std::unique_lock lock(mutex_);
  while (!stop_) {
    const auto granted = bucket_.take({now_us()}, wanted);
    if (granted > 0) {
      if (sent_.empty() || sent_.back().first < now_us() - 100'000) sent_.emplace_back(now_us(), 0);
      sent_.back().second += granted;
      return static_cast<std::size_t>(granted);
    }
    valve_moved_.wait_for(lock, std::chrono::microseconds(bucket_.wait_us(wanted)));
  }
  return 0;
}

void SyncRunner::line_is_up(std::vector<SyncEvent>& events) {
  line_failures_ = 0;
  pause_ms_ = 0;
  probing_ = false;
  if (!away_) return;
  away_.reset();
  events.push_back({SyncEvent::Kind::Back, {}, {}, {}});
}

// One cut is no absence: the package goes on in a moment. A line that brings nothing twice is away, and everybody waits for it.
void SyncRunner::line_failed(Item& item, const Error& error, std::vector<SyncEvent>& events) {
  const bool came_on = item.stood >= 0 && static_cast<std::int64_t>(item.shown.done) > item.stood;
  item.stood = static_cast<std::int64_t>(item.shown.done);
  item.shown.phase = item.shown.phase == SyncPhase::Verifying ? SyncPhase::Verifying : SyncPhase::Queued;
  const std::int64_t now = now_us();
  line_failures_ = came_on ? 1 : line_failures_ + 1;
  if (!away_ && line_failures_ < kLineTries) {
    item.retry_us = now + std::min(kSoonUs, parts_.pause_ms * 1000);
    return;
  }
  pause_ms_ = pause_ms_ == 0 ? parts_.pause_ms : std::min(pause_ms_ * 2, parts_.longest_pause_ms);
  away_until_us_ = now + pause_ms_ * 1000;
  const bool told = away_ && away_->error.kind == error.kind;
  away_ = SyncAway{error, away_ ? away_->since : parts_.queue.clock->wall(), pause_ms_ / 1000};
  if (!told) events.push_back({SyncEvent::Kind::Away, {}, {}, error});
}

void SyncRunner::hinder(Item& item, SyncPhase phase, const Error& error, std::vector<SyncEvent>& events) {
  item.shown.phase = phase;
  item.shown.why = error.what;
  item.hindered_us = std::clamp(item.hindered_us * 2, kHinderedUs, kLongestHinderedUs);
  item.retry_us = now_us() + item.hindered_us;
  if (item.told == error.what) return;
  item.told = error.what;
  events.push_back({phase == SyncPhase::Distrusted ? SyncEvent::Kind::Distrusted : SyncEvent::Kind::Hindered, item.shown, item.candidate.bag, error});
}

void SyncRunner::took_step(Item& item, const Result<SyncStep>& step) {
  std::vector<SyncEvent> events;
  {
    const std::lock_guard lock(mutex_);
    using Kind = SyncEvent::Kind;
    if (item.shown.phase == SyncPhase::Packing) item.shown.done = 0;         // what was packed is not sent yet
    if (!step) {
      hinder(item, SyncPhase::Hindered, step.error(), events);
    } else {
      const auto& now = step->now;
      if (!now.edition.empty()) item.edition = now.edition;
      if (!now.zip_sha256.empty()) item.shown.zip_sha256 = now.zip_sha256;
      if (now.bytes > 0) item.shown.total = now.bytes;
      switch (step->trouble) {
        case SyncTrouble::None: {
          line_is_up(events);
          item.hindered_us = item.busy = 0;
          item.stood = -1;
          item.shown.why = now.why;
          item.shown.index = now.index;
          const bool sent = now.state == SyncState::Sent && item.shown.phase != SyncPhase::Verifying;
          item.shown.phase = now.state == SyncState::Synced    ? SyncPhase::Synced
                             : now.state == SyncState::Refused ? SyncPhase::Refused
                             : now.state == SyncState::Sent    ? SyncPhase::Verifying
                                                               : SyncPhase::Queued;
          if (item.shown.phase != SyncPhase::Queued) item.shown.done = item.shown.total;
          if (sent) item.asked = 0;
          if (now.state == SyncState::Sent) item.retry_us = now_us() + std::min<std::int64_t>(parts_.ask_ms * 60, parts_.ask_ms << std::min(item.asked++, 10)) * 1000;
          if (now.state == SyncState::Waiting) item.retry_us = now_us() + kSoonUs, item.shown.done = 0;
          if (sent) events.push_back({Kind::Sent, item.shown, item.candidate.bag, {}});
          if (item.shown.settled()) {
            item.shown.first = false;
            item.place = 0;
            if (const auto gone = sync_->forget_place(item.shown.package); !gone) log_warn("sync", "the order: " + gone.error().what);
            events.push_back({now.state == SyncState::Synced ? Kind::Synced : Kind::Refused, item.shown, item.candidate.bag, {}});
          }
          break;
        }
        case SyncTrouble::Line: line_failed(item, step->error, events); break;
        case SyncTrouble::Busy:
          item.shown.phase = SyncPhase::Queued;
          item.retry_us = now_us() + kBusyUs;
          if (++item.busy > kMostBusy) hinder(item, SyncPhase::Hindered, step->error, events);
          break;
        case SyncTrouble::Denied:                  // perhaps this package, perhaps the station: the next one shows
          hinder(item, SyncPhase::Hindered, step->error, events);
          line_failed(item, step->error, events);
          item.shown.phase = SyncPhase::Hindered;
          item.retry_us = now_us() + item.hindered_us;
          break;
        case SyncTrouble::Receipt:
          line_is_up(events);
          hinder(item, SyncPhase::Distrusted, step->error, events);
          break;
        case SyncTrouble::Answer:
        case SyncTrouble::Here: hinder(item, SyncPhase::Hindered, step->error, events); break;
        case SyncTrouble::Stopped: item.shown.phase = SyncPhase::Queued; break;
      }
    }
    changed();
  }
  tell(events);
}

void SyncRunner::tell(std::vector<SyncEvent>& events) {
  if (events.empty() || !parts_.tell) return;
  const std::lock_guard lock(telling_);
  for (const auto& one : events) parts_.tell(one);
}

}  // namespace guzheng
