// Room seal, private. MD5, SHA-256 and SM3 of one file after the other, one thread a digest: SM3 alone is slower than the other
// two together, so that a whole package takes what SM3 takes. The threads share the buffers, never wait for each other at a
// file's end, and run ahead of each other by at most the ring: memory stays flat.
#pragma once

#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/digest.h"

namespace guzheng {

// One thread calls it.
class DigestLine {
 public:
  // `threaded`: false digests within the calls; little work is not worth three threads.
  explicit DigestLine(bool threaded);
  ~DigestLine();
  DigestLine(const DigestLine&) = delete;
  DigestLine& operator=(const DigestLine&) = delete;

  void update(ByteView bytes);                 // of the file at hand
  // Ends the file at hand. Its digests stand in the value from the next wait() on.
  std::shared_ptr<const FileDigests> end_file();
  void wait();                                 // until every ended file's digests stand

 private:
  struct Slot {
    Bytes bytes;                               // used again: its memory stays
    std::shared_ptr<FileDigests> end;          // the file ends here
  };
  static constexpr std::size_t kSlots = 8;
  void hand_over(std::shared_ptr<FileDigests> end);
  void run(std::size_t digest, DigestKind kind, std::string FileDigests::*field);

  const bool threaded_;
  TripleDigester plain_;
  std::uint64_t size_ = 0;                     // of the file at hand
  std::array<Slot, kSlots> ring_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t filled_ = 0;                   // slots handed over; slot N lies at N % kSlots. Guarded by mutex_, as all below
  std::array<std::uint64_t, 3> done_{};        // slots that each digest has taken
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace guzheng
