// Room device, private. Bytes that come at one end and are taken at the other. Not thread-safe.
#pragma once

#include <algorithm>
#include <span>

#include "core/base/bytes.h"

namespace guzheng {

class ByteQueue {
 public:
  [[nodiscard]] std::size_t size() const { return bytes_.size() - at_; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t held() const { return bytes_.capacity(); }      // memory, of which size() bytes are still to be taken
  void push(ByteView more) { bytes_.insert(bytes_.end(), more.begin(), more.end()); }
  // As many as there are and fit.
  std::size_t take(std::span<std::uint8_t> into) {
    const std::size_t n = std::min(into.size(), size());
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), n, into.begin());
    at_ += n;
    // what was taken goes once it is the larger half: a reader who never catches up holds twice what waits, and each byte moves once
    if (at_ * 2 >= bytes_.size()) {
      bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
      at_ = 0;
    }
    return n;
  }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;                     // taken of bytes_
};

}  // namespace guzheng
