// Room intake. Reads, cleans and prepares rows on a thread of its own ("intake"), a few thousand ahead of whoever writes them. Made, asked and
// destroyed by one thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/intake/row_keys.h"
#include "core/intake/subject_maker.h"

namespace guzheng {

struct PreparedRow {
  CleanRow clean;
  MadeSubject made;                                              // these three only when it is not dropped
  std::vector<NoteItem> words;                                   // what make_subject() told
  std::vector<RowKey> keys;
};
struct RowChunk {
  std::vector<PreparedRow> rows;
  std::uint64_t read_bytes = 0, total_bytes = 0;
};

class RowFeed {
 public:
  // Opens the table on the calling thread, so that what is wrong with it is told at once.
  // `rules`: propose supervision units; `now`: of records without a day.
  static Result<std::unique_ptr<RowFeed>> open(const std::filesystem::path& file, const MappingProfile& profile, std::shared_ptr<const Cleaner> cleaner, std::vector<UnitRule> rules, WallTime now);
  ~RowFeed();                                                    // calls reading off and waits for it (one block of the file)
  // Waits for the next rows; empty: the end.
  Result<RowChunk> next();
  [[nodiscard]] const MappingProfile& profile() const { return profile_; }

 private:
  RowFeed(RowKeys keys, std::vector<UnitRule> rules, WallTime now, std::string source) : keys_(std::move(keys)), rules_(std::move(rules)), now_(now), name_(std::move(source)) {}
  void run();
  Result<bool> read(RowChunk& chunk);
  std::shared_ptr<std::atomic<bool>> called_off_ = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<RowSource> source_;                            // of the thread, once it runs
  MappingProfile profile_;
  const RowKeys keys_;
  const std::vector<UnitRule> rules_;
  const WallTime now_;
  const std::string name_;                                       // of the file, for records
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<RowChunk> chunks_;                                  // under mutex_, as what follows
  std::optional<Error> failed_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace guzheng
