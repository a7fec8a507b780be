#include "core/media/file_window.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace guzheng {

namespace {
constexpr int kBuffer = 64 << 10;
}

Result<std::unique_ptr<FileWindow>> FileWindow::open(UniqueFd file, std::uint64_t end) {
  std::unique_ptr<FileWindow> window(new FileWindow);
  window->fd_ = std::move(file);
  window->end_ = static_cast<std::int64_t>(end);
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBuffer));
  window->io_ = avio_alloc_context(buffer, kBuffer, 0, window.get(), &FileWindow::on_read, nullptr, &FileWindow::on_seek);
  if (window->io_ == nullptr) return fail(ErrorKind::Bug, "no memory to read a recording");
  return window;
}

FileWindow::~FileWindow() {
  if (io_ == nullptr) return;
  av_freep(&io_->buffer);
  avio_context_free(&io_);
}

int FileWindow::on_read(void* self, std::uint8_t* into, int size) {
  auto& me = *static_cast<FileWindow*>(self);
  const auto wanted = std::min<std::int64_t>(size, me.end_ - me.at_);
  if (wanted <= 0) return AVERROR_EOF;
  const ssize_t n = ::pread(me.fd_.get(), into, static_cast<std::size_t>(wanted), me.at_);
  if (n < 0) return AVERROR(EIO);
  if (n == 0) return AVERROR_EOF;
  me.at_ += n;
  return static_cast<int>(n);
}

std::int64_t FileWindow::on_seek(void* self, std::int64_t offset, int whence) {
  auto& me = *static_cast<FileWindow*>(self);
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return me.end_;
    case SEEK_SET: break;
    case SEEK_CUR: offset += me.at_; break;
    case SEEK_END: offset += me.end_; break;
    default: return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  return me.at_ = offset;
}

}  // namespace guzheng
