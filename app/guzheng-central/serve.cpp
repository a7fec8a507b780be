#include "app/guzheng-central/serve.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <csignal>
#include <cstdlib>
#include <cstring>

#include "core/base/file.h"
#include "core/base/log_json.h"
#include "core/central/service.h"

namespace guzheng::central {

namespace {

// systemd's Type=notify (sd_notify(3)): one datagram to the socket that the environment names.
void tell_systemd(const char* state) {
  const char* path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un to{};
  if (path == nullptr || (path[0] != '/' && path[0] != '@') || std::strlen(path) >= sizeof to.sun_path) return;
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path, std::strlen(path));
  if (path[0] == '@') to.sun_path[0] = '\0';
  const UniqueFd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (fd) (void)::sendto(fd.get(), state, std::strlen(state), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&to), static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path)));
}

// A connection is a descriptor, and the usual limit is 1024.
void allow_many_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Status serve(const std::filesystem::path& file, int grace_seconds, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(file));
  log_as_json();
  allow_many_files();
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);      // of all threads that come: this one waits for them
  GZ_TRY_ASSIGN(const auto service, CentralService::start(config, clock));
  tell_systemd("READY=1");
  int signal = 0;
  sigwait(&ends, &signal);
  log_json(LogLevel::Info, "central", {{"event", "stopping"}, {"signal", signal}});
  tell_systemd("STOPPING=1");
  service->stop(std::chrono::seconds(grace_seconds));
  log_json(LogLevel::Info, "central", {{"event", "stopped"}});
  return ok();
}

}  // namespace guzheng::central
