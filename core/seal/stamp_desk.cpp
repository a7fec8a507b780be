#include "core/seal/package_names.h"
#include "core/seal/stamp_desk.h"

#include <algorithm>
#include <limits>
#include <thread>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/seal/check_trust.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {
constexpr std::int64_t kSlowUs = 3'000'000;
constexpr std::int64_t kFirstPauseUs = 5'000'000, kLongestPauseUs = 60'000'000;
constexpr std::int64_t kAtTheEndUs = 1'000'000, kSecondAtTheEndUs = 500'000;
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kWaitForOrderMs = 2'000;            // an authority that counts whole seconds, another's clock

std::string seconds(std::int64_t ms) { return std::to_string((ms + 999) / 1000) + " s"; }
}  // namespace

Result<StampInfo> accept_stamp(ByteView tsr, ByteView imprint, const std::string& tsa_root_pem) {
  GZ_TRY_ASSIGN(auto info, read_stamp(tsr, imprint));
  VerifyReport report;
  const RootsGiven roots{{}, certificates_from_pem(tsa_root_pem)};
  const auto time = check_stamp(as_text(tsr), info.authority, to_hex(imprint), roots, report);
  if (report.broken_count() > 0) return fail(ErrorKind::Denied, "the verifier would refuse this time stamp: " + report.damage().front().what);
  if (!time || *time != info.time) return fail(ErrorKind::Denied, "the time stamp's time is not clear");
  return info;
}

StampDesk::StampDesk(const Bureau& bureau, const Clock& clock)
    : bureau_(bureau), clock_(clock), closing_us_(kNever), closes_us_(kNever), standing_(bureau.authorities.size()) {}

bool StampDesk::closed() const { return clock_.monotonic().us >= closes_us_; }

void StampDesk::close_within(std::chrono::milliseconds in) {
  const std::int64_t now = clock_.monotonic().us;
  closes_us_ = now + in.count() * 1000;
  closing_us_ = now;
}

std::optional<MonotonicTime> StampDesk::worth_asking() const {
  const std::lock_guard lock(mutex_);
  std::optional<MonotonicTime> out;
  for (const auto& one : standing_)
    if (one.failures > 0 && (!out || one.until_us < out->us)) out = MonotonicTime{one.until_us};
  return out;
}

// Those that answer well in the bureau's order, then those whose pause is over, then the rest, the nearest end first.
std::vector<std::size_t> StampDesk::order(bool paused_too) const {
  const std::int64_t now = clock_.monotonic().us;
  const std::lock_guard lock(mutex_);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < standing_.size(); ++i)
    if (paused_too || standing_[i].failures == 0 || standing_[i].until_us <= now) out.push_back(i);
  const auto rank = [&](std::size_t i) {
    const auto& one = standing_[i];
    return std::pair(one.failures == 0 ? 0 : one.until_us <= now ? 1 : 2, one.failures == 0 || one.until_us <= now ? 0 : one.until_us);
  };
  std::stable_sort(out.begin(), out.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
  return out;
}

Result<Stamped> StampDesk::first(ByteView content, const StampBounds& bounds) { return ask_in(order(true), {}, {content, bounds, kAtTheEndUs}); }

Result<Stamped> StampDesk::second(const Stamped& first, ByteView content, const StampBounds& bounds) {
  return ask_in(order(false), first.authority, {content, bounds, kSecondAtTheEndUs});
}

Result<Stamped> StampDesk::ask_in(const std::vector<std::size_t>& order, std::optional<std::size_t> but, const Question& question) {
  Error last{ErrorKind::NotFound, but ? "no second time-stamp authority" : "the bureau has no time-stamp authority"};
  for (const std::size_t which : order) {
    if (which == but) continue;
    if (closed()) return fail(ErrorKind::Cancelled, "the time stamp was not waited for");
    auto stamped = ask(which, question);
    if (stamped) return stamped;
    last = stamped.error().in(bureau_.authorities[which]->name());
    log_warn("seal", last.what);
  }
  return fail(last);
}

Result<Stamped> StampDesk::ask(std::size_t which, const Question& question) {
  const StampBounds& bounds = question.bounds;
  const std::int64_t began = clock_.monotonic().us;
  auto stamped = ask_once(which, question);
  judge(which, stamped ? nullptr : &stamped.error(), clock_.monotonic().us - began);
  if (!stamped || stamped->info.time >= bounds.before) return stamped;
  // not false, only too soon: the token before it came from a clock that runs a little ahead
  const std::int64_t ahead = bounds.before.ms - stamped->info.time.ms;
  if (ahead <= kWaitForOrderMs) {
    for (std::int64_t waited = 0; waited < ahead && !closed(); waited += 50) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stamped = ask_once(which, question);
    if (!stamped || stamped->info.time >= bounds.before) return stamped;
  }
  return fail(ErrorKind::Denied, "its time lies " + seconds(ahead) + " before that of the time stamp before it");
}

Result<Stamped> StampDesk::ask_once(std::size_t which, const Question& question) {
  const StampBounds& bounds = question.bounds;
  const Bytes imprint = sha256(question.content);
  const std::int64_t began = clock_.monotonic().us;
  const auto stopped = [&] {
    const std::int64_t closing = closing_us_;
    return closed() || (closing != kNever && clock_.monotonic().us >= std::max(began, closing) + question.at_the_end_us);
  };
  GZ_TRY_ASSIGN(Bytes tsr, bureau_.authorities[which]->stamp_unless(imprint, stopped));
  GZ_TRY_ASSIGN(StampInfo info, accept_stamp(tsr, imprint, bureau_.tsa_root_pem));
  const std::int64_t now = clock_.wall().ms;
  if (info.time.ms > now + kTokenSlackMs)
    return fail(ErrorKind::Denied, "its time lies " + seconds(info.time.ms - now) + " after this workstation's");
  if (bounds.line.ms > info.time.ms + kTokenSlackMs)
    return fail(ErrorKind::Denied, "its time lies " + seconds(bounds.line.ms - info.time.ms) + " before the workstation's at what it stamps");
  return Stamped{std::move(tsr), std::move(info), which};
}

void StampDesk::judge(std::size_t which, const Error* error, std::int64_t took_us) {
  if (error != nullptr && error->kind == ErrorKind::Cancelled && closed()) return;     // it was we who did not wait
  const std::lock_guard lock(mutex_);
  auto& one = standing_[which];
  if (error == nullptr && took_us < kSlowUs) {
    one = {};
    return;
  }
  ++one.failures;
  const std::int64_t pause = std::min(kLongestPauseUs, kFirstPauseUs << std::min(one.failures - 1, 8));
  one.until_us = clock_.monotonic().us + pause;
}

Status stamp_seal(const fs::path& bag, StampDesk& desk, const StampBounds& bounds) {
  GZ_TRY_ASSIGN(const auto seal, read_file(bag / "seal/seal.txt", 1u << 20));
  const fs::path after = folder_beside(bag, "after");
  std::error_code ec;
  if (fs::exists(after / "seal.txt.tsr", ec)) return ok();
  GZ_TRY_ASSIGN(const auto first, desk.first(seal, bounds));
  GZ_TRY(make_private_folder(after));
  // the second authority's first: once .tsr stands, nobody tries again
  if (const auto second = desk.second(first, seal, {bounds.line, {}})) GZ_TRY(write_atomically(after / "seal.txt.2.tsr", second->tsr, true));
  return write_atomically(after / "seal.txt.tsr", first.tsr, true);
}

}  // namespace guzheng
