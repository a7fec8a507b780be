#include <malloc.h>

#include <algorithm>

#include "core/registry/document.h"
#include "core/registry/schema.h"
#include "core/registry/store_impl.h"
#include "core/sql/bigrams.h"

namespace guzheng {

namespace {

constexpr std::int64_t kPendingAtOnce = 1000;                    // while writers wait
constexpr std::int64_t kTagsAtOnce = 20'000;

Status unindex_one(StoreSql& index, SubjectId id, const std::string& document) {
  return index.run("INSERT INTO find(find,rowid,doc) VALUES('delete',?,?)", id, document);
}

struct PendingRow {
  std::int64_t seq = 0;
  SubjectId subject = 0;
  std::string old;
};

struct PendingTag {
  std::int64_t seq = 0, tag = 0;
  SubjectId subject = 0;
  bool was = false;
};

// Of one subject. The index takes in what a row has more, and lets go what it has less; two steps of the same kind for one row would each end one of
// its runs.
Status exchange_tags(StoreSql& index, StoreSql& main, const PendingTag* first, const PendingTag* end) {
  std::vector<std::int64_t> come, go;
  for (const auto* one = first; one != end; ++one) {
    GZ_TRY_ASSIGN(const auto has, main.number("SELECT 1 FROM tagged WHERE tag=? AND subject=?", one->tag, one->subject));
    if (has.has_value() != one->was) (one->was ? go : come).push_back(one->tag);
  }
  if (!go.empty()) GZ_TRY(unindex_one(index, first->subject, tags_document(go)));
  return come.empty() ? ok() : index_one(index, first->subject, tags_document(come));
}

// The old document goes, what is there now comes.
Status exchange(StoreSql& index, StoreSql& main, const PendingRow& row) {
  if (!row.old.empty()) GZ_TRY(unindex_one(index, row.subject, row.old));
  GZ_TRY_ASSIGN(const auto now, read_subject(main, row.subject));
  if (!now) return ok();
  GZ_TRY_ASSIGN(const auto have, read_entries(main, row.subject));
  return index_one(index, row.subject, index_document(*now, have));
}

// A read transaction that ends with its scope.
class Snapshot {
 public:
  static Result<Snapshot> of(StoreSql& sql) {
    GZ_TRY(sql.connection().run("BEGIN"));
    Snapshot out(&sql);
    GZ_TRY_ASSIGN(const auto seen, sql.number("SELECT max(id) FROM subject"));   // the snapshot is taken by the first read
    out.last_ = seen.value_or(0);
    return out;
  }
  Snapshot(Snapshot&& other) noexcept : sql_(std::exchange(other.sql_, nullptr)), last_(other.last_) {}
  ~Snapshot() {
    if (sql_) sql_->connection().rollback();
  }
  [[nodiscard]] SubjectId last() const { return last_; }

 private:
  explicit Snapshot(StoreSql* sql) : sql_(sql) {}
  StoreSql* sql_;
  SubjectId last_ = 0;
};

}  // namespace

Status SubjectStore::Impl::start_anew(IndexShard& shard, std::int64_t wanted) {
  GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(shard.writer->connection()));
  GZ_TRY(shard.writer->run("INSERT INTO find(find) VALUES('delete-all')"));
  GZ_TRY(shard.writer->run(GZ_LEAVE_ROOM));
  GZ_TRY(shard.writer->run("UPDATE state SET generation=?, indexed_to=0", wanted));
  GZ_TRY(all.commit());
  shard.generation = wanted;
  shard.indexed_to = 0;
  return ok();
}

Status SubjectStore::Impl::follow_pending(std::int64_t most, bool& more) {
  GZ_TRY_ASSIGN(const auto wanted, writer->number("SELECT value FROM meta WHERE key='generation'"));
  for (auto& shard : shards)
    if (wanted.value_or(0) != shard.generation) GZ_TRY(start_anew(shard, wanted.value_or(0)));
  std::vector<PendingRow> rows;
  GZ_TRY(writer->each("SELECT seq,subject,old FROM pending ORDER BY seq LIMIT ?", [&](const SqlStatement& row) {
    rows.push_back({row.integer(0), row.integer(1), std::string(row.text(2))});
    return true;
  }, std::min(most, kPendingAtOnce)));
  more = static_cast<std::int64_t>(rows.size()) == std::min(most, kPendingAtOnce);
  if (rows.empty()) return ok();
  for (std::size_t number = 0; number < kIndexShards; ++number) {
    IndexShard& shard = shards[number];
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(shard.writer->connection()));
    for (const auto& row : rows)
      if (shard_of(row.subject) == number && row.subject <= shard.indexed_to) GZ_TRY(exchange(*shard.writer, *writer, row));     // the others will come as they are by then
    GZ_TRY(shard.writer->run("UPDATE state SET seq=?", rows.back().seq));
    GZ_TRY(all.commit());
    shard.seq = rows.back().seq;
  }
  return writer->run("DELETE FROM pending WHERE seq<=?", rows.back().seq);
}

Status SubjectStore::Impl::follow_tags(bool& more) {
  std::vector<PendingTag> rows;
  GZ_TRY(writer->each("SELECT seq,tag,subject,was FROM tag_pending ORDER BY seq LIMIT ?", [&](const SqlStatement& row) {
    rows.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3) != 0});
    return true;
  }, kTagsAtOnce));
  more = static_cast<std::int64_t>(rows.size()) == kTagsAtOnce;
  if (rows.empty()) return ok();
  const std::int64_t last = rows.back().seq;
  std::sort(rows.begin(), rows.end(), [](const PendingTag& a, const PendingTag& b) { return std::pair(a.subject, a.tag) < std::pair(b.subject, b.tag); });
  for (std::size_t number = 0; number < kIndexShards; ++number) {
    IndexShard& shard = shards[number];
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(shard.writer->connection()));
    for (std::size_t at = 0, end = 0; at < rows.size(); at = end) {
      for (end = at; end < rows.size() && rows[end].subject == rows[at].subject;) ++end;
      if (shard_of(rows[at].subject) == number && rows[at].subject <= shard.indexed_to) GZ_TRY(exchange_tags(*shard.writer, *writer, &rows[at], rows.data() + end));
    }
    GZ_TRY(shard.writer->run("UPDATE state SET tag_seq=?", last));
    GZ_TRY(all.commit());
    shard.tag_seq = last;
  }
  return writer->run("DELETE FROM tag_pending WHERE seq<=?", last);
}

Status SubjectStore::Impl::follow_once(std::int64_t most) {
  std::vector<Snapshot> snapshots;
  SubjectId to = 0;
  {
    const std::lock_guard guard(writing);
    bool more = false;
    GZ_TRY(follow_pending(most, more));
    if (!more) GZ_TRY(follow_tags(more));
    if (more) return ok();
    to = bulk_floor - 1;                                         // before the snapshots: rows below it are all there
    for (auto& shard : shards) {
      GZ_TRY_ASSIGN(auto taken, Snapshot::of(*shard.source));
      to = std::min(to, taken.last());
      snapshots.push_back(std::move(taken));
    }
  }
  SubjectId least = to;
  for (const auto& shard : shards) least = std::min<SubjectId>(least, shard.indexed_to);
  return follow_new(std::min(to, least + most));
}

void SubjectStore::Impl::follow_soon() {
  const std::unique_lock guard(indexing, std::try_to_lock);
  if (!guard.owns_lock()) return;                                // whoever follows takes it along
  const Status done = follow_once(kSoonAtMost);
  static_cast<void>(done);                                       // the index is behind, which every search tells; the change itself stands
}

Result<IndexProgress> SubjectStore::Impl::progress(StoreSql& main) const {
  GZ_TRY_ASSIGN(const auto last, main.number("SELECT max(id) FROM subject"));
  GZ_TRY_ASSIGN(const auto first_pending, main.number("SELECT min(seq) FROM pending"));
  GZ_TRY_ASSIGN(const auto last_pending, main.number("SELECT max(seq) FROM pending"));
  IndexProgress out;
  SubjectId least = last.value_or(0);
  for (const auto& shard : shards) least = std::min<SubjectId>(least, shard.indexed_to);
  out.indexed = least;
  out.behind = last.value_or(0) - least;
  if (first_pending && last_pending) out.behind += *last_pending - *first_pending + 1;
  GZ_TRY_ASSIGN(const auto first_tag, main.number("SELECT min(seq) FROM tag_pending"));
  GZ_TRY_ASSIGN(const auto last_tag, main.number("SELECT max(seq) FROM tag_pending"));
  if (first_tag && last_tag) out.behind += *last_tag - *first_tag + 1;
  GZ_TRY_ASSIGN(const auto wanted, main.number("SELECT value FROM meta WHERE key='generation'"));
  for (const auto& shard : shards)
    if (wanted.value_or(0) != shard.generation) out.behind = last.value_or(0);
  if (index_stale) out.behind = std::max<std::int64_t>(out.behind, 1);
  return out;
}

Result<IndexProgress> SubjectStore::follow(std::int64_t most) {
  {
    const std::lock_guard guard(impl_->indexing);
    GZ_TRY(impl_->follow_once(std::max<std::int64_t>(1, most)));
  }
  GZ_TRY_ASSIGN(const auto progress, index_progress());
#ifdef __GLIBC__
  if (progress.behind == 0 && impl_->sorted_many.exchange(false)) ::malloc_trim(0);                    // what millions of rows were sorted in; the allocator would keep most of it
#endif
  return progress;
}

Result<IndexProgress> SubjectStore::index_progress() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->progress(reader->main);
}

Status SubjectStore::settle() {
  const std::lock_guard guard(impl_->indexing);
  // in steps, so that no transaction grows beyond measure; a step that changes fewer than two rows had nothing to merge
  for (auto& shard : impl_->shards) {
    StoreSql& index = *shard.writer;
    for (int step = 0;; ++step) {
      GZ_TRY_ASSIGN(const auto before, index.number("SELECT total_changes()"));
      GZ_TRY(step == 0 ? index.run("INSERT INTO find(find,rank) VALUES('merge',-8000)") : index.run("INSERT INTO find(find,rank) VALUES('merge',8000)"));
      GZ_TRY_ASSIGN(const auto after, index.number("SELECT total_changes()"));
      if (after.value_or(0) - before.value_or(0) < 2) break;
    }
    GZ_TRY(index.connection().checkpoint());
  }
  return ok();
}

}  // namespace guzheng
