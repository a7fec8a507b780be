#include "core/seal/verify_digests.h"

namespace guzheng {

namespace {
constexpr std::size_t kBatch = 4u << 20;
}

StreamDigests::StreamDigests(bool threaded) : threaded_(threaded) {
  if (!threaded_) return;
  workers_.emplace_back([this] { run(DigestKind::Md5, result_.md5); });
  workers_.emplace_back([this] { run(DigestKind::Sha256, result_.sha256); });
  workers_.emplace_back([this] { run(DigestKind::Sm3, result_.sm3); });
}

StreamDigests::~StreamDigests() {
  if (threaded_ && !workers_.empty()) (void)finish();
}

void StreamDigests::run(DigestKind kind, std::string& out) {
  Digester digester(kind);
  std::uint64_t done = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return round_ != done || end_; });
    if (round_ == done) break;
    done = round_;
    const auto batch = batch_;
    lock.unlock();
    digester.update(*batch);
    lock.lock();
    if (--busy_ == 0) changed_.notify_all();
  }
  out = to_hex(digester.finish());
}

void StreamDigests::wait_idle(std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [&] { return busy_ == 0; });
}

void StreamDigests::flush() {
  if (!filling_ || filling_->empty()) return;
  std::unique_lock lock(mutex_);
  wait_idle(lock);
  result_.size += filling_->size();
  batch_ = std::move(filling_);
  filling_.reset();
  ++round_;
  busy_ = static_cast<unsigned>(workers_.size());
  changed_.notify_all();
}

void StreamDigests::update(ByteView bytes) {
  if (!threaded_) return plain_.update(bytes);
  if (!filling_) {
    filling_ = std::make_shared<Bytes>();
    filling_->reserve(kBatch + (1u << 20));
  }
  append(*filling_, bytes);
  if (filling_->size() >= kBatch) flush();
}

FileDigests StreamDigests::finish() {
  if (!threaded_) return plain_.finish();
  flush();
  {
    std::unique_lock lock(mutex_);
    wait_idle(lock);
    end_ = true;
    changed_.notify_all();
  }
  for (auto& worker : workers_) worker.join();
  workers_.clear();
  return result_;
}

}  // namespace guzheng
