#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/seal/check_content.h"
#include "core/seal/check_import.h"
#include "core/seal/package_names.h"

namespace guzheng {

namespace {

constexpr std::array<const char*, 4> kCompulsory{"platform-home", "shop-home", "licence", "violation"};

class Values {
 public:
  Values(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report)
      : bag_(bag), journal_(journal), tags_(tags), report_(report), values_(bag.attached("values")) {}

  void run() {
    if (values_.is_object()) {
      if (text_at(values_, "package") != bag_.id) broken("it is of another package");
      lay_out();
      for (const auto& item : list("items")) check_item(item);
      for (const auto& recording : list("recordings")) check_recording(recording);
      check_gaps();
      check_named();
      check_checklist();
    }
    check_complete();
  }

 private:
  void broken(const std::string& what) { report_.broken("values", kValuesFile, what); }
  Json list(const char* key) const {
    const auto it = values_.find(key);
    return it != values_.end() && it->is_array() ? *it : Json::array();
  }

  // Where each segment begins in the whole recording (FORMAT.md 6.1). Unsigned: a hostile package's sums may wrap.
  void lay_out() {
    std::uint64_t offset = 0;
    std::int64_t origin = 0, last = 0;
    bool first = true;
    for (const auto& segment : journal_.segments) {
      if (!segment.path.ends_with(".mp4")) continue;
      if (!first) offset += static_cast<std::uint64_t>(segment.origin_us > last ? segment.origin_us : last) - static_cast<std::uint64_t>(origin);
      first = false;
      offsets_[segment.path] = offset;
      const auto film = bag_.films.find(segment.path);
      const std::int64_t length = film == bag_.films.end() || film->second.pts_us.empty() ? 0 : film->second.pts_us.back();
      origin = segment.origin_us;
      last = static_cast<std::int64_t>(static_cast<std::uint64_t>(origin) + static_cast<std::uint64_t>(length));
      whole_us_ = offset + static_cast<std::uint64_t>(length);
    }
  }

  bool position_fits(const Json& item, const ShotLine& shot) const {
    const std::int64_t said = integer_at(item, "position_ms", -1);
    if (shot.segment == "-") return said >= 0 && static_cast<std::uint64_t>(said) <= whole_us_ / 1000;
    const auto offset = offsets_.find(shot.segment);
    if (offset == offsets_.end()) return false;
    const auto segment = std::find_if(journal_.segments.begin(), journal_.segments.end(), [&](const auto& s) { return s.path == shot.segment; });
    const std::uint64_t us = offset->second + static_cast<std::uint64_t>(shot.before_us) - static_cast<std::uint64_t>(segment->origin_us);
    return said >= 0 && static_cast<std::uint64_t>(said) == us / 1000;
  }

  void check_item(const Json& item) {
    static const std::set<std::string> access{"公开", "登录可见", "非公开"};
    static const std::set<std::string> kinds{"platform-home", "shop-home", "licence", "violation", "other"};
    const std::string path = text_at(item, "path"), hierarchy = text_at(item, "hierarchy"), kind = text_at(item, "kind");
    if (!item.is_object() || path.empty()) return broken("an item without path");
    if (!kinds.contains(kind) || !access.contains(text_at(item, "access"))) broken(path + ": unknown kind or access");
    if (!named_.insert(path).second) broken(path + " is there twice");
    if (!hierarchy.empty() && !named_.insert(hierarchy).second) broken(hierarchy + " is there twice");
    if (!hierarchy.empty() && !bag_.has(hierarchy)) broken(hierarchy + " is not there");
    ++kinds_[kind];
    for (const char* key : {"proves", "method", "made_at", "maker"})
      if (text_at(item, key).empty()) unfilled_ = true;
    const auto shot = std::find_if(journal_.shots.begin(), journal_.shots.end(), [&](const auto& s) { return s.path == path; });
    if (shot == journal_.shots.end()) return broken(path + " is no shot of the journal");
    const std::string segment = text_at(item, "segment");
    if (shot->before_us != integer_at(item, "before_us") || shot->after_us != integer_at(item, "after_us") ||
        (shot->segment != segment && !(shot->segment == "-" && segment.empty())))
      broken(path + ": its position is not the one in the journal");
    if (!position_fits(item, *shot)) broken(path + ": position_ms is not where its frame lies in the whole recording");
  }

  void check_recording(const Json& recording) {
    const std::string path = text_at(recording, "path");
    if (!named_.insert(path).second) broken(path + " is there twice");
    const auto segment = std::find_if(journal_.segments.begin(), journal_.segments.end(), [&](const auto& s) { return s.path == path; });
    if (segment == journal_.segments.end()) return broken(path + " is no segment of the journal");
    if (integer_at(recording, "bytes") != static_cast<std::int64_t>(segment->bytes) ||
        integer_at(recording, "packets") != static_cast<std::int64_t>(segment->packets))
      broken(path + ": bytes or packets are not those in the journal");
    if (!path.ends_with(".mp4")) return;
    const auto film = bag_.films.find(path);
    if (film == bag_.films.end() || film->second.pts_us.empty()) return;
    if (integer_at(recording, "first_us") != segment->origin_us || integer_at(recording, "duration_us") != film->second.pts_us.back())
      broken(path + ": first_us or duration_us is not that of the recording");
    if (integer_at(recording, "width") != segment->width || integer_at(recording, "height") != segment->height)
      broken(path + ": width or height is not that of seg.open");
  }

  void check_gaps() {
    const Json gaps = list("gaps");
    if (gaps.size() != journal_.gaps.size()) return broken("other gaps than the journal has");
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      const auto& line = journal_.gaps[i];
      if (line.begin == kNone || line.end == kNone) continue;
      const auto begin = parse_time(text_at(gaps[i], "begin")), end = parse_time(text_at(gaps[i], "end"));
      if (integer_at(gaps[i], "gap") != line.number || integer_at(gaps[i], "packets", -2) != line.packets ||
          text_at(gaps[i], "reason") != line.reason || begin != journal_.lines[line.begin].time || end != journal_.lines[line.end].time)
        broken("gap " + std::to_string(line.number) + " is not what the journal says");
    }
  }

  void check_named() {
    for (const auto& [path, file] : bag_.files)
      if (path.starts_with("data/main/") && !named_.contains(path) && !(path.starts_with("data/main/rec-") && path.ends_with(".txt"))) broken(path + " is not named");
    for (const auto& path : named_)
      if (!path.starts_with("data/main/")) broken(path + " is not under data/main");
  }

  void check_checklist() {
    const auto checklist = values_.find("checklist");
    if (checklist == values_.end() || !checklist->is_object()) return broken("no checklist");
    for (const auto& [kind, count] : checklist->items())
      if (!count.is_number_integer() || count.get<std::int64_t>() != kinds_[kind]) broken("the checklist counts other items of kind " + kind);
    for (const auto& [kind, count] : kinds_)
      if (count > 0 && !checklist->contains(kind)) broken("the checklist does not count kind " + kind);
  }

  // 完整 may only be said of a package that is (section 6).
  void check_complete() {
    if (!tags_.complete) return;
    const auto no = [&](const std::string& what) { report_.broken("tags.complete", "bag-info.txt", "called 完整, but " + what); };
    if (!bag_.has("data/attach/tst/beacon.tsr")) no("there is no beacon");
    if (journal_.only("crash.recover")) report_.incomplete("记录曾中断后恢复");      // and may excuse late stamps
    for (const char* kind : kCompulsory)
      if (kinds_[kind] == 0) no(std::string("there is no item of kind ") + kind);
    if (unfilled_) no("an item lacks proves, method, made_at or maker");
    for (const char* name : {"order", "people", "env", "device", "app", "node", "net", "values"})
      if (!bag_.has(std::string("data/attach/") + name + ".json")) no(std::string(name) + ".json is missing");
    if (!bag_.has("data/attach/order.json.p7s")) no("the order is not signed");
  }

  const Bag& bag_;
  const JournalFacts& journal_;
  const TagFacts& tags_;
  VerifyReport& report_;
  const Json values_;
  std::set<std::string> named_;
  std::map<std::string, std::int64_t> kinds_;
  std::map<std::string, std::uint64_t> offsets_;     // of video segments, µs
  std::uint64_t whole_us_ = 0;
  bool unfilled_ = false;
};

}  // namespace

void check_values(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report) {
  if (is_import(bag)) check_import_values(bag, journal, tags, report);
  else Values(bag, journal, tags, report).run();
}

}  // namespace guzheng
