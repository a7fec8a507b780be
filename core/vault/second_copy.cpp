#include "core/vault/second_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/seal/vault_form.h"
#include "core/vault/numbers.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kNamed = "second-copy";                    // in the vault: where the copy is
constexpr const char* kMark = "guzheng-second-copy.json";        // in the copy: whose it is
constexpr std::string_view kBeside[] = {"", ".after", ".enc", ".receipt", ".renew", ".report", ".review", ".handover"};

// A name for this vault that no other has: made from its counter folder's identity would move with a copy; so it is written once.
Result<std::string> vault_name(const fs::path& vault) {
  const fs::path file = vault / "vault-name";
  if (auto text = read_text(file, 4096)) return text->substr(0, text->find('\n'));
  const std::string seed = fs::absolute(vault).string() + " " + std::to_string(::getpid()) + " " + std::to_string(fs::last_write_time(vault).time_since_epoch().count());
  const std::string name = sha256_hex(as_bytes(seed)).substr(0, 32);
  GZ_TRY(write_atomically(file, as_bytes(name + "\n")));
  return name;
}

Status copy_file(const fs::path& from, const fs::path& to, const std::function<bool(std::uint64_t)>& progress, std::uint64_t& done) {
  GZ_TRY(make_private_folder(to.parent_path()));
  const fs::path temporary = to.parent_path() / ("." + to.filename().string() + "." + std::to_string(::getpid()) + ".tmp");
  std::error_code ec;
  fs::remove(temporary, ec);
  Digester written(DigestKind::Sha256), back(DigestKind::Sha256);
  {
    GZ_TRY_ASSIGN(auto file, AppendFile::create(temporary));
    const auto copied = read_in_pieces(from, [&](ByteView piece) -> Status {
      written.update(piece);
      done += piece.size();
      GZ_TRY(file.write(piece));
      if (progress && !progress(done)) return fail(ErrorKind::Cancelled, "copying was stopped");
      return ok();
    });
    const Status closed = copied ? file.close() : copied;
    if (!closed) {
      fs::remove(temporary, ec);
      return closed;
    }
  }
  GZ_TRY(read_in_pieces(temporary, [&](ByteView piece) {
    back.update(piece);
    return ok();
  }));
  if (written.finish() != back.finish()) {
    fs::remove(temporary, ec);
    return fail(ErrorKind::Io, to.string() + " reads back otherwise than it was written");
  }
  fs::permissions(temporary, fs::perms::owner_read, ec);
  if (::rename(temporary.c_str(), to.c_str()) != 0) return fail_errno("rename to " + to.string());
  return sync_folder(to.parent_path());
}

using Sizes = std::map<std::string, std::uint64_t>;

Result<Sizes> sizes_of(const fs::path& packages, const std::string& id) {
  GZ_TRY_ASSIGN(const auto files, package_files(packages, id));
  return Sizes(files.begin(), files.end());
}

}  // namespace

Result<std::vector<std::pair<std::string, std::uint64_t>>> package_files(const fs::path& packages, const std::string& id) {
  std::vector<std::pair<std::string, std::uint64_t>> out;
  std::error_code ec;
  for (const auto suffix : kBeside) {
    const std::string top = id + std::string(suffix);
    if (!fs::is_directory(packages / top, ec)) continue;
    for (fs::recursive_directory_iterator it(packages / top, ec), end; !ec && it != end; it.increment(ec)) {
      const std::string name = it->path().filename().string();
      if (it->is_regular_file(ec) && !(name.starts_with('.') && name.ends_with(".tmp")))
        out.emplace_back(it->path().lexically_relative(packages).string(), it->file_size(ec));
    }
    if (ec) return fail(error_from_errno(ec.value(), "list " + (packages / top).string()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Status set_second_copy(const fs::path& vault, const fs::path& copy) {
  std::error_code ec;
  const fs::path place = fs::absolute(copy, ec).lexically_normal();
  const std::string inside = place.lexically_relative(fs::absolute(vault, ec)).string();
  if (!inside.starts_with("..")) return fail(ErrorKind::Invalid, "the second copy must lie outside the vault: " + place.string());
  GZ_TRY_ASSIGN(const std::string name, vault_name(vault));
  GZ_TRY(make_private_folder(place));
  if (const auto mark = read_text(place / kMark, 1u << 20)) {
    const auto json = parse_json(*mark);
    if (!json || text_at(*json, "vault") != name) return fail(ErrorKind::Invalid, place.string() + " holds the second copy of another vault");
  }
  GZ_TRY(make_private_folder(place / "sealed"));
  GZ_TRY(write_atomically(place / kMark, as_bytes(Json{{"vault", name}}.dump())));
  return write_atomically(vault / kNamed, as_bytes(place.string() + "\n"));
}

Result<fs::path> second_copy_of(const fs::path& vault) {
  auto text = read_text(vault / kNamed, 8192);
  if (!text && text.error().kind == ErrorKind::NotFound) return fs::path();
  if (!text) return fail(text.error());
  return fs::path(text->substr(0, text->find('\n')));
}

Status check_second_copy(const fs::path& vault, const fs::path& copy) {
  const auto mark = read_text(copy / kMark, 1u << 20);
  if (!mark) return fail(ErrorKind::NotFound, "the second copy's medium is away: " + copy.string());
  GZ_TRY_ASSIGN(const std::string name, vault_name(vault));
  const auto json = parse_json(*mark);
  if (!json || text_at(*json, "vault") != name) return fail(ErrorKind::Invalid, copy.string() + " holds the second copy of another vault");
  return ok();
}

Result<std::vector<std::string>> not_in_step(const fs::path& vault, const fs::path& copy) {
  GZ_TRY(check_second_copy(vault, copy));
  std::vector<std::string> out;
  std::error_code ec;
  for (fs::directory_iterator it(vault / "sealed", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string id = it->path().filename().string();
    if (!is_bag_name(id)) continue;
    GZ_TRY_ASSIGN(const Sizes here, sizes_of(vault / "sealed", id));
    GZ_TRY_ASSIGN(const Sizes there, sizes_of(copy / "sealed", id));
    if (here != there) out.push_back(id);
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + (vault / "sealed").string()));
  std::sort(out.begin(), out.end());
  return out;
}

Status copy_package(const fs::path& vault, const fs::path& copy, const std::string& id, const std::function<bool(std::uint64_t)>& progress) {
  GZ_TRY(check_second_copy(vault, copy));
  const fs::path bag = vault / "sealed" / id;
  if (has_plain_files(bag)) return fail(ErrorKind::Invalid, id + " lies in plain bytes: it is copied once it is encrypted");
  GZ_TRY_ASSIGN(const Sizes here, sizes_of(vault / "sealed", id));
  GZ_TRY_ASSIGN(const Sizes there, sizes_of(copy / "sealed", id));
  std::uint64_t need = 0, done = 0;
  for (const auto& [path, size] : here)
    if (const auto it = there.find(path); it == there.end() || it->second != size) need += size;
  GZ_TRY_ASSIGN(const std::uint64_t free, free_bytes(copy));
  if (free < need) return fail(ErrorKind::NoSpace, "the second copy has " + std::to_string(free >> 20) + " MiB free, " + id + " needs " + std::to_string(need >> 20));
  // seal.txt last: a copy with it is whole
  std::vector<std::string> order;
  for (const auto& [path, size] : here)
    if (const auto it = there.find(path); it == there.end() || it->second != size) order.push_back(path);
  std::stable_partition(order.begin(), order.end(), [](const auto& path) { return !path.ends_with("/seal/seal.txt"); });
  for (const auto& path : order) GZ_TRY(copy_file(vault / "sealed" / path, copy / "sealed" / path, progress, done));
  std::error_code ec;
  for (const auto& [path, size] : there)
    if (!here.contains(path)) fs::remove(copy / "sealed" / path, ec);
  return ok();
}

}  // namespace guzheng
