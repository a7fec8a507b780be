#include "core/tables/new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/base/file.h"

namespace guzheng {

Result<NewFile> NewFile::begin(const std::filesystem::path& file) {
  std::error_code ec;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ec))) return fail(ErrorKind::Exists, file.string() + " is there already");
  const auto hidden = file.parent_path() / ("." + file.filename().string() + "." + std::to_string(::getpid()) + ".part");
  std::filesystem::remove(hidden, ec);
  return NewFile(file, hidden);
}

NewFile::NewFile(NewFile&& other) noexcept : file_(std::move(other.file_)), hidden_(std::move(other.hidden_)) { other.hidden_.clear(); }

NewFile::~NewFile() {
  std::error_code ec;
  if (!hidden_.empty()) std::filesystem::remove(hidden_, ec);
}

Status NewFile::put_in_place() {
  UniqueFd fd(::open(hidden_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return fail_errno("write " + file_.string());
  if (::renameat2(AT_FDCWD, hidden_.c_str(), AT_FDCWD, file_.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno != EINVAL) return fail_errno("write " + file_.string());
    if (::link(hidden_.c_str(), file_.c_str()) != 0) return fail_errno("write " + file_.string());      // a file system without RENAME_NOREPLACE
    ::unlink(hidden_.c_str());
  }
  hidden_.clear();
  return sync_folder(file_.has_parent_path() ? file_.parent_path() : std::filesystem::path("."));
}

}  // namespace guzheng
