#include "core/custody/oplog_page.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/custody/line.h"
#include "core/custody/oplog.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kBlock = 64u << 10;

Status check_operation_body(std::string_view kind, std::string_view body) {
  if (!is_operation_kind(kind)) return fail(ErrorKind::Invalid, "unknown kind " + std::string(kind));
  GZ_TRY_ASSIGN(const Json value, parse_canonical_json(body));
  return value.is_object() ? ok() : Status(fail(ErrorKind::Invalid, "the body is no JSON object"));
}

class Backwards {
 public:
  Backwards(const std::filesystem::path& path, const OperationPageAsk& ask) : name_(path.string()), ask_(ask) {}

  Result<OperationPage> run() {
    fd_.reset(::open(name_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!fd_ && errno == ENOENT) return std::move(page_);
    struct stat st {};
    if (!fd_ || ::fstat(fd_.get(), &st) != 0) return fail_errno("open " + name_);
    const auto size = static_cast<std::uint64_t>(st.st_size);
    end_ = at_ = begin_ = ask_.before.value_or(size);
    if (at_ > size) return fail(ErrorKind::Invalid, "the log has no line there");
    GZ_TRY(before_line());
    while (!done_ && (at_ > 0 || !text_.empty())) GZ_TRY(step());
    page_.begin = begin_;
    return std::move(page_);
  }

 private:
  // Where it begins, a line ends.
  Status before_line() {
    if (at_ == 0) return ok();
    GZ_TRY(read_block());
    if (text_.back() == '\n') return ok();
    if (ask_.before) return fail(ErrorKind::Invalid, "no line of the log begins there");
    const auto last = text_.rfind('\n');           // half a line, being written
    if (last == std::string::npos && at_ > 0) return note(at_, "a line longer than any"), done_ = true, ok();
    text_.resize(last == std::string::npos ? 0 : last + 1);
    begin_ = at_ + text_.size();
    return ok();
  }

  Status read_block() {
    const std::uint64_t count = std::min(kBlock, at_);
    std::string block(static_cast<std::size_t>(count), '\0');
    for (std::size_t got = 0; got < block.size();) {
      const ssize_t n = ::pread(fd_.get(), block.data() + got, block.size() - got, static_cast<off_t>(at_ - count + got));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail_errno("read " + name_);
      if (n == 0) return fail(ErrorKind::Io, name_ + " became shorter");
      got += static_cast<std::size_t>(n);
    }
    text_.insert(0, block);
    at_ -= count;
    return ok();
  }

  // The last line of what was read; its beginning may lie before that.
  Status step() {
    const auto feed = text_.size() < 2 ? std::string::npos : text_.rfind('\n', text_.size() - 2);
    if (feed == std::string::npos && at_ > 0) {
      if (text_.size() <= kMaxLineBytes) return read_block();
      note(at_, "a line longer than any");
      done_ = true;                                // nothing before it can be told from it
      return ok();
    }
    const std::size_t from = feed == std::string::npos ? 0 : feed + 1;
    take(std::string_view(text_).substr(from), at_ + from);
    text_.resize(from);
    return ok();
  }

  void take(std::string_view text, std::uint64_t place) {
    text.remove_suffix(1);
    auto line = parse_line(text, check_operation_body);
    if (!line) {
      note(place, line.error().what);
    } else if (newer_ && (newer_->seq != line->seq + 1 || newer_->previous != line->digest)) {
      note(newer_at_, "line " + std::to_string(newer_->seq) + " does not follow the one before it");
    }
    if (looked_enough_) {                          // this one was read for the link to it alone
      done_ = true;
      return;
    }
    begin_ = place;
    newer_.reset();
    if (line) newer_ = *line;
    newer_at_ = place;
    if (line && place == 0 && (line->seq != 0 || line->previous != kZeroDigest)) note(place, "the first line is not number 0");
    if (line && (!ask_.wanted || ask_.wanted(*line))) page_.lines.push_back(std::move(*line));
    looked_enough_ = page_.lines.size() >= ask_.most_lines || end_ - begin_ >= ask_.most_bytes;
  }

  void note(std::uint64_t at, const std::string& why) {
    if (page_.broken_at) return;
    page_.broken_at = at;
    page_.why = why;
  }

  const std::string name_;
  const OperationPageAsk& ask_;
  UniqueFd fd_;
  std::string text_;                               // from byte at_ on, whole lines at its end
  std::uint64_t at_ = 0, end_ = 0, begin_ = 0, newer_at_ = 0;
  std::optional<JournalLine> newer_;
  bool looked_enough_ = false, done_ = false;
  OperationPage page_;
};

}  // namespace

Result<OperationPage> read_operation_page(const std::filesystem::path& path, const OperationPageAsk& ask) { return Backwards(path, ask).run(); }

}  // namespace guzheng
