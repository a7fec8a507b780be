// Passphrases in memory and in files. A-7.2b
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/base/file.h"
#include "core/base/secret.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;

struct PassphraseFile {
  PassphraseFile(const std::string& text, mode_t mode) : path(fs::temp_directory_path() / ("guzheng-secret-" + std::to_string(::getpid()))) {
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
  }
  ~PassphraseFile() { fs::remove(path); }
  const fs::path path;
};

TEST(Secret, TakesItsSourceWithIt) {
  std::string source = "a passphrase that is longer than a small string";
  const char* const bytes = source.data();
  const std::size_t size = source.size();
  const Secret secret = Secret::taken_from(source);
  EXPECT_EQ(secret.view(), "a passphrase that is longer than a small string");
  EXPECT_TRUE(source.empty());
  ASSERT_EQ(source.data(), bytes) << "the buffer is still the string's, so it may be looked at";
  EXPECT_EQ(std::string_view(bytes, size).find("passphrase"), std::string_view::npos);
}

TEST(Secret, MovesAndIsNeverCopiedInPassing) {
  static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
  Secret a = "one";
  Secret b = std::move(a);
  EXPECT_TRUE(a.empty());
  EXPECT_STREQ(a.c_str(), "");
  EXPECT_TRUE(b == b.clone());
  EXPECT_FALSE(b == Secret("two"));
  b.clear();
  EXPECT_TRUE(b.empty());
}

TEST(Secret, AFileThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0604, 0640, 0620, 0601}) {
    const PassphraseFile file("open sesame\n", mode);
    const auto secret = read_secret(file.path);
    ASSERT_FALSE(secret) << mode;
    EXPECT_EQ(secret.error().kind, ErrorKind::Denied);
    EXPECT_NE(secret.error().what.find("chmod 600"), std::string::npos) << "what to do";
  }
  const PassphraseFile file("open sesame\r\nsecond line\n", 0600);
  const auto secret = read_secret(file.path);
  ASSERT_TRUE(secret) << secret.error().what;
  EXPECT_EQ(secret->view(), "open sesame");
}

TEST(Secret, APipeOfTheShellIsTaken) {
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "open sesame\nrest", 16), 16);
  ::close(ends[1]);
  const auto taken = read_secret("/dev/fd/" + std::to_string(ends[0]));
  ASSERT_TRUE(taken) << taken.error().what;
  EXPECT_EQ(taken->view(), "open sesame");
  ::close(ends[0]);
}

TEST(Secret, AnotherUsersFileIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a file away";
  const auto path = std::filesystem::temp_directory_path() / ("gz-secret-" + std::to_string(::getpid()));
  ASSERT_TRUE(write_text(path, "open sesame\n"));
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  EXPECT_TRUE(read_secret(path));
  ASSERT_EQ(::chown(path.c_str(), 65534, 65534), 0);
  EXPECT_EQ(read_secret(path).error().kind, ErrorKind::Denied);
  std::filesystem::remove(path);
}

TEST(Secret, AFileWithoutAPassphraseIsRefused) {
  EXPECT_EQ(read_secret(PassphraseFile("\nsecond\n", 0600).path).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(read_secret(PassphraseFile(std::string(5000, 'x'), 0600).path).error().kind, ErrorKind::Invalid);
}

int limits_in_a_child(bool traceable) {      // a process cannot take the limit back
  const pid_t child = ::fork();
  if (child == 0) {
    keep_memory_private(traceable);
    rlimit core{1, 1};
    ::getrlimit(RLIMIT_CORE, &core);
    ::_exit((core.rlim_cur == 0 && core.rlim_max == 0 ? 1 : 0) + (::prctl(PR_GET_DUMPABLE) == 0 ? 2 : 0));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(Secret, AProgramWithKeysLeavesNoCoreFile) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  EXPECT_EQ(limits_in_a_child(false), 1);
#else
  EXPECT_EQ(limits_in_a_child(false), 3);
#endif
  EXPECT_EQ(limits_in_a_child(true), 1);
}

}  // namespace
}  // namespace guzheng::test
