#include "core/training/adb/connection.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "core/base/log.h"

namespace guzheng::training {

namespace {
constexpr std::size_t kMaxStreams = 256;
constexpr auto kOpenPatience = std::chrono::seconds(10);
}  // namespace

AdbConnection::AdbConnection(UniqueFd socket, const ConnectionSetup& setup, int number)
    : socket_(std::move(socket)), setup_(setup), number_(number) {}

AdbConnection::~AdbConnection() { reap(true); }

void AdbConnection::shut() {
  broken_ = true;
  ::shutdown(socket_.get(), SHUT_RDWR);
}

Status AdbConnection::run() {
  const auto status = loop();
  shut();
  std::map<std::uint32_t, std::weak_ptr<AdbStream>> left;
  {
    const std::lock_guard lock(streams_mutex_);
    left = streams_;
  }
  for (const auto& [id, weak] : left)
    if (const auto stream = weak.lock()) stream->ended();
  reap(true);
  if (setup_.gone) setup_.gone(*this);
  return status;
}

Status AdbConnection::loop() {
  for (;;) {
    std::array<std::uint8_t, kHeaderSize> raw{};
    GZ_TRY(read_all(raw));
    GZ_TRY_ASSIGN(const auto header, parse_header(raw, std::max(max_payload_.load(), kMaxPayloadOld)));
    Bytes payload(header.length);
    GZ_TRY(read_all(payload));
    if (version_ < kVersionSkipChecksum && payload_sum(payload) != header.check)
      return fail(ErrorKind::Protocol, "adb payload with a wrong sum");
    GZ_TRY(handle(header, std::move(payload)));
    reap(false);
  }
}

Status AdbConnection::handle(const AdbHeader& header, Bytes payload) {
  if (header.command == kCnxn) return on_connect(header);
  if (header.command == kAuth) return on_auth(header, payload);
  if (!authorised_) return fail(ErrorKind::Protocol, "a stream message before authorisation");
  if (header.command == kOpen) return on_open(header, payload);
  const auto stream = find(header.arg1);
  if (header.command == kWrte && !stream) {
    send(kClse, header.arg1, header.arg0, {});        // it has just ended on our side
    return ok();
  }
  if (!stream) return ok();
  switch (header.command) {
    case kOkay: stream->accepted(header.arg0); break;
    case kWrte:
      if (!stream->received(std::move(payload))) return fail(ErrorKind::Protocol, "WRTE before the OKAY of the last one");
      break;
    default: {
      stream->ended();
      const std::lock_guard lock(streams_mutex_);
      streams_.erase(stream->local_id());
    }
  }
  return ok();
}

Status AdbConnection::on_connect(const AdbHeader& header) {
  version_ = std::min(header.arg0, kVersionSkipChecksum);
  max_payload_ = std::clamp(header.arg1, kMaxPayloadOld, kMaxPayload);
  if (authorised_) return welcome();
  return send_token();
}

Status AdbConnection::send_token() {
  token_ = setup_.random(kTokenSize);
  return send(kAuth, kAuthToken, 0, token_) ? ok() : fail(ErrorKind::Network, "the host is gone");
}

Status AdbConnection::welcome() {
  authorised_ = true;
  return send(kCnxn, kVersionSkipChecksum, kMaxPayload, as_bytes(setup_.banner)) ? ok()
                                                                                : fail(ErrorKind::Network, "the host is gone");
}

Status AdbConnection::on_auth(const AdbHeader& header, const Bytes& payload) {
  if (token_.empty()) return fail(ErrorKind::Protocol, "AUTH before CNXN");
  if (header.arg0 == kAuthSignature) return setup_.keys->knows_signer(token_, payload) ? welcome() : send_token();
  if (header.arg0 != kAuthPublicKey) return fail(ErrorKind::Protocol, "AUTH of an unknown type");
  GZ_TRY_ASSIGN(const auto key, parse_adb_key(as_text(payload)));
  if (setup_.keys->offer(key)) return welcome();
  return ok();                       // the question stays open on the screen: the host shows "unauthorized"
}

Status AdbConnection::on_open(const AdbHeader& header, const Bytes& payload) {
  if (header.arg0 == 0 || payload.empty()) return fail(ErrorKind::Protocol, "OPEN without an id or a name");
  const auto text = as_text(payload);
  const std::string name(text.substr(0, text.find('\0')));
  auto service = workers_.size() < kMaxStreams ? setup_.open(name, *this) : Service();
  log_debug("training", fmt::format("{} opens {}{}", this->name(), name, service.run ? "" : " (refused)"));
  if (!service.run) {
    send(kClse, 0, header.arg0, {});
    return ok();
  }
  auto stream = make_stream(header.arg0);
  send(kOkay, stream->local_id(), header.arg0, {});
  if (service.at_once) {
    service.run(std::move(stream));
    return ok();
  }
  auto done = std::make_shared<std::atomic<bool>>(false);
  workers_.push_back({std::thread([run = std::move(service.run), stream = std::move(stream), done]() mutable {
                        run(std::move(stream));
                        run = nullptr;
                        *done = true;
                      }),
                      done});
  return ok();
}

Result<std::shared_ptr<AdbStream>> AdbConnection::open_toward_host(const std::string& destination) {
  if (!authorised_ || broken_) return fail(ErrorKind::Network, "no host to open " + destination);
  auto stream = make_stream(0);
  Bytes name = to_bytes(destination);
  name.push_back(0);
  if (!send(kOpen, stream->local_id(), 0, name)) return fail(ErrorKind::Network, "the host is gone");
  if (!stream->wait_opened(kOpenPatience)) return fail(ErrorKind::Network, "the host refused " + destination);
  return stream;
}

std::shared_ptr<AdbStream> AdbConnection::make_stream(std::uint32_t remote_id) {
  const std::lock_guard lock(streams_mutex_);
  std::erase_if(streams_, [](const auto& entry) { return entry.second.expired(); });
  auto stream = std::make_shared<AdbStream>(weak_from_this(), next_id_++, remote_id);
  streams_[stream->local_id()] = stream;
  return stream;
}

std::shared_ptr<AdbStream> AdbConnection::find(std::uint32_t local_id) {
  const std::lock_guard lock(streams_mutex_);
  const auto it = streams_.find(local_id);
  return it == streams_.end() ? nullptr : it->second.lock();
}

void AdbConnection::reap(bool all) {
  for (auto it = workers_.begin(); it != workers_.end();) {
    if (!all && !*it->done) {
      ++it;
      continue;
    }
    it->thread.join();
    it = workers_.erase(it);
  }
}

bool AdbConnection::send(std::uint32_t command, std::uint32_t arg0, std::uint32_t arg1, ByteView payload) {
  const bool with_sum = version_ < kVersionSkipChecksum;
  const Bytes header = encode_header({command, arg0, arg1, static_cast<std::uint32_t>(payload.size()),
                                      with_sum ? payload_sum(payload) : 0});
  const std::lock_guard lock(write_mutex_);
  if (broken_) return false;
  iovec parts[2] = {{const_cast<std::uint8_t*>(header.data()), header.size()},
                    {const_cast<std::uint8_t*>(payload.data()), payload.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = 2;
  std::size_t left = header.size() + payload.size();
  while (left > 0) {
    const auto count = ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      shut();
      return false;
    }
    left -= static_cast<std::size_t>(count);
    for (auto skip = static_cast<std::size_t>(count); auto& part : parts) {
      const auto here = std::min(skip, part.iov_len);
      part.iov_base = static_cast<std::uint8_t*>(part.iov_base) + here;
      part.iov_len -= here;
      skip -= here;
    }
  }
  brake(header.size() + payload.size());
  return true;
}

// The slow line: whoever sends holds the line for as long as the bytes would take.
void AdbConnection::brake(std::size_t bytes) {
  if (setup_.bytes_per_second == 0 || !authorised_) return;
  std::this_thread::sleep_for(std::chrono::microseconds(bytes * 1'000'000 / setup_.bytes_per_second));
}

Status AdbConnection::read_all(std::span<std::uint8_t> into) {
  while (!into.empty()) {
    const auto count = ::recv(socket_.get(), into.data(), into.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("read from the host");
    if (count == 0) return fail(ErrorKind::Network, "the host went away");
    into = into.subspan(static_cast<std::size_t>(count));
  }
  return ok();
}

}  // namespace guzheng::training
