#include "core/custody/statements.h"
#include "core/seal/check_journal.h"
#include "core/seal/package_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace guzheng {

namespace {

constexpr std::size_t kMostLine = 65'536;
constexpr std::size_t kMostLines = 4'000'000;

bool is_text_kind(std::string_view kind) {
  return kind == "tsa.beacon" || kind == "tsa.anchor" || kind == "seg.close" || kind == "shot";
}

// So frequent and so little referred to that their bodies are checked and dropped.
bool is_bulk_kind(std::string_view kind) { return kind == "input" || kind == "clock.sample" || kind == "app.foreground"; }

// FORMAT.md 5.3: in a pause nothing goes to the phone but the recorder's own resets; what the phone sent (concealed) is no act of anybody.
bool may_be_in_a_pause(const Json& input) {
  const std::string act = text_at(input, "act");
  return (act == "reset-video" && text_at(input, "by") == "recorder") || (act == "clipboard" && input.contains("salted"));
}

void check_body(JournalFacts& facts, std::size_t index, VerifyReport& report) {
  JournalLine& line = facts.lines[index];
  if (is_text_kind(line.kind)) return;                 // their parts are taken apart in check_pairs
  auto body = parse_canonical_json(line.body);
  if (!body) return report.broken("journal.json", kJournalFile, line_name(index) + ": " + body.error().what);
  if (const auto problem = body_problem(line.kind, *body); !problem.empty())
    report.broken("journal.body", kJournalFile, line_name(index) + " (" + line.kind + "): " + problem);
  if (line.kind == "pause" || line.kind == "resume") facts.paused = line.kind == "pause";
  if (line.kind == "input" && facts.paused && !may_be_in_a_pause(*body))
    report.broken("journal.pause", kJournalFile, line_name(index) + ": an input while the session was paused");
  if (is_bulk_kind(line.kind)) line.body.clear();
  else if (body->is_object()) facts.bodies.emplace(index, std::move(*body));
}

// Reads line after line; false once a line cannot be read, since nothing behind it is known to be a line.
bool take_line(JournalFacts& facts, std::string_view raw, VerifyReport& report) {
  const std::size_t index = facts.lines.size();
  auto line = parse_journal_line(raw);
  if (!line) {
    report.broken("journal.form", kJournalFile, line_name(index) + ": " + line.error().what);
    return false;
  }
  const std::string zone(raw.substr(97, 6));
  if (facts.zone.empty()) facts.zone = zone;
  if (zone != facts.zone) report.broken("journal.time", kJournalFile, line_name(index) + " has another time zone");
  if (line->seq != index) report.broken("journal.chain", kJournalFile, line_name(index) + " has another number");
  const std::string wanted = index == 0 ? std::string(64, '0') : facts.lines.back().digest;
  if (line->previous != wanted) report.broken("journal.chain", kJournalFile, line_name(index) + " does not follow the line before it");
  if (index > 0 && line->time < facts.lines.back().time)
    report.broken("journal.time", kJournalFile, line_name(index) + " goes back in time");
  const auto& kinds = journal_kinds();
  if (std::find(kinds.begin(), kinds.end(), line->kind) == kinds.end())
    report.broken("journal.kind", kJournalFile, line_name(index) + " has an unknown kind");
  facts.lines.push_back(std::move(*line));
  return true;
}

// What was said at the start stands behind the people and before the first look at the environment, each statement with its answer.
void check_confirmations(const JournalFacts& facts, VerifyReport& report) {
  const auto& lines = facts.lines;
  bool people = false, environment = false, torn = false;
  std::vector<const Json*> bodies;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    people = people || lines[i].kind == "people";
    environment = environment || lines[i].kind == "env.check";
    torn = torn || lines[i].kind == "crash.recover";
    if (const auto body = facts.bodies.find(i); lines[i].kind == "confirm" && body != facts.bodies.end()) bodies.push_back(&body->second);
    if (lines[i].kind == "confirm" && (!people || environment))
      report.broken("journal.order", kJournalFile, line_name(i) + ": confirm stands before `people` or after `env.check`");
  }
  if (const auto problem = confirm_row_problem(bodies, torn); !problem.empty()) report.broken("journal.pairs", kJournalFile, "confirm: " + problem);
}

void check_frame(const JournalFacts& facts, VerifyReport& report) {
  const auto& lines = facts.lines;
  if (lines[0].kind != "tsa.beacon" && lines[0].kind != "tsa.none")
    report.broken("journal.order", kJournalFile, "line 0 is neither tsa.beacon nor tsa.none");
  if (lines.size() < 2 || lines[1].kind != "session.open")
    report.broken("journal.order", kJournalFile, "line 1 is not session.open");
  if (lines.back().kind != "session.close") report.broken("journal.order", kJournalFile, "the last line is not session.close");
  static const std::set<std::string_view> once{"tsa.beacon", "tsa.none", "session.open", "order.recv", "people",
                                               "device.attest", "challenge", "session.close"};
  std::set<std::string_view> seen;
  for (const auto& line : lines) {
    const auto it = once.find(line.kind);
    if (it != once.end() && !seen.insert(*it).second) report.broken("journal.order", kJournalFile, line.kind + " is there twice");
  }
  check_confirmations(facts, report);
  if (seen.contains("tsa.beacon") && seen.contains("tsa.none"))
    report.broken("journal.order", kJournalFile, "both tsa.beacon and tsa.none");
}

}  // namespace

std::string line_name(std::size_t index) { return fmt::format("line {:08}", index); }

const Json* JournalFacts::only(std::string_view kind) const {
  for (const auto& [index, body] : bodies)
    if (lines[index].kind == kind) return &body;
  return nullptr;
}

bool JournalFacts::says_late(std::size_t from, std::size_t to) const {
  for (const auto& gap : gaps)
    if (gap.stamp_late() && gap.begin <= to && (gap.end == kNone || gap.end >= from)) return true;
  for (std::size_t i = from + 1; i <= to && i < lines.size(); ++i)
    if (lines[i].kind == "crash.recover") return true;
  return false;
}

JournalFacts check_journal(const Bag& bag, VerifyReport& report) {
  JournalFacts facts;
  std::string_view text = bag.text(kJournalFile);
  if (text.empty()) {
    report.broken("journal.form", kJournalFile, "no journal, or an empty one");
    return facts;
  }
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || end + 1 > kMostLine || facts.lines.size() >= kMostLines) {
      report.broken("journal.form", kJournalFile, line_name(facts.lines.size()) + " has no LF within 65,536 bytes");
      break;
    }
    if (!take_line(facts, text.substr(0, end + 1), report)) break;
    check_body(facts, facts.lines.size() - 1, report);
    text.remove_prefix(end + 1);
  }
  if (facts.lines.empty()) return facts;
  check_frame(facts, report);
  check_pairs(facts, report);
  return facts;
}

}  // namespace guzheng
