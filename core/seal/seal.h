// Room seal. Bytes become evidence: manifests, signatures, fingerprint, time stamp (A-7.4b). FORMAT.md is the authority.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/digest.h"
#include "core/identity/practice.h"

namespace guzheng {

// A payload file with the digests taken while it was written.
struct PayloadFile {
  std::string path;                  // "data/main/rec-0000.mp4"
  FileDigests digests;
};

struct BagInfo {
  std::string id;                    // "LX-03-20261121-0001"
  std::string owner_unit, capturing_unit, station;
  std::string software_version;      // "0.1.0"
  WallTime bagging_time;
  std::vector<std::string> incomplete_reasons;     // empty: 完整
  bool practice = false;
};

struct SealSigners {
  std::shared_ptr<Signer> station, officer1, officer2;     // officer2 may be null: 待签; its certificate is needed
  std::string officer2_certificate_pem;
};

struct SealOutcome {
  std::string fingerprint;           // SHA-256 of seal.txt: sealed from here on
  WallTime sealed_at;
  bool stamped = false;              // ID.after/seal.txt.tsr is there
  bool second_signature = false;
};

// Closes the bag folder `bag` (…/ID, holding data/ already): writes tag files, manifests from `payload`, signatures, seal.txt,
// each atomically, and makes everything read-only. Costs the same for ten seconds and for two hours: payload is not read again.
// Then tries the seal's time stamp once (its failure is not an error: stamped = false).
Result<SealOutcome> seal_bag(const std::filesystem::path& bag, const BagInfo& info, const std::vector<PayloadFile>& payload,
                             const SealSigners& signers, const Bureau& bureau, const Clock& clock);

// Tries the seal's stamp again for a package that lacks it.
Status stamp_seal(const std::filesystem::path& bag, const Bureau& bureau);

// Writes the export ZIP (FORMAT.md 9) of a sealed bag and what lies beside it; returns the ZIP's SHA-256.
// `progress` gets bytes done and total, and stops the export by returning false (Cancelled; no half file stays).
Result<std::string> export_package(const std::filesystem::path& bag, const std::filesystem::path& zip,
                                   const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});

// CMS AuthEnvelopedData (AES-256-GCM, RSA-OAEP-SHA256) that only the holders of the certificates can open.
Result<Bytes> envelope_for(const std::vector<std::string>& recipient_pems, ByteView content);

// A granted TimeStampResp over `imprint`: when, by whom. Checks form and imprint, not trust.
struct StampInfo {
  WallTime time;
  std::string authority;             // subject CN of the signer
  std::string serial;                // hex
};
Result<StampInfo> read_stamp(ByteView tsr, ByteView sha256_imprint);

}  // namespace guzheng
