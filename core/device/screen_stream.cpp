#include "core/device/screen_stream.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <deque>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/device/h264_sps.h"
#include "core/device/scrcpy_wire.h"
#include "core/device/server_file.h"
#include "core/device/server_process.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr const char* kRemotePath = "/data/local/tmp/scrcpy-server.jar";
constexpr int kAttempts = 100;                          // app_process takes a second or more to come up
constexpr milliseconds kBetweenAttempts{100};
constexpr milliseconds kStartPatience{10'000}, kLastWordsPatience{500}, kNoLimit{-1};

// Values land in a shell command on the phone: nothing but what the options can need passes.
Status check_shell_safe(std::string_view text) {
  for (const char c : text) {
    const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("-_=,.:").find(c) != std::string_view::npos;
    if (!fine) return fail(ErrorKind::Invalid, "codec options hold a character that the phone's shell would read");
  }
  return ok();
}

Status check_digest(ByteView file, const ScreenOptions& options) {
  const std::string digest = sha256_hex(file);
  for (const auto& known : upstream_servers()) {
    if (known.sha256 != digest) continue;
    if (known.version == options.version) return ok();
    return fail(ErrorKind::Invalid, options.server_file + " is scrcpy " + known.version.text() + ", not " + options.version.text() + ": client and server must be of one version");
  }
  for (const auto& accepted : options.accepted_server_digests)
    if (accepted == digest) return ok();
  return fail(ErrorKind::Denied, options.server_file + " is no accepted scrcpy server (SHA-256 " + digest + ")");
}

std::string hex8(std::uint32_t value) {
  char text[9];
  std::snprintf(text, sizeof text, "%08x", value);
  return text;
}

std::string server_command(const ScreenOptions& o) {
  std::string command = "CLASSPATH=" + std::string(kRemotePath) + " app_process / com.genymobile.scrcpy.Server " +
                        o.version.text() + " scid=" + hex8(o.scid) +
                        " log_level=info tunnel_forward=true audio=" + (o.audio ? "true audio_codec=opus" : "false") + " control=true video_codec=h264";
  if (!o.video) return command + " video=false";
  if (o.max_size != 0) command += " max_size=" + std::to_string(o.max_size);
  if (o.max_fps > 0) command += " max_fps=" + std::to_string(o.max_fps);
  if (o.bit_rate != 0) command += " video_bit_rate=" + std::to_string(o.bit_rate);
  if (!o.codec_options.empty()) command += " video_codec_options=" + o.codec_options;
  return command;
}

// The socket exists some time after the server starts; meanwhile the phone answers "closed".
Result<std::unique_ptr<Stream>> open_first_socket(AdbServer& server, const std::string& serial,
                                                  const std::string& socket, ServerProcess& process) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    auto stream = server.open(serial, socket);
    if (stream) return stream;
    if (stream.error().kind != ErrorKind::Protocol) return stream;        // the phone or the adb server is gone
    if (process.ended_within(kBetweenAttempts))
      return fail(ErrorKind::Network, "the screen server ended at once: " + process.last_words());
  }
  return fail(ErrorKind::Timeout, "the screen server did not open its socket: " + process.last_words());
}

class AdbScreenStream final : public ScreenStream {
 public:
  // `video`, `audio`: null when none was asked for
  AdbScreenStream(std::unique_ptr<ServerProcess> process, std::unique_ptr<Stream> video, std::unique_ptr<Stream> audio,
                  std::unique_ptr<Stream> control, ScrcpyVersion version)
      : process_(std::move(process)), video_(std::move(video)), audio_(std::move(audio)), control_(std::move(control)), version_(version) {}
  ~AdbScreenStream() override { AdbScreenStream::stop(); }

  // [name ×64][codec ×4] and, with 3.x, [width ×4][height ×4]
  Status read_start() {
    std::array<std::uint8_t, kDeviceNameBytes> name{};
    GZ_TRY(read_from(video_ ? *video_ : *control_, name, kStartPatience));       // on the first socket
    name_ = parse_device_name(name);
    if (!video_) return ok();
    std::array<std::uint8_t, 4> codec{};
    GZ_TRY(read(codec, kStartPatience));
    GZ_TRY_ASSIGN(codec_, parse_codec(codec));
    if (has_session_packets(version_)) return ok();
    std::array<std::uint8_t, 8> size{};
    GZ_TRY(read(size, kStartPatience));
    GZ_TRY_ASSIGN(const VideoSize first, parse_video_size(size));
    note_size(first);
    return ok();
  }

  [[nodiscard]] std::string device_name() const override { return name_; }
  [[nodiscard]] std::uint32_t codec_id() const override { return codec_; }

  Result<VideoEvent> next_video() override {
    if (!video_) return fail(ErrorKind::Unsupported, "no picture was asked for");
    while (pending_.empty()) GZ_TRY(read_packet());
    Result<VideoEvent> event(std::move(pending_.front()));
    pending_.pop_front();
    return event;
  }

  Status send(const ControlMessage& message) override {
    GZ_TRY_ASSIGN(const Bytes bytes, encode_control(message, version_));
    const std::lock_guard lock(sending_);
    if (auto sent = control_->write_all(bytes); !sent) return ended(std::move(sent.error()));
    return ok();
  }

  Result<DeviceMessage> next_message() override {
    Bytes piece(4096);
    for (;;) {
      GZ_TRY_ASSIGN(auto parsed, parse_device_message(received_));
      received_.erase(received_.begin(), received_.begin() + static_cast<std::ptrdiff_t>(parsed.used));
      if (parsed.message) return std::move(*parsed.message);
      if (parsed.used > 0) continue;
      const auto n = control_->read_some(piece, kNoLimit);
      if (!n) return ended(n.error());
      if (*n == 0) return ended({ErrorKind::Network, "the phone closed the control socket"});
      append(received_, ByteView(piece).first(*n));
    }
  }

  // The codec is read here, not at the start: a phone that is slow to give audio holds up no picture.
  Result<StreamAudioPacket> next_audio() override {
    if (!audio_) return fail(ErrorKind::Unsupported, "no audio was asked for");
    if (!std::exchange(audio_begun_, true)) {
      std::array<std::uint8_t, 4> codec{};
      GZ_TRY(read_from(*audio_, codec, kNoLimit));
      if (auto parsed = parse_audio_codec(codec); !parsed) return Failure(std::move(parsed.error()));
    }
    std::array<std::uint8_t, kVideoHeaderBytes> bytes{};
    GZ_TRY(read_from(*audio_, bytes, kNoLimit));
    GZ_TRY_ASSIGN(const AudioHeader header, parse_audio_header(bytes, version_));
    StreamAudioPacket packet{header.pts_us, header.config, Bytes(header.size)};
    GZ_TRY(read_from(*audio_, packet.data, kNoLimit));
    return packet;
  }

  void stop() override {
    stopped_ = true;
    if (video_) video_->cancel();
    if (audio_) audio_->cancel();
    control_->cancel();
    process_->stop();
  }

 private:
  Status read(std::span<std::uint8_t> into, milliseconds patience) { return read_from(*video_, into, patience); }
  Status read_from(Stream& from, std::span<std::uint8_t> into, milliseconds patience) {
    if (auto done = read_exactly(from, into, patience); !done) return ended(std::move(done.error()));
    return ok();
  }

  Status read_packet() {
    std::array<std::uint8_t, kVideoHeaderBytes> bytes{};
    GZ_TRY(read(bytes, kNoLimit));
    GZ_TRY_ASSIGN(const VideoHeader header, parse_video_header(bytes, version_));
    if (header.session) {
      note_size(header.video);
      return ok();
    }
    StreamVideoPacket packet{header.pts_us, header.key, header.config, Bytes(header.size)};
    GZ_TRY(read(packet.data, kNoLimit));
    if (packet.config && codec_ == kCodecH264 && !has_session_packets(version_)) {
      if (const auto size = h264_picture_size(packet.data)) note_size(*size);
    }
    pending_.emplace_back(std::move(packet));
    return ok();
  }

  void note_size(VideoSize size) {
    if (size == size_) return;
    size_ = size;
    pending_.emplace_back(StreamVideoSize{size.width, size.height});
  }

  // Why a socket ended: stop() was called, or the server's own last words say it.
  Failure ended(Error error) {
    if (stopped_) return fail(ErrorKind::Cancelled, "screen stopped");
    if (error.kind != ErrorKind::Network || !process_->ended_within(kLastWordsPatience)) return fail(std::move(error));
    const auto words = process_->last_words();
    if (!words.empty()) error.what += "; the screen server's last words: " + words;
    return fail(std::move(error));
  }

  const std::unique_ptr<ServerProcess> process_;
  const std::unique_ptr<Stream> video_, audio_, control_;
  const ScrcpyVersion version_;
  std::string name_;                       // set before the stream is handed out
  std::uint32_t codec_ = 0;                // likewise
  VideoSize size_;                         // video thread
  bool audio_begun_ = false;               // audio thread
  std::deque<VideoEvent> pending_;         // video thread; a size and the packet that told it
  Bytes received_;                         // message thread
  std::mutex sending_;                     // the recorder asks for key frames from its own thread
  std::atomic<bool> stopped_{false};
};

}  // namespace

Result<std::unique_ptr<ScreenStream>> start_adb_screen(AdbServer& server, const std::string& serial,
                                                       const ScreenOptions& options) {
  if (!scrcpy_supported(options.version))
    return fail(ErrorKind::Unsupported, "scrcpy " + options.version.text() + " is not supported");
  if (options.scid > 0x7fffffff) return fail(ErrorKind::Invalid, "scid is over 31 bits");
  if (options.audio && !options.video) return fail(ErrorKind::Unsupported, "sound comes with the picture only");
  GZ_TRY(check_shell_safe(options.codec_options));
  GZ_TRY_ASSIGN(const Bytes file, read_file(options.server_file, 16u << 20));
  GZ_TRY(check_digest(file, options));
  GZ_TRY(server.push(serial, file, kRemotePath));

  GZ_TRY_ASSIGN(auto shell, server.open(serial, "shell,v2,raw:" + server_command(options)));
  auto process = std::make_unique<ServerProcess>(std::move(shell));
  const std::string socket = "localabstract:scrcpy_" + hex8(options.scid);
  GZ_TRY_ASSIGN(auto first, open_first_socket(server, serial, socket, *process));
  std::array<std::uint8_t, 1> dummy{};                       // 0x00: the far end is the server, not a proxy
  GZ_TRY(read_exactly(*first, dummy, kStartPatience));
  std::unique_ptr<Stream> video, audio, control;             // the server takes them in this order
  (options.video ? video : control) = std::move(first);
  if (options.audio) {
    GZ_TRY_ASSIGN(audio, server.open(serial, socket));
  }
  if (!control) {
    GZ_TRY_ASSIGN(control, server.open(serial, socket));
  }
  auto stream = std::make_unique<AdbScreenStream>(std::move(process), std::move(video), std::move(audio), std::move(control), options.version);
  GZ_TRY(stream->read_start());
  return std::unique_ptr<ScreenStream>(std::move(stream));
}

}  // namespace guzheng
