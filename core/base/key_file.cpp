#include "core/base/key_file.h"

#include <openssl/crypto.h>
#include <sys/stat.h>

#include "core/base/file.h"
#include "core/base/random.h"

namespace guzheng {
namespace {

constexpr std::size_t kKeyBytes = 32;

Secret secret_from(Bytes& bytes) {
  Secret out(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return out;
}

}  // namespace

Result<Secret> key_file(const std::filesystem::path& file) {
  struct stat found{};
  if (::lstat(file.c_str(), &found) != 0) {
    if (errno != ENOENT) return fail_errno("look at " + file.string());
    GZ_TRY(make_private_folder(file.parent_path()));
    Bytes fresh = random_bytes(kKeyBytes);
    if (auto written = write_atomically(file, fresh); !written) return fail(written.error());
    return secret_from(fresh);
  }
  if (!S_ISREG(found.st_mode)) return fail(ErrorKind::Invalid, file.string() + " is no plain file");
  if (found.st_mode & (S_IRWXG | S_IRWXO)) return fail(ErrorKind::Denied, file.string() + " may be read by others: chmod 600 it");
  GZ_TRY_ASSIGN(auto bytes, read_file(file, 4096));
  if (bytes.size() != kKeyBytes) return fail(ErrorKind::Invalid, file.string() + " does not hold a key of 32 bytes");
  return secret_from(bytes);
}

}  // namespace guzheng
