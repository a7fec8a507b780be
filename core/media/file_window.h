// Room media, private to the room. The first bytes of a file as FFmpeg's input: a torn tail stays outside.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/file.h"
#include "core/media/av.h"

namespace guzheng {

// Must outlive the AVFormatContext that reads from io().
class FileWindow {
 public:
  static Result<std::unique_ptr<FileWindow>> open(UniqueFd file, std::uint64_t end);
  ~FileWindow();
  FileWindow(const FileWindow&) = delete;
  FileWindow& operator=(const FileWindow&) = delete;
  [[nodiscard]] AVIOContext* io() const { return io_; }

 private:
  FileWindow() = default;
  static int on_read(void* self, std::uint8_t* into, int size);
  static std::int64_t on_seek(void* self, std::int64_t offset, int whence);
  UniqueFd fd_;
  std::int64_t at_ = 0, end_ = 0;
  AVIOContext* io_ = nullptr;
};

}  // namespace guzheng
