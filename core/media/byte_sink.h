// Room media. Where a segment's bytes go: a file that only grows; tests put a failing one here.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// write() and close() belong to one thread; sync() may come from another, but not together with close().
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Status write(ByteView bytes) = 0;
  virtual Status sync() = 0;           // what was written survives a power cut
  virtual Status close() = 0;          // sync and close
};

using SinkFactory = std::function<Result<std::unique_ptr<ByteSink>>(const std::filesystem::path&)>;
SinkFactory append_files();            // base's AppendFile: new, mode 0600

}  // namespace guzheng
