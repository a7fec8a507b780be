// Room central. A package that came whole is opened with the ingest key, held to FORMAT.md by the verifier that everybody has, put into two stores,
// entered into the evidence log and receipted (A-7.4c, A-8.1, A-8.5, A-8.6). Nothing is said to be received before both copies are proven and the entry is durable.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "core/central/evidence_log.h"
#include "core/central/leases.h"
#include "core/seal/verify.h"
#include "core/store/object_store.h"
#include "core/wire/receipt.h"

namespace guzheng {

// How long evidence stays under retention from the day it was received.
struct KeepTimes {
  int case_months = 36;                            // 3 years
  int automatic_days = 30;                         // automatic captures that no review confirmed
};

// All must outlive the ingest.
struct IngestParts {
  Database* database = nullptr;                    // with the tables of central/schema.h
  EvidenceLog* log = nullptr;
  ObjectStore *first = nullptr, *second = nullptr; // two places; uploads come into the first
  const Signer* signer = nullptr;                  // the system's signing certificate
  const Opener* opener = nullptr;                  // the ingest key
  const Clock* clock = nullptr;
  TrustRoots roots;
  std::function<std::string()> crl_pem;            // the revocation list as it is now, in place of the roots' own; may be null
  std::string system_name;                         // in receipts
  bool practice = false;                           // a practice system takes practice packages and no others; a real one takes none
  KeepTimes keep;
  Leases* leases = nullptr;                        // where several servers share the database
  std::function<Status(const ReceivedPackage&, const std::string& station, WallTime until)> received;      // within the transaction of the entry; may be null
  std::function<bool()> stopping;                  // the program ends: give up with Cancelled, the upload stays
};

// Thread-safe: packages of different ids at once.
class Ingest {
 public:
  explicit Ingest(IngestParts parts) : parts_(std::move(parts)) {}

  // `incoming`: an object of the first store, sent by `station`. Sent again, byte for byte, it gets the receipt that it got. When the call succeeds or
  // refuses, the object is removed. The same package with more beside it (a late stamp, a review, a report) is a new edition with a receipt of its own;
  // nothing that an earlier receipt names may be missing in it.
  // Refused, and entered into the table of refusals: Tampered (damaged; or what an earlier receipt names is gone), Exists (other evidence under an id
  // that is taken), Denied (another station's, practice at a real system or the reverse, not encrypted for this system, or nobody can tell), Invalid (no package).
  // Not decided, to be tried again: every other kind; the object stays.
  Result<PackageReceipt> take(const std::string& incoming, const std::string& station);

  // The receipt for a ZIP that `station` sent. NotFound.
  Result<PackageReceipt> receipt(const std::string& zip_sha256, const std::string& station);

  static bool is_refusal(ErrorKind kind);

 private:
  class Turn;
  Result<PackageReceipt> decide(const std::string& incoming, const std::string& station, const StoredObject& object, std::string& package);
  Result<ReceivedPackage> verify(const std::string& incoming) const;
  Status admit(const ReceivedPackage& package, const std::string& station) const;
  Status fits_earlier(const ReceivedPackage& package);
  Result<PackageReceipt> keep(const std::string& incoming, const std::string& station, const StoredObject& object, const ReceivedPackage& package);
  void note_refusal(const std::string& station, const std::string& package, const std::string& zip_sha256, const Error& why);

  const IngestParts parts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> busy_;                     // package ids that some thread decides about; under mutex_
};

}  // namespace guzheng
