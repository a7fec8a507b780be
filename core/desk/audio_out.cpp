#include "core/desk/audio_out.h"

#include <algorithm>
#include <utility>

#include "core/desk/workers.h"

namespace guzheng {

void scale_pcm(std::span<std::int16_t> samples, int percent) {
  if (percent >= 100) return;
  const int gain = static_cast<int>(std::int64_t{32'768} * percent * percent * percent / 1'000'000);     // an ear hears ratios: the cube of the slider's way
  for (auto& sample : samples) sample = static_cast<std::int16_t>(sample * gain / 32'768);
}

SpeakerDesk::SpeakerDesk(std::unique_ptr<AudioOut> out) : out_(std::move(out)) {}
SpeakerDesk::~SpeakerDesk() { close(); }

void SpeakerDesk::open(PcmSource source, std::function<void(bool)> listening) {
  close();
  source_ = std::move(source);
  listening_ = std::move(listening);
  if (on_) start();
}

void SpeakerDesk::close() {
  if (!source_) return;
  stop(state_ == State::NoDevice || state_ == State::Failed ? state_ : State::Silent);
  source_ = {};
  listening_ = {};
}

void SpeakerDesk::set_on(bool on) {
  if (on_ == on) return;
  on_ = on;
  if (on) start();
  else stop(State::Silent);
}

void SpeakerDesk::set_volume(int percent) {
  volume_->store(std::clamp(percent, 0, 100));
  emit changed();
}

void SpeakerDesk::start() {
  const auto turn = ++starts_;
  state_ = State::Silent;
  if (!source_) {                            // nothing to play yet: the device is tried when there is
    emit changed();
    return;
  }
  if (!out_) return told(turn, fail(ErrorKind::NotFound, "no sound device"));
  state_ = State::Starting;
  if (listening_) listening_(true);
  out_->start([source = source_, volume = volume_](std::span<std::int16_t> out, std::int64_t delay_us) {
                source(out, delay_us);
                scale_pcm(out, volume->load());
              },
              [this, turn](const Status& status) { post(this, [this, turn, status] { told(turn, status); }); });
  emit changed();
}

void SpeakerDesk::stop(State state) {
  ++starts_;
  if (out_) out_->stop();
  if (listening_) listening_(false);
  state_ = state;
  emit changed();
}

void SpeakerDesk::told(std::uint64_t start, const Status& status) {
  if (start != starts_) return;
  if (status) {
    state_ = State::Playing;
    emit changed();
    return;
  }
  on_ = false;
  stop(status.error().kind == ErrorKind::NotFound ? State::NoDevice : State::Failed);
}

}  // namespace guzheng
