#include <algorithm>

#include "core/seal/check_content.h"

namespace guzheng {

namespace {

constexpr std::int64_t kJumpUs = 2'000'000, kGapSlackMs = 30'000;

class FilmCheck {
 public:
  FilmCheck(const Bag& bag, const JournalFacts& journal, VerifyReport& report) : bag_(bag), journal_(journal), report_(report) {}

  void run() {
    for (const auto& segment : journal_.segments)
      if (segment.path.ends_with(".mp4")) check_segment(segment);
    for (const auto& bump : journal_.bumps) check_bump(bump);
    for (const auto& shot : journal_.shots) check_shot(shot);
  }

 private:
  const Film* film_of(const std::string& path) const {
    const auto it = bag_.films.find(path);
    return it == bag_.films.end() ? nullptr : &it->second;
  }
  const SegmentLines* segment_of(const std::string& path) const {
    for (const auto& segment : journal_.segments)
      if (segment.path == path) return &segment;
    return nullptr;
  }

  bool recovered_after(std::size_t line) const {
    for (std::size_t i = line; i < journal_.lines.size(); ++i)
      if (journal_.lines[i].kind == "crash.recover") return true;
    return false;
  }

  static bool codec_fits(const std::string& named, const std::string& entry) {
    if (named == "h264") return entry == "avc1" || entry == "avc3";
    if (named == "h265") return entry == "hvc1" || entry == "hev1";
    return named == "av1" && entry == "av01";
  }

  void check_segment(const SegmentLines& segment) {
    const Film* film = film_of(segment.path);
    const auto* file = bag_.find(segment.path);
    if (!film || !file) return;
    // killed before its second packet came: nothing of it stands, and the journal says so
    if (segment.packets == 0 && file->digests.size == 0 && journal_.only("crash.recover")) return;
    for (const auto& problem : film->problems) report_.broken("film.form", segment.path, problem);
    if (segment.closed != kNone && (film->pts_us.size() != segment.packets || file->digests.size != segment.bytes))
      report_.broken("film.packets", segment.path, "not as many packets or bytes as seg.close says");
    if (!codec_fits(segment.codec, film->codec) || film->width != segment.width || film->height != segment.height)
      report_.broken("film.format", segment.path, "codec, width or height is not that of seg.open");
    if (film->pts_us.empty()) return report_.broken("film.packets", segment.path, "a segment without packets");
    const std::int64_t first = segment.origin_us + film->pts_us.front();
    if (last_ && first <= last_us_ && !clock_began_anew(*last_, segment))
      report_.broken("film.order", segment.path, "it does not begin after the segment before it");
    if (last_ && first - last_us_ > kJumpUs) need_gap(*last_, segment);
    for (std::size_t i = 1; i < film->pts_us.size(); ++i)
      if (film->pts_us[i] - film->pts_us[i - 1] > kJumpUs) need_gap(segment, segment);
    last_ = &segment;
    last_us_ = segment.origin_us + film->pts_us.back();
  }

  // A phone that was started again counts from its new start: the link was lost meanwhile, and came back between the two.
  bool clock_began_anew(const SegmentLines& from, const SegmentLines& to) const {
    return std::any_of(journal_.gaps.begin(), journal_.gaps.end(), [&](const GapLines& gap) {
      return gap.word() == "link-lost" && gap.begin < to.opened && gap.end != kNone && gap.end > from.opened && gap.end < to.opened;
    });
  }

  // A gap of the film whose lines touch the lines of the two segments that the jump lies between.
  void need_gap(const SegmentLines& from, const SegmentLines& to) {
    const std::size_t first = from.opened, last = &from == &to ? from.closed : to.opened;
    const bool there = std::any_of(journal_.gaps.begin(), journal_.gaps.end(), [&](const GapLines& gap) {
      return gap.of_film() && gap.begin <= last && (gap.end == kNone || gap.end >= first);
    });
    if (!there) report_.broken("film.gap", to.path, "a jump of more than 2 s and no gap that says so");
  }

  void check_bump(const BumpLine& bump) {
    const auto* segment = segment_of(bump.path);
    const Film* film = film_of(bump.path);
    const auto at = static_cast<std::size_t>(bump.packet);
    if (!segment || !film || bump.packet < 0 || at >= film->pts_us.size() || segment->origin_us + film->pts_us[at] != bump.to_us)
      return report_.broken("film.bump", bump.path, line_name(bump.line) + " is not what the recording holds");
    const bool next = at == 0 ? bump.to_us > bump.from_us : film->pts_us[at] == film->pts_us[at - 1] + 1;
    if (!next || bump.from_us >= bump.to_us) report_.broken("film.bump", bump.path, line_name(bump.line) + " is no bump by the rule");
  }

  bool is_packet(const SegmentLines& segment, std::int64_t device_us) const {
    const Film* film = film_of(segment.path);
    return film && std::binary_search(film->pts_us.begin(), film->pts_us.end(), device_us - segment.origin_us);
  }

  void check_shot(const ShotLine& shot) {
    if (shot.segment == "-") {
      if (shot.before_us != 0 || shot.after_us != 0 || !may_have_no_frame(shot))
        report_.broken("film.shot", shot.path, "it claims to have no frame, though one was recorded");
      return;
    }
    const auto* segment = segment_of(shot.segment);
    if (!segment || segment->opened > shot.line) return report_.broken("film.shot", shot.path, "its segment is not there");
    if (!is_packet(*segment, shot.before_us)) report_.broken("film.shot", shot.path, "`before` is no packet of its segment");
    const bool after = std::any_of(journal_.segments.begin(), journal_.segments.end(),
                                   [&](const auto& s) { return is_packet(s, shot.after_us); });
    if (!after) report_.broken("film.shot", shot.path, "`after` is no packet of the recording");
  }

  bool may_have_no_frame(const ShotLine& shot) const {
    const bool recording = std::any_of(journal_.segments.begin(), journal_.segments.end(), [&](const SegmentLines& s) {
      return s.opened < shot.line && (s.closed == kNone || s.closed > shot.line);
    });
    const bool gap = std::any_of(journal_.gaps.begin(), journal_.gaps.end(), [&](const GapLines& g) {
      return g.of_film() && g.begin < shot.line && (g.end == kNone || g.end > shot.line ||
                                     journal_.lines[g.end].time.ms + kGapSlackMs >= journal_.lines[shot.line].time.ms);
    });
    return !recording || gap;
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  VerifyReport& report_;
  const SegmentLines* last_ = nullptr;
  std::int64_t last_us_ = 0;
};

}  // namespace

void check_film(const Bag& bag, const JournalFacts& journal, VerifyReport& report) { FilmCheck(bag, journal, report).run(); }

}  // namespace guzheng
