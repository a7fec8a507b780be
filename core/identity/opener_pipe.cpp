#include "core/identity/opener_pipe.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

namespace guzheng {

namespace {

constexpr std::size_t kHead = 4;

Error pipe_error(ErrorKind kind, std::string what) { return {kind, "key pipe: " + std::move(what)}; }

// Exactly `size` bytes. Network: the other side has gone.
Result<Bytes> read_exactly(int fd, std::size_t size) {
  Bytes out(size);
  std::size_t have = 0;
  while (have < size) {
    const auto got = ::read(fd, out.data() + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read the key pipe");
    if (got == 0) return fail(pipe_error(ErrorKind::Network, "the workstation has gone"));
    have += static_cast<std::size_t>(got);
  }
  return out;
}

Status check_length(std::uint32_t length) {
  if (length == 0 || length > kMostPipeFrame)
    return fail(pipe_error(ErrorKind::Protocol, "a frame of " + std::to_string(length) + " bytes"));
  return ok();
}

Result<PipeFrame> read_frame(int fd) {
  GZ_TRY_ASSIGN(const Bytes head, read_exactly(fd, kHead));
  const auto length = read_be<std::uint32_t>(head.data());
  GZ_TRY(check_length(length));
  GZ_TRY_ASSIGN(Bytes all, read_exactly(fd, length));
  PipeFrame frame{static_cast<char>(all.front()), {}};
  frame.body.assign(all.begin() + 1, all.end());
  return frame;
}

Bytes refusal(const Error& error) {
  Bytes body{static_cast<std::uint8_t>(error.kind)};
  append(body, as_bytes(error.what.substr(0, 4096)));
  return *pipe_frame('R', body);
}

Error refused(ByteView body) {
  if (body.empty() || body.front() > static_cast<std::uint8_t>(ErrorKind::Bug)) return pipe_error(ErrorKind::Protocol, "a refusal without a reason");
  return {static_cast<ErrorKind>(body.front()), std::string(as_text(body.subspan(1)))};
}

class PipeOpener final : public Opener {
 public:
  PipeOpener(std::string pem, UniqueFd in, UniqueFd out) : pem_(std::move(pem)), in_(std::move(in)), out_(std::move(out)) {}
  [[nodiscard]] std::string certificate_pem() const override { return pem_; }
  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override {
    GZ_TRY_ASSIGN(const Bytes question, pipe_frame('O', envelope));
    const std::lock_guard lock(mutex_);
    if (broken_) return fail(pipe_error(ErrorKind::Network, "broken earlier"));
    auto answer = ask(question);
    if (!answer) {                         // half a frame may stand in the pipe: no answer could be trusted to be ours
      broken_ = true;
      return fail(answer.error());
    }
    if (answer->kind == 'C') return std::move(answer->body);
    return fail(refused(answer->body));
  }

 private:
  Result<PipeFrame> ask(ByteView question) const {
    GZ_TRY(write_all(out_.get(), question, "key pipe"));
    GZ_TRY_ASSIGN(auto answer, read_frame(in_.get()));
    if (answer.kind != 'C' && answer.kind != 'R') return fail(pipe_error(ErrorKind::Protocol, "an answer of an unknown kind"));
    return answer;
  }
  const std::string pem_;
  const UniqueFd in_, out_;
  mutable std::mutex mutex_;
  mutable bool broken_ = false;
};

}  // namespace

Result<Bytes> pipe_frame(char kind, ByteView body) {
  if (body.size() >= kMostPipeFrame) return fail(pipe_error(ErrorKind::Invalid, std::to_string(body.size()) + " bytes do not fit a frame"));
  Bytes out;
  out.reserve(kHead + 1 + body.size());
  put_be<std::uint32_t>(out, static_cast<std::uint32_t>(body.size() + 1));
  out.push_back(static_cast<std::uint8_t>(kind));
  append(out, body);
  return out;
}

Result<std::optional<PipeFrame>> PipeReader::next() {
  if (waiting_.size() < kHead) return std::optional<PipeFrame>();
  const auto length = read_be<std::uint32_t>(waiting_.data());
  GZ_TRY(check_length(length));
  if (waiting_.size() < kHead + length) return std::optional<PipeFrame>();
  const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(kHead + length);
  PipeFrame frame{static_cast<char>(waiting_[kHead]), Bytes(waiting_.begin() + kHead + 1, end)};
  waiting_.erase(waiting_.begin(), end);
  return std::optional(std::move(frame));
}

Bytes answer_frame(const PipeFrame& frame, const Opener* opener) {
  if (frame.kind != 'O') return refusal(pipe_error(ErrorKind::Protocol, "a question of an unknown kind"));
  if (opener == nullptr) return refusal({ErrorKind::Denied, "nobody is logged in who could open evidence"});
  const auto content = opener->open(frame.body);
  if (!content) return refusal(content.error());
  auto out = pipe_frame('C', *content);
  return out ? std::move(*out) : refusal(out.error());
}

Bytes hello_frame(const Opener* opener) {
  const std::string pem = opener ? opener->certificate_pem() : std::string();
  return *pipe_frame('K', as_bytes(pem));
}

Result<std::shared_ptr<Opener>> open_pipe(UniqueFd from_parent, UniqueFd to_parent) {
  GZ_TRY_ASSIGN(const auto hello, read_frame(from_parent.get()));
  if (hello.kind != 'K') return fail(pipe_error(ErrorKind::Protocol, "the workstation did not say whose key it is"));
  if (hello.body.empty()) return std::shared_ptr<Opener>();
  return std::shared_ptr<Opener>(std::make_shared<PipeOpener>(std::string(as_text(hello.body)), std::move(from_parent), std::move(to_parent)));
}

}  // namespace guzheng
