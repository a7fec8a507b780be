#include "core/session/record_book.h"

#include <algorithm>

namespace guzheng {

void RecordBook::opened(const SegmentFacts& segment) {
  const std::lock_guard lock(mutex_);
  segments_.push_back(segment);
  if (segments_.size() < 2) return;
  const SegmentFacts& before = segments_[segments_.size() - 2];
  const bool fell = segment.origin_us <= before.last_us;
  segments_.back().offset_us = before.offset_us + (fell ? before.last_us : segment.origin_us) - before.origin_us;
}

SegmentFacts RecordBook::closed(const std::string& path, const FileDigests& digests, std::uint64_t packets,
                                std::int64_t first_us, std::int64_t last_us) {
  const std::lock_guard lock(mutex_);
  for (auto& segment : segments_) {
    if (segment.path != path) continue;
    segment.first_us = first_us;
    segment.last_us = last_us;
    segment.packets = packets;
    segment.bytes = digests.size;
    segment.sha256 = digests.sha256;
    segment.closed = true;
    return segment;
  }
  return {};
}

void RecordBook::fail(const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (failure_.empty()) failure_ = why;
}

std::string RecordBook::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

std::optional<SegmentFacts> RecordBook::open_segment() const {
  const std::lock_guard lock(mutex_);
  if (segments_.empty() || segments_.back().closed) return std::nullopt;
  return segments_.back();
}

std::vector<SegmentFacts> RecordBook::segments() const {
  const std::lock_guard lock(mutex_);
  return segments_;
}

std::int64_t RecordBook::recorded_ms() const {
  const RecordPosition newest = newest_ ? newest_() : RecordPosition{};
  const std::lock_guard lock(mutex_);
  if (segments_.empty()) return 0;
  const SegmentFacts& last = segments_.back();
  const bool open = !last.closed && last.path.ends_with("/" + newest.segment);
  return (last.offset_us + (open ? newest.pts_us : last.last_us) - last.origin_us) / 1000;
}

std::int64_t RecordBook::position_ms(const std::string& path, std::int64_t pts_us) const {
  const std::lock_guard lock(mutex_);
  for (const auto& segment : segments_)
    if (segment.path == path) return (segment.offset_us + std::max<std::int64_t>(0, pts_us - segment.origin_us)) / 1000;
  return 0;
}

void RecordBook::heard(const SoundClosed& sound) {
  const std::lock_guard lock(mutex_);
  sounds_.push_back(sound);
}

Json RecordBook::values() const {
  Json out = Json::array();
  for (const auto& s : segments())
    if (s.closed)
      out.push_back({{"path", s.path}, {"bytes", s.bytes}, {"packets", s.packets}, {"first_us", s.first_us},
                     {"duration_us", s.last_us - s.first_us}, {"width", s.format.width}, {"height", s.format.height}});
  const std::lock_guard lock(mutex_);
  for (const auto& s : sounds_)
    out.push_back({{"path", "data/main/" + s.name}, {"bytes", s.digests.size}, {"packets", s.packets}, {"first_us", s.origin_us},
                   {"duration_us", s.duration_us}, {"width", 0}, {"height", 0}});
  return out;
}

}  // namespace guzheng
