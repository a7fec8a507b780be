// Test support. A scripted phone behind the DeviceLink seam; passes tests/device/link_contract.h.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/device/link.h"
#include "tests/support/pictures.h"

namespace guzheng::test {

// How the phone behaves. Copied into the link; what may change while it runs has a setter on FakeLink.
struct FakePhone {
  std::string serial = "FAKE0001";
  std::uint32_t width = 320, height = 640;
  int fps = 30;
  int key_every = 30;                                    // frames
  bool still = false;                                    // the same picture over and over
  bool real_time = true;                                 // false: packets come as fast as they are taken
  std::function<std::int64_t(std::uint64_t)> pts;        // of frame n; default 5,000,000,000 + n·1,000,000/fps
  std::optional<std::uint64_t> die_after_packets;        // then next_video() says Network, and so does every call
  std::optional<std::uint64_t> end_after_packets;        // then the stream pauses: next_video() blocks until stop()
  std::optional<std::uint64_t> sound_packets;            // of 20 ms, at once when audio is asked for; none: the phone gives no audio
  std::int64_t sound_began = 5'000'000'000;              // PTS of the first
  std::chrono::milliseconds screenshot_delay{0}, hierarchy_delay{0}, start_delay{0};
  std::optional<Error> screenshot_error, hierarchy_error, start_error;
  Bytes screenshot;                                      // empty: a PNG of the phone's size, black on a black page
  std::string hierarchy = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">"
                          "<node text=\"练习商城\" bounds=\"[0,0][320,640]\" password=\"false\" focused=\"true\"/></hierarchy>";
  std::map<std::string, Bytes> files;                    // what pull() gives, by path
  std::map<std::string, ShellOutput> shell;              // by command; any other: exit code 127 and text on err
};

struct Delivered {                                       // what next_video() handed out, in order
  std::int64_t pts_us = 0;
  bool key = false, config = false;
  std::string sha256;
};

class FakeLink final : public DeviceLink {
 public:
  explicit FakeLink(FakePhone phone = {});
  ~FakeLink() override;
  [[nodiscard]] std::string serial() const override;
  [[nodiscard]] std::string way() const override;
  Result<ShellOutput> shell(const std::string& command, std::chrono::milliseconds limit) override;
  Result<Bytes> screenshot(std::chrono::milliseconds limit, const Cancel& cancel = {}) override;
  Result<std::string> hierarchy(std::chrono::milliseconds limit, const Cancel& cancel = {}) override;
  Status pull(const std::string& path, std::uint64_t max_bytes, std::chrono::milliseconds limit, const std::function<Status(ByteView)>& use,
              const Cancel& cancel = {}) override;
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& options) override;

  // Any thread, also while the stream runs.
  void cut();                                            // the cable is pulled: everything fails with Network
  void set_black(bool black);                            // a FLAG_SECURE page: black in the stream and in screenshots
  void set_hierarchy(std::string xml);
  void set_answer(const std::string& command, const std::string& text);    // of a shell command, exit code 0
  void set_hierarchy_error(std::optional<Error> error);
  void give_sound(std::uint64_t packets, std::int64_t later_us);       // more, when the first have come; their PTS that much later than if they had gone on
  void rotate();                                         // sides swap, as by RotateDevice
  [[nodiscard]] std::vector<ControlMessage> sent() const;      // what the phone was told, in order
  [[nodiscard]] std::vector<Delivered> delivered() const;
  [[nodiscard]] std::vector<std::string> commands() const;     // shell commands asked for
  [[nodiscard]] int pulls() const;                       // how often a file was fetched

  struct State;                                          // shared with the stream, which may outlive the link

 private:
  std::shared_ptr<State> state_;
};

}  // namespace guzheng::test
