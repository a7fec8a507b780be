#include "core/central/subject_index.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/log.h"
#include "core/base/log_json.h"
#include "core/base/thread_name.h"
#include "core/central/subject_texts.h"

namespace guzheng {

namespace {

constexpr std::size_t kRowsAtOnce = 500, kMostOfBatch = 20'000, kMostBodies = 32u << 20;     // rows of one question to the database, which others wait for; of one batch
constexpr std::chrono::milliseconds kLookAgain{500}, kTryAgain{2'000};
constexpr std::int64_t kFewDead = 100'000;

}  // namespace

Result<std::int64_t> SubjectIndex::newest() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT coalesce(max(seq), 0) FROM record"));
  return std::get<std::int64_t>(rows.at(0).at(0));
}

Status SubjectIndex::empty(const std::string& why) {
  log_json(LogLevel::Info, "central", {{"event", "index-anew"}, {"why", is_utf8(why) ? why : "?"}});
  GZ_TRY(engine_->clear());
  applied_ = 0;
  settled_ = false;
  return ok();
}

Status SubjectIndex::begin() {
  const auto state = engine_->state();
  if (!state && state.error().kind == ErrorKind::Tampered) return empty(state.error().what);
  GZ_TRY(state);
  GZ_TRY_ASSIGN(const auto last, newest());
  if (state->applied > last) return empty("the index is ahead of the table, which is an older one");
  if (state->dead > state->documents / 2 + kFewDead) return empty("more is left behind in it than it finds");
  applied_ = state->applied;
  return ok();
}

Result<TextBatch> SubjectIndex::next_batch() {
  struct Row {
    TextDocument document;
    bool gone = false;
  };
  std::vector<Row> rows;
  std::int64_t applied = applied_;
  for (std::size_t bytes = 0; rows.size() < kMostOfBatch && bytes < kMostBodies && !stopping_;) {
    GZ_TRY_ASSIGN(const auto found, database_.query("SELECT seq, kind, id, unit, gone, version, CASE WHEN kind = 'subject' AND gone = 0 THEN body ELSE '' END FROM record WHERE seq > ? ORDER BY seq LIMIT " +
                                                        std::to_string(kRowsAtOnce), {applied}));
    for (const auto& row : found) {
      const auto text = [&](std::size_t at) -> const std::string& { return std::get<std::string>(row.at(at)); };
      applied = std::get<std::int64_t>(row.at(0));
      if (text(1) != "subject" || text(2).empty() || text(2).size() > kMostTextId) continue;
      bytes += text(6).size();
      const bool gone = std::get<std::int64_t>(row.at(4)) != 0;
      rows.push_back({gone ? TextDocument{text(2)} : subject_document(text(2), applied, text(3), text(6)), gone});
      rows.back().document.fresh = std::get<std::int64_t>(row.at(5)) == 1;
    }
    if (found.size() < kRowsAtOnce) break;
  }
  TextBatch out;
  out.applied = applied;
  // one that changed between two questions was read twice: what came last counts
  std::unordered_set<std::string> ids;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (!ids.insert(row->document.id).second) continue;
    if (row->gone) out.gone.push_back(std::move(row->document.id));
    else out.put.push_back(std::move(row->document));
  }
  std::reverse(out.put.begin(), out.put.end());
  return out;
}

Result<bool> SubjectIndex::follow_once() {
  GZ_TRY(begin());                                 // each time: the engine may have been emptied or exchanged meanwhile
  if (rebuild_.exchange(false)) GZ_TRY(empty("it was asked for"));
  GZ_TRY_ASSIGN(const auto batch, next_batch());
  if (batch.applied == applied_) {
    if (!settled_) GZ_TRY(engine_->settle([this] { return !stopping_.load(); }));
    settled_ = true;
    return false;
  }
  if (leases_ != nullptr) {
    GZ_TRY_ASSIGN(const bool ours, leases_->still("search"));
    if (!ours) return false;
  }
  GZ_TRY(engine_->apply(batch));
  settled_ = false;
  return true;
}

Result<bool> SubjectIndex::follow() {
  if (leases_ != nullptr) {
    GZ_TRY_ASSIGN(const bool ours, leases_->take("search"));
    if (!ours) return false;
  }
  auto done = follow_once();
  if (!done && done.error().kind == ErrorKind::Tampered) {
    const std::string why = done.error().what;
    done = [&]() -> Result<bool> {
      GZ_TRY(empty(why));
      return true;
    }();
  }
  return done;
}

void SubjectIndex::rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, time, [&] { return stopping_.load(); });
}

void SubjectIndex::run() {
  name_this_thread("index");
  while (!stopping_) {
    const auto more = follow();
    std::string now = more ? std::string() : more.error().what, was;
    {
      const std::lock_guard lock(mutex_);
      was = std::exchange(trouble_, now);
    }
    if (now != was) log_json(now.empty() ? LogLevel::Info : LogLevel::Warn, "central", {{"event", now.empty() ? "index-follows" : "index-stands-still"}, {"why", is_utf8(now) ? now : "?"}});
    if (!more) rest(kTryAgain);
    else if (!*more) rest(kLookAgain);
  }
}

void SubjectIndex::start() {
  thread_ = std::thread([this] { run(); });
}

void SubjectIndex::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    woken_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Result<SubjectIndex::Standing> SubjectIndex::standing() {
  Standing out;
  {
    const std::lock_guard lock(mutex_);
    out.trouble = trouble_;
  }
  GZ_TRY_ASSIGN(out.newest, newest());
  GZ_TRY_ASSIGN(out.index, engine_->state());
  return out;
}

}  // namespace guzheng
