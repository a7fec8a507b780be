#include "tests/support/bad_line.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <list>
#include <random>
#include <utility>
#include <vector>

namespace guzheng::test {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::size_t kPiece = 16384, kMostWaiting = 1u << 20;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

int tcp_socket() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int one = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

int listen_on(std::uint16_t& port) {
  const int fd = tcp_socket();
  auto address = loopback(port);
  socklen_t size = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd, 64) != 0) {
    std::perror("bad line");
    std::abort();
  }
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}

struct Waiting {
  std::vector<std::uint8_t> bytes;
  std::size_t at = 0;
  Steady::time_point due;
};

// One way of one connection.
struct Way {
  int from = -1, to = -1;
  std::deque<Waiting> waiting;
  std::size_t held = 0;
  bool ended = false, told = false;
  Steady::time_point free_at{};          // when the slow line has carried what it took
  Steady::time_point bunch_at{};         // when what is held back passes
};

}  // namespace

struct BadLine::Relay {
  int near, far;
  Way out, back;
  bool broken = false;
  Relay(int near_fd, int far_fd) : near(near_fd), far(far_fd), out{near_fd, far_fd}, back{far_fd, near_fd} {}
  ~Relay() {
    ::close(near);
    ::close(far);
  }
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(near, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    ::setsockopt(far, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  }
};

BadLine::BadLine(std::uint16_t target) : target_(target) {
  listener_ = listen_on(port_);
  thread_ = std::thread([this] { run(); });
}

BadLine::~BadLine() {
  stop_ = true;
  thread_.join();
  if (listener_ >= 0) ::close(listener_);
}

void BadLine::cut() { cut_ = true; }
void BadLine::stall() { stalled_ = true; }
void BadLine::mend() {
  cut_ = false;
  stalled_ = false;
}
void BadLine::slow(std::uint64_t rate) { rate_ = rate; }
void BadLine::delay(std::int64_t least, std::int64_t most) {
  least_ms_ = least;
  most_ms_ = most;
}

void BadLine::bunch(std::int64_t most) { bunch_ms_ = most; }

void BadLine::run() {
  std::list<Relay> relays;
  std::mt19937 dice(1);
  const auto take = [&](Relay& relay, Way& way) {
    while (!way.ended && way.held < kMostWaiting) {
      std::vector<std::uint8_t> bytes(kPiece);
      const ssize_t n = ::recv(way.from, bytes.data(), bytes.size(), 0);
      if (n < 0) {
        if (errno != EAGAIN && errno != EINTR) relay.broken = true;
        return;
      }
      if (n == 0) {
        way.ended = true;
        return;
      }
      bytes.resize(static_cast<std::size_t>(n));
      const auto most = most_ms_.load();
      auto due = Steady::now() + std::chrono::milliseconds(most > 0 ? std::uniform_int_distribution<std::int64_t>(least_ms_, most)(dice) : 0);
      if (const auto rate = rate_.load(); rate > 0) {
        way.free_at = std::max(way.free_at, Steady::now()) + std::chrono::microseconds(static_cast<std::uint64_t>(n) * 1'000'000 / rate);
        due = std::max(due, way.free_at);
      }
      if (const auto longest = bunch_ms_.load(); longest > 0) {
        if (way.bunch_at <= Steady::now()) way.bunch_at = Steady::now() + std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(0, longest)(dice));
        due = std::max(due, way.bunch_at);
      }
      if (!way.waiting.empty()) due = std::max(due, way.waiting.back().due);       // TCP keeps the order
      way.held += bytes.size();
      way.waiting.push_back({std::move(bytes), 0, due});
    }
  };
  const auto give = [&](Relay& relay, Way& way) {
    while (!way.waiting.empty() && way.waiting.front().due <= Steady::now()) {
      auto& first = way.waiting.front();
      const ssize_t n = ::send(way.to, first.bytes.data() + first.at, first.bytes.size() - first.at, MSG_NOSIGNAL);
      if (n < 0) {
        if (errno != EAGAIN && errno != EINTR) relay.broken = true;
        return;
      }
      first.at += static_cast<std::size_t>(n);
      way.held -= static_cast<std::size_t>(n);
      passed_ += static_cast<std::uint64_t>(n);
      if (first.at == first.bytes.size()) way.waiting.pop_front();
    }
    if (way.ended && way.waiting.empty() && !std::exchange(way.told, true)) ::shutdown(way.to, SHUT_WR);
  };
  while (!stop_) {
    if (cut_) {
      for (auto& relay : relays) relay.reset();
      relays.clear();
      if (listener_ >= 0) ::close(std::exchange(listener_, -1));
    } else if (listener_ < 0) {
      listener_ = listen_on(port_);
    }
    std::vector<pollfd> fds;
    if (!stalled_ && listener_ >= 0) fds.push_back({listener_, POLLIN, 0});
    if (!stalled_)
      for (const auto& relay : relays)
        for (const auto* way : {&relay.out, &relay.back})
          if (!way->ended && way->held < kMostWaiting) fds.push_back({way->from, POLLIN, 0});
    bool waits = false;
    for (const auto& relay : relays) waits = waits || !relay.out.waiting.empty() || !relay.back.waiting.empty();
    ::poll(fds.data(), fds.size(), waits ? 1 : 5);
    if (stalled_ || cut_) continue;
    for (int near = 0; listener_ >= 0 && (near = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
      const int one = 1;
      ::setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      const int far = tcp_socket();
      const auto address = loopback(target_);
      if (::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno != EINPROGRESS) {
        ::close(near);
        ::close(far);
        continue;
      }
      relays.emplace_back(near, far);
    }
    for (auto& relay : relays)
      for (auto* way : {&relay.out, &relay.back}) {
        take(relay, *way);
        give(relay, *way);
      }
    relays.remove_if([](const Relay& r) { return r.broken || (r.out.told && r.back.told); });
  }
}

}  // namespace guzheng::test
