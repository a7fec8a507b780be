#include "core/training/local_sockets.h"

namespace guzheng::training {

namespace {
constexpr std::size_t kBacklog = 16;
}

Result<std::shared_ptr<AdbStream>> LocalListener::accept() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return cancelled_ || !backlog_.empty(); });
  if (cancelled_) return fail(ErrorKind::Cancelled, "no longer listening");
  auto stream = std::move(backlog_.front());
  backlog_.pop_front();
  return stream;
}

void LocalListener::cancel() {
  std::deque<std::shared_ptr<AdbStream>> left;       // closed outside the lock
  const std::lock_guard lock(mutex_);
  cancelled_ = true;
  left.swap(backlog_);
  changed_.notify_all();
}

bool LocalListener::offer(std::shared_ptr<AdbStream> stream) {
  const std::lock_guard lock(mutex_);
  if (cancelled_ || backlog_.size() >= kBacklog) return false;
  backlog_.push_back(std::move(stream));
  changed_.notify_all();
  return true;
}

Result<std::shared_ptr<LocalListener>> LocalSockets::listen(const std::string& name) {
  const std::lock_guard lock(mutex_);
  auto& slot = listeners_[name];
  if (slot) return fail(ErrorKind::Exists, "Address already in use: " + name);
  slot = std::make_shared<LocalListener>();
  return slot;
}

void LocalSockets::unlisten(const std::string& name) {
  std::shared_ptr<LocalListener> listener;
  {
    const std::lock_guard lock(mutex_);
    const auto it = listeners_.find(name);
    if (it == listeners_.end()) return;
    listener = std::move(it->second);
    listeners_.erase(it);
  }
  listener->cancel();
}

std::shared_ptr<LocalListener> LocalSockets::find(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto it = listeners_.find(name);
  return it == listeners_.end() ? nullptr : it->second;
}

Status LocalSockets::add_reverse(Reverse entry, Dialler dial, bool replace) {
  const std::lock_guard lock(mutex_);
  if (!replace && ways_.contains(entry.local)) return fail(ErrorKind::Exists, "cannot rebind existing socket");
  auto local = entry.local;
  ways_[std::move(local)] = {std::move(entry), std::move(dial)};
  return ok();
}

bool LocalSockets::remove_reverse(const std::string& local) {
  const std::lock_guard lock(mutex_);
  return ways_.erase(local) > 0;
}

void LocalSockets::remove_reverses_of(const std::string& host) {
  const std::lock_guard lock(mutex_);
  std::erase_if(ways_, [&](const auto& way) { return way.second.entry.host == host; });
}

std::vector<Reverse> LocalSockets::reverses() const {
  const std::lock_guard lock(mutex_);
  std::vector<Reverse> out;
  for (const auto& [local, way] : ways_) out.push_back(way.entry);
  return out;
}

Dialler LocalSockets::dialler(const std::string& local) const {
  const std::lock_guard lock(mutex_);
  const auto it = ways_.find(local);
  return it == ways_.end() ? Dialler() : it->second.dial;
}

Result<std::shared_ptr<AdbStream>> LocalSockets::connect(const std::string& name) {
  const auto dial = dialler(name);
  if (!dial) return fail(ErrorKind::Network, "Connection refused: " + name);
  std::string remote;
  {
    const std::lock_guard lock(mutex_);
    const auto it = ways_.find(name);
    if (it != ways_.end()) remote = it->second.entry.remote;
  }
  return dial(remote);
}

}  // namespace guzheng::training
