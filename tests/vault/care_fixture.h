// Test support. A vault with real sealed packages of a practice bureau, one for the whole program: making one takes two seconds.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "core/vault/scrub.h"
#include "core/vault/second_copy.h"
#include "tests/support/sample_bag.h"

namespace guzheng::test {

namespace fs = std::filesystem;

inline const fs::path& bureau_folder() {
  static const fs::path folder = fs::temp_directory_path() / ("gz-care-" + std::to_string(::getpid()));
  return folder;
}
inline const Bureau& bureau() {
  static const Clock* clock = new SystemClock;
  static const Bureau* made = new Bureau(open_practice_bureau(bureau_folder(), *clock).value());
  static const int clean = std::atexit([] { fs::remove_all(bureau_folder()); });
  (void)clean;
  return *made;
}

inline void open_up(const fs::path& root) {
  std::error_code ec;
  for (auto it = fs::recursive_directory_iterator(root, ec); it != fs::recursive_directory_iterator(); it.increment(ec))
    if (it->is_directory(ec) && !it->is_symlink(ec)) fs::permissions(it->path(), fs::perms::owner_all, ec);
}

inline void flip(const fs::path& file, std::uint64_t at) {
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char c = static_cast<char>(stream.get() ^ 1);
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(c);
}

class CareTest : public testing::Test {
 protected:
  CareTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-care-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    open();
  }
  ~CareTest() override {
    vault_.reset();
    open_up(root_);
    fs::remove_all(root_);
  }
  void open() {
    vault_.reset();
    auto opened = Vault::open(root_ / "vault", clock_);
    ASSERT_TRUE(opened) << opened.error().what;
    vault_ = std::move(*opened);
    vault_->serve(&bureau());
  }
  // A real package, sealed in the vault.
  std::string package(int number = 1) {
    SampleOptions options;
    options.packets = 25;
    const std::string day = format_day(clock_.wall(), clock_.zone_minutes());
    options.id = bureau().station + "-" + day + "-000" + std::to_string(number);
    const auto made = make_sample_bag(root_ / "vault/open", bureau(), clock_, options);
    OpenBag bag{options.id, made.bag, {}};
    EXPECT_TRUE(vault_->store(bag));
    return options.id;
  }
  std::string encrypted_package(int number = 1) {
    const auto id = package(number);
    const auto done = vault_->encrypt(id);
    EXPECT_TRUE(done) << done.error().what;
    return id;
  }
  ScrubRequest full() { return {{bureau().org_root_pem, bureau().tsa_root_pem}, bureau().opener.get(), {}, {}}; }
  ScrubRequest without_key() { return {{bureau().org_root_pem, bureau().tsa_root_pem}, nullptr, {}, {}}; }
  fs::path sealed(const std::string& path) { return root_ / "vault/sealed" / path; }
  fs::path copy(const std::string& path) { return root_ / "copy/sealed" / path; }

  fs::path root_;
  SystemClock clock_;
  std::unique_ptr<Vault> vault_;
};

}  // namespace guzheng::test
