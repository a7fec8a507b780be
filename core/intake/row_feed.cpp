#include "core/intake/row_feed.h"

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::size_t kRowsOfChunk = 512, kChunksAhead = 8;
}

Result<std::unique_ptr<RowFeed>> RowFeed::open(const std::filesystem::path& file, const MappingProfile& profile, std::shared_ptr<const Cleaner> cleaner, std::vector<UnitRule> rules, WallTime now) {
  std::unique_ptr<RowFeed> out(new RowFeed(RowKeys(*cleaner), std::move(rules), now, file.filename().string()));
  GZ_TRY_ASSIGN(out->source_, RowSource::open(file, profile, std::move(cleaner), [flag = out->called_off_] { return flag->load(); }));
  out->profile_ = out->source_->profile();
  out->thread_ = std::thread([feed = out.get()] {
    name_this_thread("intake");
    feed->run();
  });
  return out;
}

RowFeed::~RowFeed() {
  *called_off_ = true;
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<bool> RowFeed::read(RowChunk& chunk) {
  chunk.rows.reserve(kRowsOfChunk);
  while (chunk.rows.size() < kRowsOfChunk) {
    PreparedRow row;
    GZ_TRY_ASSIGN(const bool got, source_->next(row.clean));
    if (!got) return false;
    if (!row.clean.dropped) {
      keys_.find(row.clean.values, row.keys);
      row.made = make_subject(row.clean.values, rules_, name_, now_, row.words);
    }
    chunk.rows.push_back(std::move(row));
  }
  return true;
}

void RowFeed::run() {
  for (bool more = true; more;) {
    RowChunk chunk;
    const auto got = read(chunk);
    chunk.read_bytes = source_->table().read_bytes();
    chunk.total_bytes = source_->table().total_bytes();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return chunks_.size() < kChunksAhead || called_off_->load(); });
    if (!chunk.rows.empty()) chunks_.push_back(std::move(chunk));
    if (!got) failed_ = got.error();
    more = got && *got && !called_off_->load();
    ended_ = !more;
    changed_.notify_all();
  }
}

Result<RowChunk> RowFeed::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !chunks_.empty() || ended_; });
  if (!chunks_.empty()) {
    RowChunk out = std::move(chunks_.front());
    chunks_.pop_front();
    changed_.notify_all();
    return out;
  }
  if (failed_) return fail(*failed_);
  return RowChunk{};
}

}  // namespace guzheng
