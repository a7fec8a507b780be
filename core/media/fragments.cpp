#include "core/media/fragments.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "core/base/bytes.h"
#include "core/base/file.h"

namespace guzheng {

namespace {

// box: [u32 size][type ×4]; sizes 0 (to the end) and 1 (64-bit) are never written by our recorder.
struct Box {
  std::uint64_t size = 0;            // 0: no whole box here
  std::string type;
};

Box box_at(int fd, std::uint64_t at, std::uint64_t end) {
  std::array<std::uint8_t, 8> header{};
  if (end - at < header.size()) return {};
  if (::pread(fd, header.data(), header.size(), static_cast<off_t>(at)) != static_cast<ssize_t>(header.size())) return {};
  const std::uint64_t size = read_be<std::uint32_t>(header.data());
  if (size < header.size() || size > end - at) return {};
  return {size, std::string(as_text(header).substr(4))};
}

}  // namespace

Result<Fragments> scan_fragments(const std::filesystem::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + path.string());
  return scan_fragments(fd.get(), path.string());
}

Result<Fragments> scan_fragments(int file, const std::string& name) {
  struct stat st {};
  if (::fstat(file, &st) != 0 || !S_ISREG(st.st_mode)) return fail(ErrorKind::Invalid, name + " is no plain file");
  Fragments found;
  found.size = static_cast<std::uint64_t>(st.st_size);
  const Box ftyp = box_at(file, 0, found.size);
  const Box moov = ftyp.type == "ftyp" ? box_at(file, ftyp.size, found.size) : Box{};
  if (moov.type != "moov") return fail(ErrorKind::Invalid, name + " is no recording, or only its first bytes");
  found.end = ftyp.size + moov.size;
  for (;;) {
    const Box moof = box_at(file, found.end, found.size);
    if (moof.type != "moof") return found;
    const Box mdat = box_at(file, found.end + moof.size, found.size);
    if (mdat.type != "mdat") return found;
    ++found.count;
    found.end += moof.size + mdat.size;
  }
}

}  // namespace guzheng
