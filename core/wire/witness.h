// Room wire. The central system as an independent witness of journals (A-7.3d, A-7.4a): while a session runs the station tells how far its journal has come and which digest it has
// there; the system answers with a statement that it signs with its own time. Who rewrites the journal afterwards contradicts it. Pure. core/wire/PROTOCOL.md is the authority.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/wire/receipt.h"

namespace guzheng {

// What a station says of a journal it writes: its line `seq` has the digest `head` (SHA-256, hex, of the line with its LF).
struct HeadReport {
  std::string package;
  std::uint64_t seq = 0;
  std::string head;
  WallTime taken_at;                               // the line's own time
  bool late = false;                               // it could not be told at once
  bool operator==(const HeadReport&) const = default;
};
Result<std::string> write_head_report(const HeadReport& report);         // one line of canonical JSON
Result<HeadReport> parse_head_report(std::string_view json);             // Invalid

// What the system says of it. Lines `Label: value` LF:
//   Witness-Format: 1
//   Witnessed-By: name of the system
//   Station: LX-03
//   Package: id
//   Seq: decimal
//   Head: hex
//   Taken-At: as the station said
//   Late: yes or no, as the station said
//   Received-At: by the system's clock
struct HeadStatement {
  std::string witnessed_by, station;
  HeadReport report;
  WallTime received_at;
  bool operator==(const HeadStatement&) const = default;
};
Result<std::string> write_head_statement(const HeadStatement& statement);
Result<HeadStatement> parse_head_statement(std::string_view text);       // Invalid; text that write_head_statement would write, nothing else

// A statement as it travels and as it lies beside a bag.
struct SignedHead {
  std::string text;
  Bytes signature;                                 // detached CMS (DER) over text
};
Result<std::string> write_signed_head(const SignedHead& head);           // one line of canonical JSON
Result<SignedHead> parse_signed_head(std::string_view json);             // Invalid. Its form; nothing is proven by it
// ID.witness/heads.jsonl: one a line, each with its LF. Invalid: a line that is none, more than 200,000 of them.
Result<std::vector<SignedHead>> parse_signed_heads(std::string_view lines);

// For who verifies a package, perhaps years later. Errors as check_package_receipt, but the certificate is judged at the statement's own time and `trust.now` counts for nothing;
// a revocation list, where one is given, must not name it.
Result<HeadStatement> check_head_statement(const SignedHead& head, const ReceiptTrust& trust);
// For who told the head: signed by the system as it stands now, and the answer to what was sent (Tampered).
Result<HeadStatement> check_head_answer(const SignedHead& head, const HeadReport& sent, const ReceiptTrust& trust);

// A package's journal held to what was witnessed of it.
struct WitnessComparison {
  std::uint64_t agreed = 0, late = 0;              // late: of these
  std::uint64_t last_seq = 0;                      // the newest line that is witnessed; what comes after it is not
  WallTime first_at, last_at;                      // the system's times
  std::vector<std::string> contradictions;         // English, one sentence each: what the journal says and what was witnessed
};
// `line_digests`: of each journal line, by its number. Statements about other packages are passed over.
WitnessComparison compare_with_witness(const std::string& package, const std::vector<std::string>& line_digests, const std::vector<HeadStatement>& statements);

}  // namespace guzheng
