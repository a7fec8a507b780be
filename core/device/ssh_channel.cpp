#include "core/device/ssh_channel.h"

#include <algorithm>
#include <array>

namespace guzheng::ssh {

namespace {
constexpr std::size_t kMostIn = 4u << 20, kMostOut = 1u << 20, kMostErrors = 4u << 20;
}

Status Channel::wait_open(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, patience, [&] { return cancelled_ || stage_ == Stage::Open || stage_ == Stage::Over; }))
    return fail(ErrorKind::Timeout, "the node does not answer");
  if (cancelled_) return fail(ErrorKind::Cancelled, "stream cancelled");
  if (error_) return fail(*error_);
  return ok();
}

Result<std::size_t> Channel::read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience, const std::function<void()>& wake) {
  if (into.empty()) return fail(ErrorKind::Bug, "read into nothing");
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return cancelled_ || !in_.empty() || stage_ == Stage::Over; };
  if (patience.count() < 0) changed_.wait(lock, ready);
  else if (!changed_.wait_for(lock, patience, ready)) return fail(ErrorKind::Timeout, "no answer in time");
  if (cancelled_) return fail(ErrorKind::Cancelled, "stream cancelled");
  const bool was_full = in_.size() >= kMostIn;
  const std::size_t n = in_.take(into);
  if (n == 0) {
    if (error_) return fail(*error_);
    return std::size_t{0};
  }
  lock.unlock();
  if (was_full) wake();
  return n;
}

Status Channel::write_all(ByteView bytes, const std::function<void()>& wake) {
  while (!bytes.empty()) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return cancelled_ || stage_ == Stage::Over || out_.size() < kMostOut; });
    if (cancelled_) return fail(ErrorKind::Cancelled, "stream cancelled");
    if (error_) return fail(*error_);
    if (stage_ == Stage::Over) return fail(ErrorKind::Network, "write: the far side has ended the stream");
    const auto piece = bytes.first(std::min(bytes.size(), kMostOut - out_.size()));
    out_.insert(out_.end(), piece.begin(), piece.end());
    bytes = bytes.subspan(piece.size());
    lock.unlock();
    wake();
  }
  return ok();
}

void Channel::cancel() {
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  changed_.notify_all();
}

void Channel::end_input() {
  const std::lock_guard lock(mutex_);
  input_ended_ = true;
}

std::string Channel::errors() {
  const std::lock_guard lock(mutex_);
  return errors_;
}

int Channel::exit_code() {
  const std::lock_guard lock(mutex_);
  return exit_code_;
}

void Channel::lose(const Error& error) {
  std::unique_lock lock(mutex_);
  if (stage_ != Stage::Over) end(lock, error);
}

void Channel::end(std::unique_lock<std::mutex>& lock, std::optional<Error> why) {
  (void)lock;                                    // held by the caller
  stage_ = Stage::Over;
  if (!error_) error_ = std::move(why);
  handle_.reset();                               // sends the close, if the connection still stands
  changed_.notify_all();
}

bool Channel::step(ssh_session session) {
  std::unique_lock lock(mutex_);
  if (stage_ != Stage::Over && cancelled_) end(lock, Error{ErrorKind::Cancelled, "stream cancelled"});
  if (stage_ == Stage::New || stage_ == Stage::Opening) {
    if (!open(session, lock)) return false;
  }
  if (stage_ == Stage::Asking && !ask(session, lock)) return false;
  if (stage_ == Stage::Open && (!receive(session, lock) || !send(session, lock))) return false;      // an answer counts before a write that fails
  return stage_ != Stage::Over;
}

bool Channel::open(ssh_session session, std::unique_lock<std::mutex>& lock) {
  if (!handle_) handle_.reset(ssh_channel_new(session));
  stage_ = Stage::Opening;
  const bool program = !wish.command.empty();
  const int rc = program ? ssh_channel_open_session(handle_.get())
                         : ssh_channel_open_forward(handle_.get(), wish.host.c_str(), wish.port, "127.0.0.1", 0);
  if (rc == SSH_AGAIN) return true;
  if (rc != SSH_OK) {
    end(lock, failure(ErrorKind::Denied, program ? "the node opens no session" : "the node opens no way to " + wish.host + ":" + std::to_string(wish.port), session).value());
    return false;
  }
  stage_ = program ? Stage::Asking : Stage::Open;
  if (!program) changed_.notify_all();
  return true;
}

bool Channel::ask(ssh_session session, std::unique_lock<std::mutex>& lock) {
  const int rc = ssh_channel_request_exec(handle_.get(), wish.command.c_str());
  if (rc == SSH_AGAIN) return true;
  if (rc != SSH_OK) {
    end(lock, failure(ErrorKind::Denied, "the node runs no program", session).value());
    return false;
  }
  stage_ = Stage::Open;
  changed_.notify_all();
  return true;
}

bool Channel::send(ssh_session session, std::unique_lock<std::mutex>& lock) {
  std::size_t sent = 0;
  while (sent < out_.size()) {
    const auto window = ssh_channel_window_size(handle_.get());
    const auto n = std::min<std::size_t>(out_.size() - sent, window);
    if (n == 0) break;                           // the node takes no more: its next word wakes this thread
    const int rc = ssh_channel_write(handle_.get(), out_.data() + sent, static_cast<std::uint32_t>(n));
    if (rc < 0 && (ssh_channel_is_eof(handle_.get()) != 0 || ssh_channel_is_closed(handle_.get()) != 0)) {
      sent = out_.size();                        // the node has said its last word; it is read to its end first
      break;
    }
    if (rc < 0) {
      end(lock, failure(ErrorKind::Network, "write", session).value());
      return false;
    }
    if (rc == 0) break;
    sent += static_cast<std::size_t>(rc);
  }
  if (sent > 0) {
    out_.erase(out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(sent));
    changed_.notify_all();
  }
  if (input_ended_ && out_.empty() && !std::exchange(eof_sent_, true)) ssh_channel_send_eof(handle_.get());
  return true;
}

bool Channel::receive(ssh_session session, std::unique_lock<std::mutex>& lock) {
  std::array<std::uint8_t, 65536> piece;
  bool came = false;
  for (const bool is_error : {false, true}) {
    for (;;) {
      if (!is_error && in_.size() >= kMostIn) break;
      const int n = ssh_channel_read_nonblocking(handle_.get(), piece.data(), piece.size(), is_error ? 1 : 0);
      if (n == SSH_ERROR) {
        end(lock, failure(ErrorKind::Network, "read", session).value());
        return false;
      }
      if (n <= 0) break;                         // nothing now, or the end
      came = true;
      if (is_error) errors_.append(reinterpret_cast<const char*>(piece.data()), std::min<std::size_t>(static_cast<std::size_t>(n), kMostErrors - errors_.size()));
      else in_.push(ByteView(piece).first(static_cast<std::size_t>(n)));
    }
  }
  if (came) changed_.notify_all();
  // A program's channel is over once it is closed: its exit status comes after its last output.
  const bool over = wish.command.empty() ? ssh_channel_is_eof(handle_.get()) != 0 : ssh_channel_is_closed(handle_.get()) != 0;
  if (over && ssh_channel_poll(handle_.get(), 0) <= 0) {
    exit_code_ = ssh_channel_get_exit_status(handle_.get());
    end(lock, std::nullopt);
    return false;
  }
  return true;
}

}  // namespace guzheng::ssh
