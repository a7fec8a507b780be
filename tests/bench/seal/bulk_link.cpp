#include "tests/bench/seal/bulk_link.h"

#include <chrono>
#include <deque>
#include <thread>

namespace guzheng::test {
namespace {

constexpr std::uint64_t kAhead = 16u << 20;              // below the recorder's queue (64 MiB)

// One group of pictures, repeated: each begins with a key frame.
std::vector<Encoded> padded_group(TestEncoder& encoder, int length, std::size_t packet_bytes) {
  std::vector<Encoded> group;
  for (int i = 0; i < length; ++i) {
    auto picture = encoder.encode(static_cast<std::uint64_t>(i), i == 0);
    if (picture.data.size() + 6 < packet_bytes) {
      append(picture.data, Bytes{0, 0, 0, 1, 12});
      picture.data.resize(packet_bytes - 1, 0xFF);
      picture.data.push_back(0x80);                      // trailing bits
    }
    group.push_back(std::move(picture));
  }
  return group;
}

class BulkScreen final : public ScreenStream {
 public:
  BulkScreen(const FakePhone& phone, BulkStream stream) : stream_(std::move(stream)), width_(phone.width), height_(phone.height) {
    TestEncoder encoder(static_cast<int>(width_), static_cast<int>(height_), stream_.fps);
    config_ = encoder.config();
    group_ = padded_group(encoder, stream_.fps, stream_.packet_bytes);
    total_ = static_cast<std::uint64_t>(stream_.seconds) * static_cast<std::uint64_t>(stream_.fps);
  }
  ~BulkScreen() override { BulkScreen::stop(); }
  [[nodiscard]] std::string device_name() const override { return "Bulk phone"; }
  [[nodiscard]] std::uint32_t codec_id() const override { return 0x68323634; }

  Result<VideoEvent> next_video() override {
    if (step_ == 0) return ++step_, Result<VideoEvent>(StreamVideoSize{width_, height_});
    if (step_ == 1) return ++step_, Result<VideoEvent>(StreamVideoPacket{0, false, true, config_});
    if (frame_ == total_) {
      if (stream_.delivered) std::exchange(stream_.delivered, nullptr)();
      wait([] { return false; });
    }
    wait([&] { return sent_ < stream_.written() + kAhead; });
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    const auto& picture = group_[frame_ % group_.size()];
    const auto pts = 5'000'000'000 + static_cast<std::int64_t>(frame_++) * 1'000'000 / stream_.fps;
    sent_ += picture.data.size();
    return Result<VideoEvent>(StreamVideoPacket{pts, picture.key, false, picture.data});
  }

  Status send(const ControlMessage&) override { return ok(); }
  Result<DeviceMessage> next_message() override {
    wait([] { return false; });
    return fail(ErrorKind::Cancelled, "screen stopped");
  }
  void stop() override { stopped_ = true; }

 private:
  // Polling is enough here: what is measured begins after the last packet.
  void wait(const std::function<bool()>& done) {
    while (!stopped_ && !done()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  BulkStream stream_;
  const std::uint32_t width_, height_;
  Bytes config_;
  std::vector<Encoded> group_;
  std::uint64_t total_ = 0, frame_ = 0, sent_ = 0;       // next_video()'s thread
  int step_ = 0;
  std::atomic<bool> stopped_ = false;
};

class BulkLink final : public DeviceLink {
 public:
  BulkLink(FakePhone phone, BulkStream stream) : phone_(phone), rest_(std::move(phone)), stream_(std::move(stream)) {}
  [[nodiscard]] std::string serial() const override { return rest_.serial(); }
  [[nodiscard]] std::string way() const override { return "bulk"; }
  Result<ShellOutput> shell(const std::string& command, std::chrono::milliseconds limit) override { return rest_.shell(command, limit); }
  Result<Bytes> screenshot(std::chrono::milliseconds limit, const Cancel& cancel) override { return rest_.screenshot(limit, cancel); }
  Result<std::string> hierarchy(std::chrono::milliseconds limit, const Cancel& cancel) override { return rest_.hierarchy(limit, cancel); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions&) override {
    return std::unique_ptr<ScreenStream>(std::make_unique<BulkScreen>(phone_, stream_));
  }

 private:
  const FakePhone phone_;
  FakeLink rest_;
  const BulkStream stream_;
};

}  // namespace

std::shared_ptr<DeviceLink> bulk_link(FakePhone phone, BulkStream stream) {
  return std::make_shared<BulkLink>(std::move(phone), std::move(stream));
}

}  // namespace guzheng::test
