#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/seal/manifest.h"
#include "core/seal/parts_source.h"
#include "core/seal/seal.h"
#include "core/seal/tree.h"
#include "core/seal/zip_form.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

struct Source {
  SourceEntry entry;
  ZipMember member;
};

enum class ZipOf { PlainFiles, VaultForm };

// What a ZIP holds: never the records of hand-overs, which are about ZIPs; the lists of encrypted parts only together with the parts.
bool is_packed(std::string_view id, std::string_view path, ZipOf form) {
  std::string part, rest;
  if (!split_package_path(id, path, part, rest)) return false;
  return part != "handover" && (part != "enc" || form == ZipOf::VaultForm);
}

// The bag and what belongs to it, in byte order, whatever stores it.
Result<std::vector<Source>> package_sources(PackageSource& package, ZipOf form) {
  std::vector<Source> sources;
  for (const auto& entry : package.entries()) {
    if (entry.kind == SourceEntry::Kind::Folder || !is_packed(package.id(), entry.path, form)) continue;
    if (entry.kind != SourceEntry::Kind::File) return fail(ErrorKind::Tampered, entry.path + " is a link or no plain file");
    const std::string rest = entry.path.substr(entry.path.find('/') + 1);
    if (const auto fits = check_bag_path(rest); !fits) return fail(ErrorKind::Tampered, fits.error().what);
    GZ_TRY_ASSIGN(const std::uint64_t size, package.size(entry));
    sources.push_back({entry, {entry.path, size, 0, 0}});
  }
  return sources;
}

// Streams into a temporary file beside the target; the target appears whole or not at all.
class ZipWriter {
 public:
  ZipWriter(PackageSource& package, fs::path target, const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
      : package_(package), target_(std::move(target)), progress_(progress),
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
    VerifyReport unused;                             // whoever receives it verifies it
    GZ_TRY(package_.read(source.entry, [&](ByteView piece) {
      member.crc = crc32_more(member.crc, piece);
      size += piece.size();
      return report(piece.size());
    }, unused));
    member.offset = offset_;
    GZ_TRY(put(zip_local_header(member)));
    std::uint32_t crc = 0;
    const auto copied = package_.read(source.entry, [&](ByteView piece) -> Status {
      crc = crc32_more(crc, piece);
      size -= std::min<std::uint64_t>(size, piece.size());
      GZ_TRY(put(piece));
      return report(piece.size());
    }, unused);
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

  PackageSource& package_;
  const fs::path target_;
  const std::function<bool(std::uint64_t, std::uint64_t)>& progress_;
  const fs::path temporary_;
  UniqueFd fd_;
  Digester digester_{DigestKind::Sha256};
  std::uint64_t offset_ = 0, done_ = 0, total_ = 0;
};

// What lies beside the bag in the ZIP and could be taken away or exchanged without a trace: later signatures, late stamps, the group's record, reviews.
Result<Json> listed_beside(const fs::path& zip) {
  VerifyReport unused;                               // whoever receives it verifies it
  GZ_TRY_ASSIGN(const auto package, open_package_source(zip, unused));
  Json out = Json::array();
  for (const auto& entry : package->entries()) {
    std::string part, rest;
    if (!split_package_path(package->id(), entry.path, part, rest) || (part != "after" && part != "group" && part != "review")) continue;
    Digester digester(DigestKind::Sha256);
    GZ_TRY(package->read(entry, [&](ByteView piece) -> Status { return digester.update(piece), ok(); }, unused));
    out.push_back({{"path", entry.path}, {"sha256", to_hex(digester.finish())}});
  }
  return out;
}

}  // namespace

Result<std::string> export_package(const fs::path& bag, const fs::path& zip,
                                   const std::function<bool(std::uint64_t, std::uint64_t)>& progress, const Opener* opener) {
  GZ_TRY(check_bag_id(bag.filename().string()));
  std::error_code ec;
  if (!fs::exists(bag / "seal/seal.txt", ec)) return fail(ErrorKind::Invalid, bag.filename().string() + " is not sealed");
  GZ_TRY_ASSIGN(auto package, open_folder_source(fs::absolute(bag, ec)));
  VerifyReport unused;
  if (has_vault_form(*package)) { GZ_TRY_ASSIGN(package, open_parts_source(std::move(package), opener, unused)); }
  GZ_TRY_ASSIGN(auto sources, package_sources(*package, ZipOf::PlainFiles));
  return ZipWriter(*package, fs::absolute(zip, ec), progress).run(std::move(sources));
}

Result<std::string> write_upload(const fs::path& bag, const fs::path& zip, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  GZ_TRY(check_bag_id(bag.filename().string()));
  std::error_code ec;
  GZ_TRY_ASSIGN(const auto package, open_folder_source(fs::absolute(bag, ec)));
  if (!has_vault_form(*package)) return fail(ErrorKind::Invalid, bag.filename().string() + " is not in vault form");
  GZ_TRY_ASSIGN(auto sources, package_sources(*package, ZipOf::VaultForm));
  for (const auto& source : sources)
    if (!part_name(source.entry.path) && is_stored_as_parts(package->id(), source.entry.path))
      return fail(ErrorKind::Invalid, source.entry.path + " still lies in plain bytes: its encryption is to be brought to its end first");
  return ZipWriter(*package, fs::absolute(zip, ec), progress).run(std::move(sources));
}

Result<fs::path> write_export_record(const ExportRecord& record, const fs::path& bag, const fs::path& zip, const Signer& signer,
                                     const Bureau& bureau, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto seal, read_file(bag / "seal/seal.txt", 1u << 20));
  std::error_code ec;
  const fs::path target = fs::absolute(zip, ec);
  const auto size = fs::file_size(target, ec);
  if (ec) return fail(ErrorKind::NotFound, "export record: " + target.string() + ": " + ec.message());
  GZ_TRY_ASSIGN(const Json beside, listed_beside(target));
  const Json json{{"at", format_time(clock.wall(), clock.zone_minutes())},
                  {"beside", beside},
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
