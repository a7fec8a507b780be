// Room training. The phone's files: a small tree in memory with Unix modes, as the shell user sees it. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/training/switches.h"

namespace guzheng::training {

struct FileStat {
  std::uint32_t mode = 0;          // type and permission bits as in <sys/stat.h>
  std::uint64_t size = 0;          // bytes
  std::int64_t mtime = 0;          // seconds since 1970
  [[nodiscard]] bool folder() const { return (mode & 0170000) == 0040000; }
};
struct FileEntry {
  std::string name;
  FileStat stat;
};

class FileTree {
 public:
  FileTree(const Switches& switches, const Clock& clock);

  [[nodiscard]] Result<FileStat> stat(std::string_view path) const;           // NotFound, Denied
  [[nodiscard]] Result<std::vector<FileEntry>> list(std::string_view path) const;
  [[nodiscard]] Result<std::shared_ptr<const Bytes>> read(std::string_view path) const;
  // Parent folders are made as needed. Denied outside the shell user's places, NoSpace when storage is full.
  Status write(std::string_view path, Bytes content, std::uint32_t mode, std::int64_t mtime);
  Status make_folder(std::string_view path);
  Status remove(std::string_view path);

  // What the phone itself is born with; no permission is asked.
  void put(std::string_view path, Bytes content, std::uint32_t mode = 0100644);
  void put_text(std::string_view path, std::string_view text) { put(path, to_bytes(text)); }
  void put_folder(std::string_view path, std::uint32_t mode = 0040755);
  [[nodiscard]] bool full() const { return full_; }

 private:
  struct Node {
    FileStat stat;
    std::shared_ptr<const Bytes> content;
  };
  static std::string clean(std::string_view path);     // "/a/b": absolute, no "." or "..", no double slashes
  [[nodiscard]] bool readable(const std::string& path) const;

  const Clock& clock_;
  const bool full_;
  mutable std::mutex mutex_;
  std::map<std::string, Node> nodes_;       // under mutex_; key: clean path
  std::uint64_t used_ = 0;                  // under mutex_; bytes written by hosts
};

std::string to_text(const Error& error);    // as the phone's tools end their messages: "No such file or directory"

}  // namespace guzheng::training
