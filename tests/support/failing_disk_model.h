// Test support, private to the failing disk (failing_disk.h): what it remembers, what it loses, and the acts that stand behind libc's names.
//   failing_disk_model.cpp   what is safe and what is not; the plug, a failed sync
//   failing_disk_acts.cpp    one act for each family of calls: is it ours, is it to fail, do it, remember what is not yet safe
//   failing_disk.cpp         the orders, and the names that stand before libc
// One lock over all of it, so that operations have one order and nothing moves while the plug is out.
#pragma once

#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <cerrno>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/failing_disk.h"

#pragma GCC visibility push(hidden)
namespace failing_disk {

template <typename F>
F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}
#define REAL(name, type)                      \
  static auto* const real_##name = real<type>(#name)

struct Old { off_t at; std::string bytes; };
struct File {                      // by inode
  off_t safe = 0;                  // bytes that survive
  std::vector<Old> old;            // what was overwritten or cut below `safe`, in order
  bool dirty = false;
};
struct Name {                      // an operation on names that its folder has not yet kept
  enum What { Create, Rename, Unlink, Mkdir, Rmdir } what;
  std::string path, from, backup;  // from: Rename; backup: link to the file that was there
};

struct Disk {
  std::recursive_mutex mutex;
  FailingDiskMode mode = kDiskOff;
  std::string folder, scrap, witness_name, witness, sync_of;
  long at = 0, count = 0, syncs = 0;           // syncs: of files named by sync_of
  int error = EIO;
  unsigned seed = 0, links = 0;
  bool struck = false, full = false, dropped = false;
  off_t room = 0;
  std::map<ino_t, File> files;
  std::vector<Name> names;
  std::map<int, std::string> open;             // descriptors below the folder
  std::map<std::string, long> touched;
};
Disk& disk();

class Ours {                                   // lock; off when this is the shim's own call
 public:
  Ours();
  ~Ours();
 private:
  std::unique_lock<std::recursive_mutex> lock_;
  bool was_;
};
bool off();                                    // nothing is counted, or this is our own call

// The model.
std::string at_path(int folder, const char* path);
bool below(const std::string& path);
std::string tracked(int fd);                   // path of a descriptor below the folder, or ""
File* file_of(int fd);
void forget_names_in(const std::string& folder);
std::string backup_of(const std::string& path);
void drop_dirty(int fd);                       // a sync failed: what was not synced is gone, and the pages count as clean
enum class Takes { Room, Nothing };
bool strike(const std::string& path, Takes takes);         // one operation: counts it. True: it fails, errno is set
bool strike_sync(const std::string& path);                 // likewise, a sync
std::size_t admitted(std::size_t size);        // how many of `size` bytes the disk takes
void give_room(off_t bytes);
bool is_witnessed(const std::string& path);
void witness(const std::string& path, const char* bytes, std::size_t size);
void witness_synced(const std::string& path, off_t size);
void remember_overwritten(int fd, File& file, off_t at, std::size_t size);
void opened(int fd, const std::string& path, bool made);
void shortened(int fd, off_t to);

// The acts.
int open_any(int folder, const char* path, int flags, mode_t mode);
int sync_any(int fd, bool data);
int rename_any(int from_folder, const char* from, int to_folder, const char* to, unsigned flags);
int unlink_any(int folder, const char* path, int flags);
int mkdir_any(int folder, const char* path, mode_t mode);
int truncate_any(int fd, const std::string& path, off_t size);
int reserve(int fd, off_t size);               // errno's value, or 0
std::string joined(const iovec* parts, int count);

// `at` < 0: at the file's own position.
ssize_t write_any(int fd, off_t at, const char* bytes, std::size_t size, const std::function<ssize_t(std::size_t)>& act);

}  // namespace failing_disk
#pragma GCC visibility pop
