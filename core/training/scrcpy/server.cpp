#include "core/training/scrcpy/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/training/scrcpy/control_reader.h"
#include "core/training/scrcpy/wire.h"

namespace guzheng::training {

ScrcpyServer::ScrcpyServer(ServerOptions options, const Switches& switches, PhoneScreen& screen, LocalSockets& sockets,
                           const Clock& clock)
    : options_(std::move(options)), switches_(switches), screen_(screen), sockets_(sockets), clock_(clock) {}

std::vector<std::shared_ptr<AdbStream>*> ScrcpyServer::wanted() {
  std::vector<std::shared_ptr<AdbStream>*> out;
  if (options_.video) out.push_back(&video_);
  if (options_.audio) out.push_back(&audio_);
  if (options_.control) out.push_back(&control_);
  return out;
}

Status ScrcpyServer::open_forward() {
  const auto name = "localabstract:" + options_.socket_name();
  GZ_TRY_ASSIGN(auto listener, sockets_.listen(name));
  {
    const std::lock_guard lock(mutex_);
    listener_ = listener;
  }
  if (stopping_) listener->cancel();
  Status status;
  bool first = true;
  for (auto* slot : wanted()) {
    auto stream = listener->accept();
    if (!stream) {
      status = fail(stream.error());
      break;
    }
    if (first && options_.send_dummy_byte) status = (*stream)->write_all(Bytes{0});
    first = false;
    const std::lock_guard lock(mutex_);
    *slot = std::move(*stream);
  }
  sockets_.unlisten(name);
  return status;
}

Status ScrcpyServer::open_reverse() {
  for (auto* slot : wanted()) {
    GZ_TRY_ASSIGN(auto stream, sockets_.connect("localabstract:" + options_.socket_name()));
    const std::lock_guard lock(mutex_);
    *slot = std::move(stream);
  }
  return ok();
}

Status ScrcpyServer::open_sockets() {
  GZ_TRY(options_.tunnel_forward ? open_forward() : open_reverse());
  const auto slots = wanted();
  if (options_.send_device_meta && !slots.empty()) GZ_TRY((*slots.front())->write_all(device_name_field("TrainingPhone")));
  Bytes codec;
  put_be(codec, switches_.no_audio ? kCodecDisabled : kCodecOpus);      // a phone without audio capture says so and goes on
  if (audio_ && options_.send_codec_meta) GZ_TRY(audio_->write_all(codec));
  return ok();
}

Status ScrcpyServer::run(const std::function<void(const std::string&)>& log) {
  GZ_TRY(open_sockets());
  if (video_) {
    const std::lock_guard lock(mutex_);
    sender_ = std::make_shared<VideoSender>(options_, switches_, screen_, clock_, video_);
  }
  log("[server] INFO: Device: [Guzheng] Guzheng TrainingPhone (Android 14)\n");
  if (options_.audio && switches_.no_audio) log("[server] WARN: Audio disabled: not supported on this device\n");
  if (stopping_) stop();
  const int listener = screen_.on_clipboard([this](const std::string& text) { answer(ClipboardChanged{text}); });
  std::thread control;
  if (control_) {
    control = std::thread([this] {
      serve_control();
      stop();
    });
  }
  std::thread sound;
  if (audio_ && !switches_.no_audio)
    sound = std::thread([this, &log] {
      SoundSender sender(options_, screen_, clock_, audio_);
      if (const auto sent = sender.run(stopping_); !sent && !stopping_) log("[server] ERROR: Audio: " + sent.error().what + "\n");
    });
  Status status;
  if (sender_) {
    status = sender_->run();
    stop();
  }
  if (control.joinable()) control.join();
  if (sound.joinable()) sound.join();
  screen_.remove_listener(listener);
  screen_.light(true);                     // as upstream leaves a phone
  for (auto* slot : wanted())
    if (*slot) (*slot)->close();
  return stopping_ ? ok() : status;
}

void ScrcpyServer::stop() {
  stopping_ = true;
  std::vector<std::shared_ptr<AdbStream>> open;
  {
    const std::lock_guard lock(mutex_);
    if (listener_) listener_->cancel();
    if (sender_) sender_->stop();
    open = {video_, audio_, control_};
  }
  for (const auto& stream : open)
    if (stream) stream->ended();
}

void ScrcpyServer::serve_control() {
  Bytes held;
  std::array<std::uint8_t, 4096> piece{};
  while (!stopping_) {
    const auto count = control_->read_some(piece);
    if (!count || *count == 0) return;
    append(held, ByteView(piece).first(*count));
    std::size_t used = 0;
    for (;;) {
      const auto read = read_control(ByteView(held).subspan(used), options_.version);
      if (!read) return;                                  // as upstream: a broken controller ends the session
      if (!*read) break;
      used += (*read)->bytes;
      if (const auto* message = std::get_if<ControlMessage>(&(*read)->message)) handle(*message);
    }
    held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(used));
  }
}

// Upstream drops events made for a size that is no longer shown.
bool ScrcpyServer::in_screen(std::int32_t x, std::int32_t y, std::uint16_t width, std::uint16_t height, double& sx, double& sy) const {
  const auto frame = screen_.frame();
  const auto size = sender_ ? sender_->size() : VideoSize{frame->width, frame->height};
  if (VideoSize{width, height} != size || size.width == 0) return false;
  if (video_size(frame->width, frame->height, options_.max_size) != size) return false;
  sx = static_cast<double>(x) * frame->width / width;
  sy = static_cast<double>(y) * frame->height / height;
  return true;
}

void ScrcpyServer::on_touch(const TouchEvent& event) {
  double x = 0, y = 0;
  if (!in_screen(event.x, event.y, event.width, event.height, x, y)) {
    fingers_.clear();                                         // the screen turned under them
    pinch_began_ = 0;
    return;
  }
  if (!take_pinch(event)) screen_.touch(event.action, x, y);
}

// Nothing in the app can be made larger: a pinch is answered by a notification that says how far the fingers went.
bool ScrcpyServer::take_pinch(const TouchEvent& event) {
  const bool ends = event.action == TouchAction::Up || event.action == TouchAction::Cancel, pinching = pinch_began_ > 0;
  if (ends) fingers_.erase(event.pointer);
  else if (event.action == TouchAction::Down || fingers_.contains(event.pointer)) fingers_[event.pointer] = {event.x, event.y};
  if (fingers_.size() == 2) {
    const auto &one = fingers_.begin()->second, &other = fingers_.rbegin()->second;
    pinch_now_ = std::max(1.0, std::hypot(one.first - other.first, one.second - other.second));
    if (!pinching) {
      pinch_began_ = pinch_now_;
      double x = 0, y = 0;
      if (in_screen(event.x, event.y, event.width, event.height, x, y)) screen_.touch(TouchAction::Cancel, x, y);
    }
    return true;
  }
  if (!pinching) return false;
  if (fingers_.empty()) {
    screen_.post("pinch", "双指缩放", fmt::format("{} %", std::lround(100 * pinch_now_ / pinch_began_)));
    pinch_began_ = 0;
  }
  return true;
}

void ScrcpyServer::on_scroll(const ScrollEvent& event) {
  double x = 0, y = 0;
  if (in_screen(event.x, event.y, event.width, event.height, x, y)) screen_.wheel(x, y, event.vertical);
}

void ScrcpyServer::on_set_clipboard(const SetClipboard& event) {
  screen_.set_clipboard(event.utf8);
  if (event.paste) screen_.key(KeyAction::Down, kKeyPaste);
  if (event.sequence != 0) answer(ClipboardAck{event.sequence});
}

void ScrcpyServer::answer(const DeviceMessage& message) {
  if (!control_) return;
  const std::lock_guard lock(answer_mutex_);
  (void)control_->write_all(encode_device_message(message)).has_value();      // a client that left needs no answer
}

// DisplayPower puts out the panel's light and nothing else, as upstream does: mirroring goes on, `dumpsys power` tells.
void ScrcpyServer::handle(const ControlMessage& message) {
  if (const auto* key = std::get_if<KeyEvent>(&message)) screen_.key(key->action, key->keycode, key->meta);
  else if (const auto* text = std::get_if<TextEvent>(&message)) screen_.type(text->utf8);
  else if (const auto* touch = std::get_if<TouchEvent>(&message)) on_touch(*touch);
  else if (const auto* scroll = std::get_if<ScrollEvent>(&message)) on_scroll(*scroll);
  else if (const auto* back = std::get_if<BackOrScreenOn>(&message)) screen_.back_or_screen_on(back->action);
  else if (const auto* clipboard = std::get_if<SetClipboard>(&message)) on_set_clipboard(*clipboard);
  else if (std::holds_alternative<GetClipboard>(message)) answer(ClipboardChanged{screen_.clipboard()});
  else if (std::holds_alternative<ExpandNotifications>(message) || std::holds_alternative<ExpandSettings>(message)) screen_.shade(true);
  else if (std::holds_alternative<CollapsePanels>(message)) screen_.shade(false);
  else if (std::holds_alternative<RotateDevice>(message)) screen_.rotate();
  else if (const auto* app = std::get_if<StartApp>(&message)) {
    const bool anew = app->name.starts_with('+');                // as upstream: ended first
    if (anew) screen_.stop_app();
    const std::string name = anew ? app->name.substr(1) : app->name;
    const bool by_label = name.starts_with('?');               // as upstream: the app whose label begins so
    screen_.start_app(by_label && name.size() > 1 && std::string_view("练习商城").starts_with(name.substr(1)) ? "cn.guzheng.mall" : name);
  }
  else if (const auto* display = std::get_if<DisplayPower>(&message)) screen_.light(display->on);
  else if (std::holds_alternative<ResetVideo>(message) && sender_) sender_->reset();
}

int run_app_process(const std::vector<std::string>& arguments, const Switches& switches, PhoneScreen& screen, LocalSockets& sockets,
                    const Clock& clock, const std::function<void(const std::string&)>& out,
                    const std::function<void(const std::string&)>& err, const std::function<void(std::function<void()>)>& on_stop) {
  auto options = parse_server_options(arguments);
  if (!options) {
    err("[server] ERROR: " + options.error().what + "\n");
    return 1;
  }
  for (const auto& warning : options->warnings) err("[server] WARN: " + warning + "\n");
  if (options->list_only) {
    out("[server] INFO: List of video encoders:\n    --video-codec=h264 --video-encoder='practice.x264.encoder'  (sw)\n");
    return 0;
  }
  const auto server = std::make_shared<ScrcpyServer>(std::move(*options), switches, screen, sockets, clock);
  on_stop([server] { server->stop(); });
  const auto status = server->run(out);
  if (status) return 0;
  if (status.error().kind == ErrorKind::Cancelled) return 0;
  err("[server] ERROR: " + status.error().what + "\n");
  return 1;
}

}  // namespace guzheng::training
