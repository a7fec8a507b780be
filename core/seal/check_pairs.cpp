#include <algorithm>
#include <array>
#include <set>

#include "core/seal/check_journal.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

constexpr std::int64_t kStretchMs = 120'000;
constexpr std::array<std::string_view, 10> kGapWords{"black-page", "link-lost", "no-key-frame", "no-picture-change", "no-sound", "pause",
                                                    "phone-locked", "queue-full", "record-failed", "stamp-late"};

class Pairs {
 public:
  Pairs(JournalFacts& facts, VerifyReport& report) : facts_(facts), report_(report) {}

  void run() {
    for (index_ = 0; index_ < facts_.lines.size(); ++index_) {
      const auto& line = facts_.lines[index_];
      if (line.kind == "seg.open") open_segment();
      else if (line.kind == "seg.close") close_segment(line.body);
      else if (line.kind == "shot") take_shot(line.body);
      else if (line.kind == "tsa.anchor") take_anchor(line.body);
      else if (line.kind == "gap.begin") begin_gap();
      else if (line.kind == "gap.end") end_gap();
      else if (line.kind == "pts.bump") take_bump();
      else if (line.kind == "pause" || line.kind == "resume") take_pause(line.kind == "pause");
      else if (line.kind == "session.close") check_open_ends();
    }
    take_heads();
    check_anchored();
    check_stretches();
  }

 private:
  void broken(std::string_view rule, const std::string& what) { report_.broken(rule, kJournalFile, line_name(index_) + ": " + what); }
  const Json* body() const {
    const auto it = facts_.bodies.find(index_);
    return it == facts_.bodies.end() ? nullptr : &it->second;
  }

  void open_segment() {
    const Json* b = body();
    if (!b) return;
    SegmentLines segment;
    segment.path = text_at(*b, "path");
    const bool overlaps = std::any_of(facts_.segments.begin(), facts_.segments.end(),
                                      [](const auto& s) { return is_video(s) && s.closed == kNone; });
    if (overlaps && is_video(segment)) broken("journal.pairs", "a segment is opened while another is open");
    segment.codec = text_at(*b, "codec");
    segment.opened = index_;
    segment.origin_us = integer_at(*b, "origin_us");
    segment.width = integer_at(*b, "width");
    segment.height = integer_at(*b, "height");
    facts_.segments.push_back(std::move(segment));
  }
  static bool is_video(const SegmentLines& segment) { return segment.path.ends_with(".mp4"); }

  // SHA256 SP SP path SP bytes SP packets
  void close_segment(std::string_view text) {
    const auto parts = split(text, " ");
    std::uint64_t bytes = 0, packets = 0;
    if (parts.size() != 5 || !is_hex_digest(parts[0]) || !parts[1].empty() || !plain_number(parts[3], bytes) ||
        !plain_number(parts[4], packets))
      return broken("journal.body", "not the form of seg.close");
    const auto open = std::find_if(facts_.segments.begin(), facts_.segments.end(),
                                   [&](const auto& s) { return s.path == parts[2] && s.closed == kNone; });
    if (open == facts_.segments.end()) return broken("journal.pairs", "seg.close of a segment that is not open");
    open->closed = index_;
    open->sha256 = std::string(parts[0]);
    open->bytes = bytes;
    open->packets = packets;
  }

  // SHA256 SP SP path SP before SP after SP segment
  void take_shot(std::string_view text) {
    const auto parts = split(text, " ");
    std::uint64_t before = 0, after = 0;
    if (parts.size() != 6 || !is_hex_digest(parts[0]) || !parts[1].empty() || !plain_number(parts[3], before) ||
        !plain_number(parts[4], after))
      return broken("journal.body", "not the form of shot");
    if (after < before) broken("film.shot", "`after` is before `before`");
    facts_.shots.push_back({index_, std::string(parts[2]), std::string(parts[0]), std::string(parts[5]),
                            static_cast<std::int64_t>(before), static_cast<std::int64_t>(after)});
  }

  void take_anchor(std::string_view text) {
    const auto parts = split(text, " ");
    const std::int64_t stamped = parts.size() == 2 ? fixed_number(parts[0], 8) : -1;
    const bool pending = stamped >= 0 && parts[1] == "pending";
    const bool named = stamped >= 0 && parts[1].starts_with("sha256:") && is_hex_digest(parts[1].substr(7));
    if (!pending && !named) return broken("journal.body", "not the form of tsa.anchor");
    if (static_cast<std::size_t>(stamped) >= index_) broken("stamp.anchor", "an anchor of a line that is not before it");
    facts_.anchors.push_back({index_, static_cast<std::size_t>(stamped), pending ? "" : std::string(parts[1].substr(7))});
  }

  void begin_gap() {
    const Json* b = body();
    if (!b) return;
    const std::int64_t number = integer_at(*b, "gap");
    if (number != static_cast<std::int64_t>(facts_.gaps.size()) + 1) broken("journal.pairs", "gaps are not numbered from 1 by one");
    facts_.gaps.push_back({number, 0, index_, kNone, text_at(*b, "reason")});
    if (std::find(kGapWords.begin(), kGapWords.end(), facts_.gaps.back().word()) == kGapWords.end())
      broken("journal.body", "a gap for a reason that the format does not have");
    if (facts_.gaps.back().word() == "pause" && !paused_) broken("journal.pause", "a gap of a pause outside of any");
  }
  void end_gap() {
    const Json* b = body();
    if (!b) return;
    const std::int64_t number = integer_at(*b, "gap");
    const auto open = std::find_if(facts_.gaps.begin(), facts_.gaps.end(),
                                   [&](const auto& gap) { return gap.number == number && gap.end == kNone; });
    if (open == facts_.gaps.end()) return broken("journal.pairs", "gap.end of a gap that is not open");
    open->end = index_;
    open->packets = integer_at(*b, "packets");
    if (open->packets < -1) broken("journal.body", "a gap lost fewer than no packets");
  }

  void take_bump() {
    const Json* b = body();
    if (!b) return;
    facts_.bumps.push_back({index_, text_at(*b, "path"), integer_at(*b, "from_us"), integer_at(*b, "to_us"), integer_at(*b, "packet")});
  }

  // The pause is a gap: one `pause` began in it, unless the program died between the two lines.
  void check_pause() {
    const bool gap = std::any_of(facts_.gaps.begin(), facts_.gaps.end(), [&](const auto& g) { return g.word() == "pause" && g.begin > paused_at_; });
    bool torn = false;
    for (std::size_t i = paused_at_; i < index_; ++i) torn = torn || facts_.lines[i].kind == "crash.recover";
    if (!gap && !torn) report_.broken("journal.pause", kJournalFile, line_name(paused_at_) + ": a pause without its gap");
  }

  void take_pause(bool begins) {
    if (paused_ == begins) broken("journal.pairs", begins ? "a pause within a pause" : "a resume without a pause");
    if (!begins && paused_) check_pause();
    paused_ = begins;
    if (begins) paused_at_ = index_;
  }

  void check_open_ends() {
    if (paused_) check_pause();
    for (const auto& segment : facts_.segments)
      if (segment.closed == kNone) broken("journal.pairs", segment.path + " was opened and never closed");
    for (const auto& gap : facts_.gaps)
      if (gap.end == kNone) broken("journal.pairs", "gap " + std::to_string(gap.number) + " was never ended");
  }

  void take_heads() {
    for (const auto& anchor : facts_.anchors)
      if (anchor.stamped < facts_.lines.size()) heads_.insert(anchor.stamped);
  }

  std::int64_t ms_between(std::size_t from, std::size_t to) const { return facts_.lines[to].time.ms - facts_.lines[from].time.ms; }
  // What the journal says of a late stamp keeps it honest, it does not make the package whole (FORMAT.md 7).
  bool in_time(std::size_t from, std::size_t to) {
    if (ms_between(from, to) <= kStretchMs) return true;
    report_.incomplete(std::string(kLateStampGap));
    return facts_.says_late(from, to);
  }

  // Each screenshot has an anchor of its line or of one not more than 120 s later.
  void check_anchored() {
    for (const auto& shot : facts_.shots) {
      if (!shot.path.ends_with(".png")) continue;
      index_ = shot.line;
      const auto head = heads_.lower_bound(shot.line);
      if (head == heads_.end()) broken("stamp.shot", "no anchor follows the screenshot");
      else if (!in_time(shot.line, *head)) broken("stamp.shot", "the screenshot's anchor came more than 120 s later and no gap says so");
    }
  }

  // No 120 s from the first line to the last without a head.
  void check_stretches() {
    std::size_t before = 0;
    heads_.insert(facts_.lines.size() - 1);                // final.head
    for (const std::size_t head : heads_) {
      index_ = head;
      if (!in_time(before, head)) broken("stamp.stretch", "more than 120 s since " + line_name(before) + " without a head, and no gap says so");
      before = head;
    }
  }

  JournalFacts& facts_;
  VerifyReport& report_;
  std::size_t index_ = 0;
  std::set<std::size_t> heads_;              // lines that anchors stamp
  bool paused_ = false;
  std::size_t paused_at_ = 0;
};

}  // namespace

void check_pairs(JournalFacts& facts, VerifyReport& report) { Pairs(facts, report).run(); }

}  // namespace guzheng
