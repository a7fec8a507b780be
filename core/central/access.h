// Room central. Who asked for what: a line of JSON on stderr for every request, a line of the chained access log (form of the operation log, custody/oplog.h) for every
// refusal and every access to /v1, and the counts that /metrics gives. The chained log is written by a thread of its own ("access"), so that no request waits for its sync.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/queue.h"
#include "core/custody/oplog.h"
#include "core/httpd/server.h"

namespace guzheng {

class AccessBook {
 public:
  // `clock` must outlive it.
  static Result<std::unique_ptr<AccessBook>> open(const std::filesystem::path& log, const Clock& clock);
  ~AccessBook();                                   // what was noted is written
  AccessBook(const AccessBook&) = delete;
  AccessBook& operator=(const AccessBook&) = delete;

  // Any thread; never blocks for the disk. A peer that is refused more often than kMostOfOne a minute gets no more lines in the chained log: they are
  // counted, and the next line says how many were left out.
  void request(const HttpDone& done);
  // A line of its own: op.central-start and its like.
  Status event(std::string_view kind, const Json& body) { return log_->append(kind, body) ? ok() : Status(fail(ErrorKind::Io, "the access log cannot be written")); }

  // Counters in Prometheus' text form 0.0.4.
  std::string counters();

  static constexpr int kMostOfOne = 60;
  static constexpr std::size_t kMostWaiting = 4096;

 private:
  struct Line {
    std::string kind;
    Json body;
  };
  AccessBook(std::unique_ptr<OperationLog> log, const Clock& clock) : log_(std::move(log)), clock_(clock), lines_(kMostWaiting) {}
  bool counts_for_log(const HttpDone& done);       // under mutex_

  const std::unique_ptr<OperationLog> log_;
  const Clock& clock_;
  BoundedQueue<Line> lines_;
  std::mutex mutex_;                               // all below under it
  std::map<std::array<std::string, 3>, std::uint64_t> answered_;           // method, route, status
  std::map<std::string, int> refused_of_;          // address → lines this minute
  std::int64_t minute_ = 0;
  std::uint64_t received_ = 0, sent_ = 0, left_out_ = 0, untold_ = 0, milliseconds_ = 0;
  std::thread thread_;
};

}  // namespace guzheng
