// Room session. What the recorder tells, on its thread, written to the journal before it happens (FORMAT.md 5.1).
#pragma once

#include <functional>
#include <mutex>

#include "core/session/gap_book.h"
#include "core/session/reporter.h"

namespace guzheng {

class RecordLog final : public RecorderListener {
 public:
  RecordLog(Ledger& ledger, GapBook& gaps, RecordBook& book, const Reporter& tell, std::function<void()> ask_key_frame)
      : ledger_(ledger), gaps_(gaps), book_(book), tell_(tell), ask_key_frame_(std::move(ask_key_frame)) {}
  Status segment_opened(const SegmentOpened& segment) override;
  Status segment_closed(const SegmentClosed& segment) override;
  Status pts_bumped(const PtsBump& bump) override;
  Status gap_began(const RecordGap& gap) override;
  Status gap_ended(const RecordGap& gap) override;
  void need_key_frame() override { ask_key_frame_(); }
  void recorder_failed(const Error& error) override;

 private:
  Ledger& ledger_;
  GapBook& gaps_;
  RecordBook& book_;
  const Reporter& tell_;
  std::function<void()> ask_key_frame_;
  int gap_ = 0;                              // record thread
  std::mutex failing_;
  bool failed_ = false;                      // under failing_: told once, and whoever comes second finds it told
};

std::string_view codec_name(Codec codec);    // "h264"
std::string seg_close_body(const std::string& path, const FileDigests& digests, std::uint64_t packets);

}  // namespace guzheng
