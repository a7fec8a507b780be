#include "core/custody/oplog.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/digest.h"
#include "core/custody/line.h"

namespace guzheng {

namespace fs = std::filesystem;

bool is_operation_kind(std::string_view kind) {
  if (!kind.starts_with("op.") || kind.size() < 4 || kind.size() > 40) return false;
  return std::all_of(kind.begin() + 3, kind.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

namespace {

constexpr std::uint64_t kLogLimit = 1u << 30;

Status check_operation(std::string_view kind, std::string_view body) {
  if (!is_operation_kind(kind)) return fail(ErrorKind::Invalid, "operation log: unknown kind " + std::string(kind));
  GZ_TRY_ASSIGN(const Json value, parse_canonical_json(body));
  if (!value.is_object()) return fail(ErrorKind::Invalid, "operation log: the body is no JSON object");
  return ok();
}

struct Tail {
  std::string last_line;         // with LF; empty: no whole line
  std::uint64_t torn = 0;        // bytes after the last LF
  std::uint64_t size = 0;
  std::string torn_bytes;
};

// The end of the log: enough for one longest line and a torn one behind it.
Result<Tail> read_tail(int fd, const fs::path& path) {
  struct stat st {};
  if (::fstat(fd, &st) != 0) return fail_errno("stat " + path.string());
  Tail tail;
  tail.size = static_cast<std::uint64_t>(st.st_size);
  const auto want = std::min<std::uint64_t>(tail.size, 2 * kMaxLineBytes + 2);
  std::string text(want, '\0');
  for (std::size_t got = 0; got < want;) {
    const ssize_t n = ::pread(fd, text.data() + got, want - got, static_cast<off_t>(tail.size - want + got));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return fail_errno("read " + path.string());
    got += static_cast<std::size_t>(n);
  }
  const auto end = text.rfind('\n');
  tail.torn_bytes = end == std::string::npos ? text : text.substr(end + 1);
  tail.torn = tail.torn_bytes.size();
  if (end == std::string::npos) return tail;
  const auto before = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  tail.last_line = text.substr(before == std::string::npos ? 0 : before + 1, end - (before == std::string::npos ? 0 : before + 1) + 1);
  return tail;
}

// The last line was damaged: it keeps its place in the count and in the chain, and reading shows the damage.
Result<JournalHead> head_after_damage(const fs::path& path, const std::string& last_line, WallTime now) {
  std::uint64_t lines = 0;
  GZ_TRY(read_in_pieces(path, [&](ByteView piece) {
    lines += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    return ok();
  }));
  return JournalHead{lines - 1, sha256_hex(as_bytes(last_line)), now};
}

}  // namespace

OperationLog::OperationLog(fs::path path, UniqueFd fd, const Clock& clock)
    : path_(std::move(path)), clock_(clock), fd_(std::move(fd)) {}

Result<std::unique_ptr<OperationLog>> OperationLog::open(const fs::path& path, const Clock& clock) {
  if (path.has_parent_path()) GZ_TRY(make_private_folder(path.parent_path()));
  UniqueFd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + path.string());
  GZ_TRY(sync_folder(path.has_parent_path() ? path.parent_path() : fs::path(".")));      // it may be new
  return std::unique_ptr<OperationLog>(new OperationLog(path, std::move(fd), clock));
}

class OperationLog::Held {
 public:
  explicit Held(OperationLog& log) : log_(log), lock_(log.mutex_) {}
  ~Held() {
    if (held_) ::flock(log_.fd_.get(), LOCK_UN);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;

  // Another program may have written the log anew: whoever still has the old file goes over to the one that bears the name.
  Status take() {
    for (int tries = 0; tries < 8; ++tries) {
      while (!(held_ = ::flock(log_.fd_.get(), LOCK_EX) == 0) && errno == EINTR) {}
      if (!held_) return fail_errno("lock " + log_.path_.string());
      struct stat mine {}, named {};
      if (::fstat(log_.fd_.get(), &mine) != 0 || ::lstat(log_.path_.c_str(), &named) != 0) return fail_errno("look at " + log_.path_.string());
      if (mine.st_ino == named.st_ino && mine.st_dev == named.st_dev) return ok();
      held_ = false;
      GZ_TRY(log_.reopen());                 // closes the old one and with it its lock
    }
    return fail(ErrorKind::Io, log_.path_.string() + " is being replaced all the time");
  }

 private:
  OperationLog& log_;
  const std::lock_guard<std::mutex> lock_;
  bool held_ = false;
};

Status OperationLog::reopen() {
  UniqueFd fd(::open(path_.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + path_.string());
  fd_ = std::move(fd);
  failed_.reset();
  return ok();
}

Result<JournalHead> OperationLog::append(std::string_view kind, const Json& body) {
  GZ_TRY_ASSIGN(const auto text, canonical_json(body));
  Held held(*this);
  GZ_TRY(held.take());
  return append_locked(kind, text);
}

Result<std::optional<JournalHead>> OperationLog::head() {
  Held held(*this);
  GZ_TRY(held.take());
  GZ_TRY_ASSIGN(const auto tail, read_tail(fd_.get(), path_));
  if (tail.last_line.empty()) return std::optional<JournalHead>();
  const auto line = parse_line(tail.last_line, check_operation);
  if (!line) return fail(ErrorKind::Tampered, path_.string() + ": its last line is damaged: " + line.error().what);
  return std::optional(JournalHead{line->seq, line->digest, line->time});
}

Result<JournalHead> OperationLog::append_locked(std::string_view kind, std::string_view body) {
  GZ_TRY_ASSIGN(const auto tail, read_tail(fd_.get(), path_));
  JournalHead last;
  const bool first = tail.last_line.empty();
  if (!first) {
    if (const auto line = parse_line(tail.last_line, check_operation)) {
      last = {line->seq, line->digest, line->time};
    } else {
      GZ_TRY_ASSIGN(last, head_after_damage(path_, tail.last_line, clock_.wall()));
    }
  }
  if (tail.torn == 0) return write_line(last, first, kind, body);
  // A power cut left half a line. It is cut off, and the log says so itself.
  if (::ftruncate(fd_.get(), static_cast<off_t>(tail.size - tail.torn)) != 0) return fail_errno("truncate " + path_.string());
  GZ_TRY_ASSIGN(const auto note, canonical_json(Json{{"torn_bytes", tail.torn}, {"torn_sha256", sha256_hex(as_bytes(tail.torn_bytes))}}));
  GZ_TRY_ASSIGN(const auto noted, write_line(last, first, "op.torn", note));
  return write_line(noted, false, kind, body);
}

Result<JournalHead> OperationLog::write_line(const JournalHead& last, bool first, std::string_view kind,
                                             std::string_view body) {
  const WallTime now = first ? clock_.wall() : std::max(clock_.wall(), last.time);
  const std::uint64_t seq = first ? 0 : last.seq + 1;
  GZ_TRY_ASSIGN(const auto line, format_line(seq, first ? kZeroDigest : std::string_view(last.digest), now,
                                             clock_.zone_minutes(), kind, body, check_operation));
  const JournalHead head{seq, sha256_hex(as_bytes(line)), now};
  GZ_TRY(put(last, head, line));
  return head;
}

Status OperationLog::put(const JournalHead& last, const JournalHead& now, const std::string& line) {
  struct stat st {};
  if (::fstat(fd_.get(), &st) != 0) return fail_errno("stat " + path_.string());
  if (!failed_) {
    GZ_TRY(write_all(fd_.get(), as_bytes(line), path_.string()));
    if (::fdatasync(fd_.get()) == 0) return ok();
    failed_ = error_from_errno(errno, "fdatasync " + path_.string());
  }
  const auto anew = write_anew(static_cast<std::uint64_t>(st.st_size), last, now, line);
  if (anew) return ok();
  // nobody is to go on from a line that may not be on the disk
  if (::ftruncate(fd_.get(), st.st_size) != 0) return fail(anew.error().in("a line that is not safe stands in the operation log"));
  return fail(anew.error().in("nothing more can be recorded: the operation log does not reach the disk"));
}

// `proven`: bytes that were synced before; they are read back, and must end with the line that the new one goes on from.
Status OperationLog::write_anew(std::uint64_t proven, const JournalHead& last, const JournalHead& now, const std::string& line) {
  GZ_TRY_ASSIGN(auto text, read_text(path_, kLogLimit));
  if (text.size() < proven) return fail(failed_->in(path_.string() + " is shorter than what was synced"));
  text.resize(static_cast<std::size_t>(proven));
  if (!text.empty()) {
    const auto before = text.size() > 1 ? text.rfind('\n', text.size() - 2) : std::string::npos;
    if (sha256_hex(as_bytes(std::string_view(text).substr(before == std::string::npos ? 0 : before + 1))) != last.digest)
      return fail(failed_->in(path_.string() + " does not give back what was synced"));
  }
  GZ_TRY_ASSIGN(const auto note, canonical_json(Json{{"failed", failed_->what}}));
  GZ_TRY_ASSIGN(const auto said, format_line(now.seq + 1, now.digest, now.time, clock_.zone_minutes(), "op.sync-failed", note, check_operation));
  text += line + said;
  const fs::path making = path_.string() + ".anew";
  ::unlink(making.c_str());
  GZ_TRY_ASSIGN(auto file, AppendFile::create(making));
  GZ_TRY(file.write(as_bytes(text)));
  GZ_TRY(file.close());
  UniqueFd fd(::open(making.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + making.string());
  // held before it has the name: the next writer waits until this one is through
  if (::flock(fd.get(), LOCK_EX) != 0) return fail_errno("lock " + making.string());
  if (::rename(making.c_str(), path_.c_str()) != 0) return fail_errno("rename to " + path_.string());
  fd_ = std::move(fd);
  GZ_TRY(sync_folder(path_.has_parent_path() ? path_.parent_path() : fs::path(".")));
  failed_.reset();
  return ok();
}

Result<OperationLogReading> read_operation_log(const fs::path& path) {
  OperationLogReading reading;
  std::error_code ec;
  if (!fs::exists(path, ec)) return reading;
  GZ_TRY_ASSIGN(const auto text, read_text(path, kLogLimit));
  const auto note = [&](std::uint64_t at, std::string why) {
    if (reading.broken_at) return;
    reading.broken_at = at;
    reading.why = std::move(why);
  };
  ChainCheck chain;
  std::string_view rest = text;
  for (std::uint64_t number = 0; !rest.empty(); ++number) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) {
      note(number, "the last line has no line feed");
      break;
    }
    int zone = 0;
    auto line = parse_line(rest.substr(0, end), check_operation, &zone);
    if (!line) note(number, line.error().what);
    else {
      if (const auto linked = chain.next(*line, zone); !linked) note(number, linked.error().what);
      reading.lines.push_back(std::move(*line));
    }
    rest.remove_prefix(end + 1);
  }
  return reading;
}

}  // namespace guzheng
