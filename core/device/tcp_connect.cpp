#include "core/device/tcp_connect.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "core/device/deadline.h"

namespace guzheng {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kNextTry{1000};

Failure connect_failure(int number) { return fail(ErrorKind::Network, std::string("connect: ") + std::strerror(number)); }

// The tries that are under way.
class Race {
 public:
  // The socket when it was connected at once, an empty one while that goes on.
  Result<UniqueFd> begin(const addrinfo& address) {
    UniqueFd fd(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
    if (!fd) return connect_failure(errno);
    if (::connect(fd.get(), address.ai_addr, address.ai_addrlen) == 0) return fd;
    if (errno != EINPROGRESS) return connect_failure(errno);
    tries_.push_back(std::move(fd));
    return UniqueFd();
  }
  // The first that is answered within `patience`; empty: none was. A failure is one try's: the others go on.
  Result<UniqueFd> wait(milliseconds patience) {
    std::vector<pollfd> fds;
    for (const auto& fd : tries_) fds.push_back({fd.get(), POLLOUT, 0});
    const int n = ::poll(fds.data(), fds.size(), static_cast<int>(patience.count()));
    if (n < 0 && errno != EINTR) return connect_failure(errno);
    for (std::size_t i = 0; n > 0 && i < fds.size(); ++i) {
      if (fds[i].revents == 0) continue;
      UniqueFd fd = std::move(tries_[i]);
      tries_.erase(tries_.begin() + static_cast<std::ptrdiff_t>(i));
      int error = 0;
      socklen_t size = sizeof error;
      ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
      if (error != 0) return connect_failure(error);
      return fd;
    }
    return UniqueFd();
  }
  [[nodiscard]] bool empty() const { return tries_.empty(); }

 private:
  std::vector<UniqueFd> tries_;
};

Result<UniqueFd> race(const addrinfo* list, const Deadline& deadline) {
  Race race;
  Error last{ErrorKind::Network, "no answer in time"};
  Deadline next(milliseconds(0));
  const addrinfo* address = list;
  bool round_begun = false;                    // every address has been tried once
  while (!deadline.over()) {
    Result<UniqueFd> got{UniqueFd()};
    if (next.over() || race.empty()) {
      if (race.empty() && round_begun) break;  // all refused: whoever asks decides when to try again
      got = race.begin(*address);
      address = address->ai_next;
      if (address == nullptr) round_begun = true, address = list;
      next = Deadline(kNextTry);
    } else {
      got = race.wait(std::min(next.left(), deadline.left()));
    }
    if (!got) last = std::move(got.error());
    else if (*got) return got;
  }
  return fail(std::move(last));
}

}  // namespace

Result<UniqueFd> tcp_connect(const std::string& host, std::uint16_t port, milliseconds limit) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int rc = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (rc != 0) return fail(ErrorKind::Network, std::string("find the host: ") + ::gai_strerror(rc));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(list, ::freeaddrinfo);
  GZ_TRY_ASSIGN(UniqueFd fd, race(list, Deadline(limit)));
  const int one = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

}  // namespace guzheng
