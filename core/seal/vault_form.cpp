#include "core/seal/vault_form.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/manifest.h"
#include "core/seal/parts.h"
#include "core/seal/parts_list.h"
#include "core/seal/parts_making.h"
#include "core/seal/seal.h"
#include "core/seal/verify_cms.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kSpare = 32u << 20;        // left free beside the parts

bool is_file(const fs::path& path) {
  std::error_code ec;
  return fs::is_regular_file(fs::symlink_status(path, ec));
}

// Sealed folders are read-only; this one may be written while it lives.
class Writable {
 public:
  explicit Writable(fs::path folder) : folder_(std::move(folder)) {
    struct stat st {};
    if (::stat(folder_.c_str(), &st) == 0 && (st.st_mode & 0200) == 0) changed_ = ::chmod(folder_.c_str(), 0700) == 0;
  }
  ~Writable() {
    if (changed_) ::chmod(folder_.c_str(), 0500);
  }
  Writable(const Writable&) = delete;
  Writable& operator=(const Writable&) = delete;

 private:
  const fs::path folder_;
  bool changed_ = false;
};

struct PlainFile {
  std::string path;                                // "ID/data/main/rec-0000.mp4"
  std::uint64_t size = 0;
};

Status collect_plain(const fs::path& parent, const std::string& id, const std::string& top, std::vector<PlainFile>& out) {
  std::error_code ec;
  if (!fs::is_directory(parent / top, ec)) return ok();
  for (fs::recursive_directory_iterator it(parent / top, ec), end; !ec && it != end; it.increment(ec)) {
    const std::string path = it->path().lexically_relative(parent).string();
    if (it->is_directory(ec) || part_name(path) || !is_stored_as_parts(id, path)) continue;
    if (it->is_symlink() || !it->is_regular_file()) return fail(ErrorKind::Tampered, path + " is no plain file");
    out.push_back({path, it->file_size(ec)});
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + (parent / top).string()));
  return ok();
}

Result<std::vector<PlainFile>> plain_files(const fs::path& bag) {
  const std::string id = bag.filename().string();
  std::vector<PlainFile> out;
  GZ_TRY(collect_plain(bag.parent_path(), id, id + "/data", out));
  GZ_TRY(collect_plain(bag.parent_path(), id, id + ".report", out));
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return out;
}

Result<std::string> newest_list(const fs::path& bag) {
  const unsigned edition = newest_parts_edition(bag);
  return edition == 0 ? Result<std::string>(std::string()) : signed_parts_list(bag, edition);
}

// What was sealed, by path "ID/data/…": the digest that the manifest names.
Result<std::map<std::string, std::string>> sealed_digests(const fs::path& bag) {
  GZ_TRY_ASSIGN(const std::string text, read_text(bag / "manifest-sha256.txt", 64u << 20));
  std::map<std::string, std::string> out;
  for (auto& file : listed_files(text)) out[bag.filename().string() + "/" + file.path] = std::move(file.digest);
  return out;
}

Result<std::string> file_sha256(const fs::path& path, const std::function<Status(std::size_t)>& tell = {}) {
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_in_pieces(path, [&](ByteView piece) -> Status {
    digester.update(piece);
    return tell ? tell(piece.size()) : ok();
  }));
  return to_hex(digester.finish());
}

Status check_space(const fs::path& bag, std::uint64_t bytes) {
  GZ_TRY_ASSIGN(const std::uint64_t free, free_bytes(bag.parent_path()));
  if (free >= bytes + kSpare) return ok();
  return fail(ErrorKind::NoSpace, bag.filename().string() + " needs " + std::to_string((bytes + kSpare) >> 20) + " MiB beside its plain bytes to be encrypted, " +
                                      std::to_string(free >> 20) + " MiB are free");
}

Result<Stamped> stamp_of(ByteView signature, StampDesk& desk) {
  GZ_TRY_ASSIGN(const auto message, read_signed_message(signature));
  GZ_TRY_ASSIGN(auto stamped, desk.first(signature, {message.signing_time.value_or(WallTime{}), {}}));
  if (stamped.info.time >= valid_from(message.signer.get()) && stamped.info.time <= valid_until(message.signer.get())) return stamped;
  return fail(ErrorKind::Denied, "the station's certificate is not valid at the time of the stamp: with it the list would count as signed with an expired certificate");
}

// The stamp that a later certificate of the station needs, held as every reader of the list will hold it.
Result<Bytes> needed_stamp(const fs::path& bag, std::string_view text, ByteView signature, StampDesk& desk) {
  auto stamped = stamp_of(signature, desk);
  if (!stamped)
    return fail(stamped.error().kind, bag.filename().string() + " was sealed with an earlier certificate of this station; a list of parts by the renewed one counts only with a time stamp, and"
                                          " none could be had (" + stamped.error().what + "). Nothing was changed, what lies in plain bytes stays so; encrypt again when a time-stamp authority answers");
  GZ_TRY(parts_list_holds(bag, text, signature, stamped->tsr));
  return std::move(stamped->tsr);
}

// List, signature and, where it needs one, the stamp take their place together, by one rename: from here on the parts count.
Status publish_list(const fs::path& bag, const PartsList& list, const Encryption& request, ListedBy by) {
  std::vector<ListedFile> files;
  for (const auto& [path, digest] : list) files.push_back({path, digest});
  const std::string text = manifest_text(std::move(files));
  GZ_TRY_ASSIGN(const Bytes signature, request.station->sign_detached(as_bytes(text)));
  Bytes tsr;
  if (by == ListedBy::Later) { GZ_TRY_ASSIGN(tsr, needed_stamp(bag, text, signature, *request.stamps)); }
  const fs::path making = making_folder(bag) / "list";
  std::error_code ec;
  fs::remove_all(making, ec);
  GZ_TRY(make_private_folder(making));
  GZ_TRY(write_atomically(making / kPartsList, as_bytes(text), true));
  GZ_TRY(write_atomically(making / (std::string(kPartsList) + ".p7s"), signature, true));
  if (!tsr.empty()) GZ_TRY(write_atomically(making / (std::string(kPartsList) + ".p7s.tsr"), tsr, true));
  GZ_TRY(make_private_folder(parts_lists_folder(bag)));
  const fs::path place = parts_lists_folder(bag) / edition_name(newest_parts_edition(bag) + 1);
  fs::rename(making, place, ec);
  if (ec) return fail(error_from_errno(ec.value(), "put the list of parts into " + place.string()));
  return sync_folder(parts_lists_folder(bag));
}

Status move_part(const fs::path& from, const fs::path& to) {
  const Writable folder(to.parent_path());
  if (::rename(from.c_str(), to.c_str()) != 0) return fail_errno("move " + from.string());
  return sync_folder(to.parent_path());
}

Status remove_plain(const fs::path& file) {
  const Writable folder(file.parent_path());
  if (::unlink(file.c_str()) != 0) return fail_errno("remove " + file.string());
  return sync_folder(file.parent_path());
}

}  // namespace

Result<std::vector<std::string>> vault_recipients(const Bureau& bureau, const std::vector<std::string>& officer_pems) {
  if (bureau.archive_pem.empty()) return fail(ErrorKind::Invalid, "the bureau has no archive certificate: evidence is not encrypted for nobody but the officers");
  std::vector<std::string> out;
  const auto add = [&](const std::string& pem) {
    if (!pem.empty() && std::find(out.begin(), out.end(), pem) == out.end()) out.push_back(pem);
  };
  add(bureau.archive_pem);
  add(bureau.ingest_pem);
  for (const auto& pem : officer_pems) add(pem);
  return out;
}

namespace {

// Every part is read once more, past the cache, before the plain bytes that it replaces go: what was read back while it was made may have
// changed since. Each is read once in a run.
Status finish(const fs::path& bag) {
  std::error_code ec;
  const fs::path parent = bag.parent_path();
  GZ_TRY_ASSIGN(const std::string text, newest_list(bag));
  if (text.empty()) return ok();
  GZ_TRY_ASSIGN(const PartsList list, parse_parts_list(bag.filename().string(), text));
  std::map<std::string, bool> in_place;            // logical file → all its parts are there
  std::set<std::string> proven;
  const auto is_listed = [&](const fs::path& file, const std::string& path) -> Result<bool> {
    if (proven.contains(path)) return true;
    GZ_TRY_ASSIGN(const std::string there, cold_sha256(file));
    if (there == list.at(path)) proven.insert(path);
    return proven.contains(path);
  };
  for (const auto& [path, digest] : list) {
    const fs::path from = waiting_part(bag, path);
    // a part that waits counts only when it is the listed one: it may be of a later run that was stopped
    if (is_file(from)) {
      GZ_TRY_ASSIGN(const bool listed, is_listed(from, path));
      if (listed) GZ_TRY(move_part(from, parent / path));
    }
    const auto name = part_name(path);
    const auto it = in_place.try_emplace(name->of, true).first;
    it->second = it->second && is_file(parent / path);
  }
  for (const auto& [file, all] : in_place)
    if (all && is_file(parent / file)) {
      // before the plain bytes go for good, what replaces them is what the list says
      for (unsigned n = 0; list.contains(part_path(file, n)); ++n) {
        GZ_TRY_ASSIGN(const bool listed, is_listed(parent / part_path(file, n), part_path(file, n)));
        if (!listed) return fail(ErrorKind::Tampered, part_path(file, n) + " is not the part that was listed; " + file + " stays in plain bytes");
      }
      GZ_TRY(remove_plain(parent / file));
    }
  if (std::none_of(in_place.begin(), in_place.end(), [](const auto& f) { return !f.second; }) && !has_plain_files(bag)) fs::remove_all(making_folder(bag), ec);
  return ok();
}

}  // namespace

Status finish_encryption(const fs::path& bag) { return finish(bag); }

Result<Encrypted> encrypt_package(const fs::path& bag, const Encryption& request) {
  if (request.recipients.empty() || request.station == nullptr) return fail(ErrorKind::Bug, "encryption needs recipients and the station's signer");
  if (!is_file(bag / "seal/seal.txt")) return fail(ErrorKind::Invalid, bag.filename().string() + " is not sealed: it is not encrypted");
  GZ_TRY(finish_encryption(bag));
  GZ_TRY_ASSIGN(const auto files, plain_files(bag));
  if (files.empty()) return Encrypted{};
  // before anything is made or published
  GZ_TRY_ASSIGN(const ListedBy by, may_list_parts(bag, request.station->certificate_pem()));
  if (by == ListedBy::Later && request.stamps == nullptr)
    return fail(ErrorKind::Denied, bag.filename().string() + " was sealed with an earlier certificate of this station: it is not encrypted without a time-stamp authority");
  std::uint64_t total = 0;
  for (const auto& file : files) total += file.size;
  GZ_TRY(begin_making(bag, request));
  GZ_TRY(check_space(bag, total));
  GZ_TRY_ASSIGN(const auto sealed, sealed_digests(bag));
  GZ_TRY_ASSIGN(const std::string before, newest_list(bag));
  GZ_TRY_ASSIGN(PartsList list, parse_parts_list(bag.filename().string(), before));
  PartMaker maker(bag, request, total);
  for (const auto& file : files) {
    const auto it = sealed.find(file.path);
    const bool payload = file.path.starts_with(bag.filename().string() + "/");
    if (payload && it == sealed.end()) return fail(ErrorKind::Tampered, file.path + " is not in the manifest; nothing was encrypted");
    GZ_TRY(maker.take(file.path, payload ? it->second : std::string()));
  }
  for (const auto& [path, digest] : maker.list) list[path] = digest;
  GZ_TRY(publish_list(bag, list, request, by));
  GZ_TRY(finish(bag));
  for (const auto& file : files)
    if (is_file(bag.parent_path() / file.path))
      return fail(ErrorKind::Io, "the parts of " + file.path + " do not read as they were written: it stays in plain bytes; look at the disk, then encrypt again");
  if (request.stamps != nullptr && request.late_after.count() > 0) request.stamps->close_within(request.late_after);
  maker.done.list_stamped = request.stamps != nullptr && stamp_parts_list(bag, *request.stamps);
  return maker.done;
}

// Made beside and put in place by one rename: a stopped run leaves nothing strange in ID.enc/.
Status stamp_parts_list(const fs::path& bag, StampDesk& desk) {
  const unsigned edition = newest_parts_edition(bag);
  if (edition == 0) return fail(ErrorKind::NotFound, bag.filename().string() + " has no list of parts");
  const std::string name = std::string(kPartsList) + ".p7s";
  const fs::path folder = parts_lists_folder(bag) / edition_name(edition), place = folder / (name + ".tsr");
  std::error_code ec;
  if (fs::exists(place, ec)) return ok();
  GZ_TRY_ASSIGN(const Bytes signature, read_file(folder / name, 1u << 20));
  GZ_TRY_ASSIGN(const auto stamped, stamp_of(signature, desk));
  GZ_TRY(make_private_folder(making_folder(bag)));
  const fs::path made = making_folder(bag) / (name + ".tsr");
  GZ_TRY(write_atomically(made, stamped.tsr, true));
  fs::rename(made, place, ec);
  if (ec) return fail(error_from_errno(ec.value(), "put the time stamp into " + place.string()));
  fs::remove(making_folder(bag), ec);              // when it is empty: an encryption may be waiting there
  return sync_folder(folder);
}

bool has_plain_files(const fs::path& bag) {
  const auto files = plain_files(bag);
  return !files || !files->empty();
}

bool is_encrypted(const fs::path& bag) { return newest_parts_edition(bag) > 0; }

Result<PartsCheck> check_parts(const fs::path& bag, const std::function<bool(std::uint64_t)>& progress) {
  PartsCheck out;
  GZ_TRY_ASSIGN(const std::string text, newest_list(bag));
  GZ_TRY_ASSIGN(const PartsList list, parse_parts_list(bag.filename().string(), text));
  out.list_sha256 = sha256_hex(as_bytes(text));
  for (const auto& [path, digest] : list) {
    const auto there = file_sha256(bag.parent_path() / path, [&](std::size_t bytes) -> Status {
      out.bytes += bytes;
      if (progress && !progress(out.bytes)) return fail(ErrorKind::Cancelled, "the check was stopped");
      return ok();
    });
    if (!there && there.error().kind == ErrorKind::Cancelled) return fail(there.error());
    ++out.parts;
    if (!there || *there != digest) out.damaged.push_back(path);
  }
  return out;
}

}  // namespace guzheng
