// Media tests' own tools: packets to record, a listener that notes what it is told, and an independent look at a file.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "core/media/recorder.h"
#include "tests/support/pictures.h"

namespace guzheng::test {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

Packet config_packet(const TestEncoder& encoder);
Packet video_packet(Encoded encoded, std::int64_t pts_us);

// Notes every call as a line of text, in order, and keeps the values.
class Notes : public RecorderListener {
 public:
  Status segment_opened(const SegmentOpened& s) override;
  Status segment_closed(const SegmentClosed& s) override;
  Status pts_bumped(const PtsBump& b) override;
  Status gap_began(const RecordGap& g) override;
  Status gap_ended(const RecordGap& g) override;
  void need_key_frame() override;
  void recorder_failed(const Error& e) override;
  [[nodiscard]] std::vector<std::string> lines() const;
  [[nodiscard]] std::vector<SegmentOpened> opened() const;
  [[nodiscard]] std::vector<SegmentClosed> closed() const;
  [[nodiscard]] std::vector<Error> failures() const;

 private:
  void note(std::string line);
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  std::vector<SegmentOpened> opened_;
  std::vector<SegmentClosed> closed_;
  std::vector<Error> failures_;
};

struct StoredPacket {
  std::int64_t pts_us = 0;             // from the file, in microseconds; -1 when its time scale is not 1,000,000
  bool key = false;
  Bytes data;                          // with length prefixes, as in the file
};
// By libavformat, not by the room's own reader.
std::vector<StoredPacket> read_back(const std::filesystem::path& file);
// Annex B (3- or 4-byte start codes) with each start code replaced by a 4-byte length: written from the format's text.
Bytes with_lengths(ByteView annex_b);
// moof+mdat pairs that are whole, by the box headers alone; and where the last one ends.
struct SeenFragments {
  std::size_t count = 0, end = 0;
};
SeenFragments whole_fragments(ByteView file);

}  // namespace guzheng::test
