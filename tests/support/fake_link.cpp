#include "tests/support/fake_link.h"

#include <deque>

#include "core/base/digest.h"

namespace guzheng::test {

namespace {
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
Failure gone() { return fail(ErrorKind::Network, "the phone is gone"); }
}  // namespace

struct FakeLink::State {
  explicit State(FakePhone p) : phone(std::move(p)) {}
  mutable std::mutex mutex;
  std::condition_variable changed;
  FakePhone phone;                                       // all below and this: under mutex
  bool cut = false, black = false, reset = false, rotated = false;
  std::vector<ControlMessage> sent;
  std::vector<Delivered> delivered;
  std::vector<std::string> commands;
  int pulls = 0;

  void wake() {
    const std::lock_guard lock(mutex);
    changed.notify_all();
  }
  // Lets `delay` pass as a phone does, but not beyond `limit`, and not once the cable is pulled.
  Status pass(std::unique_lock<std::mutex>& lock, milliseconds delay, milliseconds limit, const Cancel& cancel = {}) {
    const bool late = limit.count() >= 0 && delay > limit;
    changed.wait_for(lock, late ? limit : delay, [&] { return cut || cancel.cancelled(); });
    if (cut) return gone();
    if (cancel.cancelled()) return fail(ErrorKind::Cancelled, "called off");
    if (late) return fail(ErrorKind::Timeout, "no answer in time");
    return ok();
  }
};

namespace {

class FakeStream final : public ScreenStream {
 public:
  explicit FakeStream(std::shared_ptr<FakeLink::State> state) : state_(std::move(state)) { rebuild(); }
  ~FakeStream() override { FakeStream::stop(); }
  [[nodiscard]] std::string device_name() const override { return "Fake phone"; }
  [[nodiscard]] std::uint32_t codec_id() const override { return 0x68323634; }

  Result<VideoEvent> next_video() override {
    std::unique_lock lock(state_->mutex);
    if (pending_.empty()) {
      GZ_TRY(wait_for_frame(lock));
      make_packets();
    }
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (state_->cut) return gone();
    Result<VideoEvent> event(std::move(pending_.front()));
    pending_.pop_front();
    if (const auto* p = std::get_if<StreamVideoPacket>(&*event)) {
      state_->delivered.push_back({p->pts_us, p->key, p->config, sha256_hex(p->data)});
      ++packets_;
    }
    return event;
  }

  Status send(const ControlMessage& message) override {
    const std::lock_guard lock(state_->mutex);
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (state_->cut) return gone();
    GZ_TRY(encode_control(message, {}));                 // refuses what a real link would refuse
    state_->sent.push_back(message);
    react(message);
    state_->changed.notify_all();
    return ok();
  }

  Result<DeviceMessage> next_message() override {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return stopped_ || state_->cut || !messages_.empty(); });
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (state_->cut) return gone();
    Result<DeviceMessage> message(std::move(messages_.front()));
    messages_.pop_front();
    return message;
  }

  Result<StreamAudioPacket> next_audio() override {
    std::unique_lock lock(state_->mutex);
    const FakePhone& phone = state_->phone;
    if (!phone.sound_packets) return fail(ErrorKind::Unsupported, "the phone gives no audio: a fake one");
    if (sounds_ > *phone.sound_packets) state_->changed.wait(lock, [&] { return stopped_ || state_->cut || sounds_ <= *phone.sound_packets; });
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (state_->cut) return gone();
    const auto n = static_cast<std::int64_t>(sounds_++);
    if (n == 0) return StreamAudioPacket{0, true, {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 2, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0}};
    return StreamAudioPacket{phone.sound_began + (n - 1) * 20'000, false, {0xfc, static_cast<std::uint8_t>(n), 0xfe}};
  }

  void stop() override {
    const std::lock_guard lock(state_->mutex);
    stopped_ = true;
    state_->changed.notify_all();
  }

 private:
  void react(const ControlMessage& message) {
    if (std::holds_alternative<ResetVideo>(message)) state_->reset = true;
    if (std::holds_alternative<RotateDevice>(message)) state_->rotated = true;
    if (const auto* set = std::get_if<SetClipboard>(&message)) {
      clipboard_ = set->utf8;
      if (set->sequence != 0) messages_.emplace_back(ClipboardAck{set->sequence});
    }
    if (std::holds_alternative<GetClipboard>(message)) messages_.emplace_back(ClipboardChanged{clipboard_});
  }

  Status wait_for_frame(std::unique_lock<std::mutex>& lock) {
    auto& s = *state_;
    const auto over = [&] { return stopped_ || s.cut; };
    if (s.phone.die_after_packets && packets_ >= *s.phone.die_after_packets) {
      s.cut = true;
      s.changed.notify_all();
    }
    if (s.phone.end_after_packets && packets_ >= *s.phone.end_after_packets) s.changed.wait(lock, over);
    if (s.phone.real_time) s.changed.wait_until(lock, due_, over);
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (s.cut) return gone();
    due_ = std::max(due_, SteadyClock::now() - milliseconds(200)) + std::chrono::microseconds(1'000'000 / s.phone.fps);
    return ok();
  }

  void make_packets() {
    auto& s = *state_;
    if (s.rotated) std::swap(s.phone.width, s.phone.height);
    if (s.rotated || s.reset) rebuild();
    s.rotated = s.reset = false;
    auto picture = encoder_->encode(s.phone.still ? 0 : frame_, fresh_, s.black);
    fresh_ = false;
    const std::int64_t pts = s.phone.pts ? s.phone.pts(frame_)
                                         : 5'000'000'000 + static_cast<std::int64_t>(frame_) * 1'000'000 / s.phone.fps;
    ++frame_;
    pending_.emplace_back(StreamVideoPacket{pts, picture.key, false, std::move(picture.data)});
  }

  // A new encoder: its size, its parameter sets, then a key frame: what a phone sends at the start, on a rotation
  // and after RESET_VIDEO.
  void rebuild() {
    const auto& phone = state_->phone;
    if (phone.width != width_ || phone.height != height_) pending_.emplace_back(StreamVideoSize{phone.width, phone.height});
    width_ = phone.width;
    height_ = phone.height;
    encoder_.emplace(static_cast<int>(phone.width), static_cast<int>(phone.height), phone.key_every);
    pending_.emplace_back(StreamVideoPacket{0, false, true, encoder_->config()});
    fresh_ = true;
  }

  std::shared_ptr<FakeLink::State> state_;
  std::optional<TestEncoder> encoder_;                   // all below: under state_->mutex
  std::deque<VideoEvent> pending_;
  std::uint64_t sounds_ = 0;                             // sound thread
  std::deque<DeviceMessage> messages_;
  std::string clipboard_;
  std::uint32_t width_ = 0, height_ = 0;
  std::uint64_t frame_ = 0, packets_ = 0;
  bool fresh_ = true, stopped_ = false;
  SteadyClock::time_point due_ = SteadyClock::now();
};

}  // namespace

FakeLink::FakeLink(FakePhone phone) : state_(std::make_shared<State>(std::move(phone))) {}
FakeLink::~FakeLink() = default;

std::string FakeLink::serial() const { return state_->phone.serial; }
std::string FakeLink::way() const { return "fake"; }

Result<ShellOutput> FakeLink::shell(const std::string& command, milliseconds limit) {
  std::unique_lock lock(state_->mutex);
  state_->commands.push_back(command);
  GZ_TRY(state_->pass(lock, milliseconds(0), limit));
  const auto found = state_->phone.shell.find(command);
  if (found != state_->phone.shell.end()) return found->second;
  return ShellOutput{{}, to_bytes("/system/bin/sh: " + command + ": not found\n"), 127};
}

Result<Bytes> FakeLink::screenshot(milliseconds limit, const Cancel& cancel) {
  const Cancel::Watch watch(cancel, [this] { state_->wake(); });      // outlives the lock
  std::unique_lock lock(state_->mutex);
  GZ_TRY(state_->pass(lock, state_->phone.screenshot_delay, limit, cancel));
  const auto& phone = state_->phone;
  if (phone.screenshot_error) return fail(*phone.screenshot_error);
  if (!phone.screenshot.empty()) return phone.screenshot;
  return test_png(static_cast<int>(phone.width), static_cast<int>(phone.height), state_->black);
}

Result<std::string> FakeLink::hierarchy(milliseconds limit, const Cancel& cancel) {
  const Cancel::Watch watch(cancel, [this] { state_->wake(); });      // outlives the lock
  std::unique_lock lock(state_->mutex);
  GZ_TRY(state_->pass(lock, state_->phone.hierarchy_delay, limit, cancel));
  if (state_->phone.hierarchy_error) return fail(*state_->phone.hierarchy_error);
  return state_->phone.hierarchy;
}

Status FakeLink::pull(const std::string& path, std::uint64_t max_bytes, milliseconds limit, const std::function<Status(ByteView)>& use, const Cancel& cancel) {
  Bytes content;
  {
    const Cancel::Watch watch(cancel, [this] { state_->wake(); });    // outlives the lock
    std::unique_lock lock(state_->mutex);
    ++state_->pulls;
    GZ_TRY(state_->pass(lock, milliseconds(0), limit, cancel));
    const auto found = state_->phone.files.find(path);
    if (found == state_->phone.files.end()) return fail(ErrorKind::NotFound, "phone: no file " + path);
    content = found->second;
  }
  if (content.size() > max_bytes) return fail(ErrorKind::Invalid, path + " is too large");
  return use(content);
}

int FakeLink::pulls() const {
  const std::lock_guard lock(state_->mutex);
  return state_->pulls;
}

Result<std::unique_ptr<ScreenStream>> FakeLink::start_screen(const ScreenOptions&) {
  std::unique_lock lock(state_->mutex);
  GZ_TRY(state_->pass(lock, state_->phone.start_delay, milliseconds(-1)));
  if (state_->phone.start_error) return fail(*state_->phone.start_error);
  return std::unique_ptr<ScreenStream>(std::make_unique<FakeStream>(state_));
}

void FakeLink::cut() {
  const std::lock_guard lock(state_->mutex);
  state_->cut = true;
  state_->changed.notify_all();
}

void FakeLink::set_black(bool black) {
  const std::lock_guard lock(state_->mutex);
  state_->black = black;
}

void FakeLink::set_hierarchy(std::string xml) {
  const std::lock_guard lock(state_->mutex);
  state_->phone.hierarchy = std::move(xml);
}

void FakeLink::set_answer(const std::string& command, const std::string& text) {
  const std::lock_guard lock(state_->mutex);
  state_->phone.shell[command] = ShellOutput{to_bytes(text), {}, 0};
}

void FakeLink::set_hierarchy_error(std::optional<Error> error) {
  const std::lock_guard lock(state_->mutex);
  state_->phone.hierarchy_error = std::move(error);
}

void FakeLink::give_sound(std::uint64_t packets, std::int64_t later_us) {
  const std::lock_guard lock(state_->mutex);
  state_->phone.sound_packets = state_->phone.sound_packets.value_or(0) + packets;
  state_->phone.sound_began += later_us;
  state_->changed.notify_all();
}

void FakeLink::rotate() {
  const std::lock_guard lock(state_->mutex);
  state_->rotated = true;
}

std::vector<ControlMessage> FakeLink::sent() const {
  const std::lock_guard lock(state_->mutex);
  return state_->sent;
}

std::vector<Delivered> FakeLink::delivered() const {
  const std::lock_guard lock(state_->mutex);
  return state_->delivered;
}

std::vector<std::string> FakeLink::commands() const {
  const std::lock_guard lock(state_->mutex);
  return state_->commands;
}

}  // namespace guzheng::test
