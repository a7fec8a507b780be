// Room tables. Where the bytes of a text table come from: a file, or memory in tests. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual Result<std::size_t> read(std::span<std::uint8_t> into) = 0;      // 0: the end
  virtual Status rewind() = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

// Io for a folder or device: only plain files.
Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& file);
std::unique_ptr<ByteSource> memory_source(ByteView bytes);                 // not copied

}  // namespace guzheng
