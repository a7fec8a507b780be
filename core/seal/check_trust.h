// Room seal, private. Time stamps, signatures and whom they rest on (FORMAT.md 4 and 7). Pure over a loaded bag.
#pragma once

#include <map>
#include <optional>

#include "core/seal/check_journal.h"
#include "core/seal/check_lists.h"
#include "core/seal/verify_cms.h"

namespace guzheng {

// What was given from outside, and what the package's renewals add to it.
struct RootsGiven {
  std::vector<CertificatePtr> org, tsa;
  std::vector<CrlPtr> crls;                        // newer lists of the organisation's root
  WallTime now;                                    // no token may lie after it (5 s slack); 0: that is not asked
  std::string id;                                  // of the package
  std::map<std::string, WallTime> renewed;         // "ID/data/…", "ID.after/…" → stamp of the first renewal that covers the file
};

ProofBasis basis_of(std::string role, X509* certificate);

// When a signature was made, as far as others than its signer vouch for it.
struct SignedWhen {
  WallTime at;
  bool later = false;                              // not part of the sealing: the package's CRL need not reach so far
  bool stamped = true;                             // false: `at` is only the time of looking
};

struct StampFacts {
  std::optional<WallTime> beacon, final_head, seal;
  std::uint64_t good = 0;                  // tokens that fit what they stamp
  [[nodiscard]] WallTime seal_or(WallTime otherwise) const { return seal.value_or(otherwise); }
};

// Checks one token over bytes with this SHA-256; empty when it does not fit (reported). `path` is as findings show it, and
// finds the renewal that carries the token on when its authority's certificate has expired since.
std::optional<WallTime> check_stamp(std::string_view tsr, const std::string& path, const std::string& imprint_sha256,
                                    const RootsGiven& roots, VerifyReport& report);

StampFacts check_stamps(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report);

struct SignerFacts {
  std::uint64_t good = 0;                  // signatures that fit
  bool second_signature = false;
};
// `at`: when the seal was stamped, or else closed.
SignerFacts check_signers(const Bag& bag, const RootsGiven& roots, WallTime at, const StampFacts& stamps, VerifyReport& report);

// FORMAT.md 9.4: when a signature beside the bag was made, as its stamp, else the first renewal that names it, says; else one only sees
// that it is there now. `signature`: "after/sig-officer2.p7s".
SignedWhen signed_when(const Bag& bag, const std::string& signature, const RootsGiven& roots);

// A detached signature over bytes with this SHA-256 by the certificate with this digest ("": any that the root vouches for).
bool check_detached(const Bag& bag, std::string_view p7s, const std::string& path, const std::string& content_sha256,
                    const std::string& certificate_sha256, const RootsGiven& roots, SignedWhen when, VerifyReport& report);

}  // namespace guzheng
