#include "core/session/text_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostBeside = 64u << 20;

std::string minutes(std::int64_t us) {
  const std::int64_t ms = std::max<std::int64_t>(0, us) / 1000;
  return fmt::format("{:02}:{:02}.{:03}", ms / 60'000, ms / 1000 % 60, ms % 1000);
}

std::string record_text(const HeardStretch& s, const WrittenText& written, const RecordBook& record, int zone) {
  const auto film = record.segments();
  const std::int64_t from = film.empty() ? 0 : s.origin_us - film.front().origin_us;
  std::string text = written.text;
  if (!text.ends_with('\n')) text += '\n';
  return fmt::format("录音文字记录\n录音：{}\n时段：录像 {} 至 {}（手机时间 {} 至 {} 微秒）\n记录人：{}\n记录时间：{}\n制作方法：记录人听录音后书写\n内容：\n{}",
                     fs::path(s.path).filename().string(), minutes(from), minutes(from + s.duration_us), s.origin_us, s.origin_us + s.duration_us, written.officer,
                     format_time(written.at, zone), text);
}

}  // namespace

std::string text_record_path(const std::string& sound) { return sound.substr(0, sound.size() - 3) + "txt"; }

fs::path TextBook::file_beside(const fs::path& bag) { return bag.parent_path() / (bag.filename().string() + ".texts"); }

void TextBook::write(const std::string& sound, WrittenText text) {
  const std::lock_guard lock(mutex_);
  texts_[sound] = std::move(text);
  dirty_ = true;
}

bool TextBook::has(const std::string& sound) const {
  const std::lock_guard lock(mutex_);
  return texts_.contains(sound);
}

Status TextBook::save() {
  const std::lock_guard one(saving_);          // an older one must not be put over a newer one
  Json all = Json::array();
  {
    const std::lock_guard lock(mutex_);
    if (!dirty_) return ok();
    dirty_ = false;
    for (const auto& [sound, written] : texts_) all.push_back({{"at_ms", written.at.ms}, {"officer", written.officer}, {"sound", sound}, {"text", written.text}});
  }
  const auto text = canonical_json(all);
  Status done = text ? write_atomically(file_beside(bag_), as_bytes(*text)) : Status(Failure(text.error()));
  if (done) return done;
  const std::lock_guard lock(mutex_);
  dirty_ = true;                             // tried again at the next round
  return done;
}

Status TextBook::close(Ledger& ledger, const RecordBook& record, const std::vector<HeardStretch>& stretches) {
  for (const HeardStretch& stretch : stretches) {
    std::optional<WrittenText> written;
    {
      const std::lock_guard lock(mutex_);
      if (const auto it = texts_.find(stretch.path); it != texts_.end()) written = it->second;
    }
    const std::string path = text_record_path(stretch.path);
    if (!written || ledger.has(path)) continue;
    GZ_TRY_ASSIGN(const FileDigests digests, ledger.put(path, as_bytes(record_text(stretch, *written, record, ledger.clock().zone_minutes()))));
    if (auto line = ledger.line("shot", digests.sha256 + "  " + path + " 0 0 -"); !line) return Failure(std::move(line.error()));
  }
  std::error_code ec;
  if (fs::remove(file_beside(bag_), ec)) return sync_folder(bag_.parent_path());     // else it stands again after a power cut, beside a package that is sealed
  return ok();
}

Status TextBook::adopt() {
  std::error_code ec;
  if (!fs::is_regular_file(file_beside(bag_), ec)) return ok();
  GZ_TRY_ASSIGN(const std::string text, read_text(file_beside(bag_), kMostBeside));
  GZ_TRY_ASSIGN(const Json all, parse_json(text));
  if (!all.is_array()) return fail(ErrorKind::Invalid, file_beside(bag_).string() + " holds no text records");
  const std::lock_guard lock(mutex_);
  for (const auto& one : all)
    if (one.is_object()) texts_[text_at(one, "sound")] = {text_at(one, "text"), text_at(one, "officer"), {integer_at(one, "at_ms")}};
  return ok();
}

}  // namespace guzheng
