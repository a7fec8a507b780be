// Room session. 文字记录: what an officer hears in the sound, while the session runs. It lies beside the bag (ID.texts), rewritten by the flush thread, so that a
// killed program keeps it; it goes into the bag when the session ends, or when it is recovered. Thread-safe.
#pragma once

#include <map>
#include <mutex>

#include "core/session/ledger.h"
#include "core/session/record_book.h"

namespace guzheng {

struct WrittenText {
  std::string text, officer;                 // who wrote it
  WallTime at;
};

// A stretch of sound, for its text record.
struct HeardStretch {
  std::string path;                          // data/main/rec-0000.ogg
  std::int64_t origin_us = 0, duration_us = 0;
};

std::string text_record_path(const std::string& sound);      // data/main/rec-0000.ogg → data/main/rec-0000.txt

class TextBook {
 public:
  explicit TextBook(std::filesystem::path bag) : bag_(std::move(bag)) {}

  void write(const std::string& sound, WrittenText text);    // the last one counts
  [[nodiscard]] bool has(const std::string& sound) const;
  Status save();                                             // …/ID.texts beside the bag, when something is new
  // Puts the records of these stretches into the bag, each with its `shot` line; those that the ledger has already are left. Removes the file beside it.
  Status close(Ledger& ledger, const RecordBook& record, const std::vector<HeardStretch>& stretches);
  static std::filesystem::path file_beside(const std::filesystem::path& bag);
  // After a crash: what stands beside the bag. Nothing is there: an empty book. Invalid: it cannot be read.
  Status adopt();

 private:
  const std::filesystem::path bag_;
  std::mutex saving_;                        // one save at a time; taken before mutex_
  mutable std::mutex mutex_;
  std::map<std::string, WrittenText> texts_; // by path of the sound; under mutex_
  bool dirty_ = false;                       // under mutex_
};

}  // namespace guzheng
