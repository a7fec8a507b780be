#include "core/session/gap_book.h"

#include <algorithm>

namespace guzheng {

namespace {
std::string_view word_of(const Gap& gap) { return std::string_view(gap.reason).substr(0, gap.reason.find(": ")); }
bool of_film(const Gap& gap) {
  const std::string_view word = word_of(gap);
  return word != kGapStampLate && word != kGapPause && word != kGapBlack && word != kGapLocked && word != kGapNoSound;
}
// What did not come in it is not known when it is closed at the end.
bool lost_unknown(const Gap& gap) { return of_film(gap) || word_of(gap) == kGapNoSound; }
}  // namespace

Result<Gap> GapBook::begin(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  Gap gap;
  gap.number = gaps_.empty() ? 1 : gaps_.back().number + 1;
  gap.reason = journal_text(reason);
  GZ_TRY_ASSIGN(const auto head, ledger_.line("gap.begin", Json{{"gap", gap.number}, {"reason", gap.reason}}));
  gap.begin = gap.end = head.time;
  gaps_.push_back(gap);
  return gap;
}

Result<Gap> GapBook::end_locked(Gap& gap, std::int64_t packets) {
  GZ_TRY_ASSIGN(const auto head, ledger_.line("gap.end", Json{{"gap", gap.number}, {"packets", packets}}));
  gap.end = head.time;
  gap.packets = packets;
  gap.open = false;
  return gap;
}

Result<Gap> GapBook::end(int number, std::int64_t packets) {
  const std::lock_guard lock(mutex_);
  for (auto& gap : gaps_)
    if (gap.number == number && gap.open) return end_locked(gap, packets);
  return fail(ErrorKind::NotFound, "gap " + std::to_string(number) + " is not open");
}

Status GapBook::close_all(std::int64_t packets) {
  const std::lock_guard lock(mutex_);
  for (auto& gap : gaps_)
    if (gap.open)
      if (auto done = end_locked(gap, lost_unknown(gap) ? packets : 0); !done) return Failure(std::move(done.error()));
  return ok();
}

void GapBook::restore(std::vector<Gap> gaps) {
  const std::lock_guard lock(mutex_);
  gaps_ = std::move(gaps);
}

std::vector<Gap> GapBook::all() const {
  const std::lock_guard lock(mutex_);
  return gaps_;
}

bool GapBook::film_interrupted() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(gaps_.begin(), gaps_.end(), [](const Gap& gap) { return gap.open && of_film(gap); });
}

Json GapBook::values() const {
  Json out = Json::array();
  const int zone = ledger_.clock().zone_minutes();
  for (const auto& gap : all())
    out.push_back({{"gap", gap.number}, {"reason", gap.reason}, {"begin", format_time(gap.begin, zone)},
                   {"end", format_time(gap.end, zone)}, {"packets", gap.packets}});
  return out;
}

}  // namespace guzheng
