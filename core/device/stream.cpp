#include "core/device/stream.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "core/base/file.h"
#include "core/device/deadline.h"
#include "core/device/tcp_connect.h"

namespace guzheng {

namespace {

constexpr std::chrono::milliseconds kConnectPatience{5000};
constexpr std::chrono::milliseconds kForever{-1};

Failure network_failure(std::string_view step, int number) {
  return fail(ErrorKind::Network, std::string(step) + ": " + std::strerror(number));
}

// A connected non-blocking socket. `wake_` is an eventfd that stays readable once cancelled: both the reading and the
// writing thread poll it beside the socket, so one cancel() wakes them both and every later call.
class TcpStream final : public Stream {
 public:
  TcpStream(UniqueFd socket, UniqueFd wake) : socket_(std::move(socket)), wake_(std::move(wake)) {}
  ~TcpStream() override { TcpStream::cancel(); }

  Result<std::size_t> read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience) override {
    if (into.empty()) return fail(ErrorKind::Bug, "read into nothing");
    const Deadline deadline(patience);
    for (;;) {
      if (cancelled_) return fail(ErrorKind::Cancelled, "stream cancelled");
      const ssize_t n = ::recv(socket_.get(), into.data(), into.size(), 0);
      if (n >= 0 && !cancelled_) return static_cast<std::size_t>(n);
      if (n >= 0) continue;
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) {
        if (cancelled_) continue;
        return network_failure("read", errno);
      }
      GZ_TRY(wait(POLLIN, deadline));
    }
  }

  Status write_all(ByteView bytes) override {
    const Deadline deadline(kForever);
    while (!bytes.empty()) {
      if (cancelled_) return fail(ErrorKind::Cancelled, "stream cancelled");
      const ssize_t n = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(n));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        GZ_TRY(wait(POLLOUT, deadline));
      } else if (errno != EINTR && !cancelled_) {
        return network_failure("write", errno);
      }
    }
    return ok();
  }

  void cancel() override {
    if (cancelled_.exchange(true)) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto n = ::write(wake_.get(), &one, sizeof one);
    ::shutdown(socket_.get(), SHUT_RDWR);    // the far side learns now, not when the last owner lets go
  }

 private:
  Status wait(short events, const Deadline& deadline) {
    pollfd fds[2] = {{socket_.get(), events, 0}, {wake_.get(), POLLIN, 0}};
    const int n = ::poll(fds, 2, static_cast<int>(deadline.left().count()));
    if (n < 0 && errno != EINTR) return network_failure("poll", errno);
    if (fds[1].revents != 0) return fail(ErrorKind::Cancelled, "stream cancelled");
    if (n == 0) return fail(ErrorKind::Timeout, "no answer in time");
    return ok();
  }

  UniqueFd socket_, wake_;
  std::atomic<bool> cancelled_{false};
};

class TcpTransport final : public Transport {
 public:
  TcpTransport(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  Result<std::unique_ptr<Stream>> connect() override {
    auto fd = tcp_connect(host_, port_, kConnectPatience);
    if (!fd) return fail(fd.error().in("connect to " + description()));
    UniqueFd wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wake) return fail_errno("eventfd");
    return std::unique_ptr<Stream>(new TcpStream(std::move(*fd), std::move(wake)));
  }

  [[nodiscard]] std::string description() const override {
    const bool v6 = host_.find(':') != std::string::npos;
    return (v6 ? "[" + host_ + "]" : host_) + ":" + std::to_string(port_);
  }

 private:
  std::string host_;
  std::uint16_t port_;
};

}  // namespace

Status read_exactly(Stream& stream, std::span<std::uint8_t> into, std::chrono::milliseconds patience) {
  const Deadline deadline(patience);
  while (!into.empty()) {
    GZ_TRY_ASSIGN(const std::size_t n, stream.read_some(into, deadline.left()));
    if (n == 0) return fail(ErrorKind::Network, "the stream ended early");
    into = into.subspan(n);
  }
  return ok();
}

std::unique_ptr<Transport> tcp_transport(std::string host, std::uint16_t port) {
  return std::make_unique<TcpTransport>(std::move(host), port);
}

}  // namespace guzheng
