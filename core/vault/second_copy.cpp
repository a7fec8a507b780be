#include "core/vault/second_copy.h"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/vault/numbers.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kNamed = "second-copy";                    // in the vault: where the copy is
constexpr const char* kMark = "guzheng-second-copy.json";        // in the copy: whose it is
constexpr std::string_view kBeside[] = {"", ".after", ".enc", ".group", ".receipt", ".renew", ".report", ".review", ".handover", ".witness"};

// A name for this vault that no other has: made from its counter folder's identity would move with a copy; so it is written once.
Result<std::string> vault_name(const fs::path& vault) {
  const fs::path file = vault / "vault-name";
  if (auto text = read_text(file, 4096)) return text->substr(0, text->find('\n'));
  const std::string seed = fs::absolute(vault).string() + " " + std::to_string(::getpid()) + " " + std::to_string(fs::last_write_time(vault).time_since_epoch().count());
  const std::string name = sha256_hex(as_bytes(seed)).substr(0, 32);
  GZ_TRY(write_atomically(file, as_bytes(name + "\n")));
  return name;
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
  std::set<std::string> ids;                 // of both: what the vault lost is out of step too
  for (const fs::path& packages : {vault / "sealed", copy / "sealed"}) {
    std::error_code ec;
    for (fs::directory_iterator it(packages, ec), end; !ec && it != end; it.increment(ec))
      if (const auto id = it->path().filename().string(); is_bag_name(id)) ids.insert(id);
    if (ec) return fail(error_from_errno(ec.value(), "list " + packages.string()));
  }
  std::vector<std::string> out;
  for (const auto& id : ids) {
    GZ_TRY_ASSIGN(const Sizes here, sizes_of(vault / "sealed", id));
    GZ_TRY_ASSIGN(const Sizes there, sizes_of(copy / "sealed", id));
    if (here != there) out.push_back(id);
  }
  return out;
}

}  // namespace guzheng
