#include "core/desk/package_view.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace guzheng {
namespace {

// "SHA256  path before after segment": the digest and path of a shot line.
std::pair<std::string, std::string> shot_of(std::string_view body) {
  const auto two = body.find("  ");
  if (two == std::string_view::npos) return {};
  const auto rest = body.substr(two + 2);
  return {std::string(body.substr(0, two)), std::string(rest.substr(0, rest.find(' ')))};
}

ShotView read_shot(const Json& item) {
  ShotView shot;
  shot.number = static_cast<int>(integer_at(item, "no"));
  shot.path = text_at(item, "path");
  shot.description.kind = item_kind(text_at(item, "kind")).value_or(ItemKind::Other);
  shot.description.title = text_at(item, "title");
  shot.description.proves = text_at(item, "proves");
  shot.description.access = text_at(item, "access");
  shot.description.basis = text_at(item, "basis");
  shot.position_ms = integer_at(item, "position_ms");
  if (const auto at = parse_time(text_at(item, "made_at"))) shot.made_at = *at;
  return shot;
}

const Json& array_at(const Json& values, const char* key) {
  static const Json empty = Json::array();
  const auto it = values.find(key);
  return it != values.end() && it->is_array() ? *it : empty;
}

}  // namespace

bool is_key_point(std::string_view kind) {
  static const std::set<std::string_view> quiet{"input", "clock.sample", "tsa.anchor", "seg.open", "seg.close", "pts.bump",
                                                "app.foreground"};
  return !quiet.contains(kind);
}

std::vector<JournalRow> journal_rows(const std::vector<JournalLine>& lines, const std::vector<ShotView>& shots) {
  std::map<std::string, const ShotView*> by_name;
  for (const auto& shot : shots) by_name["data/main/" + shot.path.filename().string()] = &shot;
  const auto film_began = std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.kind == "seg.open"; });
  std::vector<JournalRow> rows;
  rows.reserve(lines.size());
  for (const auto& line : lines) {
    JournalRow row{line.seq, line.kind, line.body, line.time, 0, is_key_point(line.kind), 0, {}};
    if (film_began != lines.end()) row.position_ms = std::max<std::int64_t>(0, line.time.ms - film_began->time.ms);
    if (line.kind == "shot") {
      const auto found = by_name.find(shot_of(line.body).second);
      row.key_point = found != by_name.end();           // the hierarchy beside a picture is no point of its own
      if (found != by_name.end()) {
        row.item = found->second->number;
        row.position_ms = found->second->position_ms;
        row.title = found->second->description.title;
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<PackageView> load_package(PackageEntry entry, const Opener* opener) {
  PackageView view;
  GZ_TRY_ASSIGN(view.files, open_package(entry.folder, opener));
  GZ_TRY_ASSIGN(const auto text, view.files->text("data/attach/journal.log", 1u << 30));
  GZ_TRY_ASSIGN(const auto lines, parse_journal(text));
  for (const auto& item : array_at(entry.values, "items")) view.shots.push_back(read_shot(item));
  for (const auto& line : lines) {
    if (line.kind != "shot") continue;
    const auto [digest, path] = shot_of(line.body);
    for (auto& shot : view.shots) {
      if (path == shot.path) shot.sha256 = digest;
    }
  }
  for (const auto& part : array_at(entry.values, "recordings")) {
    if (text_at(part, "path").ends_with(".ogg")) {
      view.sound.push_back({text_at(part, "path"), integer_at(part, "first_us"), integer_at(part, "duration_us")});
      continue;
    }
    view.film.push_back({text_at(part, "path"), integer_at(part, "first_us"), integer_at(part, "duration_us"),
                         integer_at(part, "packets"), static_cast<int>(integer_at(part, "width")),
                         static_cast<int>(integer_at(part, "height"))});
  }
  if (!view.film.empty()) {
    view.duration_ms = (view.film.back().first_us + view.film.back().duration_us - view.film.front().first_us) / 1000;
    for (auto& stretch : view.sound) {       // device time so far
      stretch.place_us -= view.film.front().first_us;
      view.duration_ms = std::max(view.duration_ms, (stretch.place_us + stretch.duration_us) / 1000);
    }
  }
  view.journal = journal_rows(lines, view.shots);
  view.journal_lines = lines.size();
  std::map<std::int64_t, FilmGap> open;
  for (const auto& row : view.journal) {
    if (row.kind != "gap.begin" && row.kind != "gap.end") continue;
    const auto body = parse_json(row.body);
    if (!body) continue;
    auto& gap = open[integer_at(*body, "gap")];
    if (row.kind == "gap.begin") {
      gap.begin_ms = row.position_ms;
      gap.reason = text_at(*body, "reason");
    } else {
      gap.end_ms = row.position_ms;
      gap.packets = integer_at(*body, "packets");
    }
  }
  for (const auto& [number, gap] : open) view.gaps.push_back(gap);
  view.entry = std::move(entry);
  return view;
}

}  // namespace guzheng
