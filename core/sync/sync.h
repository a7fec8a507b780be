// Room sync. Sealed packages on their way to the central system (A-7.4c, A-8.1): a queue on disk that survives kills and weeks without a network, uploads that go on where they stood, and a
// receipt that is held to what was sent before anything is called 已同步. Who sends what and when is the runner's to say (sync/runner.h).
//   FOLDER/queue.sqlite   what is known of each package, what officers put first; made anew from the vault and the central system when it is lost
//   FOLDER/ID.zip         the upload form of a package that is being sent; removed when it has its receipt
// Nothing of the evidence is changed; beside the bag ID.receipt/ comes to lie (FORMAT.md 9.2).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/sql/database.h"
#include "core/sync/central_link.h"
#include "core/wire/receipt.h"

namespace guzheng {

enum class SyncState { Waiting, Sending, Sent, Synced, Refused };
std::string_view to_string(SyncState state);       // "waiting", "sending", "sent", "synced", "refused"

struct SyncedPackage {
  std::string package, zip_sha256, why;            // why: of a refusal, or what hindered the last try; "" else
  SyncState state = SyncState::Waiting;
  std::uint64_t bytes = 0;                         // of the ZIP
  std::int64_t index = -1;                         // in the evidence log; -1: no receipt yet
  std::string edition;                             // what lay in the bag and beside it when that was so (Sync::editions)
};

// What hindered a step.
enum class SyncTrouble {
  None,
  Line,                                            // nobody answers, or the system can take nothing now: the same for every package
  Busy,                                            // another request still writes to this upload: in a moment
  Denied,                                          // the system does not let this station in, or not with this package
  Answer,                                          // an answer that cannot be used
  Receipt,                                         // what came as a receipt does not hold
  Here,                                            // this station's disk
  Stopped,                                         // whoever watches said so
};
struct SyncStep {
  SyncedPackage now;
  SyncTrouble trouble = SyncTrouble::None;
  Error error;                                     // unless None
};

// What a step tells while it works, on the caller's thread. Each may be null.
struct SyncWatch {
  std::function<bool(std::uint64_t done, std::uint64_t total)> packing;      // bytes; false: stop
  std::function<bool(std::uint64_t at, std::uint64_t total)> stands;         // bytes that the central system has; asked before each piece; false: stop, nothing is lost
  SendValve valve;
};

struct SyncParts {
  std::filesystem::path folder;
  const Clock* clock = nullptr;
  std::function<Result<ReceiptTrust>()> trust;     // as of now; called when a receipt came, on the thread that asked for it
  std::size_t first_piece = 512u << 10;            // bytes; doubled while pieces take less than four seconds
  std::size_t piece_bytes = 8u << 20;              // what a cut line costs at most; held in memory once for each package on its way
};

// A receipt that was checked when it came, for who wants to see it.
struct KeptReceipt {
  ReceiptText text;
  LogEntry entry;
  std::uint64_t index = 0, log_size = 0;           // its number in the log; entries that the log had then
  std::filesystem::path file;                      // ID.receipt/central.txt
};

// Thread-safe, with one thread at a time for each package; blocks for disk and network. The clock must outlive it.
class Sync {
 public:
  // Makes the folder (0700). Exists: another process syncs from it.
  static Result<std::unique_ptr<Sync>> open(SyncParts parts);

  // Takes one package as far as it comes: made into a ZIP, sent, or asked after. `bag`: …/ID in vault form; a package that was changed beside since it was synced (a late
  // stamp, a review) is sent anew. Whatever hinders it leaves it where it is, and the next call goes on there; a refusal of the package is no trouble: it is its state.
  // Without a receipt that holds nothing is called synced. An error: the queue itself cannot be used.
  Result<SyncStep> advance(const std::filesystem::path& bag, const std::string& fingerprint, CentralLink& link, const SyncWatch& watch = {});
  // What is known of all, by package id.
  Result<std::vector<SyncedPackage>> all();
  // What these packages consist of now: names and sizes of what lies in the bag and beside it; receipts and hand-overs are not sent for their own sake. One look at `sealed`.
  static Result<std::map<std::string, std::string>> editions(const std::filesystem::path& sealed, const std::vector<std::string>& packages);
  // A refused package is sent once more, whatever the system said of these bytes.
  Status again(const std::string& package);
  // NotFound: it has none, or of an earlier edition only. Invalid: the queue's file was changed.
  Result<KeptReceipt> receipt(const std::filesystem::path& bag);

  // What officers put first: a higher place goes first. 0: none.
  Result<std::map<std::string, std::int64_t>> places();
  Status put_first(const std::string& package);
  Status forget_place(const std::string& package);
  // Small facts of who runs it, kept over restarts; "" when never set.
  Result<std::string> setting(const std::string& name);
  Status set(const std::string& name, const std::string& value);

 private:
  struct Row;
  struct Work;
  explicit Sync(SyncParts parts) : parts_(std::move(parts)) {}
  Result<Row> row_of(const std::string& package);
  Status put(const Row& row);
  Status tidy();
  Status make_zip(Work& work);
  Status send(Work& work);
  Result<std::uint64_t> where(Work& work);
  Status ask(Work& work);
  Status take_receipt(Work& work, const std::string& line);
  [[nodiscard]] std::filesystem::path zip_of(const Row& row) const;

  const SyncParts parts_;
  UniqueFd lock_;
  std::unique_ptr<Database> database_;
};

}  // namespace guzheng
