// Room sync. Sealed packages on their way to the central system (A-7.4c, A-8.1): a queue on disk that survives kills and weeks without a network, uploads that go on where they stood, and a
// receipt that is held to what was sent before anything is called 已同步.
//   FOLDER/queue.sqlite   what is known of each package; made anew from the vault and the central system when it is lost
//   FOLDER/ID.zip         the upload form of a package that is being sent; removed when it has its receipt
// Nothing of the evidence is changed; beside the bag ID.receipt/ comes to lie (FORMAT.md 9.2).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
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
};

struct SyncParts {
  std::filesystem::path folder;
  CentralLink* link = nullptr;
  const Clock* clock = nullptr;
  std::string central_pem, org_roots_pem, org_crl_pem;           // as wire/receipt.h's ReceiptTrust
  std::size_t piece_bytes = 8u << 20;              // what a cut line costs at most; held in memory once
};

// One thread at a time; blocks for disk and network. Link and clock must outlive it.
class Sync {
 public:
  // Makes the folder (0700). Exists: another process syncs from it.
  static Result<std::unique_ptr<Sync>> open(SyncParts parts);

  // Takes one package as far as it comes: made into a ZIP, sent, or asked after. `bag`: …/ID in vault form; a package that was changed beside since it was synced (a late
  // stamp, a review) is sent anew. `progress`: bytes that the central system has, and of how many; false stops (Cancelled), and the next call goes on there.
  // Errors leave it where it is: Network, Timeout, Denied (this station is not let in) and the disk's. A refusal of the package is no error: it is its state.
  // Tampered, Denied: a receipt that does not hold; nothing is called synced, and it is asked for again.
  Result<SyncedPackage> advance(const std::filesystem::path& bag, const std::string& fingerprint, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});
  // What is known of all, by package id.
  Result<std::vector<SyncedPackage>> all();

 private:
  struct Row;
  explicit Sync(SyncParts parts) : parts_(std::move(parts)) {}
  Result<Row> row_of(const std::string& package);
  Status put(const Row& row);
  Status make_zip(const std::filesystem::path& bag, Row& row, const std::function<bool(std::uint64_t, std::uint64_t)>& progress);
  Status send(Row& row, const std::function<bool(std::uint64_t, std::uint64_t)>& progress);
  Result<std::uint64_t> where(Row& row);
  Status ask(const std::filesystem::path& bag, const std::string& fingerprint, Row& row);
  [[nodiscard]] std::filesystem::path zip_of(const Row& row) const;

  const SyncParts parts_;
  UniqueFd lock_;
  std::unique_ptr<Database> database_;
};

}  // namespace guzheng
