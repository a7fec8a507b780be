#include "core/training/file_tree.h"

#include <array>

namespace guzheng::training {

namespace {
constexpr std::uint64_t kLimit = 512u << 20;       // what hosts may store in memory
constexpr std::array kWritable = {"/data/local/tmp", "/sdcard", "/storage/emulated/0"};
constexpr std::array kClosed = {"/data/data", "/data/system", "/data/misc/wifi", "/data/misc/adb", "/data/user"};

bool within(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}
std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}
}  // namespace

FileTree::FileTree(const Switches& switches, const Clock& clock) : clock_(clock), full_(switches.storage_full) {
  put_folder("/");
  for (const char* path : {"/acct", "/apex", "/config", "/data", "/data/app", "/data/data", "/data/system", "/data/misc/wifi",
                           "/data/misc/adb", "/data/user", "/dev", "/mnt", "/odm", "/oem", "/proc", "/product", "/storage",
                           "/sys", "/system", "/system/app", "/system/bin", "/system/etc", "/system/xbin", "/vendor"})
    put_folder(path);
  put_folder("/data/local/tmp", 0040771);
  for (const char* path : {"/sdcard", "/sdcard/DCIM", "/sdcard/Download", "/sdcard/Movies", "/sdcard/Pictures",
                           "/storage/emulated/0"})
    put_folder(path, 0040771);
}

std::string FileTree::clean(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    const auto part = path.substr(0, end);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::string out;
  for (const auto part : parts) out += "/" + std::string(part);
  return out.empty() ? "/" : out;
}

bool FileTree::readable(const std::string& path) const {
  for (const auto* closed : kClosed)
    if (within(path, closed)) return false;
  return true;
}

Result<FileStat> FileTree::stat(std::string_view path) const {
  const auto name = clean(path);
  const std::lock_guard lock(mutex_);
  if (!readable(parent_of(name))) return fail(ErrorKind::Denied, name);
  const auto it = nodes_.find(name);
  if (it == nodes_.end()) return fail(ErrorKind::NotFound, name);
  return it->second.stat;
}

Result<std::vector<FileEntry>> FileTree::list(std::string_view path) const {
  const auto name = clean(path);
  GZ_TRY_ASSIGN(const auto own, stat(name));
  if (!own.folder()) return fail(ErrorKind::Invalid, name);
  const std::lock_guard lock(mutex_);
  if (!readable(name)) return fail(ErrorKind::Denied, name);
  std::vector<FileEntry> out;
  for (const auto& [key, node] : nodes_)
    if (key != "/" && parent_of(key) == name) out.push_back({key.substr(key.rfind('/') + 1), node.stat});
  return out;
}

Result<std::shared_ptr<const Bytes>> FileTree::read(std::string_view path) const {
  const auto name = clean(path);
  const std::lock_guard lock(mutex_);
  if (!readable(name)) return fail(ErrorKind::Denied, name);
  const auto it = nodes_.find(name);
  if (it == nodes_.end()) return fail(ErrorKind::NotFound, name);
  if (it->second.stat.folder()) return fail(ErrorKind::Invalid, name);
  return it->second.content;
}

Status FileTree::write(std::string_view path, Bytes content, std::uint32_t mode, std::int64_t mtime) {
  const auto name = clean(path);
  bool allowed = false;
  for (const auto* folder : kWritable) allowed = allowed || (within(name, folder) && name != folder);
  if (!allowed) return fail(ErrorKind::Denied, name);
  const std::lock_guard lock(mutex_);
  const auto old = nodes_.find(name);
  const std::uint64_t freed = old == nodes_.end() ? 0 : old->second.stat.size;
  if (old != nodes_.end() && old->second.stat.folder()) return fail(ErrorKind::Exists, name);
  if (full_ || used_ - freed + content.size() > kLimit) return fail(ErrorKind::NoSpace, name);
  for (auto folder = parent_of(name); !nodes_.contains(folder); folder = parent_of(folder))
    nodes_[folder] = {{0040771, 3452, clock_.wall().ms / 1000}, nullptr};
  used_ += content.size() - freed;
  FileStat stat{0100000 | (mode & 0777), content.size(), mtime};
  nodes_[name] = {stat, std::make_shared<const Bytes>(std::move(content))};
  return ok();
}

Status FileTree::make_folder(std::string_view path) {
  const auto name = clean(path);
  const std::lock_guard lock(mutex_);
  if (nodes_.contains(name)) return fail(ErrorKind::Exists, name);
  bool allowed = false;
  for (const auto* folder : kWritable) allowed = allowed || within(name, folder);
  if (!allowed) return fail(ErrorKind::Denied, name);
  nodes_[name] = {{0040771, 3452, clock_.wall().ms / 1000}, nullptr};
  return ok();
}

Status FileTree::remove(std::string_view path) {
  const auto name = clean(path);
  const std::lock_guard lock(mutex_);
  const auto it = nodes_.find(name);
  if (it == nodes_.end()) return fail(ErrorKind::NotFound, name);
  bool allowed = false;
  for (const auto* folder : kWritable) allowed = allowed || (within(name, folder) && name != folder);
  if (!allowed) return fail(ErrorKind::Denied, name);
  std::erase_if(nodes_, [&](const auto& entry) {
    if (!within(entry.first, name)) return false;
    used_ -= entry.second.stat.folder() ? 0 : entry.second.stat.size;
    return true;
  });
  return ok();
}

void FileTree::put(std::string_view path, Bytes content, std::uint32_t mode) {
  const auto name = clean(path);
  if (!parent_of(name).empty() && !nodes_.contains(parent_of(name))) put_folder(parent_of(name));
  const std::lock_guard lock(mutex_);
  FileStat stat{mode, content.size(), 1'230'768'000};           // 2009-01-01, the date of system images
  nodes_[name] = {stat, std::make_shared<const Bytes>(std::move(content))};
}

void FileTree::put_folder(std::string_view path, std::uint32_t mode) {
  const auto name = clean(path);
  if (name != "/" && !nodes_.contains(parent_of(name))) put_folder(parent_of(name));
  const std::lock_guard lock(mutex_);
  nodes_[name] = {{mode, 4096, 1'230'768'000}, nullptr};
}

std::string to_text(const Error& error) {
  switch (error.kind) {
    case ErrorKind::NotFound: return "No such file or directory";
    case ErrorKind::Denied: return "Permission denied";
    case ErrorKind::NoSpace: return "No space left on device";
    case ErrorKind::Exists: return "File exists";
    case ErrorKind::Invalid: return "Is a directory";
    default: return "I/O error";
  }
}

}  // namespace guzheng::training
