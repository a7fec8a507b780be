#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "core/base/digest.h"
#include "core/registry/schema.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

namespace fs = std::filesystem;
constexpr const char* kMainFile = "registry.sqlite";
std::string index_file(std::size_t shard) { return "registry-index-" + std::to_string(shard) + ".sqlite"; }

Result<UniqueFd> hold_folder(const fs::path& folder) {
  UniqueFd fd(::open((folder / "registry.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open the subject library in " + folder.string());
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, "the subject library in " + folder.string() + " is open in another program");
  return fd;
}

Status check_key(StoreSql& sql, const SensitiveKey& key) {
  std::string have;
  GZ_TRY(sql.each("SELECT value FROM meta WHERE key='key_check'", [&](const SqlStatement& row) { have = row.text(0); return false; }));
  if (have.empty()) return sql.run("INSERT INTO meta(key,value) VALUES('key_check',?)", key.check_value());
  if (have != key.check_value()) return fail(ErrorKind::Denied, "this is not the key that the subject library was made with");
  return ok();
}

Status load_main(SubjectStore::Impl& impl) {
  StoreSql& sql = *impl.writer;
  GZ_TRY(check_key(sql, impl.key));
  GZ_TRY_ASSIGN(const auto next, sql.number("SELECT value FROM meta WHERE key='next_id'"));
  GZ_TRY_ASSIGN(const auto last, sql.number("SELECT max(id) FROM subject"));
  GZ_TRY_ASSIGN(const auto count, sql.number("SELECT value FROM meta WHERE key='count'"));
  impl.next_id = std::max(next.value_or(1), last.value_or(0) + 1);
  impl.count = count.value_or(0);
  impl.chain = Bytes(32, 0);
  return sql.each("SELECT id, chain FROM change ORDER BY id DESC LIMIT 1", [&](const SqlStatement& row) {
    impl.next_change = row.integer(0) + 1;
    impl.chain.assign(row.bytes(1).begin(), row.bytes(1).end());
    return false;
  });
}

// An index is only ever made from the library; one that cannot be opened is made anew.
Status open_shard(SubjectStore::Impl& impl, std::size_t number) {
  IndexShard& shard = impl.shards[number];
  const fs::path file = impl.folder / index_file(number);
  std::error_code ignored;
  SqlOptions options;
  options.cache_mib = 64;
  auto opened = SqlConnection::open(file, registry_index_migrations(), options);
  if (!opened && opened.error().kind == ErrorKind::Tampered) {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(file.string() + suffix, ignored);
    opened = SqlConnection::open(file, registry_index_migrations(), options);
  }
  if (!opened) return fail(opened.error());
  shard.writer = std::make_unique<StoreSql>(std::move(*opened));
  options.cache_mib = 8;                                         // what it writes it hardly reads
  GZ_TRY_ASSIGN(auto bulk, SqlConnection::open(file, registry_index_migrations(), options));
  shard.bulk = std::make_unique<StoreSql>(std::move(bulk));
  SqlOptions source;
  source.reader = true;
  GZ_TRY_ASSIGN(auto snapshot, SqlConnection::open(impl.folder / kMainFile, {}, source));
  shard.source = std::make_unique<StoreSql>(std::move(snapshot));
  return shard.writer->each("SELECT generation, indexed_to, seq, tag_seq FROM state", [&](const SqlStatement& row) {
    shard.generation = row.integer(0);
    shard.indexed_to = row.integer(1);
    shard.seq = row.integer(2);
    shard.tag_seq = row.integer(3);
    return false;
  });
}

Status open_index(SubjectStore::Impl& impl) {
  for (std::size_t number = 0; number < kIndexShards; ++number) GZ_TRY(open_shard(impl, number));
  // an undo that was broken off took subjects away without telling the index
  GZ_TRY_ASSIGN(const auto undoing, impl.writer->number("SELECT 1 FROM batch WHERE state=?", BatchState::Undoing));
  impl.index_stale = undoing.has_value();
  // done by the index, but the program ended before they were crossed out; those beyond what a new one has reached are passed over later
  std::vector<std::int64_t> done;
  GZ_TRY(impl.writer->each("SELECT seq, subject FROM pending", [&](const SqlStatement& row) {
    if (row.integer(0) <= impl.shards[shard_of(row.integer(1))].seq) done.push_back(row.integer(0));
    return true;
  }));
  for (const auto seq : done) GZ_TRY(impl.writer->run("DELETE FROM pending WHERE seq=?", seq));
  done.clear();
  GZ_TRY(impl.writer->each("SELECT seq, subject FROM tag_pending", [&](const SqlStatement& row) {
    if (row.integer(0) <= impl.shards[shard_of(row.integer(1))].tag_seq) done.push_back(row.integer(0));
    return true;
  }));
  for (const auto seq : done) GZ_TRY(impl.writer->run("DELETE FROM tag_pending WHERE seq=?", seq));
  return ok();
}

}  // namespace

SubjectStore::SubjectStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SubjectStore::~SubjectStore() = default;

Result<std::unique_ptr<SubjectStore>> SubjectStore::open(const fs::path& folder, Secret key, const Clock& clock, SensitiveJournal journal) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(error_from_errno(error.value(), "make " + folder.string()));
  auto impl = std::make_unique<Impl>(folder, clock, std::move(journal));
  GZ_TRY_ASSIGN(impl->key, SensitiveKey::from(key));
  GZ_TRY_ASSIGN(impl->lock, hold_folder(folder));
  SqlOptions options;
  options.cache_mib = 64;
  GZ_TRY_ASSIGN(auto main, SqlConnection::open(folder / kMainFile, registry_migrations(), options));
  impl->writer = std::make_unique<StoreSql>(std::move(main));
  GZ_TRY(load_main(*impl));
  GZ_TRY(open_index(*impl));
  return std::unique_ptr<SubjectStore>(new SubjectStore(std::move(impl)));
}

Result<std::unique_ptr<const SubjectStore>> SubjectStore::open_beside(const fs::path& folder, const Clock& clock) {
  std::error_code ec;
  if (!fs::exists(folder / kMainFile, ec)) return fail(ErrorKind::NotFound, "there is no subject library in " + folder.string() + " yet");
  auto impl = std::make_unique<Impl>(folder, clock, [](const Json&) { return fail(ErrorKind::Denied, "sensitive values are not read beside the program that has the library open"); });
  GZ_TRY_ASSIGN(const auto reader, impl->read());
  GZ_TRY_ASSIGN(const auto version, reader->main.number("PRAGMA user_version"));
  if (version.value_or(0) != static_cast<std::int64_t>(registry_migrations().size()))
    return fail(ErrorKind::Unsupported, "the subject library in " + folder.string() + " is of another version of this program");
  for (std::size_t number = 0; number < kIndexShards; ++number) {
    GZ_TRY_ASSIGN(const auto to, reader->index[number].number("SELECT indexed_to FROM state"));
    impl->shards[number].indexed_to = to.value_or(0);
  }
  return std::unique_ptr<const SubjectStore>(new SubjectStore(std::move(impl)));
}

SubjectStore::Impl::Lease::~Lease() {
  if (!own_) return;
  const std::lock_guard guard(from_->pooling);
  if (from_->pool.size() < 8) from_->pool.push_back(std::move(own_));
}

// What a thread reads through while it is in a Reading: of one library at a time.
struct SubjectStore::Reading::Held {
  SubjectStore::Impl::Lease lease;
  const SubjectStore::Impl* of;
  std::vector<std::unique_ptr<ReadSpan>> spans;
};
thread_local const SubjectStore::Reading::Held* SubjectStore::Reading::here_ = nullptr;

SubjectStore::Reading::Reading(const SubjectStore& store) {
  if (here_ != nullptr) return;
  auto lease = store.impl().read();
  if (!lease) return;                                            // whoever asks next is told why
  held_ = std::make_unique<Held>(Held{std::move(*lease), &store.impl(), {}});
  held_->spans.push_back(std::make_unique<ReadSpan>(held_->lease->main));
  for (auto& index : held_->lease->index) held_->spans.push_back(std::make_unique<ReadSpan>(index));
  static_cast<void>(held_->lease->main.number("SELECT 1 FROM meta LIMIT 1"));          // the first read takes the snapshot; one that fails will fail again for who asks
  for (auto& index : held_->lease->index) static_cast<void>(index.number("SELECT 1 FROM state"));
  here_ = held_.get();
}

SubjectStore::Reading::~Reading() {
  if (held_) here_ = nullptr;
}

Result<SubjectStore::Impl::Lease> SubjectStore::Impl::read() const {
  if (const auto* held = Reading::here_; held != nullptr && held->of == this) return Lease(*held->lease);
  {
    const std::lock_guard guard(pooling);
    if (!pool.empty()) {
      auto reader = std::move(pool.back());
      pool.pop_back();
      return Lease(*this, std::move(reader));
    }
  }
  SqlOptions options;
  options.reader = true;
  options.cache_mib = 32;
  GZ_TRY_ASSIGN(auto main, SqlConnection::open(folder / kMainFile, {}, options));
  auto reader = std::make_unique<StoreReader>(StoreReader{StoreSql(std::move(main)), {}});
  for (std::size_t number = 0; number < kIndexShards; ++number) {
    GZ_TRY_ASSIGN(auto index, SqlConnection::open(folder / index_file(number), {}, options));
    reader->index.emplace_back(std::move(index));
  }
  return Lease(*this, std::move(reader));
}

Status SubjectStore::Impl::write(const std::function<Status(StoreSql&)>& work, bool by_hand) {
  {
    const std::lock_guard guard(writing);
    GZ_TRY_ASSIGN(auto all, SqlTransaction::begin(writer->connection()));
    const auto old_chain = chain;
    const auto old_change = next_change, old_count = count;
    const auto whole = [&]() -> Status {
      GZ_TRY(work(*writer));
      SubjectId next = 0;
      {
        const std::lock_guard id_guard(numbering);
        next = next_id;
      }
      GZ_TRY(writer->run("INSERT OR REPLACE INTO meta(key,value) VALUES('next_id',?)", next));
      GZ_TRY(writer->run("INSERT OR REPLACE INTO meta(key,value) VALUES('count',?)", count));
      return all.commit();
    }();
    if (!whole) {
      chain = old_chain;
      next_change = old_change;
      count = old_count;
      categories_known.clear();
      return whole;
    }
  }
  if (by_hand) follow_soon();
  return ok();
}

SubjectId SubjectStore::Impl::take_id() {
  const std::lock_guard guard(numbering);
  return next_id++;
}

SubjectId SubjectStore::Impl::take_bulk_id() {
  const std::lock_guard guard(numbering);
  if (bulk_floor == std::numeric_limits<SubjectId>::max()) bulk_floor = next_id;
  return next_id++;
}

}  // namespace guzheng
