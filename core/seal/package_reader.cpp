#include "core/seal/package_reader.h"

#include <map>

#include "core/seal/parts_source.h"
#include "core/seal/verify_source.h"

namespace guzheng {

struct PackageReader::Index {
  std::map<std::string, const SourceEntry*> files;
};

PackageReader::PackageReader(std::unique_ptr<PackageSource> source, bool encrypted)
    : source_(std::move(source)), encrypted_(encrypted), index_(std::make_unique<Index>()) {
  const std::string& name = source_->id();
  for (const auto& entry : source_->entries()) {
    if (entry.kind != SourceEntry::Kind::File || !entry.path.starts_with(name) || entry.path.size() < name.size() + 2) continue;
    const std::string rest = entry.path.substr(name.size());
    if (rest.front() == '/') index_->files.emplace(rest.substr(1), &entry);
    else if (rest.front() == '.') index_->files.emplace(rest, &entry);
  }
}

PackageReader::~PackageReader() = default;

const std::string& PackageReader::id() const { return source_->id(); }

std::vector<std::string> PackageReader::list() const {
  std::vector<std::string> out;
  for (const auto& [path, entry] : index_->files) out.push_back(path);
  return out;
}

bool PackageReader::has(const std::string& path) const { return index_->files.contains(path); }

Result<std::uint64_t> PackageReader::size(const std::string& path) const {
  const auto it = index_->files.find(path);
  if (it == index_->files.end()) return fail(ErrorKind::NotFound, id() + " has no " + path);
  const std::lock_guard lock(mutex_);
  return source_->size(*it->second);
}

Status PackageReader::read(const std::string& path, const std::function<Status(ByteView)>& use) const {
  const auto it = index_->files.find(path);
  if (it == index_->files.end()) return fail(ErrorKind::NotFound, id() + " has no " + path);
  const std::lock_guard lock(mutex_);
  VerifyReport unused;
  return source_->read(*it->second, use, unused);
}

Result<Bytes> PackageReader::whole(const std::string& path, std::uint64_t limit) const {
  Bytes out;
  GZ_TRY(read(path, [&](ByteView piece) -> Status {
    if (out.size() + piece.size() > limit) return fail(ErrorKind::Invalid, path + " is larger than " + std::to_string(limit) + " bytes");
    append(out, piece);
    return ok();
  }));
  return out;
}

Result<std::string> PackageReader::text(const std::string& path, std::uint64_t limit) const {
  GZ_TRY_ASSIGN(const Bytes bytes, whole(path, limit));
  return std::string(as_text(bytes));
}

Result<std::shared_ptr<const PackageReader>> open_package(const std::filesystem::path& package, const Opener* opener) {
  VerifyReport unused;
  GZ_TRY_ASSIGN(auto source, open_package_source(package, unused));
  const bool encrypted = has_vault_form(*source);
  if (encrypted) { GZ_TRY_ASSIGN(source, open_parts_source(std::move(source), opener, unused)); }
  return std::shared_ptr<const PackageReader>(new PackageReader(std::move(source), encrypted));
}

}  // namespace guzheng
