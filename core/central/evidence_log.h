// Room central. The server's evidence log: entries that are only ever added, hashed into one tree (RFC 6962), each size of it signed as a checkpoint
// (A-7.4c, A-8.6). Kept in the server's database, made whole again from its entries by audit(); what a client holds (receipt, checkpoint) proves it
// against this server.
// Blocks for the disk. Thread-safe without a lock of its own: what is read of a log of one size never changes. Errors: Tampered (what is stored does not hold together), Invalid (sizes and indexes that are none), and the database's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/identity/bureau.h"
#include "core/sql/database.h"
#include "core/wire/checkpoint.h"

namespace guzheng {

struct LogPlace {
  std::uint64_t index = 0;                         // of the entry, from 0
  SignedCheckpoint checkpoint;                     // of the log that ends with it
  TreeProof proof;
};

// Its tables are those of central/schema.h.
class EvidenceLog {
 public:
  // `name` stands in every checkpoint. `database`, `signer` and `clock` must outlive the log. Holds the newest checkpoint to the tree: Tampered.
  static Result<std::unique_ptr<EvidenceLog>> open(Database& database, const std::string& name, const Signer& signer, const Clock& clock);

  // Within database.together(): entry, tree and checkpoint become durable with whatever else is done there, or nothing does.
  Result<LogPlace> append_within(std::string_view entry);
  Result<LogPlace> append(std::string_view entry);
  // Where the entry of that number stands in the log as it is now. NotFound.
  Result<LogPlace> place(std::uint64_t index);
  Result<std::string> entry(std::uint64_t index);                          // NotFound

  Result<std::uint64_t> size();
  Result<std::optional<SignedCheckpoint>> newest();                        // nothing: the log is empty
  // That the log of `second` entries continues the one of `first`. Invalid: no such sizes.
  Result<TreeProof> consistency(std::uint64_t first, std::uint64_t second);
  // Hashes every entry anew and holds stored nodes and every checkpoint's root to it. Reads the whole log. Tampered. Cancelled: `go_on`, asked at every entry, said no.
  Status audit(const std::function<bool()>& go_on = {});

 private:
  EvidenceLog(Database& database, std::string name, const Signer& signer, const Clock& clock)
      : database_(database), name_(std::move(name)), signer_(signer), clock_(clock) {}
  Result<TreeHash> node(unsigned level, std::uint64_t at);
  Result<TreeHash> range(std::uint64_t from, std::uint64_t to);
  Status path(std::uint64_t index, std::uint64_t from, std::uint64_t to, TreeProof& proof);
  Status subproof(std::uint64_t first, std::uint64_t from, std::uint64_t to, bool whole, TreeProof& proof);
  Status put_node(unsigned level, std::uint64_t at, const TreeHash& hash);
  Result<SignedCheckpoint> checkpoint_of(std::uint64_t size);

  Database& database_;
  const std::string name_;
  const Signer& signer_;
  const Clock& clock_;
};

}  // namespace guzheng
