// Test support. A state folder that goes with the test.
#pragma once

#include <stdlib.h>

#include <filesystem>

#include "core/site/site_book.h"

namespace guzheng::test {

struct SiteFolder {
  SiteFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-site-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~SiteFolder() { std::filesystem::remove_all(path); }
  [[nodiscard]] std::shared_ptr<Database> book() const { return open_site_book(path).value(); }
  std::filesystem::path path;
};

}  // namespace guzheng::test
