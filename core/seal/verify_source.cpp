#include "core/seal/verify_source.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/seal/zip_reader.h"

namespace guzheng {

namespace fs = std::filesystem;

bool is_package_id(std::string_view name) {
  static constexpr std::string_view form = "AA-00-00000000-0000";
  if (name.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const char c = name[i];
    const bool fits = form[i] == 'A' ? c >= 'A' && c <= 'Z' : form[i] == '0' ? c >= '0' && c <= '9' : c == '-';
    if (!fits) return false;
  }
  return true;
}

const std::vector<std::string_view>& beside_parts() {
  static const std::vector<std::string_view> parts{"after", "enc", "group", "handover", "receipt", "renew", "report", "review"};
  return parts;
}

namespace {

class FolderSource final : public PackageSource {
 public:
  FolderSource(fs::path parent, std::string id) : parent_(std::move(parent)), id_(std::move(id)) {}

  Status list() {
    GZ_TRY(walk(id_));
    for (const auto part : beside_parts()) {
      const std::string name = id_ + "." + std::string(part);
      std::error_code ec;
      const auto status = fs::symlink_status(parent_ / name, ec);
      if (!fs::exists(status)) continue;
      if (fs::is_directory(status)) GZ_TRY(walk(name));
      else entries_.push_back({name, SourceEntry::Kind::Other, 0, 0});
    }
    std::sort(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return ok();
  }

  const std::string& id() const override { return id_; }
  const std::vector<SourceEntry>& entries() const override { return entries_; }
  Status read(const SourceEntry& entry, const PieceSink& sink, VerifyReport&) override {
    return read_in_pieces(parent_ / entry.path, sink);
  }

 private:
  // A list of folders still to be read instead of recursion: depth is the package's to choose.
  Status walk(const std::string& top) {
    std::vector<std::string> todo{top};
    while (!todo.empty()) {
      const std::string folder = std::move(todo.back());
      todo.pop_back();
      if (std::count(folder.begin(), folder.end(), '/') > static_cast<long>(SourceLimits::folder_depth))
        return fail(ErrorKind::Tampered, folder + " is nested too deep");
      std::error_code ec;
      for (fs::directory_iterator it(parent_ / folder, ec), end; it != end && !ec; it.increment(ec)) {
        const std::string path = folder + "/" + it->path().filename().string();
        const auto status = it->symlink_status(ec);
        if (ec) break;
        SourceEntry entry{path, SourceEntry::Kind::Other, 0, 0};
        if (fs::is_regular_file(status)) {
          entry.kind = SourceEntry::Kind::File;
          entry.size = it->file_size(ec);
        } else if (fs::is_directory(status)) {
          entry.kind = SourceEntry::Kind::Folder;
          todo.push_back(path);
        }
        entries_.push_back(std::move(entry));
        if (entries_.size() > SourceLimits::entries) return fail(ErrorKind::Tampered, "more files than a package can hold");
      }
      if (ec) return fail(ErrorKind::Io, "list folder " + folder + ": " + ec.message());
    }
    return ok();
  }

  fs::path parent_;
  std::string id_;
  std::vector<SourceEntry> entries_;
};

// The bag's folder: `package` itself when it looks like one, or the only bag in it.
Result<fs::path> find_bag(const fs::path& package) {
  std::error_code ec;
  if (is_package_id(package.filename().string()) || fs::exists(package / "bagit.txt", ec)) return package;
  fs::path found;
  for (const auto& item : fs::directory_iterator(package, ec)) {
    if (!is_package_id(item.path().filename().string()) || !item.is_directory(ec)) continue;
    if (!found.empty()) return fail(ErrorKind::Invalid, package.string() + " holds more than one package; name one of them");
    found = item.path();
  }
  if (found.empty()) return fail(ErrorKind::Invalid, package.string() + " holds no evidence package");
  return found;
}

}  // namespace

Result<std::unique_ptr<PackageSource>> open_folder_source(const fs::path& bag) {
  auto source = std::make_unique<FolderSource>(bag.parent_path(), bag.filename().string());
  GZ_TRY(source->list());
  return std::unique_ptr<PackageSource>(std::move(source));
}

Result<std::unique_ptr<PackageSource>> open_package_source(const fs::path& package, VerifyReport& report) {
  std::error_code ec;
  fs::path full = fs::absolute(package, ec).lexically_normal();
  if (!full.has_filename()) full = full.parent_path();       // "…/ID/"
  const auto status = fs::status(full, ec);
  if (!fs::exists(status)) return fail(ErrorKind::NotFound, package.string() + " is not there");
  if (fs::is_directory(status)) {
    GZ_TRY_ASSIGN(const fs::path bag, find_bag(full));
    return open_folder_source(bag);
  }
  if (!fs::is_regular_file(status)) return fail(ErrorKind::Invalid, package.string() + " is neither a folder nor a file");
  return open_zip_source(full, report);
}

}  // namespace guzheng
