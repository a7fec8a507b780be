#include "app/guzheng-evidence/witness_check.h"

#include "core/custody/journal.h"
#include "core/seal/package_names.h"
#include "core/seal/package_reader.h"

namespace guzheng::evidence {

namespace {

Result<std::vector<std::string>> journal_digests(const std::filesystem::path& package, const Opener* opener) {
  GZ_TRY_ASSIGN(const auto reader, open_package(package, opener));
  GZ_TRY_ASSIGN(const auto text, reader->text(kJournalFile, 1u << 30));
  GZ_TRY_ASSIGN(const auto lines, parse_journal(text));
  std::vector<std::string> out;
  out.reserve(lines.size());
  for (const auto& line : lines) out.push_back(line.digest);
  return out;
}

}  // namespace

WitnessCheck check_witness(const std::filesystem::path& package, const std::string& lines, const Opener* opener, const ReceiptTrust& trust, Verification& verified) {
  WitnessCheck out;
  const auto heads = parse_signed_heads(lines);
  if (!heads) return out.why = heads.error().what, out;
  const auto digests = journal_digests(package, opener);
  if (!digests) return out.why = digests.error().what, out;
  out.looked = true;
  std::vector<HeadStatement> believed;
  for (const auto& one : *heads) {
    auto statement = check_head_statement(one, trust);
    if (statement) believed.push_back(std::move(*statement));
    else if (out.not_believed++ == 0) out.why = statement.error().what;
  }
  out.seen = compare_with_witness(verified.id, *digests, believed);
  for (const auto& what : out.seen.contradictions) verified.damage.push_back({"witness.head", kJournalFile, what});
  if (!out.seen.contradictions.empty()) verified.verdict = Verdict::Damaged;
  return out;
}

Json to_json(const WitnessCheck& check) {
  const auto& seen = check.seen;
  Json out{{"agreed", seen.agreed}, {"contradictions", seen.contradictions}, {"late", seen.late}, {"looked", check.looked}, {"not_believed", check.not_believed}, {"why", check.why}};
  if (seen.agreed > 0) {
    out["first_at"] = format_time(seen.first_at);
    out["last_at"] = format_time(seen.last_at);
    out["last_line"] = seen.last_seq;
  }
  return out;
}

void tell_witness(const WitnessCheck& check, const Verification& verified, const Program& program) {
  const auto& seen = check.seen;
  const auto zone = program.clock.zone_minutes();
  if (!check.looked) {
    if (!check.why.empty()) program.print(std::string(program.say("独立见证：无法核对：", "Independent witness: cannot be compared: ")) + check.why);
    else program.print(program.say("独立见证：没有（中心系统没有这一证据的见证记录）", "Independent witness: none (there are no statements about this package)"));
    return;
  }
  if (!seen.contradictions.empty())
    program.print(std::string(program.say("独立见证：与中心系统当时记下的不符，处数：", "Independent witness: CONTRADICTED by what the central system noted at the time, places: ")) + std::to_string(seen.contradictions.size()));
  if (seen.agreed > 0) {
    program.print(std::string(program.say("独立见证：中心系统当时记下的与存证记录一致，", "Independent witness: agrees with what the central system noted at the time, ")) + std::to_string(seen.agreed) +
                  std::string(program.say(" 处（其中迟到 ", " heads (late ")) + std::to_string(seen.late) + std::string(program.say("），", "), ")) + format_time(seen.first_at, zone) + " – " + format_time(seen.last_at, zone) +
                  std::string(program.say("，见证到第 ", ", up to line ")) + std::to_string(seen.last_seq) + std::string(program.say(" 行，共 ", " of ")) + std::to_string(verified.journal_lines) + std::string(program.say(" 行", "")));
  } else if (seen.contradictions.empty()) {
    program.print(program.say("独立见证：没有一条可信的见证记录是关于这一证据的", "Independent witness: none (no statement that can be believed is about this package)"));
  }
  if (check.not_believed > 0) program.print(std::string(program.say("不予采信的见证记录：", "Statements that are not believed: ")) + std::to_string(check.not_believed) + "  " + check.why);
}

}  // namespace guzheng::evidence
