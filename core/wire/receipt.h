// Room wire. What the central system gives for a package that it took in, and how a workstation holds it to what it sent (A-7.4c, A-8.6). Pure.
// core/wire/PROTOCOL.md is the authority.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/seal/receipt_text.h"
#include "core/wire/checkpoint.h"

namespace guzheng {

// One store that holds the package, and until when it may not be removed there.
struct ReceiptStore {
  std::string name;
  WallTime retain_until;
  bool operator==(const ReceiptStore&) const = default;
};

// One entry of the evidence log: the package with this digest lies in these stores. Its text, canonical JSON, is the leaf of the tree.
struct LogEntry {
  std::string package, fingerprint, zip_sha256;    // digests: hex
  std::uint64_t bytes = 0;                         // of the ZIP
  std::string station;                             // that sent it
  std::string verdict;                             // "whole", "incomplete", "practice"
  std::string receipt_sha256;                      // of the receipt's text
  WallTime received_at;
  std::vector<ReceiptStore> stores;
  bool operator==(const LogEntry&) const = default;
};
Result<std::string> write_log_entry(const LogEntry& entry);
Result<LogEntry> parse_log_entry(std::string_view text);                 // Invalid

struct PackageReceipt {
  std::string text;                                // FORMAT.md 9.2: ID.receipt/central.txt
  Bytes text_signature;                            // …central.txt.p7s
  std::string entry;                               // the log's entry, which names the text by its digest
  std::uint64_t index = 0;                         // its number in the log, from 0
  SignedCheckpoint checkpoint;
  TreeProof proof;                                 // of the entry, for that checkpoint
};
Result<std::string> write_receipt(const PackageReceipt& receipt);        // one line of canonical JSON
Result<PackageReceipt> parse_receipt(std::string_view json);             // Invalid. Its form; nothing is proven by it

// Whom a workstation believes. `central_pem`: the system's signing certificates, as the bureau gave them to the station: that a certificate is one of
// the bureau's is not enough, or any officer could write receipts.
struct ReceiptTrust {
  std::string central_pem, org_roots_pem, org_crl_pem;
  WallTime now;
};
// What the workstation knows of what it sent.
struct SentPackage {
  std::string package, fingerprint, zip_sha256;
};
struct CheckedReceipt {
  ReceiptText text;
  LogEntry entry;
  Checkpoint checkpoint;
  [[nodiscard]] bool synced() const { return entry.stores.size() >= 2; } // 已同步 (A-7.4c)
};
// Denied: signed by somebody who is not the central system, or whose certificate does not stand now. Tampered: a signature, the proof or what the parts
// say of each other does not hold, or it is about another package. Invalid: form.
Result<CheckedReceipt> check_package_receipt(const PackageReceipt& receipt, const SentPackage& sent, const ReceiptTrust& trust);

// The system's signature over a checkpoint; errors as above.
Result<Checkpoint> check_checkpoint(const SignedCheckpoint& checkpoint, const ReceiptTrust& trust);

}  // namespace guzheng
