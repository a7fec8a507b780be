#include "tests/device/scripted_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "core/device/adb_wire.h"

namespace guzheng::test {

namespace {
int listening(std::uint16_t& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
  socklen_t size = sizeof address;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}
}  // namespace

std::uint16_t closed_port() {
  std::uint16_t port = 0;
  ::close(listening(port));
  return port;
}

std::string counted(std::string_view text) { return std::string(as_text(*adb_request(text))); }

Bytes Connection::read(std::size_t count) {
  Bytes out(count);
  std::size_t at = 0;
  while (at < count) {
    const ssize_t n = ::recv(fd_, out.data() + at, count - at, 0);
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  out.resize(at);
  return out;
}

std::string Connection::request() {
  const auto length = parse_hex4(read(4));
  return length ? std::string(as_text(read(*length))) : std::string();
}

void Connection::write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
}

std::string Connection::accept_service() {
  std::string serial = request();
  write("OKAY");
  const std::string service = request();
  write("OKAY");
  return serial.substr(std::min<std::size_t>(serial.size(), std::string_view("host:transport:").size())) + "|" + service;
}

ScriptedServer::ScriptedServer(std::function<void(Connection&)> serve) : serve_(std::move(serve)) {
  listener_.reset(listening(port_));
  if (::listen(listener_.get(), 16) != 0) std::abort();
  acceptor_ = std::thread([this] { accept_all(); });
}

void ScriptedServer::accept_all() {
  for (;;) {
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    const std::lock_guard lock(mutex_);
    if (ended_) {
      ::close(fd);
      return;
    }
    open_.push_back(fd);
    threads_.emplace_back([this, fd] {
      Connection connection(fd);
      serve_(connection);
      ::shutdown(fd, SHUT_RDWR);         // closed by the destructor: its number stays ours until then
    });
  }
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
  }
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  for (auto& thread : threads_) thread.join();
  for (const int fd : open_) ::close(fd);
}

}  // namespace guzheng::test
