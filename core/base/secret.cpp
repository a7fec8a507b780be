#include "core/base/secret.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "core/base/file.h"

namespace guzheng {

namespace {
constexpr std::size_t kPage = 4096, kMostOfFile = 4096;
}

void Secret::reserve(std::size_t size) {
  clear();
  pages_ = (size + kPage) / kPage * kPage;                 // one byte more at least: the zero
  void* const mapped = ::mmap(nullptr, pages_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) std::abort();                  // no memory: as operator new would end it
  (void)::mlock(mapped, pages_);                           // RLIMIT_MEMLOCK may be 0; the text is wiped all the same
  (void)::madvise(mapped, pages_, MADV_DONTDUMP);
  text_ = static_cast<char*>(mapped);
}

void Secret::clear() {
  if (text_ == nullptr) return;
  OPENSSL_cleanse(text_, pages_);
  ::munmap(text_, pages_);
  text_ = nullptr;
  size_ = pages_ = 0;
}

Secret::Secret(std::string_view text) {
  if (text.empty()) return;
  reserve(text.size());
  std::memcpy(text_, text.data(), text.size());
  size_ = text.size();
}

Secret::Secret(Secret&& other) noexcept
    : text_(std::exchange(other.text_, nullptr)), size_(std::exchange(other.size_, 0)), pages_(std::exchange(other.pages_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  clear();
  text_ = std::exchange(other.text_, nullptr);
  size_ = std::exchange(other.size_, 0);
  pages_ = std::exchange(other.pages_, 0);
  return *this;
}

Secret Secret::taken_from(std::string& text) {
  Secret out{std::string_view(text)};
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
  return out;
}

Secret Secret::joined(std::string_view a, std::string_view b) {
  Secret out;
  out.reserve(a.size() + b.size());
  std::memcpy(out.text_, a.data(), a.size());
  std::memcpy(out.text_ + a.size(), b.data(), b.size());
  out.size_ = a.size() + b.size();
  return out;
}

bool Secret::operator==(const Secret& other) const {
  return size_ == other.size_ && CRYPTO_memcmp(c_str(), other.c_str(), size_) == 0;
}

Result<Secret> read_secret(const std::filesystem::path& file) {
  // what a shell hands over, <(…), is a link to a pipe of this process
  const bool handed = file.string().starts_with("/dev/fd/") || file.string().starts_with("/proc/self/fd/");
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | (handed ? 0 : O_NOFOLLOW)));
  if (!fd && errno == ELOOP) return fail(ErrorKind::Denied, file.string() + " is a symbolic link: name the passphrase file itself");
  if (!fd) return fail_errno("open " + file.string());
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return fail_errno("stat " + file.string());
  if (!S_ISREG(st.st_mode) && !(handed && S_ISFIFO(st.st_mode))) return fail(ErrorKind::Invalid, file.string() + " is no plain file");
  if (st.st_uid != ::geteuid() && st.st_uid != 0)
    return fail(ErrorKind::Denied, file.string() + " belongs to another user, who knows its passphrase and may change it: make a file of your own");
  if ((st.st_mode & 077) != 0)
    return fail(ErrorKind::Denied, file.string() + " can be read by others, so its passphrase protects nothing: chmod 600 it, and change the passphrase if somebody may have read it");
  Secret whole;
  whole.reserve(kMostOfFile);
  while (whole.size_ < kMostOfFile) {
    const ssize_t n = ::read(fd.get(), whole.text_ + whole.size_, kMostOfFile - whole.size_);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read " + file.string());
    if (n == 0) break;
    whole.size_ += static_cast<std::size_t>(n);
  }
  Secret line(whole.view().substr(0, whole.view().find_first_of("\r\n")));
  if (line.empty()) return fail(ErrorKind::Invalid, file.string() + " holds no passphrase in its first line");
  if (line.size() >= kMostOfFile) return fail(ErrorKind::Invalid, file.string() + " is too long for a passphrase");
  return line;
}

void keep_memory_private(bool traceable) {
  const rlimit none{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &none);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  traceable = true;                                        // sanitizers trace the program themselves
#endif
  if (!traceable) (void)::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace guzheng
