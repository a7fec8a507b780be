// Room central. The index of all subjects on the server (A-5.2a, A-8.5): follows the table `record` by its sequence, in batches, and answers searches. Whatever the engine, the table
// is the authority: an index that is gone, damaged, made for other fields, or ahead of the table (which was restored) is emptied and made anew while the server serves.
// An engine that is away costs searches, nothing else; it is caught up with when it is back.
// A record of version 1 is one that no index has met before.
// Threads: one thread "index" of its own follows; search() and standing() from any. All block.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "core/central/leases.h"
#include "core/search/text_search.h"
#include "core/sql/database.h"

namespace guzheng {

class SubjectIndex {
 public:
  // `leases`: where several servers write one engine, one of them at a time does; null: the engine is this server's own. All but the engine must outlive it.
  SubjectIndex(Database& database, std::unique_ptr<TextSearch> engine, Leases* leases) : database_(database), engine_(std::move(engine)), leases_(leases) {}
  ~SubjectIndex() { stop(); }
  SubjectIndex(const SubjectIndex&) = delete;
  SubjectIndex& operator=(const SubjectIndex&) = delete;

  void start();                                    // the thread
  void stop();                                     // ends it within a batch
  // Takes in the next batch. False: it has come to the end of the table, or another server follows. Errors as in search/text_search.h; Tampered is dealt with here.
  Result<bool> follow();
  void rebuild() { rebuild_ = true; }              // with the next follow()

  // Errors as in search/text_search.h: Invalid is the question's, others say why it cannot be searched now.
  Result<TextAnswer> search(const TextQuestion& question) { return engine_->search(question); }

  struct Standing {
    TextState index;
    std::int64_t newest = 0;                       // of the table
    std::string trouble;                           // why it stands still; "": it does not
  };
  Result<Standing> standing();
  Result<std::int64_t> newest();

 private:
  void run();
  Status begin();                                  // how far the engine has come, and whether it holds
  Status empty(const std::string& why);
  Result<TextBatch> next_batch();
  Result<bool> follow_once();
  void rest(std::chrono::milliseconds time);

  Database& database_;
  const std::unique_ptr<TextSearch> engine_;
  Leases* const leases_;
  std::int64_t applied_ = 0;                       // as begin() found it; thread "index" (or whoever calls follow())
  bool settled_ = true;                            // likewise
  std::atomic<bool> rebuild_{false}, stopping_{false};
  std::mutex mutex_;
  std::condition_variable woken_;
  std::string trouble_;                            // under mutex_
  std::thread thread_;
};

}  // namespace guzheng
