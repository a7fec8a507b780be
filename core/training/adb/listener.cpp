#include "core/training/adb/listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/log.h"

namespace guzheng::training {

namespace {
constexpr int kWaiting = 16;

bool probed_as_emulator(std::uint16_t port) { return port >= 5555 && port <= 5585 && port % 2 == 1; }

Result<std::uint16_t> bind_loopback(UniqueFd& socket, std::uint16_t port) {
  socket.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno("socket");
  const int one = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    return fail_errno("listen on port " + std::to_string(port));
  socklen_t size = sizeof address;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}
}  // namespace

Result<std::uint16_t> AdbListener::start(std::uint16_t port) {
  if (probed_as_emulator(port))
    return fail(ErrorKind::Invalid, "odd ports 5555 to 5585 are probed by every adb server: choose another");
  std::uint16_t bound = 0;
  UniqueFd refused;                        // keeps an unwanted port taken while another is chosen
  do {
    refused = std::move(socket_);
    GZ_TRY_ASSIGN(bound, bind_loopback(socket_, port));
  } while (probed_as_emulator(bound));
  if (::listen(socket_.get(), kWaiting) != 0) return fail_errno("listen");
  port_ = bound;
  wake_.reset(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  thread_ = std::thread([this] { accept_loop(); });
  return bound;
}

void AdbListener::accept_loop() {
  for (;;) {
    pollfd fds[2] = {{socket_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};      // a closed door (-1) is passed over
    if (::poll(fds, 2, -1) < 0 && errno != EINTR) return;
    if (fds[1].revents != 0) {
      std::uint64_t count = 0;
      if (::read(wake_.get(), &count, sizeof count) < 0 && errno != EAGAIN) return;
      if (stopping_) return;
      follow_cable();
    } else if (fds[0].revents != 0) {
      accept_one();
    }
  }
}

void AdbListener::follow_cable() {
  if (!plugged_) {
    socket_.reset();
  } else if (!socket_) {
    const auto bound = bind_loopback(socket_, port_);
    if (!bound || ::listen(socket_.get(), kWaiting) != 0) log_error("training", "the port was taken while the cable was out");
  }
}

void AdbListener::accept_one() {
  UniqueFd guest(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!guest || !plugged_) return;
  const int one = 1;
  ::setsockopt(guest.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  reap(false);
  auto connection = std::make_shared<AdbConnection>(std::move(guest), setup_, ++count_);
  auto done = std::make_shared<std::atomic<bool>>(false);
  const std::lock_guard lock(mutex_);
  guests_.push_back({connection, std::thread([connection, done] {
                       if (const auto status = connection->run(); !status)
                         log_info("training", connection->name() + ": " + status.error().what);
                       *done = true;
                     }),
                     done});
}

void AdbListener::wake() {
  const std::uint64_t one = 1;
  if (::write(wake_.get(), &one, sizeof one) != sizeof one) log_error("training", "cannot wake the listener");
}

void AdbListener::plug_in() {
  plugged_ = true;
  wake();
}

void AdbListener::unplug() {
  plugged_ = false;
  wake();
  const std::lock_guard lock(mutex_);
  for (auto& guest : guests_) guest.connection->shut();
}

void AdbListener::reap(bool all) {
  std::list<Guest> over;
  {
    const std::lock_guard lock(mutex_);
    for (auto it = guests_.begin(); it != guests_.end();) {
      const auto next = std::next(it);
      if (all || *it->done) over.splice(over.end(), guests_, it);
      it = next;
    }
  }
  for (auto& guest : over) {
    if (all) guest.connection->shut();
    guest.thread.join();
  }
}

void AdbListener::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  wake();
  thread_.join();
  reap(true);
  socket_.reset();
}

}  // namespace guzheng::training
