// Room tables. A file that appears whole under its name, or not at all.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace guzheng {

class NewFile {
 public:
  // Exists: there is one of that name.
  static Result<NewFile> begin(const std::filesystem::path& file);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();                                          // takes the hidden file away unless it was put in place
  [[nodiscard]] const std::filesystem::path& hidden() const { return hidden_; }
  Status put_in_place();                               // synced, and never over another file

 private:
  NewFile(std::filesystem::path file, std::filesystem::path hidden) : file_(std::move(file)), hidden_(std::move(hidden)) {}
  std::filesystem::path file_, hidden_;
};

}  // namespace guzheng
