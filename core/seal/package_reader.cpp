#include "core/seal/package_reader.h"

#include <map>

#include "core/seal/parts_source.h"
#include "core/seal/verify_source.h"

namespace guzheng {

struct PackageReader::Stored {
  std::unique_ptr<PackageSource> source;
  bool encrypted = false;
  std::map<std::string, const SourceEntry*> files;
};

Result<std::unique_ptr<PackageReader::Stored>> PackageReader::look(const std::filesystem::path& package, const Opener* opener) {
  auto out = std::make_unique<Stored>();
  VerifyReport unused;
  GZ_TRY_ASSIGN(out->source, open_package_source(package, unused));
  out->encrypted = has_vault_form(*out->source);
  if (out->encrypted) { GZ_TRY_ASSIGN(out->source, open_parts_source(std::move(out->source), opener, unused)); }
  const std::string& name = out->source->id();
  for (const auto& entry : out->source->entries()) {
    if (entry.kind != SourceEntry::Kind::File || !entry.path.starts_with(name) || entry.path.size() < name.size() + 2) continue;
    const std::string rest = entry.path.substr(name.size());
    if (rest.front() == '/') out->files.emplace(rest.substr(1), &entry);
    else if (rest.front() == '.') out->files.emplace(rest, &entry);
  }
  return out;
}

PackageReader::PackageReader(std::filesystem::path package, const Opener* opener, std::unique_ptr<Stored> stored)
    : package_(std::move(package)), opener_(opener), stored_(std::move(stored)), id_(stored_->source->id()) {}

PackageReader::~PackageReader() = default;

bool PackageReader::encrypted() const {
  const std::lock_guard lock(mutex_);
  return stored_->encrypted;
}

std::vector<std::string> PackageReader::list() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (const auto& [path, entry] : stored_->files) out.push_back(path);
  return out;
}

bool PackageReader::has(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  return stored_->files.contains(path);
}

Result<std::uint64_t> PackageReader::size(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto it = stored_->files.find(path);
  if (it == stored_->files.end()) return fail(ErrorKind::NotFound, id_ + " has no " + path);
  return stored_->source->size(*it->second);
}

Status PackageReader::read(const std::string& path, const std::function<Status(ByteView)>& use) const {
  const std::lock_guard lock(mutex_);
  const auto it = stored_->files.find(path);
  if (it == stored_->files.end()) return fail(ErrorKind::NotFound, id_ + " has no " + path);
  VerifyReport unused;
  const Status done = stored_->source->read(*it->second, use, unused);
  if (done || done.error().kind != ErrorKind::NotFound) return done;
  // listed and gone: it was encrypted meanwhile. A file that cannot be opened has given no byte yet.
  GZ_TRY_ASSIGN(stored_, look(package_, opener_));
  const auto again = stored_->files.find(path);
  return again == stored_->files.end() ? done : stored_->source->read(*again->second, use, unused);
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
  GZ_TRY_ASSIGN(auto stored, PackageReader::look(package, opener));
  return std::shared_ptr<const PackageReader>(new PackageReader(package, opener, std::move(stored)));
}

}  // namespace guzheng
