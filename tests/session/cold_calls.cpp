#include "tests/session/cold_calls.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <string>

namespace guzheng::test {
namespace {
std::mutex mutex;
std::vector<std::filesystem::path> dropped;
}  // namespace

std::vector<std::filesystem::path> dropped_files() {
  const std::lock_guard lock(mutex);
  return dropped;
}

void forget_dropped_files() {
  const std::lock_guard lock(mutex);
  dropped.clear();
}

}  // namespace guzheng::test

extern "C" int posix_fadvise(int fd, off_t offset, off_t length, int advice) {
  if (advice == POSIX_FADV_DONTNEED && offset == 0 && length == 0) {
    std::error_code ec;
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd), ec);
    const std::lock_guard lock(guzheng::test::mutex);
    guzheng::test::dropped.push_back(path);
  }
  return ::syscall(SYS_fadvise64, fd, offset, length, advice) == 0 ? 0 : errno;
}
