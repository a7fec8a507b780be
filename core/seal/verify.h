// Room seal. Is a package what was sealed (B-5.4.4a)? Reads a bag folder (with what lies beside it), in plain or in vault form, or a ZIP.
// Never changes anything, never trusts what the package says about trust.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/bureau.h"
#include "core/seal/random_access.h"

namespace guzheng {

enum class Verdict { Whole, Practice, Incomplete, CannotTell, Damaged };

struct Finding {
  std::string rule;                  // stable id, e.g. "manifest.sha256", "journal.chain", "stamp.imprint"
  std::string path;                  // file it is about, may be empty
  std::string what;                  // English, one sentence
};

// Who or what the proof rests on: a certificate, as far as it was needed.
struct ProofBasis {
  std::string role;                  // "org-root", "tsa-root", "station", "officer1", "officer2", "authority"
  std::string name, badge, sha256;   // subject's name, 执法证号, digest of the certificate's DER
  WallTime until;                    // end of its validity; 0: cannot be told
};

struct TrustRoots {
  std::string org_pem;               // one or more certificates; empty: not given
  std::string tsa_pem;
  std::string crl_pem;               // newer revocation lists of the organisation's root; may be empty
};

// The newest review beside the package (行政处罚法 41, FORMAT.md 9.5). Only as good as the verification that it stands in.
struct Review {
  bool needed = false;               // an automatic capture
  bool confirmed = false;
  int number = 0;                    // ID.review/NNN; 0: none
  std::string by, at, reason;        // name（badge）, the 29-character form
};

// The central system's receipt beside the package (FORMAT.md 9.2): who received which bytes, when. Only as good as the verification that it stands in; that the package still
// lies there, and its place in the evidence log, is for the workstation that sent it and the system to say.
struct ReceiptFacts {
  std::string by;                    // "": there is none
  WallTime at;
  std::string zip_sha256;            // of the ZIP as it came
};

// The group that the package is a member of (并行取证, FORMAT.md 9.7): what its order promised and what the record beside it names.
struct GroupFacts {
  struct Row {
    int number = 0;
    std::string package, fingerprint, reason;  // reason: why it was never sealed
    std::string state;                         // "this", "here", "absent", "other" (put in its place), "unsealed", "elsewhere" (a ZIP: not looked for)
  };
  std::string group;                           // "": of none
  int member = 0, members = 0;
  std::vector<Row> rows;                       // empty: no record that holds its form
};

struct Verification {
  Verdict verdict = Verdict::CannotTell;
  bool practice = false;
  std::string id, fingerprint, state;          // state: Package-State
  std::vector<Finding> damage;                 // empty unless Damaged
  std::vector<std::string> incomplete;         // reasons, 待签, 待时间戳
  // What CannotTell lacks: "org-root", "tsa-root", "renewal", "crl", "signature-time", "parts-stamp", "content-key: ISSUER, SERIAL; …" (the
  // certificates whose keys open the content).
  std::vector<std::string> missing;
  std::vector<ProofBasis> rests_on;            // each certificate once
  std::vector<Finding> notes;                  // what is to be known and changes no verdict, e.g. a signer revoked later
  std::uint64_t files = 0, bytes = 0, journal_lines = 0, stamps = 0, signatures = 0, renewals = 0, packets = 0, shots = 0;
  WallTime opened, closed, seal_stamp;
  Review review;
  ReceiptFacts receipt;
  GroupFacts group;
};

struct VerifyOptions {
  TrustRoots roots;
  const Clock* clock = nullptr;                // required: "seal ≤ now"
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;    // bytes; false cancels
  const Opener* opener = nullptr;              // of a package in vault form; without one only what lies in clear, and the parts, are checked
};

// An error only when the package cannot be looked at at all (no such file, no package, cancelled).
Result<Verification> verify_package(const std::filesystem::path& package, const VerifyOptions& options);

// What whoever receives a package needs beside the verdict, to say in a receipt what was there (FORMAT.md 9.2). Only as good as the verdict.
struct ReceivedPackage {
  Verification verification;
  std::string station_cn;                      // whose certificate in the package sealed it
  bool automatic = false;                      // an automatic capture (自动取证): kept 30 days unless a review confirms it
  std::string case_no;                         // of its order; "" : none yet
  std::map<std::string, std::string> tokens, files;      // path → SHA-256 (hex), as the receipt's Token and File lines name them
};
// A ZIP of the package, in export or in upload form (vault form and ID.enc in one ZIP, FORMAT.md 11.4), wherever it lies. Errors as above.
Result<ReceivedPackage> verify_received(std::unique_ptr<RandomAccess> zip, const VerifyOptions& options);

std::string_view to_string(Verdict verdict);    // "whole", "practice", "incomplete", "cannot-tell", "damaged"
int exit_code(Verdict verdict);                 // 0, 6, 4, 5, 3
Json to_json(const Verification& verification);

}  // namespace guzheng
