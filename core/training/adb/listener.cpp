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
  if (::listen(socket_.get(), 16) != 0) return fail_errno("listen");
  wake_.reset(::eventfd(0, EFD_CLOEXEC));
  thread_ = std::thread([this] { accept_loop(); });
  return bound;
}

void AdbListener::accept_loop() {
  for (;;) {
    pollfd fds[2] = {{socket_.get(), POLLIN, 0}, {wake_.get(), POLLIN, 0}};
    if (::poll(fds, 2, -1) < 0 && errno != EINTR) return;
    if (fds[1].revents != 0) return;
    UniqueFd guest(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!guest || !plugged_) continue;
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
}

void AdbListener::unplug() {
  plugged_ = false;
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
  const std::uint64_t one = 1;
  if (::write(wake_.get(), &one, sizeof one) != sizeof one) log_error("training", "cannot wake the listener");
  thread_.join();
  reap(true);
  socket_.reset();
}

}  // namespace guzheng::training
