#include "core/desk/subject_search.h"

namespace guzheng {
namespace {
constexpr std::int64_t kPatienceUs = 150'000;         // longer than that nobody waits while typing; the rest is counted behind
constexpr std::int64_t kTellEvery = 64 * 512;          // rows counted between two answers
}

SubjectSearch::SubjectSearch(SubjectDesk& desk) : desk_(desk) {
  counting_.setMaxThreadCount(2);
  counting_.setThreadPriority(QThread::LowPriority);
  connect(&desk_, &SubjectDesk::opened, this, &SubjectSearch::again);
}

SubjectSearch::~SubjectSearch() { stop(); }

void SubjectSearch::stop() {
  ++*newest_;
  counting_.waitForDone();
}

void SubjectSearch::ask(const SubjectQuery& query) {
  query_ = query;
  ++*newest_;
  if (desk_.is_open() && !running_) run();
}

// One search at a time: what is typed meanwhile waits, and of that only the newest is run.
void SubjectSearch::run() {
  running_ = true;
  auto query = query_;
  query.after = 0;
  query.limit = kPiece;
  query.patience_us = kPatienceUs;
  desk_.hop(SubjectDesk::Pool::Read,
            [query, cycle = desk_.lists().cycle, clock = &desk_.station().clock()](SubjectStore& store) -> Result<Answer> {
              const auto began = clock->monotonic();
              Answer out;
              GZ_TRY_ASSIGN(out.found, store.search(query));
              out.took_ms = (clock->monotonic().us - began.us) / 1000;
              GZ_TRY_ASSIGN(out.lines, lines_of(store, out.found, cycle, clock->wall()));
              return out;
            },
            this, std::function<void(const Result<Answer>&)>([this, number = newest_->load()](const Result<Answer>& answer) { take(number, answer); }));
}

void SubjectSearch::take(Number number, Result<Answer> answer) {
  running_ = false;
  if (desk_.stopped()) return;
  if (!current(number)) return run();      // stale: something newer was typed
  if (!answer) return emit failed(answer.error());
  answered_ = number;
  begins_.clear();
  wanted_.clear();
  const auto here = static_cast<std::int64_t>(answer->lines.size());
  rows_ = here;
  count_ = answer->found.count;
  const bool unfinished = answer->found.unfinished;
  capped_ = answer->found.capped || unfinished;
  took_ms_ = answer->took_ms;
  all_counted_ = here < kPiece && !unfinished;
  pinned_ = here == kPiece && answer->lines[0].subject.id > answer->lines[1].subject.id ? 1 : 0;
  emit answered();
  emit piece_ready(0, answer->lines);
  if (unfinished) want(0);                 // all of it, however long
  if (!all_counted_) count_rows(number);
  count_facets(number);
}

// Where each piece begins. One walk over the ids in the background; the table grows with it.
void SubjectSearch::count_rows(Number number) {
  struct Part {
    std::vector<SubjectId> begins;
    std::int64_t rows = 0;
    bool all = false;
  };
  const auto tell = [this, number](Part part) {
    post(this, [this, number, part = std::move(part)] {
      if (!current(number)) return;
      begins_.insert(begins_.end(), part.begins.begin(), part.begins.end());
      rows_ = std::max(rows_, part.rows);
      all_counted_ = part.all;
      emit counted();
    });
  };
  run_then(counting_, this, [store = desk_.store(), query = query_, newest = newest_, number, tell, pinned = pinned_] {
    Part part;
    part.rows = pinned;
    const auto done = store->each_match(query, [&](SubjectId id) {
      if (*newest != number) return false;
      if (++part.rows % kPiece == 0) part.begins.push_back(id);
      if (part.rows % kTellEvery == 0) {
        tell(part);
        part.begins.clear();
      }
      return true;
    });
    part.all = true;
    if (done && *newest == number) tell(part);
    return done;
  }, [this, number](const Status& done) {
    if (!done && current(number)) emit failed(done.error());
  });
}

void SubjectSearch::count_facets(Number number) {
  run_then(counting_, this, [store = desk_.store(), query = query_, lists = desk_.lists(), newest = newest_, number] {
    return facets_of(*store, query, lists, [&] { return *newest != number; });
  }, [this, number](const Result<std::vector<Facet>>& facets) {
    if (!current(number)) return;
    if (!facets) {
      if (facets.error().kind != ErrorKind::Cancelled) emit failed(facets.error());
      return;
    }
    facets_ = *facets;
    emit facets_counted();
  });
}

void SubjectSearch::want(std::int64_t piece) {
  if (piece < 0 || !current(answered_) || piece > static_cast<std::int64_t>(begins_.size()) || !wanted_.insert(piece).second) return;
  auto query = query_;
  query.after = piece == 0 ? 0 : begins_[static_cast<std::size_t>(piece) - 1];
  query.limit = kPiece;
  desk_.hop(SubjectDesk::Pool::Read,
            [query, cycle = desk_.lists().cycle, at = desk_.now()](SubjectStore& store) -> Result<std::vector<SubjectLine>> {
              GZ_TRY_ASSIGN(const auto found, store.search(query));
              return lines_of(store, found, cycle, at);
            },
            this, std::function<void(const Result<std::vector<SubjectLine>>&)>([this, piece, number = answered_](const Result<std::vector<SubjectLine>>& lines) {
              if (number != answered_) return;
              wanted_.erase(piece);
              if (lines) emit piece_ready(piece, *lines);
              else emit failed(lines.error());
            }));
}

void SubjectSearch::save_filter(const std::string& name) {
  desk_.hop(SubjectDesk::Pool::Write, [saved = SavedFilter{name, query_}, act = desk_.act("保存筛选")](SubjectStore& store) { return store.save_filter(saved, act); }, this,
            std::function<void(const Status&)>([this](const Status& done) {
              if (!done) return emit failed(done.error());
              desk_.refresh_lists();
            }));
}

void SubjectSearch::forget_filter(const std::string& name) {
  desk_.hop(SubjectDesk::Pool::Write, [name, act = desk_.act("删除筛选")](SubjectStore& store) { return store.forget_filter(name, act); }, this,
            std::function<void(const Status&)>([this](const Status& done) {
              if (!done) return emit failed(done.error());
              desk_.refresh_lists();
            }));
}

}  // namespace guzheng
