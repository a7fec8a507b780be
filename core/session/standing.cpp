#include "core/session/standing.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/session/app_desk.h"
#include "core/session/probe.h"
#include "core/session/sound_desk.h"

namespace guzheng {

namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0;;) {
    const auto space = text.find(' ', at);
    out.push_back(text.substr(at, space - at));
    if (space == text.npos) return out;
    at = space + 1;
  }
}

std::int64_t number(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class Reader {
 public:
  Result<StandingSession> read(const std::vector<JournalLine>& lines) {
    for (const auto& line : lines) GZ_TRY(take(line));
    for (auto& [no, description] : descriptions_) {
      const auto it = std::find_if(out_.items.begin(), out_.items.end(), [&, n = no](const auto& item) { return item.number == n; });
      if (it == out_.items.end()) out_.captures_without_shot.push_back(no);
      else it->description = description;
    }
    if (!out_.segments.empty() && !out_.segments.back().closed) out_.open_segment = out_.segments.back();
    return std::move(out_);
  }

 private:
  Status take(const JournalLine& line) {
    if (line.kind == "tsa.beacon") out_.beacon = true;
    else if (line.kind == "tsa.anchor") out_.anchored.insert(line.body.substr(0, 8));
    else if (line.kind == "seg.close") close_segment(split(line.body));
    else if (line.kind == "shot") take_shot(line, split(line.body));
    if (line.body.empty() || line.body.front() != '{') return ok();
    GZ_TRY_ASSIGN(const Json body, parse_json(line.body));
    if (body.contains("files"))
      for (const auto& file : body["files"]) out_.named[text_at(file, "path")] = text_at(file, "sha256");
    if (line.kind == "session.open") {
      out_.practice = bool_at(body, "practice");
      out_.opened_at = line.time;
    } else if (line.kind == "seg.open") {
      open_segment(body);
    } else if (line.kind == "gap.begin") {
      Gap gap;
      gap.number = static_cast<int>(integer_at(body, "gap"));
      gap.reason = text_at(body, "reason");
      gap.begin = gap.end = line.time;
      out_.gaps.push_back(gap);
      note_gap(gap.reason);
    } else if (line.kind == "gap.end") {
      end_gap(body, line.time);
    } else if (line.kind == "app.attest") {
      out_.app_attested = !text_at(body, "package").empty();
      out_.apps_told.push_back(text_at(body, "package"));
    } else if (line.kind == "app.foreground") {
      const std::string package = text_at(body, "package");
      if (!is_launcher(package) && std::find(out_.apps_seen.begin(), out_.apps_seen.end(), package) == out_.apps_seen.end()) out_.apps_seen.push_back(package);
    } else if (line.kind == "import") {
      out_.named[text_at(body, "path")] = text_at(body, "sha256");
      out_.imports.push_back(body);
    } else if (line.kind == "note" && body.contains("kind")) {
      describe(body);
    } else if (line.kind == "note") {
      take_note(text_at(body, "text"));
    } else if (line.kind == "session.close") {
      out_.closed = true;
      if (body.contains("reasons"))
        for (const auto& reason : body["reasons"])
          if (reason.is_string()) out_.reasons.push_back(reason.get<std::string>());
    }
    return ok();
  }

  void open_segment(const Json& body) {
    SegmentFacts segment;
    segment.path = text_at(body, "path");
    segment.origin_us = segment.first_us = segment.last_us = integer_at(body, "origin_us");
    const std::string codec = text_at(body, "codec");
    segment.format = {codec == "h265" ? Codec::H265 : codec == "av1" ? Codec::Av1 : Codec::H264,
                      static_cast<std::uint32_t>(integer_at(body, "width")), static_cast<std::uint32_t>(integer_at(body, "height"))};
    const bool sound = segment.path.ends_with(".ogg");
    if (sound) sound_came();
    auto& list = sound ? out_.sounds : out_.segments;
    list.push_back(std::move(segment));
  }

  // As SoundDesk holds it: what stopped the sound counts until it comes again, what stopped its recording for good.
  void sound_came() {
    out_.no_sound.clear();
    if (!sound_failed_) out_.sound_error.clear();
  }
  void sound_stopped(std::string why) {
    if (!sound_failed_) (out_.sounds.empty() ? out_.no_sound : out_.sound_error) = std::move(why);
  }
  void note_gap(const std::string& reason) {
    const auto colon = std::min(reason.find(": "), reason.size());
    const std::string_view word = std::string_view(reason).substr(0, colon);
    if (word == kGapNoSound) sound_stopped(std::string(kSoundNotSent));
    if (word == "record-failed") out_.recording_error = colon == reason.size() ? reason : reason.substr(colon + 2);
  }
  void take_note(const std::string& text) {
    const auto after = [&](std::string_view begin) { return text.starts_with(begin) ? std::optional(text.substr(begin.size())) : std::nullopt; };
    if (const auto why = after(kNoSoundGiven)) sound_stopped(*why);
    else if (const auto lost = after(kSoundLost)) sound_stopped(*lost);
    else if (const auto failed = after(kSoundFailed)) out_.sound_error = *failed, sound_failed_ = true;
    else if (const auto app = after(kOpenedLater)) {
      const auto colon = app->find("：");
      if (colon == app->npos) return;
      out_.apps_told.push_back(app->substr(0, colon));
      if (std::string_view(*app).substr(colon + std::string_view("：").size()).starts_with(kRefusedLater)) out_.apps_refused.push_back(app->substr(0, colon));
    }
  }

  // SHA256 SP SP path SP bytes SP packets
  void close_segment(const std::vector<std::string>& parts) {
    if (parts.size() != 5) return;
    out_.named[parts[2]] = parts[0];
    for (auto* list : {&out_.segments, &out_.sounds})
      for (auto& segment : *list) {
        if (segment.path != parts[2]) continue;
        segment.closed = true;
        segment.sha256 = parts[0];
        segment.bytes = static_cast<std::uint64_t>(number(parts[3]));
        segment.packets = static_cast<std::uint64_t>(number(parts[4]));
      }
  }

  // SHA256 SP SP path SP before SP after SP segment; the path ends in shot-NNNN.png or .xml
  void take_shot(const JournalLine& line, const std::vector<std::string>& parts) {
    if (parts.size() != 6 || parts[2].size() < 8) return;
    out_.named[parts[2]] = parts[0];
    if (parts[2].ends_with(".txt")) return;                 // the text record of a stretch of sound
    const int no = static_cast<int>(number(parts[2].substr(parts[2].size() - 8, 4)));
    if (parts[2].ends_with(".xml")) {
      for (auto& item : out_.items)
        if (item.number == no) item.hierarchy = parts[2];
      return;
    }
    CaptureItem item;
    item.number = no;
    item.made_at = line.time;
    item.path = parts[2];
    item.sha256 = parts[0];
    item.before_us = number(parts[3]);
    item.after_us = number(parts[4]);
    item.segment = parts[5] == "-" ? "" : parts[5];
    out_.items.push_back(std::move(item));
  }

  void end_gap(const Json& body, WallTime at) {
    for (auto& gap : out_.gaps) {
      if (gap.number != integer_at(body, "gap") || !gap.open) continue;
      gap.open = false;
      gap.end = at;
      if (std::string_view(gap.reason).starts_with(kGapNoSound)) sound_came();
      gap.packets = integer_at(body, "packets", -1);
    }
  }

  void describe(const Json& body) {
    ItemDescription d;
    d.kind = item_kind(text_at(body, "kind")).value_or(ItemKind::Other);
    d.title = text_at(body, "title");
    d.proves = text_at(body, "proves");
    d.access = text_at(body, "access");
    d.basis = text_at(body, "basis");
    descriptions_[static_cast<int>(number(text_at(body, "item")))] = std::move(d);
  }

  StandingSession out_;
  bool sound_failed_ = false;
  std::map<int, ItemDescription> descriptions_;    // by item; the last one counts
};

}  // namespace

Result<StandingSession> read_standing(const std::vector<JournalLine>& lines) { return Reader().read(lines); }

}  // namespace guzheng
