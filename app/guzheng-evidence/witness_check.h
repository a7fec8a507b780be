// Program guzheng-evidence. verify: a package's journal held to what the central system witnessed while it was written (core/wire/witness.h).
#pragma once

#include <filesystem>
#include <string>

#include "app/guzheng-evidence/program.h"
#include "core/identity/bureau.h"
#include "core/seal/verify.h"
#include "core/wire/witness.h"

namespace guzheng::evidence {

struct WitnessCheck {
  bool looked = false;                       // there are statements, and they could be held to the journal
  WitnessComparison seen;
  int not_believed = 0;                      // statements that are not the central system's
  std::string why;                           // of the first of them; or why nothing could be compared
};

// `lines`: ID.witness/heads.jsonl, or what the system answered. Contradictions become damage of `verified` (rule witness.head).
WitnessCheck check_witness(const std::filesystem::path& package, const std::string& lines, const Opener* opener, const ReceiptTrust& trust, Verification& verified);
Json to_json(const WitnessCheck& check);
void tell_witness(const WitnessCheck& check, const Verification& verified, const Program& program);

}  // namespace guzheng::evidence
