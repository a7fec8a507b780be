// Room seal, private. MD5, SHA-256 and SM3 of a stream, one thread a digest once the stream is long (SM3 alone is
// slower than the other two together). Buffers are shared, never copied.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/digest.h"

namespace guzheng {

class StreamDigests {
 public:
  explicit StreamDigests(bool threaded);
  ~StreamDigests();
  StreamDigests(const StreamDigests&) = delete;
  StreamDigests& operator=(const StreamDigests&) = delete;
  void update(ByteView bytes);                 // copies nothing when not threaded
  [[nodiscard]] FileDigests finish();

 private:
  void flush();
  void wait_idle(std::unique_lock<std::mutex>& lock);
  void run(DigestKind kind, std::string& out);

  const bool threaded_;
  TripleDigester plain_;
  std::shared_ptr<Bytes> filling_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Bytes> batch_;         // guarded by mutex_, as all below
  std::uint64_t round_ = 0;
  unsigned busy_ = 0;
  bool end_ = false;
  FileDigests result_;
  std::vector<std::thread> workers_;
};

}  // namespace guzheng
