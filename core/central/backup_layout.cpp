#include "core/central/backup_layout.h"

#include <algorithm>

#include "core/base/cold_read.h"
#include "core/base/json.h"

namespace guzheng::backup_layout {

namespace fs = std::filesystem;

namespace {

Failure bent(const std::string& what) { return fail(ErrorKind::Tampered, "the backup's manifest: " + what); }

// Within the state's folder, and nowhere else.
bool is_inner_path(const std::string& path) {
  const fs::path as_path(path);
  return !path.empty() && as_path.is_relative() && std::none_of(as_path.begin(), as_path.end(), [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
}

}  // namespace

Result<std::string> write_manifest(const Manifest& m) {
  Json files = Json::array();
  for (const auto& one : m.files) files.push_back({{"path", one.path}, {"sha256", one.sha256}, {"size", one.size}});
  return canonical_json({{"buckets", m.in_buckets}, {"entries", m.entries}, {"files", files}, {"format", 1}, {"made_at", format_time(m.made_at)}, {"practice", m.practice}, {"root", m.root}, {"stores", m.stores}, {"system", m.system}});
}

Result<Manifest> parse_manifest(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const auto json = parse_canonical_json(text);
  if (!json || !json->is_object()) return bent("cannot be read");
  if (integer_at(*json, "format") != 1) return fail(ErrorKind::Unsupported, "the backup was made by a newer program");
  const auto made_at = parse_time(text_at(*json, "made_at"));
  if (!made_at || !json->contains("files") || !json->at("files").is_array() || !json->contains("stores") || !json->at("stores").is_array()) return bent("lacks what it must hold");
  Manifest out{text_at(*json, "system"), bool_at(*json, "practice"), *made_at, static_cast<std::uint64_t>(integer_at(*json, "entries")), text_at(*json, "root"), {}, bool_at(*json, "buckets"), {}};
  for (const auto& one : json->at("stores")) out.stores.push_back(one.is_string() ? one.get<std::string>() : "");
  for (const auto& one : json->at("files")) {
    if (!one.is_object() || !is_inner_path(text_at(one, "path"))) return bent("names a file that cannot be one");
    out.files.push_back({text_at(one, "path"), text_at(one, "sha256"), static_cast<std::uint64_t>(integer_at(one, "size"))});
  }
  if (out.stores.size() != 2 || out.stores[0] == out.stores[1]) return bent("names no two stores");
  return out;
}

Result<ListedFile> list_file(const fs::path& folder, const std::string& path) {
  std::error_code ec;
  ListedFile out{path, "", fs::file_size(folder / path, ec)};
  if (ec) return fail(ErrorKind::Io, (folder / path).string() + ": " + ec.message());
  GZ_TRY_ASSIGN(out.sha256, cold_sha256(folder / path));
  return out;
}

WallTime NamedObject::retain_until(const std::string& store) const {
  WallTime out;
  for (const auto& one : entry.stores) {
    if (one.name == store) return one.retain_until;
    out = std::max(out, one.retain_until);
  }
  return out;
}

Status each_object(Database& database, const std::function<Status(const NamedObject&)>& use) {
  for (std::int64_t next = 0;;) {
    GZ_TRY_ASSIGN(const auto rows, database.query("SELECT number, entry, object FROM log_entry LEFT JOIN received ON log_number = number WHERE number >= ? ORDER BY number LIMIT 200", {next}));
    if (rows.empty()) return ok();
    for (const auto& row : rows) {
      next = std::get<std::int64_t>(row.at(0)) + 1;
      const auto entry = parse_log_entry(std::get<std::string>(row.at(1)));
      if (!entry) return fail(ErrorKind::Tampered, "entry " + std::to_string(next - 1) + " of the evidence log cannot be read: " + entry.error().what);
      const auto* object = std::get_if<std::string>(&row.at(2));
      const std::string tail = entry->package + "/" + entry->zip_sha256 + ".zip";
      if (object == nullptr || (*object != "case/" + tail && *object != "automatic/" + tail)) return fail(ErrorKind::Tampered, "the receipt of entry " + std::to_string(next - 1) + " of the evidence log is gone or names something else");
      GZ_TRY(use({*object, *entry}));
    }
  }
}

}  // namespace guzheng::backup_layout
