// Room central. Uploads under way, as tus 1.0.0 has them (creation, checksum, expiration, termination): bytes go to the first store as they come, memory stays
// flat, and a client that comes back after a cut or a restart of either side asks where it stands. A whole upload is handed to the ingest by a thread of its own.
// Several servers may share database and store: an upload is then held by a lease (central/leases.h), and what a server leaves that is gone the others go on with.
// Thread-safe. Blocks for disk and network. An upload belongs to the station that began it: to others it is not there (NotFound).
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "core/central/ingest.h"

namespace guzheng {

struct UploadLimits {
  std::uint64_t most_bytes = 64ull << 30;          // of one upload
  int most_open = 64;                              // uploads of one station that are not whole
  std::int64_t idle_ms = 7 * 86'400'000LL;         // after so long without a byte an upload is given up
};

enum class UploadState { Open, Ingesting, Received, Refused };
std::string_view to_string(UploadState state);     // "open", "ingesting", "received", "refused"

struct UploadStatus {
  std::string id;
  UploadState state = UploadState::Open;
  std::uint64_t offset = 0, length = 0;            // bytes
  std::string metadata;                            // as the client gave it
  std::string package, expected;                   // as it was announced: id, and SHA-256 (hex) of the ZIP; may be empty
  WallTime expires;                                // of an open one
  std::string zip_sha256;                          // once it is whole
  ErrorKind refusal = ErrorKind::Bug;              // Refused: the ingest's error
  std::string why;
};

class UploadDesk {
 public:
  // All must outlive the desk; the store is the ingest's first. Goes on with what an earlier process left: whole uploads are ingested.
  // `leases`: where there are other servers; null: the store is this process's alone.
  static Result<std::unique_ptr<UploadDesk>> open(Database& database, ObjectStore& store, Ingest& ingest, const Clock& clock, const UploadLimits& limits, Leases* leases = nullptr);
  ~UploadDesk();                                   // waits for the ingest at hand, which its `stopping` ends sooner
  UploadDesk(const UploadDesk&) = delete;
  UploadDesk& operator=(const UploadDesk&) = delete;

  // Invalid: larger than allowed, or empty. Denied: the station has too many open. `package`, `expected`: what is announced; a ZIP that came whole
  // with another digest than `expected` is refused (Tampered) and never looked at.
  Result<UploadStatus> create(const std::string& station, std::uint64_t length, const std::string& metadata, const std::string& package = {}, const std::string& expected = {});
  Result<UploadStatus> status(const std::string& id, const std::string& station);

  // The newest upload that the station announced with this digest, or that has it. NotFound.
  Result<UploadStatus> by_digest(const std::string& zip_sha256, const std::string& station);
  // How many are open, of all stations; for the state of health.
  Result<std::int64_t> open_count();

  // One request's bytes at a time for one upload. Exists: another request writes to it just now.
  class Writing;
  // Invalid: the upload stands elsewhere than at `offset`, or is whole already.
  Result<std::unique_ptr<Writing>> write(const std::string& id, const std::string& station, std::uint64_t offset);
  // Open ones, and what is left of those that are done. Exists: it is being written to or decided.
  Status terminate(const std::string& id, const std::string& station);
  // Gives up what nobody went on with. Returns how many.
  Result<int> expire();
  // Not yet decided; for the state of health.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Row;
  class Hold;
  UploadDesk(Database& database, ObjectStore& store, Ingest& ingest, const Clock& clock, const UploadLimits& limits, Leases* leases)
      : database_(database), store_(store), ingest_(ingest), clock_(clock), limits_(limits), leases_(leases) {}
  Result<Row> row(const std::string& id, const std::string& station);
  UploadStatus shown(const Row& row, std::uint64_t offset) const;
  Result<std::uint64_t> offset_of(const Row& row);
  Status finish(const std::string& id);            // whole: becomes an object that waits for the ingest
  Status forget(const std::string& id, const std::string& staged);
  Status tidy();
  Status finish_whole();
  Status adopt();                                  // whole uploads that nobody decides about
  void queue(const std::string& id);
  void run();
  bool decide_among_servers(const std::string& id);                        // false: try again later; so below
  bool decide(const std::string& id);
  bool refuse_other(const std::string& id, const std::string& object, const std::string& digest, const std::string& expected);
  bool decided_before(const std::string& id, const std::string& station, const std::string& zip_sha256);
  bool put_outcome(const std::string& id, UploadState state, ErrorKind kind, const std::string& why);

  Database& database_;
  ObjectStore& store_;
  Ingest& ingest_;
  const Clock& clock_;
  const UploadLimits limits_;
  Leases* const leases_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> held_;                     // all below under mutex_
  std::deque<std::string> queue_;
  std::set<std::string> strays_;                   // what no upload knew when tidy() looked last
  bool stop_ = false;
  std::thread thread_;
};

// One thread at a time, of all servers, writes to an upload or removes it.
class UploadDesk::Hold {
 public:
  static Result<std::unique_ptr<Hold>> take(UploadDesk& desk, const std::string& id);      // Exists: another has it
  ~Hold();
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  Status still();                                  // Timeout: another server has gone on with it
  const std::string id;

 private:
  Hold(UploadDesk& desk, std::string upload) : id(std::move(upload)), desk_(desk) {}
  [[nodiscard]] std::string lease() const { return "upload/" + id; }
  UploadDesk& desk_;
  bool leased_ = false;
};

// Bytes of one request. What was taken stays, whether or not the request comes to its end.
class UploadDesk::Writing {
 public:
  // Invalid: more than the upload's length. NoSpace, Io: the upload is given up when its store says so.
  Status take(ByteView bytes);
  // All is on the disk; when the upload is whole it waits for the ingest from here on.
  Result<UploadStatus> end();
  [[nodiscard]] std::uint64_t room() const { return length_ - offset_; }

 private:
  friend class UploadDesk;
  Writing(UploadDesk& desk, std::unique_ptr<Hold> hold, std::string station, std::string staged, std::uint64_t offset, std::uint64_t length)
      : desk_(desk), hold_(std::move(hold)), station_(std::move(station)), staged_(std::move(staged)), offset_(offset), length_(length) {}
  UploadDesk& desk_;
  const std::unique_ptr<Hold> hold_;
  const std::string station_, staged_;
  std::uint64_t offset_;
  const std::uint64_t length_;
};

}  // namespace guzheng
