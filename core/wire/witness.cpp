#include "core/wire/witness.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/json.h"
#include "core/wire/merkle.h"
#include "core/wire/signed_by.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostHeadJson = 64 * 1024, kMostHeads = 200'000, kMostSeq = 99'999'999;        // a journal numbers its lines with eight digits
constexpr std::array<std::string_view, 9> kHeadLabels{"Witness-Format", "Witnessed-By", "Station", "Package", "Seq", "Head", "Taken-At", "Late", "Received-At"};

Failure no_head(const std::string& what) { return fail(ErrorKind::Invalid, "no head of a journal: " + what); }

bool is_head_text(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_package_id(std::string_view text) {
  return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'; });
}

Status check_report(const HeadReport& r) {
  if (!is_package_id(r.package)) return no_head("its package is none");
  if (r.seq > kMostSeq) return no_head("no journal has so many lines");
  return tree_from_hex(r.head) ? ok() : Status(no_head("its digest is none"));
}

std::string head_lines(const HeadStatement& s) {
  return "Witness-Format: 1\nWitnessed-By: " + s.witnessed_by + "\nStation: " + s.station + "\nPackage: " + s.report.package + "\nSeq: " + std::to_string(s.report.seq) + "\nHead: " + s.report.head +
         "\nTaken-At: " + format_time(s.report.taken_at) + "\nLate: " + (s.report.late ? "yes" : "no") + "\nReceived-At: " + format_time(s.received_at) + "\n";
}

}  // namespace

Result<std::string> write_head_report(const HeadReport& r) {
  GZ_TRY(check_report(r));
  return canonical_json({{"format", 1}, {"head", r.head}, {"late", r.late}, {"package", r.package}, {"seq", r.seq}, {"taken_at", format_time(r.taken_at)}});
}

Result<HeadReport> parse_head_report(std::string_view text) {
  if (text.size() > kMostHeadJson) return no_head("it is larger than one can be");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  const std::array<const char*, 6> names{"format", "head", "late", "package", "seq", "taken_at"};
  if (!json.is_object() || json.size() != names.size() || !std::all_of(names.begin(), names.end(), [&](const char* name) { return json.contains(name); })) return no_head("not its members");
  if (json.at("format") != 1 || !json.at("head").is_string() || !json.at("late").is_boolean() || !json.at("package").is_string() || !json.at("seq").is_number_integer() || !json.at("taken_at").is_string())
    return no_head("a member is of another type or format");
  const auto at = parse_time(json.at("taken_at").get<std::string>());
  const auto seq = json.at("seq").get<std::int64_t>();
  if (!at || seq < 0) return no_head("its time or number is none");
  HeadReport out{json.at("package").get<std::string>(), static_cast<std::uint64_t>(seq), json.at("head").get<std::string>(), *at, json.at("late").get<bool>()};
  GZ_TRY(check_report(out));
  return out;
}

Result<std::string> write_head_statement(const HeadStatement& statement) {
  std::string text = head_lines(statement);
  GZ_TRY_ASSIGN([[maybe_unused]] const auto again, parse_head_statement(text));
  return text;
}

Result<HeadStatement> parse_head_statement(std::string_view text) {
  if (text.size() > 2000) return no_head("the statement is longer than one can be");
  std::array<std::string_view, kHeadLabels.size()> values;
  std::string_view rest = text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto end = rest.find('\n');
    const std::string label = std::string(kHeadLabels[i]) + ": ";
    if (end == std::string_view::npos || !rest.starts_with(label)) return no_head("not its labels in their order");
    values[i] = rest.substr(label.size(), end - label.size());
    if (!is_head_text(values[i], 400)) return no_head("a value is empty or no text");
    rest.remove_prefix(end + 1);
  }
  HeadStatement out;
  out.witnessed_by = values[1];
  out.station = values[2];
  out.report.package = values[3];
  out.report.head = values[5];
  out.report.late = values[7] == "yes";
  const auto [stop, error] = std::from_chars(values[4].data(), values[4].data() + values[4].size(), out.report.seq);
  const auto taken = parse_time(values[6]), received = parse_time(values[8]);
  if (error != std::errc() || stop != values[4].data() + values[4].size()) return no_head("Seq is no number");
  if (!taken || !received) return no_head("a time is none");
  out.report.taken_at = *taken;
  out.received_at = *received;
  GZ_TRY(check_report(out.report));
  if (!out.report.package.starts_with(out.station + "-")) return no_head("it is no package of that station");
  if (head_lines(out) != text) return no_head("the statement has another spelling than one has");
  return out;
}

Result<std::string> write_signed_head(const SignedHead& head) {
  return canonical_json({{"format", 1}, {"statement", head.text}, {"statement_p7s", to_base64(head.signature)}});
}

Result<SignedHead> parse_signed_head(std::string_view text) {
  if (text.size() > kMostHeadJson) return no_head("it is larger than one can be");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!json.is_object() || json.size() != 3 || !json.contains("format") || !json.contains("statement") || !json.contains("statement_p7s")) return no_head("not the members of a signed statement");
  if (json.at("format") != 1 || !json.at("statement").is_string() || !json.at("statement_p7s").is_string()) return no_head("a member is of another type or format");
  SignedHead out{json.at("statement").get<std::string>(), {}};
  const auto p7s = json.at("statement_p7s").get<std::string>();
  if (!from_base64(p7s, out.signature) || to_base64(out.signature) != p7s) return no_head("its signature is no base64");
  return out;
}

Result<std::vector<SignedHead>> parse_signed_heads(std::string_view lines) {
  std::vector<SignedHead> out;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) return no_head("the last line has no end");
    if (out.size() >= kMostHeads) return no_head("more of them than a package can have");
    GZ_TRY_ASSIGN(auto one, parse_signed_head(lines.substr(0, end)));
    out.push_back(std::move(one));
    lines.remove_prefix(end + 1);
  }
  return out;
}

Result<HeadStatement> check_head_statement(const SignedHead& head, const ReceiptTrust& trust) {
  GZ_TRY_ASSIGN(auto statement, parse_head_statement(head.text));
  GZ_TRY(signed_by_central(head.signature, head.text, trust, statement.received_at));
  return statement;
}

Result<HeadStatement> check_head_answer(const SignedHead& head, const HeadReport& sent, const ReceiptTrust& trust) {
  GZ_TRY_ASSIGN(auto statement, parse_head_statement(head.text));
  GZ_TRY(signed_by_central(head.signature, head.text, trust));
  // told twice, it may have been late the second time only: the first statement stands
  auto said = statement.report;
  said.late = sent.late;
  if (said != sent) return fail(ErrorKind::Tampered, "the statement is about another head than the one that was sent");
  return statement;
}

WitnessComparison compare_with_witness(const std::string& package, const std::vector<std::string>& line_digests, const std::vector<HeadStatement>& statements) {
  WitnessComparison out;
  for (const auto& one : statements) {
    if (one.report.package != package) continue;
    const auto seq = one.report.seq;
    const std::string when = " (witnessed by " + one.witnessed_by + " at " + format_time(one.received_at) + ")";
    if (seq >= line_digests.size()) {
      out.contradictions.push_back("the journal has " + std::to_string(line_digests.size()) + " lines, and line " + std::to_string(seq) + " was there" + when);
      continue;
    }
    if (line_digests[seq] != one.report.head) {
      out.contradictions.push_back("line " + std::to_string(seq) + " of the journal, or what stands before it, is not what it was" + when);
      continue;
    }
    if (out.agreed++ == 0 || one.received_at < out.first_at) out.first_at = one.received_at;
    out.last_at = std::max(out.last_at, one.received_at);
    out.last_seq = std::max(out.last_seq, seq);
    if (one.report.late) ++out.late;
  }
  return out;
}

}  // namespace guzheng
