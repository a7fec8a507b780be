#include "core/device/server_process.h"

#include <algorithm>

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/device/adb_wire.h"

namespace guzheng {

namespace {
constexpr std::size_t kTail = 2048;
}

ServerProcess::ServerProcess(std::unique_ptr<Stream> shell)
    : shell_(std::move(shell)), thread_([this] { drain(); }) {}

ServerProcess::~ServerProcess() { stop(); }

void ServerProcess::stop() {
  shell_->cancel();
  const std::lock_guard lock(join_);
  if (thread_.joinable()) thread_.join();
}

bool ServerProcess::ended_within(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return end_.wait_for(lock, patience, [&] { return ended_; });
}

std::string ServerProcess::last_words() const {
  const std::lock_guard lock(mutex_);
  std::string words = tail_;
  while (!words.empty() && (words.back() == '\n' || words.back() == '\r')) words.pop_back();
  for (auto& c : words)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  while (!words.empty() && !is_utf8(words)) words.erase(0, 1);     // the tail may begin inside a character
  return words;
}

void ServerProcess::keep(ByteView piece) {
  const std::lock_guard lock(mutex_);
  tail_ += as_text(piece.last(std::min(piece.size(), kTail)));
  if (tail_.size() > kTail) tail_.erase(0, tail_.size() - kTail);
}

void ServerProcess::drain() {
  name_this_thread("server");
  Bytes buffer(16u << 10);
  ShellV2Parser parser;
  while (!parser.exited()) {
    const auto n = shell_->read_some(buffer, std::chrono::milliseconds(-1));
    if (!n || *n == 0) break;
    const auto fed = parser.feed(ByteView(buffer).first(*n), [&](bool, ByteView piece) -> Status {
      log_debug("device", "scrcpy-server: " + std::string(as_text(piece)));
      keep(piece);
      return ok();
    });
    if (!fed) break;
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  end_.notify_all();
}

}  // namespace guzheng
