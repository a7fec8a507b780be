// Room seal. Bytes become evidence: manifests, signatures, fingerprint, time stamp (A-7.4b). FORMAT.md is the authority.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
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
// each atomically, and makes everything in it read-only (the folder itself stays writable, so that it can be moved). Refuses
// when data/ holds other files or sizes than `payload` says. May be called again after a crash until seal.txt stands. Costs the same for ten seconds and for two hours: payload is not read again.
// Then tries the seal's time stamp once (its failure is not an error: stamped = false), at `desk`, or at one of its own.
// `final_head`: time of the token over the journal's end, 0: none.
class StampDesk;                     // stamp_desk.h
Result<SealOutcome> seal_bag(const std::filesystem::path& bag, const BagInfo& info, const std::vector<PayloadFile>& payload,
                             const SealSigners& signers, const Bureau& bureau, const Clock& clock, StampDesk* desk = nullptr,
                             WallTime final_head = {});

// The second officer signs later (A-7.2b): ID.after/sig-officer2.p7s over what was sealed, and its stamp once the seal has its
// own; each atomic, neither ever replaced. `people_json`: the bytes of data/attach/people.json, checked against the manifest, so
// that a payload which lies encrypted may be opened by the caller. Called again it gets what is missing. Denied: the signer is
// not the second officer that people.json names. Exists: there was a second signature when it was sealed. Tampered, Invalid.
struct LaterSignature {
  bool fresh = false;                // signed by this call
  bool stamped = false;              // false: 待时间戳, call again
};
Result<LaterSignature> sign_later(const std::filesystem::path& bag, std::string_view people_json, const Signer& officer,
                                  const Bureau& bureau, const Clock& clock);

// Writes the export ZIP (FORMAT.md 9) of a sealed bag and what lies beside it; returns the ZIP's SHA-256.
// `progress` gets bytes done and total, and stops the export by returning false (Cancelled; no half file stays). A bag in vault form is
// decrypted on the way, in memory; Denied without an opener for it.
Result<std::string> export_package(const std::filesystem::path& bag, const std::filesystem::path& zip,
                                   const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {},
                                   const Opener* opener = nullptr);

// Writes the upload ZIP (FORMAT.md 11.4) of a sealed bag in vault form, with all that lies beside it; returns the ZIP's SHA-256. No key is needed.
// Invalid: it does not lie in vault form, or not wholly yet. `progress` as above.
Result<std::string> write_upload(const std::filesystem::path& bag, const std::filesystem::path& zip,
                                 const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});

// CMS AuthEnvelopedData (AES-256-GCM; RSA-OAEP-SHA256 or ECDH) that only the holders of the certificates can open.
Result<Bytes> envelope_for(const std::vector<std::string>& recipient_pems, ByteView content);

// The hand-over record 移交 of an export (FORMAT.md 9): ID.handover/export.json with the officer's signature and, where an
// authority answers, a time stamp, written beside the ZIP. An older record for the same place is replaced.
struct ExportRecord {
  std::string to, medium;            // who received it, on what; may be empty
  std::string zip_sha256;            // as export_package returned it
};
Result<std::filesystem::path> write_export_record(const ExportRecord& record, const std::filesystem::path& bag,
                                                  const std::filesystem::path& zip, const Signer& signer, const Bureau& bureau,
                                                  const Clock& clock);

// Asks every authority of the bureau; the answers of those that gave one which our verifier takes, at least one. The first goes
// to `.tsr`, the second to `.2.tsr`. Fails with the last authority's error when none answers.
Result<std::vector<Bytes>> stamp_by_all(ByteView sha256_imprint, const Bureau& bureau);

// "…/ID" and "after" → "…/ID.after".
std::filesystem::path folder_beside(const std::filesystem::path& bag, std::string_view part);

std::string make_beacon();           // content of tst/beacon: 64 random hex digits and LF (FORMAT.md 7)
Bytes make_salt();                   // 32 random bytes for one secret (FORMAT.md 5.4)

// A granted TimeStampResp over `imprint`: when, by whom. Checks form and imprint, not trust.
struct StampInfo {
  WallTime time;
  std::string authority;             // subject CN of the signer
  std::string serial;                // hex
};
Result<StampInfo> read_stamp(ByteView tsr, ByteView sha256_imprint);

}  // namespace guzheng
