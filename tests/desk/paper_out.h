// Test support. A loudspeaker of paper: what it is given is kept, and it pulls when the test says so.
#pragma once

#include <optional>
#include <vector>

#include "core/desk/audio_out.h"

namespace guzheng {

struct PaperSpeaker {
  PcmSource source;                          // set while it is started
  std::function<void(const Status&)> told;
  int starts = 0, stops = 0;
  std::optional<Error> refuse;               // what start() answers; none: it plays
  std::vector<std::int16_t> pull(int ms, std::int64_t delay_us = 0) const {
    std::vector<std::int16_t> out(static_cast<std::size_t>(ms) * 48 * 2, 77);
    if (source) source(out, delay_us);
    return out;
  }
};

class PaperOut final : public AudioOut {
 public:
  explicit PaperOut(std::shared_ptr<PaperSpeaker> speaker) : speaker_(std::move(speaker)) {}
  void start(PcmSource source, std::function<void(const Status&)> told) override {
    ++speaker_->starts;
    speaker_->source = std::move(source);
    speaker_->told = std::move(told);
    speaker_->told(speaker_->refuse ? Status(fail(*speaker_->refuse)) : ok());
  }
  void stop() override {
    if (speaker_->source) ++speaker_->stops;
    speaker_->source = {};
    speaker_->told = {};
  }

 private:
  const std::shared_ptr<PaperSpeaker> speaker_;
};

}  // namespace guzheng
