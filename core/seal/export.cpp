#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/seal/manifest.h"
#include "core/seal/seal.h"
#include "core/seal/zip_form.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

struct Source {
  fs::path file;
  ZipMember member;
};

Status collect(const fs::path& folder, const std::string& prefix, std::vector<Source>& out) {
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; it != end && !ec; it.increment(ec)) {
    const std::string rest = it->path().lexically_relative(folder).string();
    if (it->is_symlink()) return fail(ErrorKind::Tampered, prefix + rest + " is a link");
    if (it->is_directory()) continue;
    if (!it->is_regular_file()) return fail(ErrorKind::Tampered, prefix + rest + " is no plain file");
    if (const auto fits = check_bag_path(rest); !fits) return fail(ErrorKind::Tampered, fits.error().what);
    out.push_back({it->path(), {prefix + rest, it->file_size(), 0, 0}});
  }
  if (ec) return fail(ErrorKind::Io, "list " + folder.string() + ": " + ec.message());
  return ok();
}

// The bag and what belongs to it, in byte order; hand-over records are about ZIPs and stay outside them.
Result<std::vector<Source>> package_sources(const fs::path& bag) {
  const std::string id = bag.filename().string();
  GZ_TRY(check_bag_id(id));
  std::error_code ec;
  if (!fs::exists(bag / "seal/seal.txt", ec)) return fail(ErrorKind::Invalid, id + " is not sealed");
  std::vector<Source> sources;
  GZ_TRY(collect(bag, id + "/", sources));
  for (const char* part : {"after", "receipt", "renew", "report", "review"}) {
    const fs::path beside = folder_beside(bag, part);
    if (fs::is_directory(beside, ec)) GZ_TRY(collect(beside, id + "." + part + "/", sources));
  }
  std::sort(sources.begin(), sources.end(), [](const auto& a, const auto& b) { return a.member.name < b.member.name; });
  return sources;
}

// Streams into a temporary file beside the target; the target appears whole or not at all.
class ZipWriter {
 public:
  ZipWriter(fs::path target, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
      : target_(std::move(target)), progress_(progress),
        temporary_(target_.parent_path() / ("." + target_.filename().string() + "." + std::to_string(::getpid()) + ".tmp")) {}
  ~ZipWriter() {
    if (fd_) ::unlink(temporary_.c_str());
  }
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  Result<std::string> run(std::vector<Source> sources) {
    ::unlink(temporary_.c_str());
    fd_.reset(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd_) return fail_errno("create " + temporary_.string());
    for (const auto& source : sources) total_ += 2 * source.member.size;
    for (auto& source : sources) GZ_TRY(put_file(source));
    GZ_TRY(put_directory(sources));
    if (::fsync(fd_.get()) != 0) return fail_errno("fsync " + temporary_.string());
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return fail_errno("rename to " + target_.string());
    fd_.reset();
    GZ_TRY(sync_folder(target_.parent_path()));
    return to_hex(digester_.finish());
  }

 private:
  Status put(ByteView bytes) {
    digester_.update(bytes);
    offset_ += bytes.size();
    return write_all(fd_.get(), bytes, temporary_.string());
  }

  Status report(std::size_t bytes) {
    done_ += bytes;
    if (progress_ && !progress_(done_ / 2, total_ / 2)) return fail(ErrorKind::Cancelled, "export stopped");
    return ok();
  }

  // The CRC stands before the bytes, so a file is read twice; the second time must give the same.
  Status put_file(Source& source) {
    ZipMember& member = source.member;
    std::uint64_t size = 0;
    GZ_TRY(read_in_pieces(source.file, [&](ByteView piece) {
      member.crc = crc32_more(member.crc, piece);
      size += piece.size();
      return report(piece.size());
    }));
    member.offset = offset_;
    GZ_TRY(put(zip_local_header(member)));
    std::uint32_t crc = 0;
    const auto copied = read_in_pieces(source.file, [&](ByteView piece) -> Status {
      crc = crc32_more(crc, piece);
      size -= std::min<std::uint64_t>(size, piece.size());
      GZ_TRY(put(piece));
      return report(piece.size());
    });
    if (!copied) return copied;
    if (crc != member.crc || size != 0 || offset_ != member.offset + zip_local_header(member).size() + member.size)
      return fail(ErrorKind::Tampered, member.name + " changed while it was exported");
    return ok();
  }

  Status put_directory(const std::vector<Source>& sources) {
    const std::uint64_t start = offset_;
    for (const auto& source : sources) GZ_TRY(put(zip_central_header(source.member)));
    return put(zip_end(sources.size(), offset_ - start, start));
  }

  const fs::path target_;
  const std::function<bool(std::uint64_t, std::uint64_t)>& progress_;
  const fs::path temporary_;
  UniqueFd fd_;
  Digester digester_{DigestKind::Sha256};
  std::uint64_t offset_ = 0, done_ = 0, total_ = 0;
};

}  // namespace

Result<std::string> export_package(const fs::path& bag, const fs::path& zip,
                                   const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  GZ_TRY_ASSIGN(auto sources, package_sources(bag));
  std::error_code ec;
  return ZipWriter(fs::absolute(zip, ec), progress).run(std::move(sources));
}

Result<fs::path> write_export_record(const ExportRecord& record, const fs::path& bag, const fs::path& zip, const Signer& signer,
                                     const Bureau& bureau, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto seal, read_file(bag / "seal/seal.txt", 1u << 20));
  std::error_code ec;
  const fs::path target = fs::absolute(zip, ec);
  const auto size = fs::file_size(target, ec);
  if (ec) return fail(ErrorKind::NotFound, "export record: " + target.string() + ": " + ec.message());
  const Json json{{"at", format_time(clock.wall(), clock.zone_minutes())},
                  {"by", {{"badge", signer.info().badge}, {"certificate_sha256", signer.info().sha256}, {"name", signer.info().subject_cn}}},
                  {"bytes", size},
                  {"file", target.filename().string()},
                  {"fingerprint", sha256_hex(seal)},
                  {"medium", record.medium},
                  {"package", bag.filename().string()},
                  {"sha256", record.zip_sha256},
                  {"to", record.to}};
  GZ_TRY_ASSIGN(const auto text, canonical_json(json));
  GZ_TRY_ASSIGN(const auto signature, signer.sign_detached(as_bytes(text + "\n")));
  const fs::path folder = target.parent_path() / (bag.filename().string() + ".handover");
  GZ_TRY(make_private_folder(folder));
  GZ_TRY(write_atomically(folder / "export.json", as_bytes(text + "\n")));
  GZ_TRY(write_atomically(folder / "export.json.p7s", signature));
  // a stamp on the signature where an authority answers; without one the record stands on its signature
  fs::remove(folder / "export.json.p7s.tsr", ec);
  if (const auto answers = stamp_by_all(sha256(signature), bureau))
    GZ_TRY(write_atomically(folder / "export.json.p7s.tsr", answers->front()));
  return folder / "export.json";
}

}  // namespace guzheng
