// Test support. Shops' pages on loopback (site_server.py).
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace guzheng {

class Site {
 public:
  explicit Site(const std::string& marker) {
    int in[2], out[2];
    if (::pipe2(in, 0) != 0 || ::pipe2(out, 0) != 0) std::abort();
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(in[0], 0), ::dup2(out[1], 1);
      for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
      ::execlp("python3", "python3", SITE_SERVER, marker.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]), ::close(out[1]);
    stdin_ = in[1];
    for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';) port_ += c;
    ::close(out[0]);
  }
  ~Site() {
    ::close(stdin_);
    ::waitpid(child_, nullptr, 0);
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  // Two hosts of one machine: 127.0.0.1 and localhost.
  [[nodiscard]] std::string link(const std::string& path, const std::string& host = "127.0.0.1") const { return "http://" + host + ":" + port_ + path; }

 private:
  pid_t child_ = -1;
  int stdin_ = -1;
  std::string port_;
};

}  // namespace guzheng
