#include "core/seal/package_names.h"
#include "core/seal/seal.h"

#include <sys/stat.h>

#include <algorithm>
#include <future>
#include <map>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/seal/manifest.h"
#include "core/seal/stamp_desk.h"
#include "core/seal/stock_text.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {


using Files = std::map<std::string, std::uint64_t>;        // path → bytes

// Every file under bag/data; anything that is neither plain file nor folder is refused.
Result<Files> walk_payload(const fs::path& bag) {
  Files files;
  std::vector<fs::path> empty;               // prepared, but nothing came
  std::error_code ec;
  for (fs::recursive_directory_iterator it(bag / "data", ec), end; it != end && !ec; it.increment(ec)) {
    const std::string path = it->path().lexically_relative(bag).string();
    if (it->is_symlink()) return fail(ErrorKind::Invalid, path + " is a link");
    if (it->is_directory()) {
      if (fs::is_empty(it->path(), ec)) empty.push_back(it->path());
      continue;
    }
    if (!it->is_regular_file()) return fail(ErrorKind::Invalid, path + " is no plain file");
    files[path] = it->file_size();
  }
  for (const auto& folder : empty) fs::remove(folder, ec);
  if (ec) return fail(ErrorKind::Io, "list " + (bag / "data").string() + ": " + ec.message());
  return files;
}

// What was digested while it was written is what stands there: by name and size, the bytes are not read again.
Status check_payload(const fs::path& bag, const std::vector<PayloadFile>& payload) {
  GZ_TRY_ASSIGN(auto found, walk_payload(bag));
  for (const auto& file : payload) {
    GZ_TRY(check_bag_path(file.path));
    const auto it = found.find(file.path);
    if (it == found.end()) return fail(ErrorKind::NotFound, file.path + " is to be sealed and is not there (or named twice)");
    if (it->second != file.digests.size) return fail(ErrorKind::Tampered, file.path + " has another size than was written");
    found.erase(it);
  }
  if (!found.empty()) return fail(ErrorKind::Invalid, found.begin()->first + " is not among the files to seal");
  return ok();
}

// Writes the bag's files beside data/ and remembers their digests.
class SealWriter {
 public:
  explicit SealWriter(fs::path bag) : bag_(std::move(bag)) {}

  Status write(const std::string& path, ByteView bytes) {
    written_[path] = sha256_hex(bytes);
    return write_atomically(bag_ / path, bytes, true);
  }
  Status write(const std::string& path, std::string_view text) { return write(path, as_bytes(text)); }

  // The list of everything written so far that `keep` wants.
  template <typename Keep>
  [[nodiscard]] std::string list(Keep keep) const {
    std::vector<ListedFile> files;
    for (const auto& [path, digest] : written_)
      if (keep(path)) files.push_back({path, digest});
    return manifest_text(std::move(files));
  }

 private:
  const fs::path bag_;
  std::map<std::string, std::string> written_;
};

std::string manifest_of(const std::vector<PayloadFile>& payload, std::string FileDigests::*which) {
  std::vector<ListedFile> files;
  for (const auto& file : payload) files.push_back({file.path, file.digests.*which});
  return manifest_text(std::move(files));
}

// Leftovers of a sealing that was killed before seal.txt: begun anew, nothing of it counts.
Status clear_unfinished(const fs::path& bag) {
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(bag / "seal", ec))
    if (entry.is_directory()) ::chmod(entry.path().c_str(), 0700);
  fs::remove_all(bag / "seal", ec);
  if (ec) return fail(ErrorKind::Io, "clear " + (bag / "seal").string() + ": " + ec.message());
  for (const auto& entry : fs::directory_iterator(bag, ec)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') && name.ends_with(".tmp")) fs::remove(entry.path(), ec);
  }
  GZ_TRY(make_private_folder(bag / "seal"));
  return make_private_folder(bag / "seal/certs");
}

Status write_tags(SealWriter& out, const BagInfo& info, const std::vector<PayloadFile>& payload, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto bag_info, bag_info_text(info, payload, clock.zone_minutes()));
  GZ_TRY(out.write("bagit.txt", kBagitText));
  GZ_TRY(out.write("bag-info.txt", bag_info));
  GZ_TRY(out.write("VERIFY.txt", verify_text()));
  GZ_TRY(out.write("verify.sh", verify_script()));
  GZ_TRY(out.write("manifest-md5.txt", manifest_of(payload, &FileDigests::md5)));
  return out.write("manifest-sha256.txt", manifest_of(payload, &FileDigests::sha256));
}

Status write_certificates(SealWriter& out, const SealSigners& signers, const Bureau& bureau) {
  const auto second = signers.officer2 ? signers.officer2->certificate_pem() : signers.officer2_certificate_pem;
  const std::pair<const char*, std::string> files[] = {{"station.crt", signers.station->certificate_pem()},
                                                       {"officer1.crt", signers.officer1->certificate_pem()},
                                                       {"officer2.crt", second},
                                                       {"org.crt", bureau.org_root_pem},
                                                       {"org.crl", bureau.org_crl_pem},
                                                       {"tsa.crt", bureau.tsa_root_pem}};
  for (const auto& [name, pem] : files) {
    if (pem.empty()) return fail(ErrorKind::Invalid, std::string("seal/certs/") + name + " has no content");
    GZ_TRY(out.write(std::string("seal/certs/") + name, pem));
  }
  return ok();
}

// Each key is unlocked when it is first used, which takes some tenths of a second: all at once.
Status write_signatures(SealWriter& out, const SealSigners& signers, const std::string& tagmanifest) {
  std::vector<std::pair<std::string, std::future<Result<Bytes>>>> pending;
  const auto start = [&](const char* who, const std::shared_ptr<Signer>& signer) {
    if (!signer) return;
    pending.emplace_back(std::string("seal/sig-") + who + ".p7s",
                         std::async(std::launch::async, [signer, &tagmanifest] { return signer->sign_detached(as_bytes(tagmanifest)); }));
  };
  start("station", signers.station);
  start("officer1", signers.officer1);
  start("officer2", signers.officer2);
  for (auto& [path, signature] : pending) {
    GZ_TRY_ASSIGN(const auto der, signature.get());
    GZ_TRY(out.write(path, der));
  }
  return ok();
}

// The bag's own folder stays writable: a read-only folder cannot be moved to its place in the vault.
void make_read_only(const fs::path& bag) {
  std::error_code ec;
  for (const auto& entry : fs::recursive_directory_iterator(bag, ec))
    if (!entry.is_symlink())
      ::chmod(entry.path().c_str(), entry.is_directory() || entry.path() == bag / "verify.sh" ? 0500 : 0400);
}

Status check_request(const fs::path& bag, const BagInfo& info, const SealSigners& signers) {
  GZ_TRY(check_bag_id(info.id));
  if (bag.filename().string() != info.id) return fail(ErrorKind::Invalid, bag.string() + " is not the folder of " + info.id);
  if (!signers.station || !signers.officer1) return fail(ErrorKind::Invalid, "station and first officer must sign");
  std::error_code ec;
  if (fs::exists(bag / "seal/seal.txt", ec)) return fail(ErrorKind::Exists, info.id + " is sealed already");
  return ok();
}

}  // namespace

Result<SealOutcome> seal_bag(const fs::path& bag, const BagInfo& info, const std::vector<PayloadFile>& payload,
                             const SealSigners& signers, const Bureau& bureau, const Clock& clock, StampDesk* desk, WallTime final_head) {
  GZ_TRY(check_request(bag, info, signers));
  GZ_TRY(clear_unfinished(bag));
  GZ_TRY(check_payload(bag, payload));
  SealWriter out(bag);
  GZ_TRY(write_tags(out, info, payload, clock));
  const std::string tagmanifest = out.list([](const std::string&) { return true; });
  GZ_TRY(out.write("tagmanifest-sha256.txt", tagmanifest));
  GZ_TRY(out.write("seal/digests-sm3.txt", manifest_of(payload, &FileDigests::sm3)));
  GZ_TRY(write_certificates(out, signers, bureau));
  GZ_TRY(write_signatures(out, signers, tagmanifest));
  const std::string seal = out.list([](const std::string& path) { return path.starts_with("seal/") || path == "tagmanifest-sha256.txt"; });
  GZ_TRY(sync_folder(bag));
  GZ_TRY(out.write("seal/seal.txt", seal));              // sealed from here on
  SealOutcome outcome{sha256_hex(as_bytes(seal)), clock.wall(), false, signers.officer2 != nullptr};
  make_read_only(bag);
  StampDesk own(bureau, clock);
  const auto stamped = stamp_seal(bag, desk != nullptr ? *desk : own, {info.bagging_time, final_head});
  if (!stamped) log_warn("seal", "time stamp: " + stamped.error().what);
  outcome.stamped = static_cast<bool>(stamped);
  return outcome;
}

}  // namespace guzheng
