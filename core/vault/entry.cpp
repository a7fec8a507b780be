#include "core/vault/entry.h"

#include <algorithm>
#include <charconv>

#include "core/base/digest.h"
#include "core/seal/package_reader.h"
#include "core/seal/review.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

bool plain_file(const fs::path& path) {
  std::error_code ec;
  return fs::is_regular_file(fs::symlink_status(path, ec));
}

// Value of a label in bag-info.txt; "" when it is not there.
std::string label(std::string_view info, std::string_view name) {
  const std::string wanted = std::string(name) + ": ";
  while (!info.empty()) {
    const auto end = info.find('\n');
    const std::string_view line = info.substr(0, end);
    if (line.starts_with(wanted)) return std::string(line.substr(wanted.size()));
    info = end == std::string_view::npos ? std::string_view{} : info.substr(end + 1);
  }
  return {};
}

Result<Json> attached(const PackageReader& files, const char* name) {
  const std::string path = std::string("data/attach/") + name;
  GZ_TRY_ASSIGN(std::string text, files.text(path, 16u << 20));
  if (!text.empty() && text.back() == '\n') text.pop_back();
  auto value = parse_json(text);
  if (!value) return fail(value.error().in(path));
  return value;
}

Status fill(PackageEntry& entry, const Opener* opener) {
  GZ_TRY_ASSIGN(const std::string seal, read_text(entry.folder / "seal/seal.txt", 1u << 20));
  entry.fingerprint = sha256_hex(as_bytes(seal));
  GZ_TRY_ASSIGN(const std::string info, read_text(entry.folder / "bag-info.txt", 1u << 20));
  entry.state = label(info, "Package-State");
  entry.practice = !label(info, "Practice").empty();
  const std::string oxum = label(info, "Payload-Oxum");
  std::from_chars(oxum.data(), oxum.data() + oxum.size(), entry.bytes);
  if (label(info, "External-Identifier") != entry.id)
    return fail(ErrorKind::Tampered, "the folder " + entry.id + " holds the package '" + label(info, "External-Identifier") + "'");
  GZ_TRY_ASSIGN(const auto files, open_package(entry.folder, opener));
  entry.encrypted = files->encrypted();
  for (const auto& [name, into] : {std::pair{"order.json", &entry.order}, std::pair{"values.json", &entry.values}}) {
    auto value = attached(*files, name);
    if (!value && value.error().kind == ErrorKind::Denied) entry.locked = true;
    else if (!value) return fail(value.error());
    else *into = std::move(*value);
  }
  return ok();
}

}  // namespace

fs::path beside(const fs::path& bag, std::string_view suffix) {
  return bag.parent_path() / (bag.filename().string() + std::string(suffix));
}

PackageEntry read_entry(const fs::path& bag, const Opener* opener) {
  PackageEntry entry;
  entry.id = bag.filename().string();
  entry.folder = bag;
  if (const auto done = fill(entry, opener); !done) entry.problem = done.error().what;
  entry.stamped = plain_file(beside(bag, ".after") / "seal.txt.tsr");
  entry.second_signature =
      plain_file(bag / "seal/sig-officer2.p7s") || plain_file(beside(bag, ".after") / "sig-officer2.p7s");
  entry.awaits_review = text_at(entry.order, "type") == kAutomaticOrder && !plain_file(beside(bag, ".review") / "001/review.json");
  std::error_code ec;
  for (fs::directory_iterator it(beside(bag, ".report"), ec), end; !ec && it != end; it.increment(ec))
    if (it->is_directory(ec) && !fs::is_empty(it->path(), ec)) entry.reports.push_back(it->path());
  std::sort(entry.reports.begin(), entry.reports.end());
  return entry;
}

}  // namespace guzheng
