// Room vault. Looks through everything that is kept, package by package, on both copies, and repairs one from the other.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/seal/verify.h"
#include "core/vault/vault.h"

namespace guzheng {

struct ScrubProgress {
  std::size_t package = 0, packages = 0;
  std::uint64_t done = 0, total = 0;         // bytes on both copies
  std::int64_t left_ms = -1;                 // −1: not known yet
  std::string id;
};

struct ScrubbedPackage {
  std::string id;
  std::string result;                        // "good", "repaired", "damaged", "plain" (not encrypted yet: verified as it lies)
  std::string verdict;                       // of the verifier, as to_string(Verdict)
  std::vector<std::string> damaged, repaired;      // files, "ID/…"; those of the copy begin with "copy:"
  std::string problem;                       // it could not be looked at, and why
};

struct ScrubRequest {
  TrustRoots roots;
  const Opener* opener = nullptr;            // with one, everything is decrypted and verified in full
  std::function<bool(const ScrubProgress&)> progress;          // false stops; a scrub within seven days goes on behind the packages that are done
  // With an opener: asked before a package is opened, to journal who opens it and why; an error ends the scrub with it, unopened.
  std::function<Status(const std::string& id)> opening;
  // Told of each package when it is done: to journal repairs at once.
  std::function<void(const ScrubbedPackage&)> done;
  bool anew = false;                         // looks at every package, whatever an earlier run says that it had done (a restored vault)
};

struct ScrubOutcome {
  std::vector<ScrubbedPackage> packages;     // of this run
  std::vector<std::string> gone;             // in the catalogue, but neither here nor on the second copy
  std::vector<std::string> restored;         // were gone here and came back from the second copy, as far as it has them (packages)
  std::vector<std::string> behind;           // encrypted here, and not on the second copy at all: it is to be caught up
  std::string copy_problem;                  // not empty: there is to be a second copy, and it could not be looked at
  bool resumed = false;                      // went on where an earlier run was stopped
  std::size_t earlier = 0;                   // packages that this run did not look at, as one that was stopped noted that it had …
  WallTime earlier_since;                    // … and when that one began. An unsigned note of the vault: no more than its word
  std::string catalogue_problem;             // not empty: results could not be noted in the catalogue, the doctor will say "never scrubbed"
};
// What is said of a run at its end.
struct ScrubCount {
  std::size_t packages = 0, repaired = 0, damaged = 0;       // damaged: those that are gone too
};
ScrubCount count_of(const ScrubOutcome& outcome);
// Bodies for the operation log: op.scrub, and op.damage or op.repair.
Json log_body(const ScrubOutcome& outcome);
Json log_body(const ScrubbedPackage& package);

// A file of the vault form is right when it is what the list of parts that the station signed, tagmanifest or seal.txt says. Where one
// copy is right and the other is not, the right one replaces it; a package that is gone here comes back. Where the two copies have
// different seals, signatures and stamp decide; where they do not, neither copy is changed. A file that no list names is taken from the
// other copy only when the verifier finds nothing wrong with it nor beside it; a signature over encrypted content only
// with a key, or where its stamp stands on both.
Result<ScrubOutcome> scrub(Vault& vault, const Clock& clock, const ScrubRequest& request);

}  // namespace guzheng
