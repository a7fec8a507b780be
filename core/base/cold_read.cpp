#include "core/base/cold_read.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/file.h"

namespace guzheng {

Status drop_cached(const std::filesystem::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + path.string());
  // pages that are not written out yet are not dropped
  if (::fsync(fd.get()) != 0) return fail_errno("fsync " + path.string());
  (void)::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);      // advice only: a file system that knows none of it is read as it is
  return ok();
}

Status read_cold(const std::filesystem::path& path, const std::function<Status(ByteView)>& use) {
  GZ_TRY(drop_cached(path));
  return read_in_pieces(path, use);
}

Result<FileDigests> cold_digests(const std::filesystem::path& path) {
  TripleDigester digester;
  GZ_TRY(read_cold(path, [&](ByteView piece) {
    digester.update(piece);
    return ok();
  }));
  return digester.finish();
}

Result<std::string> cold_sha256(const std::filesystem::path& path) {
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_cold(path, [&](ByteView piece) {
    digester.update(piece);
    return ok();
  }));
  return to_hex(digester.finish());
}

}  // namespace guzheng
