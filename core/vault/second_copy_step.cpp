// Bringing the copy of one package into step. The vault is not believed more than the copy: what the signed lists say decides.
#include <unistd.h>

#include <algorithm>
#include <map>
#include <vector>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/parts.h"
#include "core/seal/parts_list.h"
#include "core/seal/vault_form.h"
#include "core/vault/lists.h"
#include "core/vault/second_copy.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

using StepSizes = std::map<std::string, std::uint64_t>;
using Progress = std::function<bool(std::uint64_t)>;

class CopyStep {
 public:
  CopyStep(const fs::path& vault, const fs::path& copy, std::string id, const Progress& progress)
      : here_(vault / "sealed"), there_(copy / "sealed"), id_(std::move(id)), progress_(progress) {}

  Status run() {
    GZ_TRY_ASSIGN(const auto mine, package_files(here_, id_));
    GZ_TRY_ASSIGN(const auto other, package_files(there_, id_));
    const StepSizes here(mine.begin(), mine.end()), there(other.begin(), other.end());
    if (decide()) {
      GZ_TRY(check_space(here, there));
      // seal.txt last: a copy with it is whole
      std::vector<std::string> order;
      for (const auto& [path, size] : here)
        if (const auto it = there.find(path); it == there.end() || it->second != size) order.push_back(path);
      std::stable_partition(order.begin(), order.end(), [](const auto& path) { return !path.ends_with("/seal/seal.txt"); });
      for (const auto& path : order) GZ_TRY(bring(path, there.contains(path)));
      for (const auto& [path, size] : there)
        if (!here.contains(path)) GZ_TRY(only_there(path));
    }
    return answer();
  }

 private:
  // Which lists count. False: none, and nothing is copied.
  bool decide() {
    const bool mine = lists_hold(here_, id_), other = lists_hold(there_, id_);
    if (!mine) tell(id_ + "/seal/seal.txt and tagmanifest-sha256.txt in the vault do not fit each other");
    if (mine && other && cold_sha256(here_ / id_ / "seal/seal.txt").value_or("") != cold_sha256(there_ / id_ / "seal/seal.txt").value_or("-")) {
      tell(id_ + "/seal/seal.txt is another one in the second copy");
      return false;
    }
    if (!mine && !other) return false;
    wanted_ = wanted_files(mine ? here_ : there_, id_);
    return parts();
  }

  // Parts are what the newest list with the station's signature says, wherever it lies.
  bool parts() {
    const unsigned mine = newest_parts_edition(here_ / id_), other = newest_parts_edition(there_ / id_);
    if (mine < other) tell(id_ + ".enc/" + edition_name(other) + " is missing in the vault; it stands in the second copy");
    for (const fs::path* packages : {mine >= other ? &here_ : &there_, mine >= other ? &there_ : &here_}) {
      const unsigned edition = packages == &here_ ? mine : other;
      if (edition == 0 || edition < std::max(mine, other)) continue;
      const auto text = signed_parts_list(*packages / id_, edition);
      if (text) {
        add_list(wanted_, parts_lists_folder(*packages / id_) / edition_name(edition) / kPartsList, "");
        list_holds_here_ = packages == &here_;
        return true;
      }
      tell(text.error().what);
    }
    return false;
  }

  Status check_space(const StepSizes& here, const StepSizes& there) const {
    std::uint64_t need = 0;
    for (const auto& [path, size] : here)
      if (const auto it = there.find(path); it == there.end() || it->second != size) need += size;
    GZ_TRY_ASSIGN(const std::uint64_t free, free_bytes(there_));
    if (free >= need) return ok();
    return fail(ErrorKind::NoSpace, "the second copy has " + std::to_string(free >> 20) + " MiB free, " + id_ + " needs " + std::to_string(need >> 20));
  }

  // A list of parts may come only when it is signed; what no list names comes where nothing stands.
  Status bring(const std::string& path, bool stands) {
    const auto known = wanted_.find(path);
    const std::string wanted = known == wanted_.end() ? std::string() : known->second;
    if (stands && wanted.empty()) return told(path + " differs between the vault and the second copy");
    if (stands && cold_sha256(there_ / path).value_or("") == wanted) return told(path + " is damaged in the vault; it is right in the second copy");
    if (wanted.empty() && path.starts_with(id_ + ".enc/") && !list_holds_here_) return told(path + " is not copied: the list of parts in the vault does not hold");
    if (wanted.empty() && path.find(".p7m.") != path.npos) return told(path + " is not copied: no signed list names it");
    return copy_file(path, wanted);
  }

  Status copy_file(const std::string& path, const std::string& wanted) {
    const fs::path from = here_ / path, to = there_ / path;
    GZ_TRY(make_private_folder(to.parent_path()));
    const fs::path temporary = to.parent_path() / ("." + to.filename().string() + "." + std::to_string(::getpid()) + ".tmp");
    std::error_code ec;
    fs::remove(temporary, ec);
    const auto written = write_copy(from, temporary);
    Status done = written ? ok() : Status(fail(written.error()));
    const bool right = written && (wanted.empty() || *written == wanted);
    if (right) {
      const auto back = cold_sha256(temporary);
      if (!back || *back != *written) done = fail(ErrorKind::Io, to.string() + " reads back otherwise than it was written");
    }
    if (!done || !right) {
      fs::remove(temporary, ec);
      return done ? told(path + " in the vault does not have the digest that its signed list names; it was not copied") : done;
    }
    fs::permissions(temporary, fs::perms::owner_read, ec);
    if (::rename(temporary.c_str(), to.c_str()) != 0) return fail_errno("rename to " + to.string());
    return sync_folder(to.parent_path());
  }

  // The digest of what was read and written.
  Result<std::string> write_copy(const fs::path& from, const fs::path& temporary) {
    Digester digester(DigestKind::Sha256);
    GZ_TRY_ASSIGN(auto file, AppendFile::create(temporary));
    const Status copied = read_in_pieces(from, [&](ByteView piece) -> Status {
      digester.update(piece);
      done_ += piece.size();
      GZ_TRY(file.write(piece));
      if (progress_ && !progress_(done_)) return fail(ErrorKind::Cancelled, "copying was stopped");
      return ok();
    });
    if (!copied) return fail(copied.error());
    GZ_TRY(file.close());
    return to_hex(digester.finish());
  }

  // Nothing is deleted but plain bytes whose listed parts stand there.
  Status only_there(const std::string& path) {
    if (!part_name(path) && is_stored_as_parts(id_, path) && proven_there(path)) {
      if (::unlink((there_ / path).c_str()) != 0) return fail_errno("remove " + (there_ / path).string());
      return sync_folder((there_ / path).parent_path());
    }
    return told(path + " is missing in the vault; it stands in the second copy");
  }

  [[nodiscard]] bool proven_there(const std::string& plain) const {
    unsigned number = 0;
    for (auto it = wanted_.find(part_path(plain, 0)); it != wanted_.end(); it = wanted_.find(part_path(plain, ++number)))
      if (cold_sha256(there_ / it->first).value_or("") != it->second) return false;
    return number > 0;
  }

  void tell(const std::string& what) { damage_.push_back(what); }
  Status told(const std::string& what) {                    // and the rest goes on
    tell(what);
    return ok();
  }

  Status answer() const {
    if (damage_.empty()) return ok();
    std::string all;
    for (const auto& what : damage_) all += (all.empty() ? "" : "; ") + what;
    return fail(ErrorKind::Tampered, all + ". What holds was copied, no right file of the second copy was replaced; run scrub: it repairs one from the other");
  }

  const fs::path here_, there_;
  const std::string id_;
  const Progress& progress_;
  Wanted wanted_;
  bool list_holds_here_ = false;
  std::uint64_t done_ = 0;
  std::vector<std::string> damage_;
};

}  // namespace

Status copy_package(const fs::path& vault, const fs::path& copy, const std::string& id, const Progress& progress) {
  GZ_TRY(check_second_copy(vault, copy));
  if (has_plain_files(vault / "sealed" / id)) return fail(ErrorKind::Invalid, id + " lies in plain bytes: it is copied once it is encrypted");
  return CopyStep(vault, copy, id, progress).run();
}

Status copy_follows(const fs::path& bag) {
  const fs::path packages = bag.parent_path(), vault = packages.parent_path();
  if (packages.filename() != "sealed" || has_plain_files(bag)) return ok();
  GZ_TRY_ASSIGN(const fs::path copy, second_copy_of(vault));
  if (copy.empty()) return ok();
  return copy_package(vault, copy, bag.filename().string());
}

}  // namespace guzheng
