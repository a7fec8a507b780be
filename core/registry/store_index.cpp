#include "core/registry/document.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

constexpr std::int64_t kPendingAtOnce = 1000;                    // while writers wait
constexpr std::int64_t kSoonAtMost = 1000;

Status index_one(StoreSql& index, SubjectId id, const std::string& document) { return index.run("INSERT INTO find(rowid,doc) VALUES(?,?)", id, document); }
Status unindex_one(StoreSql& index, SubjectId id, const std::string& document) {
  return index.run("INSERT INTO find(find,rowid,doc) VALUES('delete',?,?)", id, document);
}

struct PendingRow {
  std::int64_t seq = 0;
  SubjectId subject = 0;
  std::string old;
};

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

// All entries of the subjects between, parted by subject as it goes along.
class EntryRun {
 public:
  Status load(StoreSql& sql, SubjectId after, SubjectId to) {
    all_.clear();
    at_ = 0;
    return sql.each("SELECT subject," GZ_ENTRY_COLUMNS " FROM entry WHERE subject>? AND subject<=? ORDER BY subject, no",
                    [&](const SqlStatement& row) { all_.emplace_back(row.integer(0), entry_at(row, 1)); return true; }, after, to);
  }
  std::vector<Entry> of(SubjectId subject) {
    std::vector<Entry> out;
    while (at_ < all_.size() && all_[at_].first < subject) ++at_;
    for (; at_ < all_.size() && all_[at_].first == subject; ++at_) out.push_back(std::move(all_[at_].second));
    return out;
  }

 private:
  std::vector<std::pair<SubjectId, Entry>> all_;
  std::size_t at_ = 0;
};

}  // namespace

Status SubjectStore::Impl::start_anew(std::int64_t wanted) {
  GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(index_writer->connection()));
  GZ_TRY(index_writer->run("INSERT INTO find(find) VALUES('delete-all')"));
  GZ_TRY(index_writer->run("UPDATE state SET generation=?, indexed_to=0", wanted));
  GZ_TRY(all.commit());
  generation = wanted;
  indexed_to = 0;
  return ok();
}

Status SubjectStore::Impl::follow_pending(std::int64_t most, bool& more) {
  GZ_TRY_ASSIGN(const auto wanted, writer->number("SELECT value FROM meta WHERE key='generation'"));
  if (wanted.value_or(0) != generation) GZ_TRY(start_anew(wanted.value_or(0)));
  std::vector<PendingRow> rows;
  GZ_TRY(writer->each("SELECT seq,subject,old FROM pending ORDER BY seq LIMIT ?", [&](const SqlStatement& row) {
    rows.push_back({row.integer(0), row.integer(1), std::string(row.text(2))});
    return true;
  }, std::min(most, kPendingAtOnce)));
  more = static_cast<std::int64_t>(rows.size()) == std::min(most, kPendingAtOnce);
  if (rows.empty()) return ok();
  {
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(index_writer->connection()));
    for (const auto& row : rows) {
      if (row.subject > indexed_to) continue;                    // not in it yet: it will come as it is by then
      if (!row.old.empty()) GZ_TRY(unindex_one(*index_writer, row.subject, row.old));
      GZ_TRY_ASSIGN(const auto now, read_subject(*writer, row.subject));
      if (!now) continue;
      GZ_TRY_ASSIGN(const auto have, read_entries(*writer, row.subject));
      GZ_TRY(index_one(*index_writer, row.subject, index_document(*now, have)));
    }
    GZ_TRY(index_writer->run("UPDATE state SET seq=?", rows.back().seq));
    GZ_TRY(all.commit());
  }
  index_seq = rows.back().seq;
  return writer->run("DELETE FROM pending WHERE seq<=?", rows.back().seq);
}

Status SubjectStore::Impl::follow_new(std::int64_t to, std::int64_t most) {
  GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(index_writer->connection()));
  EntryRun entries;
  SubjectId done = indexed_to;
  Status failed = ok();
  constexpr std::int64_t kStride = 4096;
  for (std::int64_t left = most; left > 0 && done < to && failed;) {
    const SubjectId end = std::min({to, done + kStride, done + left});
    GZ_TRY(entries.load(*index_source, done, end));
    GZ_TRY(index_source->each("SELECT " GZ_SUBJECT_COLUMNS " FROM subject WHERE id>? AND id<=? AND gone=0 ORDER BY id", [&](const SqlStatement& row) {
      const Subject subject = subject_at(row);
      failed = index_one(*index_writer, subject.id, index_document(subject, entries.of(subject.id)));
      return failed.has_value();
    }, done, end));
    left -= end - done;
    done = end;
  }
  GZ_TRY(failed);
  GZ_TRY(index_writer->run("UPDATE state SET indexed_to=?", done));
  GZ_TRY(all.commit());
  indexed_to = done;
  return ok();
}

Status SubjectStore::Impl::follow_once(std::int64_t most) {
  std::optional<Snapshot> snapshot;
  SubjectId to = 0;
  {
    const std::lock_guard guard(writing);
    bool more = false;
    GZ_TRY(follow_pending(most, more));
    if (more) return ok();
    const SubjectId floor = bulk_floor;                          // before the snapshot: rows below it are all there
    GZ_TRY_ASSIGN(auto taken, Snapshot::of(*index_source));
    to = std::min(taken.last(), floor - 1);
    snapshot.emplace(std::move(taken));
  }
  if (to <= indexed_to) return ok();
  return follow_new(to, most);
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
  out.indexed = std::min(indexed_to.load(), last.value_or(0));
  out.behind = std::max<std::int64_t>(0, last.value_or(0) - indexed_to);
  if (first_pending && last_pending) out.behind += *last_pending - *first_pending + 1;
  GZ_TRY_ASSIGN(const auto wanted, main.number("SELECT value FROM meta WHERE key='generation'"));
  if (wanted.value_or(0) != generation) out.behind = last.value_or(0);
  if (index_stale) out.behind = std::max<std::int64_t>(out.behind, 1);
  return out;
}

Result<IndexProgress> SubjectStore::follow(std::int64_t most) {
  {
    const std::lock_guard guard(impl_->indexing);
    GZ_TRY(impl_->follow_once(std::max<std::int64_t>(1, most)));
  }
  return index_progress();
}

Result<IndexProgress> SubjectStore::index_progress() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return impl_->progress(reader->main);
}

Status SubjectStore::settle() {
  const std::lock_guard guard(impl_->indexing);
  // in steps, so that no transaction grows beyond measure; a step that changes fewer than two rows had nothing to merge
  for (int step = 0;; ++step) {
    StoreSql& index = *impl_->index_writer;
    GZ_TRY_ASSIGN(const auto before, index.number("SELECT total_changes()"));
    GZ_TRY(step == 0 ? index.run("INSERT INTO find(find,rank) VALUES('merge',-8000)") : index.run("INSERT INTO find(find,rank) VALUES('merge',8000)"));
    GZ_TRY_ASSIGN(const auto after, index.number("SELECT total_changes()"));
    if (after.value_or(0) - before.value_or(0) < 2) break;
  }
  return impl_->index_writer->connection().checkpoint();
}

}  // namespace guzheng
