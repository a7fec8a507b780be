#include "core/session/record_book.h"

#include <algorithm>

namespace guzheng {

void RecordBook::opened(const SegmentFacts& segment) {
  const std::lock_guard lock(mutex_);
  segments_.push_back(segment);
  newest_us_ = segment.origin_us;
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

void RecordBook::seen(std::int64_t pts_us) {
  const std::lock_guard lock(mutex_);
  newest_us_ = pts_us;
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
  const std::lock_guard lock(mutex_);
  std::int64_t us = 0;
  for (const auto& segment : segments_)
    us += segment.closed ? segment.last_us - segment.first_us : std::max<std::int64_t>(0, newest_us_ - segment.origin_us);
  return us / 1000;
}

std::int64_t RecordBook::position_ms(const std::string& path, std::int64_t pts_us) const {
  const std::lock_guard lock(mutex_);
  std::int64_t us = 0;
  for (const auto& segment : segments_) {
    if (segment.path == path) return (us + std::max<std::int64_t>(0, pts_us - segment.origin_us)) / 1000;
    us += segment.last_us - segment.first_us;
  }
  return us / 1000;
}

Json RecordBook::values() const {
  Json out = Json::array();
  for (const auto& s : segments())
    if (s.closed)
      out.push_back({{"path", s.path}, {"bytes", s.bytes}, {"packets", s.packets}, {"first_us", s.first_us},
                     {"duration_us", s.last_us - s.first_us}, {"width", s.format.width}, {"height", s.format.height}});
  return out;
}

}  // namespace guzheng
