#include "core/visit/phone_typing.h"

#include "core/base/thread_name.h"

namespace guzheng {

namespace {
constexpr std::chrono::seconds kTakenLimit{10};
constexpr std::uint32_t kSocket = 0x74797065;        // "type": beside a capture's session on the same phone, not in its way
}

Result<std::unique_ptr<PhoneTyping>> PhoneTyping::start(DeviceLink& link, ScreenOptions options) {
  options.video = options.audio = false;
  options.scid = kSocket;
  GZ_TRY_ASSIGN(auto stream, link.start_screen(options));
  return std::unique_ptr<PhoneTyping>(new PhoneTyping(std::move(stream)));
}

PhoneTyping::PhoneTyping(std::unique_ptr<ScreenStream> stream) : stream_(std::move(stream)), thread_([this] { listen(); }) {}

PhoneTyping::~PhoneTyping() { stream_->stop(); }

void PhoneTyping::listen() {
  name_this_thread("typing");
  for (;;) {
    const auto message = stream_->next_message();
    const std::lock_guard lock(mutex_);
    if (!message) ended_ = message.error();
    else if (const auto* ack = std::get_if<ClipboardAck>(&*message)) taken_ = std::max(taken_, ack->sequence);
    heard_.notify_all();
    if (ended_) return;
  }
}

Status PhoneTyping::type(const std::string& utf8) {
  std::unique_lock lock(mutex_);
  if (ended_) return fail(*ended_);
  const std::uint64_t number = ++sent_;
  lock.unlock();
  GZ_TRY(stream_->send(SetClipboard{number, true, utf8}));
  lock.lock();
  if (!heard_.wait_for(lock, kTakenLimit, [&] { return ended_ || taken_ >= number; })) return fail(ErrorKind::Timeout, "the phone did not take the text");
  return taken_ >= number ? ok() : Status(fail(*ended_));
}

}  // namespace guzheng
