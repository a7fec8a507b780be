#include "core/session/anchor_desk.h"

#include <cstdio>

#include "core/base/thread_name.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {
constexpr std::int64_t kLateMs = 100'000;    // the format asks for a gap when a stamp is over 120 s late
constexpr std::int64_t kBeaconMs = 100'000;  // and for a beacon at most 120 s before line 0
constexpr std::int64_t kAskAgainMs = 1'000;  // at least, between two rounds for heads that wait
constexpr std::chrono::seconds kAtTheEnd{4};
}

std::string head_name(std::uint64_t seq) {
  char name[24];
  std::snprintf(name, sizeof name, "%08llu.head", static_cast<unsigned long long>(seq));
  return name;
}

Result<AnchorDesk::Beacon> AnchorDesk::stamp_beacon(ByteView content) {
  // line 0 is yet to come: how far the clocks are apart is for the environment check to say, as long as the format allows it
  const WallTime oldest{ledger_.clock().wall().ms - kBeaconMs};
  Beacon out;
  GZ_TRY_ASSIGN(out.first, token(content, {oldest, {}}));
  in_bag_ = out.first.info.time;
  if (auto second = stamps_.second(out.first, content, {oldest, {}})) {
    second_in_bag_ = second->info.time;
    out.second = std::move(*second);
  }
  return out;
}

void AnchorDesk::request() {
  const std::lock_guard lock(mutex_);
  asked_ = true;
  changed_.notify_all();
}

void AnchorDesk::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) stamps_.close_within(kAtTheEnd);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

// Until the next minute; while heads wait, until an authority is worth asking again.
std::chrono::milliseconds AnchorDesk::patience() const {
  const std::int64_t now = ledger_.clock().monotonic().us;
  std::int64_t ms = every_ms_ - (now - last_minute_.us) / 1000;
  if (pending())
    if (const auto due = stamps_.worth_asking()) ms = std::min(ms, std::max(kAskAgainMs, (due->us - now) / 1000));
  return std::chrono::milliseconds(std::max<std::int64_t>(ms, 0));
}

void AnchorDesk::run() {
  name_this_thread("anchor");
  last_minute_ = ledger_.clock().monotonic();
  for (;;) {
    bool asked = false, stopping = false;
    const auto wait = patience();
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, wait, [this] { return asked_ || stopping_; });
      stopping = stopping_ && !asked_;
      asked = std::exchange(asked_, false);
    }
    if (stopping) return;
    const bool minute = !asked && (ledger_.clock().monotonic().us - last_minute_.us) / 1000 >= every_ms_;
    if (!asked && !minute) {
      (void)serve_waiting();
      mind_lateness();
      continue;
    }
    last_minute_ = ledger_.clock().monotonic();
    if (minute && each_minute_) each_minute_();
    anchor();
  }
}

Result<Stamped> AnchorDesk::token(ByteView content, const StampBounds& bounds) {
  auto stamped = stamps_.first(content, bounds);
  if (!stamped) return stamped;
  const std::lock_guard lock(mutex_);
  newest_ = {stamped->info.time, ledger_.clock().wall()};
  return stamped;
}

// A second authority's word is welcome and never needed.
Status AnchorDesk::put_second(const Stamped& first, const std::string& path, ByteView content, WallTime line) {
  const auto second = stamps_.second(first, content, {line, second_in_bag_});
  if (!second) return ok();
  if (auto put = ledger_.put(path + ".2.tsr", second->tsr); !put) return Failure(std::move(put.error()));
  second_in_bag_ = second->info.time;
  return ok();
}

// What is late is said while it is late: a head that comes after a long while (FORMAT.md 7), a token for an old one.
void AnchorDesk::say_late(WallTime since) {
  if (gap_ != 0 || ledger_.clock().wall().ms - since.ms <= kLateMs) return;
  if (const auto gap = gaps_.begin(std::string(kGapStampLate))) gap_ = gap->number;
  else tell_.trouble(gap.error());
}

void AnchorDesk::anchor() {
  say_late(newest_head_);
  // the head is fixed before its stamp is asked for; lines go on meanwhile
  const JournalHead head = ledger_.head();
  // after that: lines go on, and a head on the disk whose line is not would be an anchor of nothing after a power cut
  if (auto synced = ledger_.sync(); !synced) return tell_.trouble(synced.error());
  if (witness_) witness_->told(package_, head);
  newest_head_ = head.time;
  const std::string path = std::string(kStamps) + head_name(head.seq), text = head.digest + "\n";
  if (auto put = ledger_.put(path, as_bytes(text)); !put) return tell_.trouble(put.error());
  char number[16];
  std::snprintf(number, sizeof number, "%08llu", static_cast<unsigned long long>(head.seq));
  std::string told;
  if (serve_waiting()) {
    auto tsr = token(as_bytes(text), {head.time, in_bag_});
    auto put = tsr ? ledger_.put(path + ".tsr", tsr->tsr) : Result<FileDigests>(Failure(tsr.error()));
    if (tsr && !put) tell_.trouble(put.error());           // the head then waits like one that got no token
    if (put) {
      in_bag_ = tsr->info.time;
      if (auto line = ledger_.line("tsa.anchor", std::string(number) + " sha256:" + put->sha256); !line)
        return unsaid(line.error(), {path, path + ".tsr"});
      tell(TimelineEvent::Type::Anchor, head.digest);
      if (auto second = put_second(*tsr, path, as_bytes(text), head.time); !second) tell_.trouble(second.error());
      return mind_lateness();
    }
    told = put.error().what;
  }
  if (auto line = ledger_.line("tsa.anchor", std::string(number) + " pending"); !line) return unsaid(line.error(), {path});
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({head.seq, head.time});
  }
  tell(TimelineEvent::Type::AnchorLate, told);
  mind_lateness();
}

// A head that no line names may not stay among the stamps.
void AnchorDesk::unsaid(const Error& error, std::initializer_list<std::string> files) {
  tell_.trouble(error);
  for (const auto& file : files)
    if (const auto aside = ledger_.put_aside(file); !aside) tell_.trouble(aside.error());
}

// True when nothing waits any more. Late tokens lie beside the bag: its journal has already said `pending`.
bool AnchorDesk::serve_waiting() {
  for (;;) {
    Waiting next;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) return true;
      next = waiting_.front();
    }
    const auto text = read_file(ledger_.bag() / kStamps / head_name(next.seq), 65);
    if (!text) return false;
    const auto tsr = token(*text, {next.line_time, {}});
    if (!tsr) return false;
    say_late(next.line_time);
    const fs::path after = ledger_.bag().parent_path() / (ledger_.bag().filename().string() + ".after");
    auto kept = make_private_folder(after);
    if (kept) kept = write_atomically(after / (head_name(next.seq) + ".tsr"), tsr->tsr);
    if (!kept) {
      tell_.trouble(kept.error());
      return false;
    }
    const std::lock_guard lock(mutex_);
    waiting_.erase(waiting_.begin());
  }
}

void AnchorDesk::mind_lateness() {
  bool late = false, any = false;
  {
    const std::lock_guard lock(mutex_);
    any = !waiting_.empty();
    late = any && ledger_.clock().wall().ms - waiting_.front().line_time.ms > kLateMs;
  }
  if (late && gap_ == 0) {
    if (const auto gap = gaps_.begin("stamp-late")) gap_ = gap->number;
  } else if (!any && gap_ != 0) {
    (void)gaps_.end(std::exchange(gap_, 0), 0);            // an end that cannot be written is written at the close
  }
}

Status AnchorDesk::settle() {
  (void)serve_waiting();                                   // what stays pending is said below
  say_late(newest_head_);
  if (pending() && gap_ == 0) {
    GZ_TRY_ASSIGN(const Gap gap, gaps_.begin(std::string(kGapStampLate)));
    gap_ = gap.number;
  }
  if (gap_ == 0) return ok();
  const auto ended = gaps_.end(std::exchange(gap_, 0), 0);
  if (!ended && ended.error().kind != ErrorKind::NotFound) return fail(ended.error());      // the close may have ended it
  return ok();
}

Result<bool> AnchorDesk::stamp_final() {
  const JournalHead head = ledger_.head();
  const std::string path = std::string(kStamps) + "final.head", text = head.digest + "\n";
  if (auto put = ledger_.put(path, as_bytes(text)); !put) return Failure(std::move(put.error()));
  if (witness_ && ledger_.sync()) witness_->told(package_, head);
  if (pending()) return false;                             // an older head still waits: this token would overtake it
  const auto tsr = token(as_bytes(text), {head.time, in_bag_});
  if (!tsr) return false;
  if (auto put = ledger_.put(path + ".tsr", tsr->tsr); !put) return Failure(std::move(put.error()));
  final_ = tsr->info.time;
  GZ_TRY(put_second(*tsr, path, as_bytes(text), head.time));
  return true;
}

void AnchorDesk::tell(TimelineEvent::Type type, const std::string& text) {
  TimelineEvent event;
  event.type = type;
  if (type == TimelineEvent::Type::Anchor) event.digest = text;
  else event.text = text;
  tell_.event(std::move(event));
}

AnchorDesk::Newest AnchorDesk::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

WallTime AnchorDesk::last() const { return newest().token; }

bool AnchorDesk::pending() const {
  const std::lock_guard lock(mutex_);
  return !waiting_.empty();
}

Result<std::optional<BeaconLine>> write_beacon(AnchorDesk& anchors, Ledger& ledger, const Reporter& tell) {
  const std::string content = make_beacon(), path = std::string(kStamps) + "beacon";
  const auto tsr = anchors.stamp_beacon(as_bytes(content));
  if (!tsr) {
    tell.trouble(tsr.error().in("no time stamp at the beginning"));
    if (auto line = ledger.line("tsa.none", Json{{"reason", journal_text(tsr.error().what)}}); !line) return Failure(std::move(line.error()));
    return std::optional<BeaconLine>();
  }
  if (auto put = ledger.put(path, as_bytes(content)); !put) return Failure(std::move(put.error()));
  auto put = ledger.put(path + ".tsr", tsr->first.tsr);
  if (!put) return Failure(std::move(put.error()));
  if (tsr->second)
    if (auto also = ledger.put(path + ".2.tsr", tsr->second->tsr); !also) return Failure(std::move(also.error()));
  if (auto line = ledger.line("tsa.beacon", "sha256:" + put->sha256); !line) return Failure(std::move(line.error()));
  return std::optional<BeaconLine>({put->sha256, tsr->first.info.time});
}

}  // namespace guzheng
