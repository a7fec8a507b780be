#include "core/vault/disc_image.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include <libburn/libburn.h>
#include <libisofs/libisofs.h>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kSector = 2048, kReadPiece = 512 * kSector;

Status isofs(int answer, const char* what) {
  if (answer >= 0) return ok();
  const char* words = iso_error_to_msg(answer);
  return fail(ErrorKind::Io, std::string(what) + ": " + (words ? words : "unknown error of libisofs"));
}

// The library's state, its image and what it streams, given back in the reverse order.
class Disc {
 public:
  ~Disc() {
    if (source_) {
      source_->free_data(source_);
      std::free(source_);
    }
    if (options_) iso_write_opts_free(options_);
    if (image_) iso_image_unref(image_);
    if (started_) iso_finish();
  }

  Status lay_out(const fs::path& folder, const std::string& volume) {
    GZ_TRY(isofs(iso_init(), "libisofs"));
    started_ = true;
    std::string charset = "UTF-8", never = "NEVER", prefix;
    GZ_TRY(isofs(iso_set_local_charset(charset.data(), 0), "character set"));
    iso_set_msgs_severities(never.data(), never.data(), prefix.data());
    GZ_TRY(isofs(iso_image_new(volume.c_str(), &image_), "new image"));
    iso_tree_set_follow_symlinks(image_, 0);
    return isofs(iso_tree_add_dir_rec(image_, iso_image_get_root(image_), folder.c_str()), "read the folder");
  }

  Status begin(WallTime at) {
    const auto seconds = static_cast<time_t>(at.ms / 1000);
    GZ_TRY(isofs(iso_write_opts_new(&options_, 0), "options"));
    iso_write_opts_set_iso_level(options_, 3);
    iso_write_opts_set_rockridge(options_, 1);
    iso_write_opts_set_joliet(options_, 1);
    iso_write_opts_set_replace_mode(options_, 2, 2, 2, 2);
    iso_write_opts_set_default_dir_mode(options_, 0555);
    iso_write_opts_set_default_file_mode(options_, 0444);
    iso_write_opts_set_default_uid(options_, 0);
    iso_write_opts_set_default_gid(options_, 0);
    iso_write_opts_set_replace_timestamps(options_, 2);
    iso_write_opts_set_default_timestamp(options_, seconds);
    std::string uuid;
    iso_write_opts_set_pvd_times(options_, seconds, seconds, 0, seconds, uuid.data());
    ::burn_source* source = nullptr;
    GZ_TRY(isofs(iso_image_create_burn_source(image_, options_, &source), "begin the image"));
    source_ = reinterpret_cast<burn::burn_source*>(source);      // one C struct: libburn's header puts it into a namespace, libisofs's does not
    return ok();
  }

  [[nodiscard]] std::uint64_t size() const { return static_cast<std::uint64_t>(std::max<off_t>(0, source_->get_size(source_))); }

  // Fills `piece` sector by sector; 0 at the end.
  Result<std::size_t> read(Bytes& piece) {
    piece.resize(kReadPiece);
    std::size_t have = 0;
    while (have < kReadPiece) {
      const int got = source_->read_xt(source_, piece.data() + have, kSector);
      if (got < 0) return fail(ErrorKind::Io, "the image could not be made: a file could not be read, or changed meanwhile");
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    piece.resize(have);
    return have;
  }

 private:
  bool started_ = false;
  IsoImage* image_ = nullptr;
  IsoWriteOpts* options_ = nullptr;
  burn::burn_source* source_ = nullptr;
};

bool is_volume_name(const std::string& name) {
  return !name.empty() && name.size() <= 32 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

Result<std::string> stream(Disc& disc, int fd, const std::string& name, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  Digester digester(DigestKind::Sha256);
  Bytes piece;
  std::uint64_t done = 0;
  for (;;) {
    GZ_TRY_ASSIGN(const auto got, disc.read(piece));
    if (got == 0) break;
    digester.update(piece);
    GZ_TRY(write_all(fd, piece, name));
    done += got;
    if (progress && !progress(done, std::max(done, disc.size()))) return fail(ErrorKind::Cancelled, "the image was stopped");
  }
  if (::fsync(fd) != 0) return fail_errno("fsync " + name);
  return to_hex(digester.finish());
}

}  // namespace

Result<std::string> write_disc_image(const fs::path& folder, const fs::path& image, const std::string& volume, const Clock& clock,
                                     const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  if (!is_volume_name(volume)) return fail(ErrorKind::Invalid, "a disc's name has at most 32 of A-Z, 0-9 and _, not '" + volume + "'");
  std::error_code ec;
  const fs::path target = fs::absolute(image, ec), making = target.string() + ".making-" + std::to_string(::getpid());
  if (fs::exists(fs::symlink_status(target, ec))) return fail(ErrorKind::Exists, target.string() + " is there already");
  if (!fs::is_directory(folder, ec)) return fail(ErrorKind::NotFound, folder.string() + " is no folder");
  const UniqueFd fd(::open(making.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("create " + making.string());
  Result<std::string> digest = fail(ErrorKind::Bug, "no image");
  {
    Disc disc;
    Status begun = disc.lay_out(fs::absolute(folder, ec), volume);
    if (begun) begun = disc.begin(clock.wall());
    digest = begun ? stream(disc, fd.get(), making.string(), progress) : Result<std::string>(fail(begun.error()));
  }
  if (digest) {                              // the disc that is burnt from it must hold what was read
    const auto back = cold_sha256(making);
    if (!back) digest = fail(back.error());
    else if (*back != *digest) digest = fail(ErrorKind::Io, target.string() + " reads back otherwise than it was written: the disk is bad, nothing was handed over");
  }
  if (digest && ::rename(making.c_str(), target.c_str()) != 0) digest = fail_errno("rename to " + target.string());
  if (!digest) ::unlink(making.c_str());
  else GZ_TRY(sync_folder(target.parent_path()));
  return digest;
}

}  // namespace guzheng
