// What is safe on the failing disk and what is not, and how it is lost.
#include "tests/support/failing_disk_model.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace failing_disk {

namespace fs = std::filesystem;

static thread_local bool inside = false;       // our own calls are not operations

Disk& disk() {
  static auto* const one = new Disk;           // never destroyed: calls come until the end
  return *one;
}
Ours::Ours() : lock_(disk().mutex) {
  was_ = inside;
  inside = true;
}
Ours::~Ours() { inside = was_; }
bool off() { return inside || disk().mode == kDiskOff; }

std::string at_path(int folder, const char* path) {
  if (path == nullptr) return {};
  if (path[0] == '/') return fs::path(path).lexically_normal().string();
  if (folder != AT_FDCWD) {
    char link[64], to[4096];
    ::snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    const ssize_t n = ::readlink(link, to, sizeof to);
    if (n > 0) return (fs::path(std::string(to, static_cast<std::size_t>(n))) / path).lexically_normal().string();
  }
  std::error_code ec;
  return fs::absolute(path, ec).lexically_normal().string();
}
bool below(const std::string& path) {
  const auto& f = disk().folder;
  return !f.empty() && path.starts_with(f) && (path.size() == f.size() || path[f.size()] == '/');
}
std::string tracked(int fd) {
  const auto it = disk().open.find(fd);
  return it == disk().open.end() ? std::string() : it->second;
}

File* file_of(int fd) {
  struct stat st {};
  return ::fstat(fd, &st) == 0 ? &disk().files[st.st_ino] : nullptr;
}

void forget_names_in(const std::string& folder) {
  std::erase_if(disk().names, [&](const Name& n) { return fs::path(n.path).parent_path() == folder; });
}

std::string backup_of(const std::string& path) {
  struct stat st {};
  if (disk().mode != kDiskPlug || ::lstat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return {};
  ::mkdir(disk().scrap.c_str(), 0700);
  const std::string to = disk().scrap + "/" + std::to_string(disk().links++);
  return ::link(path.c_str(), to.c_str()) == 0 ? to : std::string();
}

static void undo(const Name& n) {
  std::error_code ec;
  switch (n.what) {
    case Name::Create: ::unlink(n.path.c_str()); break;
    case Name::Mkdir: fs::remove_all(n.path, ec); break;
    case Name::Rmdir: ::mkdir(n.path.c_str(), 0700); break;
    case Name::Unlink:
      if (!n.backup.empty()) (void)!::link(n.backup.c_str(), n.path.c_str());
      break;
    case Name::Rename: {
      struct stat st {};
      const bool folder = ::stat(n.path.c_str(), &st) == 0 && S_ISDIR(st.st_mode);
      if (folder) ::chmod(n.path.c_str(), 0700);
      (void)!::rename(n.path.c_str(), n.from.c_str());
      if (folder) ::chmod(n.from.c_str(), st.st_mode & 0777);
      if (!n.backup.empty()) (void)!::link(n.backup.c_str(), n.path.c_str());
    }
  }
}

// Older bytes come back, newest change first.
static void restore_old(int fd, File& file) {
  for (auto old = file.old.rbegin(); old != file.old.rend(); ++old)
    (void)!::pwrite(fd, old->bytes.data(), old->bytes.size(), old->at);
}

static void lose_bytes(const fs::path& path, std::mt19937& random) {
  struct stat st {};
  if (::lstat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return;
  const auto it = disk().files.find(st.st_ino);
  if (it == disk().files.end() || !it->second.dirty) return;
  File& file = it->second;
  ::chmod(path.c_str(), 0600);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  const off_t more = std::max<off_t>(0, st.st_size - file.safe);
  const off_t kept = disk().seed == 0 || more == 0 ? 0 : static_cast<off_t>(random() % static_cast<unsigned long>(more + 1));
  const bool zeros = disk().seed != 0 && random() % 3 == 0;
  restore_old(fd, file);
  (void)!::ftruncate(fd, file.safe + (zeros ? 0 : kept));
  if (zeros) (void)!::ftruncate(fd, file.safe + kept);
  ::close(fd);
  ::chmod(path.c_str(), st.st_mode & 0777);
  file = {};
}

[[noreturn]] static void pull_the_plug() {
  Disk& d = disk();
  std::mt19937 random(d.seed);
  std::error_code ec;
  const auto keep = d.seed == 0 ? 0 : random() % (d.names.size() + 1);
  while (d.names.size() > keep) {
    undo(d.names.back());
    d.names.pop_back();
  }
  for (fs::recursive_directory_iterator it(d.folder, ec), end; !ec && it != end; it.increment(ec)) lose_bytes(it->path(), random);
  fs::remove_all(d.scrap, ec);
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

bool strike(const std::string& path, Takes takes) {
  Disk& d = disk();
  ++d.count;
  ++d.touched[path];
  const bool now = d.count == d.at, since = d.count >= d.at;
  if (now && d.mode == kDiskKill) {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
  }
  if (now && d.mode == kDiskPlug) pull_the_plug();
  if (d.mode == kDiskOnce && now && !(d.error == ENOSPC && takes != Takes::Room)) {
    d.struck = true;
    errno = d.error;
    return true;
  }
  if (d.mode != kDiskFrom || !since) return false;
  if (d.error == ENOSPC) {
    d.full = true;
    if (takes != Takes::Room || d.room > 0) return false;
  }
  d.struck = true;
  errno = d.error;
  return true;
}

bool strike_sync(const std::string& path) {
  Disk& d = disk();
  if (strike(path, Takes::Nothing)) return true;
  if (d.mode != kDiskSync || !path.ends_with(d.sync_of) || ++d.syncs != d.at) return false;
  d.struck = true;
  errno = d.error;
  return true;
}

// How many of `size` bytes the disk takes.
std::size_t admitted(std::size_t size) {
  Disk& d = disk();
  if (d.mode == kDiskShort && d.count >= d.at && !d.struck && size > 1) {
    d.struck = true;
    return size / 2;
  }
  if (!d.full) return size;
  const auto take = std::min<std::size_t>(size, static_cast<std::size_t>(std::max<off_t>(0, d.room)));
  d.room -= static_cast<off_t>(take);
  if (take < size) d.struck = true;
  return take;
}

void give_room(off_t bytes) {
  if (disk().full) disk().room += bytes;
}

bool is_witnessed(const std::string& path) { return !disk().witness.empty() && fs::path(path).filename() == disk().witness_name; }

void witness(const std::string& path, const char* bytes, std::size_t size) {
  if (!is_witnessed(path)) return;
  const int fd = ::open(disk().witness.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  (void)!::write(fd, bytes, size);
  ::close(fd);
}
void witness_synced(const std::string& path, off_t size) {
  if (!is_witnessed(path)) return;
  const int fd = ::open((disk().witness + ".synced").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::string text = std::to_string(size);
  (void)!::write(fd, text.data(), text.size());
  ::close(fd);
}

void remember_overwritten(int fd, File& file, off_t at, std::size_t size) {
  file.dirty = true;
  // a killed program loses nothing that was written
  if (disk().mode == kDiskCount || disk().mode == kDiskKill || at >= file.safe) return;
  char name[64];
  ::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const int in = ::open(name, O_RDONLY | O_CLOEXEC);
  if (in < 0) return;
  std::string bytes(std::min<std::size_t>(size, static_cast<std::size_t>(file.safe - at)), '\0');
  const ssize_t n = ::pread(in, bytes.data(), bytes.size(), at);
  ::close(in);
  if (n <= 0) return;
  bytes.resize(static_cast<std::size_t>(n));
  file.old.push_back({at, std::move(bytes)});
}

// Linux marks the pages that it could not write as clean: the file keeps its length, its new bytes are zeros from then on (or whatever
// lay there), a later sync succeeds, and nobody is told again.
void drop_dirty(int fd) {
  const int error = errno;
  struct stat st {};
  if (::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
  File& file = disk().files[st.st_ino];
  char name[64];
  ::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const int out = file.dirty ? ::open(name, O_WRONLY | O_CLOEXEC) : -1;
  if (out >= 0) {
    restore_old(out, file);
    if (st.st_size > file.safe) {
      (void)!::ftruncate(out, file.safe);
      (void)!::ftruncate(out, st.st_size);
    }
    ::close(out);
    disk().dropped = true;
  }
  file = {st.st_size, {}, false};
  errno = error;
}

void opened(int fd, const std::string& path, bool made) {
  struct stat st {};
  if (fd < 0 || ::fstat(fd, &st) != 0) return;
  disk().open[fd] = path;
  if (!S_ISREG(st.st_mode)) return;
  if (made) {
    disk().files[st.st_ino] = {0, {}, true};
    disk().names.push_back({Name::Create, path, {}, {}});
  } else if (!disk().files.contains(st.st_ino)) {
    disk().files[st.st_ino] = {st.st_size, {}, false};
  }
}

void shortened(int fd, off_t to) {
  File* file = file_of(fd);
  struct stat st {};
  ::fstat(fd, &st);
  if (file == nullptr) return;
  if (to < st.st_size) {
    give_room(st.st_size - to);
    remember_overwritten(fd, *file, to, static_cast<std::size_t>(st.st_size - to));
  }
  file->dirty = true;
}

}  // namespace failing_disk
