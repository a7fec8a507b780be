// A recording, however damaged: refused, or its pictures in rising order.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/media/fragments.h"
#include "core/media/player.h"

namespace {
// Files are opened by path and links refused, so a private file it is; in memory, since a disk syncs what is truncated.
const std::string& file_path() {
  static const std::string path = [] {
    std::string name = std::filesystem::is_directory("/dev/shm") ? "/dev/shm/guzheng-fuzz-XXXXXX" : "/tmp/guzheng-fuzz-XXXXXX";
    const int fd = ::mkstemp(name.data());
    if (fd < 0) std::abort();
    ::close(fd);
    std::atexit([] { ::unlink(file_path().c_str()); });
    return name;
  }();
  return path;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  {
    std::ofstream file(file_path(), std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  const auto found = scan_fragments(file_path());
  if (!found) return 0;
  if (found->end > size || found->size != size) std::abort();
  auto reader = SegmentReader::open(file_path());
  if (!reader || std::uint64_t{reader->format().width} * reader->format().height > 1'000'000) return 0;
  for (int i = 0; i < 4; ++i)
    if (!reader->next()) break;
  (void)reader->frame_at(reader->pts_us().back());
  return 0;
}
