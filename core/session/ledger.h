// Room session. The journal of one bag and the list of its payload with digests taken while it was written, so that
// sealing reads nothing again. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "core/custody/journal.h"
#include "core/seal/seal.h"

namespace guzheng {

inline constexpr std::string_view kMain = "data/main/", kAttach = "data/attach/", kRaw = "data/attach/raw/",
                                  kStamps = "data/attach/tst/", kJournal = "data/attach/journal.log";

// Bytes set aside beside the bag: given back when the disk is full, so that the journal's last lines and the seal fit.
class Ballast {
 public:
  static constexpr std::uint64_t kBytes = 8u << 20;
  explicit Ballast(const std::filesystem::path& bag);      // …/ID.ballast; nothing is made yet
  Status reserve();
  void release();                                          // when it returns the room is there, whoever gave it back
  ~Ballast() { release(); }

 private:
  std::filesystem::path file_;
  std::mutex mutex_;
  bool held_ = false;                                      // under mutex_
};

// A free path raw/torn-NAME.bin (or torn-NAME.2.bin, …), relative to the bag.
std::string torn_path(const std::filesystem::path& bag, const std::string& name);

class Ledger {
 public:
  static Result<std::unique_ptr<Ledger>> create(const std::filesystem::path& bag, const Clock& clock);
  // Continues after a crash: `lines` are what stands in the journal, `payload` what stands beside it.
  static Result<std::unique_ptr<Ledger>> resume(const std::filesystem::path& bag, const Clock& clock,
                                                const std::vector<JournalLine>& lines, std::vector<PayloadFile> payload);

  // Writes the line; on a full disk gives the ballast back and tries once more.
  Result<JournalHead> line(std::string_view kind, const Json& body);
  Result<JournalHead> line(std::string_view kind, const std::string& body);
  // When the journal had to be written anew (custody/journal.h) a note says so, once.
  Status sync();
  [[nodiscard]] std::string failed_sync() const;           // of the journal: when and what; "": none
  [[nodiscard]] JournalHead head() const { return journal_->head(); }
  [[nodiscard]] std::uint64_t lines() const { return lines_; }
  [[nodiscard]] std::uint64_t synced_lines() const { return synced_; }
  Status sync_if_dirty();

  // Writes a payload file whole and remembers its digests. `path` is relative to the bag.
  Result<FileDigests> put(const std::string& path, ByteView bytes);
  Result<FileDigests> put_json(const std::string& path, const Json& value);    // canonical, LF-ended
  void add(const std::string& path, const FileDigests& digests);               // written by somebody else
  // A file whose line could not be written goes to raw/torn-NAME.bin, and out of the way of what the journal names.
  Status put_aside(const std::string& path);
  [[nodiscard]] std::vector<std::string> aside() const;    // those, for a line that names them
  [[nodiscard]] bool has(const std::string& path) const;
  // [{"path","sha256"}] in byte order of path, for a journal body.
  [[nodiscard]] Json files(const std::vector<std::string>& paths) const;

  void set_ballast(std::shared_ptr<Ballast> ballast) { ballast_ = std::move(ballast); }
  void release_ballast() {
    if (ballast_) ballast_->release();
  }
  // Closes the journal, reads it back; the whole payload, journal.log included. Tampered when the disk holds another journal than
  // was written.
  Result<std::vector<PayloadFile>> close();

  [[nodiscard]] const std::filesystem::path& bag() const { return bag_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

 private:
  Ledger(std::filesystem::path bag, const Clock& clock) : bag_(std::move(bag)), clock_(clock) {}
  void watch();
  template <typename Body>
  Result<JournalHead> write(std::string_view kind, const Body& body);

  const std::filesystem::path bag_;
  const Clock& clock_;
  std::unique_ptr<Journal> journal_;
  std::shared_ptr<Ballast> ballast_;              // set before the threads start
  TripleDigester journal_digests_;                // fed under the journal's lock, read after close
  std::atomic<std::uint64_t> lines_{0}, synced_{0};
  mutable std::mutex mutex_;
  std::map<std::string, FileDigests> payload_;    // under mutex_
  std::vector<std::string> aside_;                // under mutex_
  std::string failed_sync_;                       // under mutex_
  bool failure_told_ = false, ended_ = false;     // under mutex_
};

}  // namespace guzheng
