// Room training. The phone's own sockets by name ("localabstract:scrcpy_…", "tcp:8000"): who listens, who comes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/training/adb/stream.h"

namespace guzheng::training {

// A place to wait for peers. accept() by one thread; cancel() by any.
class LocalListener {
 public:
  Result<std::shared_ptr<AdbStream>> accept();       // Cancelled after cancel()
  void cancel();
  bool offer(std::shared_ptr<AdbStream> stream);     // false: the backlog is full or nobody listens any more

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<AdbStream>> backlog_;   // under mutex_
  bool cancelled_ = false;                           // under mutex_
};

// adb reverse: connecting to `local` opens `remote` on the host it was asked by.
struct Reverse {
  std::string host, local, remote;
};
using Dialler = std::function<Result<std::shared_ptr<AdbStream>>(const std::string& remote)>;

// Thread-safe.
class LocalSockets {
 public:
  Result<std::shared_ptr<LocalListener>> listen(const std::string& name);   // Exists
  void unlisten(const std::string& name);
  [[nodiscard]] std::shared_ptr<LocalListener> find(const std::string& name) const;

  Status add_reverse(Reverse entry, Dialler dial, bool replace);            // Exists
  bool remove_reverse(const std::string& local);
  void remove_reverses_of(const std::string& host);                         // the host is gone, or killforward-all
  [[nodiscard]] std::vector<Reverse> reverses() const;
  [[nodiscard]] Dialler dialler(const std::string& local) const;            // empty when there is none
  // As a program on the phone would connect: through a reverse.
  Result<std::shared_ptr<AdbStream>> connect(const std::string& name);

 private:
  struct Way {
    Reverse entry;
    Dialler dial;
  };
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<LocalListener>> listeners_;         // under mutex_
  std::map<std::string, Way> ways_;                                         // under mutex_
};

}  // namespace guzheng::training
