// Room seal. Seam: bytes at a place, wherever a package's ZIP lies (a file here, an object of the central server's store).
#pragma once

#include <cstdint>
#include <span>

namespace guzheng {

// Used by one thread at a time.
class RandomAccess {
 public:
  virtual ~RandomAccess() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fills `into` whole. False: those bytes are not there. An implementation that can fail otherwise (a network) remembers it: the verifier takes
  // false for damage, and its caller must ask the implementation before it believes that.
  virtual bool read_at(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
};

}  // namespace guzheng
