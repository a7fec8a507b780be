#include "app/guzheng-evidence/passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/file.h"

namespace guzheng::evidence {

namespace {

constexpr std::size_t kLongest = 4000;

// The terminal without echo, put back whatever happens.
class Silence {
 public:
  explicit Silence(int fd) : fd_(fd), known_(::tcgetattr(fd, &before_) == 0) {
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet.c_lflag |= ECHONL;
    if (known_) ::tcsetattr(fd_, TCSAFLUSH, &quiet);
  }
  ~Silence() {
    if (known_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  int fd_;
  termios before_{};
  bool known_;
};

Result<Secret> ask(const UniqueFd& terminal, const std::string& question) {
  GZ_TRY(write_all(terminal.get(), as_bytes(question), "/dev/tty"));
  const Silence silence(terminal.get());
  std::string line;
  line.reserve(kLongest);                    // no growing: what is left behind by it could not be overwritten
  for (char c = 0; line.size() < kLongest && ::read(terminal.get(), &c, 1) == 1 && c != '\n';) line += c;
  return Secret::taken_from(line);
}

}  // namespace

Result<Secret> read_passphrase(const Program& program, const std::string& file, const std::string& whose, bool fresh) {
  if (!file.empty()) return read_secret(file);
  const UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal) return fail(ErrorKind::Denied, "a passphrase is needed (" + whose + "), and there is neither a file nor a terminal to get it from");
  GZ_TRY_ASSIGN(auto first, ask(terminal, std::string(program.say("口令（", "Passphrase (")) + whose + std::string(program.say("）：", "): "))));
  if (!fresh) return first;
  GZ_TRY_ASSIGN(const auto second, ask(terminal, std::string(program.say("再输一遍：", "Once more: "))));
  if (!(first == second)) return fail(ErrorKind::Invalid, "the two passphrases differ");
  return first;
}

}  // namespace guzheng::evidence
