#include "tests/support/tsa_fixture.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "core/base/file.h"

namespace guzheng::test {

namespace fs = std::filesystem;

TsaServer::TsaServer(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();         // a second server must not keep the first one's end open
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(ends[0], 0);
    ::execlp("python3", "python3", TSA_SERVER, folder_.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[0]);
  stdin_ = ends[1];
  for (int i = 0; i < 6000 && !fs::exists(folder_ / "port"); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

TsaServer::~TsaServer() {
  ::close(stdin_);
  ::waitpid(child_, nullptr, 0);
}

std::string TsaServer::url(const std::string& path) const { return "http://127.0.0.1:" + *read_text(folder_ / "port") + path; }
std::string TsaServer::https_url(const std::string& path) const { return "https://127.0.0.1:" + *read_text(folder_ / "https-port") + path; }
std::string TsaServer::root() const { return *read_text(folder_ / "root.pem"); }
std::string TsaServer::https_root() const { return *read_text(folder_ / "https.pem"); }

std::shared_ptr<TimestampAuthority> TsaServer::authority(const std::string& path, int timeout_ms) const {
  HttpAuthority options;
  options.name = folder_.filename().string();
  options.url = url(path);
  options.timeout_ms = timeout_ms;
  return make_http_authority(options);
}

void TsaServer::behave(const std::string& path, double late_seconds) {
  if (auto put = write_atomically(folder_ / "late", as_bytes(std::to_string(late_seconds))); !put) std::abort();
  if (auto put = write_atomically(folder_ / "switch", as_bytes(path)); !put) std::abort();
}

std::vector<std::string> TsaServer::asked() const {
  std::vector<std::string> out;
  const auto text = read_text(folder_ / "log");
  std::istringstream lines(text ? *text : std::string());
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

}  // namespace guzheng::test
