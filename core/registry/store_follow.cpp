// New subjects into the index: a thread for each of its files.
#include <thread>

#include "core/base/thread_name.h"
#include "core/registry/document.h"
#include "core/registry/store_impl.h"
#include "core/sql/bigrams.h"
#include "core/sql/fts_segment.h"

namespace guzheng {

namespace {

constexpr SubjectId kBlock = 4095;                               // the bits of a number within its block (shard_of)
constexpr SubjectId kFew = 500;                                  // go in through the table: a segment of its own for a handful would soon have to be merged
constexpr std::size_t kTokensOfSegment = 3'000'000;              // some 30,000 subjects, 70 MiB

// What the subjects between have each several of, parted by subject as it goes along.
template <typename T>
class SubjectRun {
 public:
  template <typename Make>
  Status load(StoreSql& sql, const char* text, SubjectId after, SubjectId to, Make make) {
    all_.clear();
    at_ = 0;
    return sql.each(text, [&](const SqlStatement& row) { all_.emplace_back(row.integer(0), make(row)); return true; }, after, to);
  }
  std::vector<T> of(SubjectId subject) {
    std::vector<T> out;
    while (at_ < all_.size() && all_[at_].first < subject) ++at_;
    for (; at_ < all_.size() && all_[at_].first == subject; ++at_) out.push_back(std::move(all_[at_].second));
    return out;
  }

 private:
  std::vector<std::pair<SubjectId, T>> all_;
  std::size_t at_ = 0;
};

constexpr const char* kEntriesBetween = "SELECT subject," GZ_ENTRY_COLUMNS " FROM entry WHERE subject>? AND subject<=? ORDER BY subject, no";
constexpr const char* kTagsBetween = "SELECT subject, tag FROM tagged WHERE subject>? AND subject<=? ORDER BY subject, tag";

// The documents of one file's subjects, in order.
Status each_document(StoreSql& source, std::size_t shard, SubjectId after, SubjectId to, const std::function<Status(SubjectId, const std::string&)>& take) {
  SubjectRun<Entry> entries;
  SubjectRun<std::int64_t> tags;
  Status failed = ok();
  for (SubjectId from = after + 1; from <= to; from = (from | kBlock) + 1) {
    if (shard_of(from) != shard) continue;
    const SubjectId end = std::min(to, from | kBlock);
    GZ_TRY(entries.load(source, kEntriesBetween, from - 1, end, [](const SqlStatement& row) { return entry_at(row, 1); }));
    GZ_TRY(tags.load(source, kTagsBetween, from - 1, end, [](const SqlStatement& row) { return row.integer(1); }));
    GZ_TRY(source.each("SELECT " GZ_SUBJECT_COLUMNS " FROM subject WHERE id>=? AND id<=? AND gone=0 ORDER BY id", [&](const SqlStatement& row) {
      const Subject subject = subject_at(row);
      std::string document = index_document(subject, entries.of(subject.id));
      if (const auto carried = tags.of(subject.id); !carried.empty()) document += tags_document(carried);
      failed = take(subject.id, document);
      return failed.has_value();
    }, from, end));
    GZ_TRY(failed);
  }
  return ok();
}

Status follow_few(IndexShard& shard, std::size_t number, SubjectId to) {
  GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(shard.writer->connection()));
  GZ_TRY(each_document(*shard.source, number, shard.indexed_to, to, [&](SubjectId id, const std::string& document) { return index_one(*shard.writer, id, document); }));
  GZ_TRY(shard.writer->run("UPDATE state SET indexed_to=?", to));
  GZ_TRY(all.commit());
  shard.indexed_to = to;
  return ok();
}

// As segments of their own, in the same transaction as how far it got. FTS5 merges them afterwards, a bit for each bit that was written.
Status follow_many(IndexShard& shard, std::size_t number, SubjectId to) {
  GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(shard.bulk->connection()));
  FtsSegment segment;
  std::int64_t due = 0;
  const auto write = [&]() -> Status {
    GZ_TRY_ASSIGN(const auto more, segment.write(shard.bulk->connection(), "find"));
    due += more;
    return ok();
  };
  GZ_TRY(each_document(*shard.source, number, shard.indexed_to, to, [&](SubjectId id, const std::string& document) {
    segment.add(id, document);
    return segment.tokens() < kTokensOfSegment ? ok() : write();
  }));
  GZ_TRY(write());
  GZ_TRY(shard.bulk->run("UPDATE state SET indexed_to=?", to));
  GZ_TRY(all.commit());
  shard.indexed_to = to;                                         // whatever becomes of the merging
  if (due > 0) GZ_TRY(shard.writer->run("INSERT INTO find(find,rank) VALUES('merge',?)", due));
  return ok();
}

}  // namespace

Status index_one(StoreSql& index, SubjectId id, const std::string& document) { return index.run("INSERT INTO find(rowid,doc) VALUES(?,?)", id, document); }

std::string tags_document(const std::vector<std::int64_t>& tags) {
  std::string out(1, kMarks);
  for (const auto tag : tags) out += tag_mark(tag) + ' ';
  return out;
}

Status SubjectStore::Impl::follow_shard(std::size_t number, SubjectId to) {
  IndexShard& shard = shards[number];
  if (shard.indexed_to >= to) return ok();
  bool many = to - shard.indexed_to > kFew;
  if (many) { GZ_TRY_ASSIGN(many, FtsSegment::fits(shard.bulk->connection(), "find")); }
  if (many) sorted_many = true;
  return many ? follow_many(shard, number, to) : follow_few(shard, number, to);
}

// A thread for each shard but the first, for the time of the call; few rows are not worth one.
Status SubjectStore::Impl::follow_new(SubjectId to) {
  std::array<Status, kIndexShards> done;
  const bool alone = to - shards[0].indexed_to <= kSoonAtMost;
  std::vector<std::thread> others;
  for (std::size_t number = 1; number < kIndexShards; ++number) {
    if (alone) done[number] = follow_shard(number, to);
    else others.emplace_back([this, number, to, &done] { name_this_thread("index"); done[number] = follow_shard(number, to); });
  }
  done[0] = follow_shard(0, to);
  for (auto& other : others) other.join();
  for (auto& status : done) GZ_TRY(status);
  return ok();
}

}  // namespace guzheng
