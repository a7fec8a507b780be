#include "core/seal/verify_digests.h"

#include <algorithm>

namespace guzheng {

namespace {
constexpr std::size_t kBatch = 2u << 20;
}

DigestLine::DigestLine(bool threaded) : threaded_(threaded) {
  if (!threaded_) return;
  threads_.emplace_back([this] { run(0, DigestKind::Md5, &FileDigests::md5); });
  threads_.emplace_back([this] { run(1, DigestKind::Sha256, &FileDigests::sha256); });
  threads_.emplace_back([this] { run(2, DigestKind::Sm3, &FileDigests::sm3); });
}

DigestLine::~DigestLine() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  for (auto& thread : threads_) thread.join();
}

void DigestLine::run(std::size_t digest, DigestKind kind, std::string FileDigests::*field) {
  Digester digester(kind);
  std::unique_lock lock(mutex_);
  for (std::uint64_t next = 0;; ++next) {
    changed_.wait(lock, [&] { return filled_ > next || stop_; });
    if (stop_) return;
    const Slot& slot = ring_[next % kSlots];
    lock.unlock();                             // nobody writes the slot until all three have counted it
    digester.update(slot.bytes);
    if (slot.end) slot.end.get()->*field = to_hex(digester.finish());
    lock.lock();
    done_[digest] = next + 1;
    changed_.notify_all();
  }
}

void DigestLine::hand_over(std::shared_ptr<FileDigests> end) {
  ring_[filled_ % kSlots].end = std::move(end);          // filled_ changes on this thread only
  std::unique_lock lock(mutex_);
  ++filled_;
  changed_.notify_all();
  changed_.wait(lock, [&] { return filled_ - *std::min_element(done_.begin(), done_.end()) < kSlots; });
  ring_[filled_ % kSlots].bytes.clear();
  ring_[filled_ % kSlots].end.reset();
}

void DigestLine::update(ByteView bytes) {
  size_ += bytes.size();
  if (!threaded_) return plain_.update(bytes);
  while (!bytes.empty()) {
    auto& into = ring_[filled_ % kSlots].bytes;
    if (into.capacity() < kBatch) into.reserve(kBatch);
    const auto some = bytes.first(std::min(bytes.size(), kBatch - into.size()));
    append(into, some);
    bytes = bytes.subspan(some.size());
    if (into.size() == kBatch) hand_over(nullptr);
  }
}

std::shared_ptr<const FileDigests> DigestLine::end_file() {
  const auto out = std::make_shared<FileDigests>();
  if (threaded_) hand_over(out);
  else *out = plain_.finish();
  out->size = std::exchange(size_, 0);         // no digest's thread touches it
  return out;
}

void DigestLine::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !threaded_ || *std::min_element(done_.begin(), done_.end()) == filled_; });
}

}  // namespace guzheng
