#include "core/store/folder_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/random.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kMark = "guzheng-store.json";
constexpr std::uint64_t kMostAbout = 4096;

fs::path with_tail(const fs::path& path, const char* tail) { return fs::path(path.string() + tail); }

// Every folder that is made is synced into its parent: an object whose folder a power cut loses is lost.
Status make_folders(const fs::path& folder) {
  std::error_code ec;
  if (fs::is_directory(folder, ec)) return ok();
  GZ_TRY(make_folders(folder.parent_path()));
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return fail_errno("make folder " + folder.string());
  return sync_folder(folder.parent_path());
}

Status sync_file(const fs::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + path.string());
  return ::fsync(fd.get()) == 0 ? ok() : Status(fail_errno("fsync " + path.string()));
}

Status write_about(const fs::path& data, const StoredObject& object) {
  Json about{{"object", object.name}, {"sha256", object.sha256}, {"size", object.size}};
  if (object.retain_until) about["retain_until"] = format_time(*object.retain_until);
  GZ_TRY_ASSIGN(const auto text, canonical_json(about));
  return write_text(with_tail(data, ",about"), text + "\n");
}

Result<StoredObject> read_about(const fs::path& data, const std::string& name) {
  const auto file = with_tail(data, ",about");
  GZ_TRY_ASSIGN(auto text, read_text(file, kMostAbout));
  if (text.ends_with('\n')) text.pop_back();
  const auto about = parse_canonical_json(text);
  StoredObject out{name, 0, "", std::nullopt};
  const auto broken = [&] { return fail(ErrorKind::Tampered, file.string() + " is not what this store wrote"); };
  if (!about || !about->is_object() || text_at(*about, "object") != name) return broken();
  out.size = static_cast<std::uint64_t>(integer_at(*about, "size", -1));
  out.sha256 = text_at(*about, "sha256");
  if (about->contains("retain_until")) {
    out.retain_until = parse_time(text_at(*about, "retain_until"));
    if (!out.retain_until) return broken();
  }
  return out;
}

class FileReader final : public ObjectReader {
 public:
  FileReader(UniqueFd fd, std::uint64_t size, std::string name) : fd_(std::move(fd)), size_(size), name_(std::move(name)) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    if (offset > size_ || into.size() > size_ - offset) return fail(ErrorKind::Invalid, "a range behind the end of " + name_);
    while (!into.empty()) {
      const ssize_t n = ::pread(fd_.get(), into.data(), into.size(), static_cast<off_t>(offset));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return fail_errno("read " + name_);
      if (n == 0) return fail(ErrorKind::Tampered, name_ + " became shorter");
      into = into.subspan(static_cast<std::size_t>(n));
      offset += static_cast<std::uint64_t>(n);
    }
    return ok();
  }

 private:
  const UniqueFd fd_;
  const std::uint64_t size_;
  const std::string name_;
};

class FolderStore final : public ObjectStore {
 public:
  FolderStore(fs::path folder, std::string name, UniqueFd lock, const Clock& clock)
      : folder_(std::move(folder)), name_(std::move(name)), lock_(std::move(lock)), clock_(clock) {}

  [[nodiscard]] const std::string& name() const override { return name_; }

  Result<std::string> begin(const std::string& object) override {
    GZ_TRY(check_name(object));
    const std::string id = random_hex(16);
    GZ_TRY_ASSIGN(const auto text, canonical_json({{"object", object}}));
    GZ_TRY_ASSIGN(auto file, AppendFile::create(staging(id)));
    GZ_TRY(write_text(with_tail(staging_stem(id), ",about"), text + "\n"));
    const std::lock_guard lock(mutex_);
    open_[id] = std::make_shared<AppendFile>(std::move(file));
    return id;
  }

  Result<std::uint64_t> staged(const std::string& upload) override {
    GZ_TRY_ASSIGN(const auto file, opened(upload));
    if (const auto synced = file->sync(); !synced) return lost(upload, synced.error());
    return file->size();
  }

  Status append(const std::string& upload, std::uint64_t offset, ByteView bytes) override {
    GZ_TRY_ASSIGN(const auto file, opened(upload));
    if (offset != file->size())
      return fail(ErrorKind::Invalid, "the upload stands at byte " + std::to_string(file->size()) + ", not at " + std::to_string(offset));
    if (const auto written = file->write(bytes); !written) return lost(upload, written.error());
    return ok();
  }

  Status flush(const std::string& upload) override {
    GZ_TRY_ASSIGN(const auto file, opened(upload));
    if (const auto synced = file->sync(); !synced) return lost(upload, synced.error());
    return ok();
  }

  Result<StoredObject> complete(const std::string& upload, const std::string& expected, std::optional<WallTime> retain_until) override {
    const auto file = opened(upload);
    if (!file && file.error().kind != ErrorKind::Exists) return fail(file.error());
    GZ_TRY_ASSIGN(const std::string object, object_of(upload));
    if (file) {
      if (const auto synced = (*file)->sync(); !synced) return lost(upload, synced.error());
    }
    std::uint64_t size = 0;
    Digester digester(DigestKind::Sha256);
    GZ_TRY(read_cold(staging(upload), [&](ByteView piece) -> Status { return size += piece.size(), digester.update(piece), ok(); }));
    const std::string digest = to_hex(digester.finish());
    if (!expected.empty() && digest != expected)
      return fail(ErrorKind::Tampered, object + ": what the medium gives back has the digest " + digest + ", not " + expected);
    forget(upload);                                // from here on its bytes may be an object's: nobody writes to them
    GZ_TRY_ASSIGN(auto made, place(staging(upload), {object, size, digest, retain_until}));
    GZ_TRY(abandon(upload));
    return made;
  }

  Result<StoredObject> replace(const std::string& upload, const std::string& expected, std::optional<WallTime> retain_until) override {
    GZ_TRY_ASSIGN(const std::string object, object_of(upload));
    if (expected.empty()) return fail(ErrorKind::Invalid, "nothing is replaced without a digest to hold it to");
    GZ_TRY_ASSIGN(const auto file, opened(upload));
    if (const auto synced = file->sync(); !synced) return lost(upload, synced.error());
    GZ_TRY_ASSIGN(const auto digest, cold_sha256(staging(upload)));
    if (digest != expected) return fail(ErrorKind::Tampered, object + ": what the medium gives back has the digest " + digest + ", not " + expected);
    const auto there = head(object);
    const auto stored = there ? cold_sha256(data(object)) : Result<std::string>(fail(there.error()));
    if (stored && *stored == expected && there->sha256 == expected) return fail(ErrorKind::Exists, object + " is there and whole");
    if (const auto about = read_about(stem(object), object); about && about->retain_until && (!retain_until || *retain_until < *about->retain_until)) retain_until = about->retain_until;
    GZ_TRY(put_aside(object));
    const std::uint64_t size = file->size();
    forget(upload);
    GZ_TRY_ASSIGN(auto made, place(staging(upload), {object, size, digest, retain_until}));
    GZ_TRY(abandon(upload));
    return made;
  }

  Status abandon(const std::string& upload) override {
    if (!is_upload_id(upload)) return fail(ErrorKind::Invalid, "no id of an upload");
    forget(upload);
    std::error_code ec;
    fs::remove(staging(upload), ec);
    if (!ec) fs::remove(with_tail(staging_stem(upload), ",about"), ec);
    return ec ? fail(ErrorKind::Io, "remove upload " + upload + ": " + ec.message()) : sync_folder(folder_ / "staging");
  }

  Result<std::vector<std::string>> uploads() override {
    std::vector<std::string> out;
    std::error_code ec;
    for (fs::directory_iterator it(folder_ / "staging", ec), end; !ec && it != end; it.increment(ec))
      if (const auto name = it->path().filename().string(); name.ends_with(",data") && is_upload_id(name.substr(0, name.size() - 5)))
        out.push_back(name.substr(0, name.size() - 5));
    if (ec) return fail(ErrorKind::Io, "list uploads: " + ec.message());
    std::sort(out.begin(), out.end());
    return out;
  }

  Result<StoredObject> head(const std::string& object) override {
    GZ_TRY(check_name(object));
    const std::lock_guard lock(names_);
    return head_locked(object);
  }

  Result<std::unique_ptr<ObjectReader>> open(const std::string& object) override {
    GZ_TRY(check_name(object));
    UniqueFd fd(::open(data(object).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!fd) return errno == ENOTDIR ? fail(ErrorKind::NotFound, "no object " + object) : fail_errno("open object " + object);
    struct stat st {};
    if (::fstat(fd.get(), &st) != 0) return fail_errno("stat object " + object);
    return std::unique_ptr<ObjectReader>(std::make_unique<FileReader>(std::move(fd), static_cast<std::uint64_t>(st.st_size), object));
  }

  Result<std::unique_ptr<ObjectReader>> open_cold(const std::string& object) override {
    GZ_TRY(check_name(object));
    std::error_code ec;
    if (fs::is_regular_file(data(object), ec)) (void)drop_cached(data(object));      // what cannot be dropped is read all the same
    return open(object);
  }

  Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit) override {
    std::vector<std::string> out;
    const fs::path root = folder_ / "objects";
    std::error_code ec;
    for (fs::recursive_directory_iterator it(root, ec), end; !ec && it != end; it.increment(ec)) {
      std::string name = it->path().lexically_relative(root).string();
      if (it->is_directory(ec)) {                  // whole branches that cannot hold the prefix are passed by
        name += '/';
        if (!name.starts_with(prefix) && !prefix.starts_with(name)) it.disable_recursion_pending();
        continue;
      }
      if (!name.ends_with(",data")) continue;
      name.resize(name.size() - 5);
      if (name.starts_with(prefix) && name > after) out.push_back(std::move(name));
    }
    if (ec) return fail(ErrorKind::Io, "list objects: " + ec.message());
    std::sort(out.begin(), out.end());
    if (out.size() > limit) out.resize(limit);
    return out;
  }

  Result<StoredObject> copy(const std::string& from, const std::string& to, std::optional<WallTime> retain_until) override {
    GZ_TRY(check_name(to));
    GZ_TRY_ASSIGN(auto known, head(from));
    known.name = to;
    known.retain_until = retain_until;
    return place(data(from), std::move(known));
  }

  Status retain(const std::string& object, WallTime until) override {
    GZ_TRY(check_name(object));
    const std::lock_guard lock(names_);
    GZ_TRY_ASSIGN(auto known, head_locked(object));
    if (known.retain_until && until < *known.retain_until)
      return fail(ErrorKind::Denied, object + " is kept until " + format_time(*known.retain_until) + ", which nobody shortens");
    known.retain_until = until;
    return write_about(stem(object), known);
  }

  Status remove(const std::string& object) override {
    GZ_TRY(check_name(object));
    const std::lock_guard lock(names_);
    GZ_TRY_ASSIGN(const auto known, head_locked(object));
    if (known.retain_until && clock_.wall() < *known.retain_until)
      return fail(ErrorKind::Denied, object + " is kept until " + format_time(*known.retain_until));
    if (::unlink(data(object).c_str()) != 0) return fail_errno("remove " + object);
    if (::unlink(with_tail(stem(object), ",about").c_str()) != 0 && errno != ENOENT) return fail_errno("remove the record of " + object);
    return sync_folder(stem(object).parent_path());
  }

 private:
  static bool is_upload_id(std::string_view id) {
    return id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  }
  static Status check_name(const std::string& object) {
    return is_object_name(object) ? ok() : Status(fail(ErrorKind::Invalid, "'" + object.substr(0, 100) + "' is no name of an object"));
  }
  [[nodiscard]] fs::path staging_stem(const std::string& upload) const { return folder_ / "staging" / upload; }
  [[nodiscard]] fs::path staging(const std::string& upload) const { return with_tail(staging_stem(upload), ",data"); }
  [[nodiscard]] fs::path stem(const std::string& object) const { return folder_ / "objects" / object; }
  [[nodiscard]] fs::path data(const std::string& object) const { return with_tail(stem(object), ",data"); }

  Result<std::string> object_of(const std::string& upload) const {
    GZ_TRY_ASSIGN(auto text, read_text(with_tail(staging_stem(upload), ",about"), kMostAbout));
    const auto about = parse_json(text);
    const std::string object = about && about->is_object() ? text_at(*about, "object") : "";
    if (!is_object_name(object)) return fail(ErrorKind::Tampered, "the record of the upload " + upload + " is not what this store wrote");
    return object;
  }

  void forget(const std::string& upload) {
    const std::lock_guard lock(mutex_);
    open_.erase(upload);
  }

  // The file of an upload that is running, or that an earlier process began. Exists: it was being completed when that process ended.
  Result<std::shared_ptr<AppendFile>> opened(const std::string& upload) {
    if (!is_upload_id(upload)) return fail(ErrorKind::Invalid, "no id of an upload");
    const std::lock_guard lock(mutex_);
    if (const auto it = open_.find(upload); it != open_.end()) return it->second;
    std::error_code ec;                            // begun and not recorded: nobody was told its id
    if (!fs::exists(with_tail(staging_stem(upload), ",about"), ec)) return fail(ErrorKind::NotFound, "no upload " + upload);
    struct stat st {};
    if (::lstat(staging(upload).c_str(), &st) != 0) return fail_errno("stat upload " + upload);
    if ((st.st_mode & 0200) == 0) return fail(ErrorKind::Exists, "the upload " + upload + " takes no more bytes: it is to be completed");
    GZ_TRY_ASSIGN(auto file, AppendFile::reopen(staging(upload)));
    return open_[upload] = std::make_shared<AppendFile>(std::move(file));
  }

  // What a failed write or sync leaves is not proven: the upload ends, and its client sends anew.
  Failure lost(const std::string& upload, const Error& why) {
    (void)abandon(upload);
    return fail(why.in("upload " + upload + " is given up"));
  }

  // Under names_.
  Result<StoredObject> head_locked(const std::string& object) const {
    struct stat st {};
    if (::lstat(data(object).c_str(), &st) != 0)
      return errno == ENOENT || errno == ENOTDIR ? fail(ErrorKind::NotFound, "no object " + object) : fail_errno("stat object " + object);
    GZ_TRY_ASSIGN(auto known, read_about(stem(object), object));
    if (!S_ISREG(st.st_mode) || known.size != static_cast<std::uint64_t>(st.st_size))
      return fail(ErrorKind::Tampered, object + " has another size than when it was stored");
    return known;
  }

  // The object gets its name by a link, which fails when the name is taken. Its record stands before it: retention begins with the first moment.
  Result<StoredObject> place(const fs::path& file, StoredObject object) {
    const std::lock_guard lock(names_);
    auto known = head_locked(object.name);
    if (known) {
      if (known->sha256 != object.sha256 || known->size != object.size) return fail(ErrorKind::Exists, object.name + " is there with other bytes");
      if (object.retain_until && (!known->retain_until || *known->retain_until < *object.retain_until)) {
        known->retain_until = object.retain_until;
        GZ_TRY(write_about(stem(object.name), *known));
      }
      return *known;
    }
    if (known.error().kind != ErrorKind::NotFound) return fail(known.error());
    GZ_TRY(make_folders(stem(object.name).parent_path()));
    GZ_TRY(write_about(stem(object.name), object));
    if (::chmod(file.c_str(), 0400) != 0) return fail_errno("chmod " + file.string());
    GZ_TRY(sync_file(file));
    if (::link(file.c_str(), data(object.name).c_str()) != 0) return fail_errno("link " + object.name);
    GZ_TRY(sync_folder(stem(object.name).parent_path()));
    return object;
  }

  // STORE/damaged/A/B,HEX.data and .about: outside of objects/, so that no list and no name finds them. Nothing there: ok.
  Status put_aside(const std::string& object) {
    const std::lock_guard lock(names_);
    struct stat st {};
    const bool there = ::lstat(data(object).c_str(), &st) == 0;
    if (!there && errno != ENOENT && errno != ENOTDIR) return fail_errno("stat object " + object);
    if (!there) return ok();                       // its record is written anew
    const fs::path aside = folder_ / "damaged" / (object + "," + random_hex(8));
    GZ_TRY(make_folders(aside.parent_path()));
    const auto about = with_tail(stem(object), ",about");
    if (::lstat(about.c_str(), &st) == 0 && ::rename(about.c_str(), with_tail(aside, ".about").c_str()) != 0) return fail_errno("put aside the record of " + object);
    if (::rename(data(object).c_str(), with_tail(aside, ".data").c_str()) != 0) return fail_errno("put aside " + object);
    GZ_TRY(sync_folder(aside.parent_path()));
    return sync_folder(stem(object).parent_path());
  }

  const fs::path folder_;
  const std::string name_;
  const UniqueFd lock_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<AppendFile>> open_;      // under mutex_
  std::mutex names_;                                             // which objects there are, and their records
};

}  // namespace

Status make_folder_store(const fs::path& folder, const std::string& name) {
  if (!is_object_name(name) || name.find('/') != std::string::npos) return fail(ErrorKind::Invalid, "'" + name + "' is no name of a store");
  std::error_code ec;
  if (fs::exists(folder, ec) && !fs::is_empty(folder, ec)) return fail(ErrorKind::Exists, folder.string() + " is there and not empty");
  GZ_TRY(make_private_folder(folder / "objects"));
  GZ_TRY(make_private_folder(folder / "staging"));
  GZ_TRY_ASSIGN(const auto text, canonical_json({{"format", 1}, {"name", name}}));
  return write_text(folder / kMark, text + "\n");              // last: with it the folder is a store
}

namespace {

Result<std::string> store_name(const fs::path& folder) {
  GZ_TRY_ASSIGN(const auto text, read_text(folder / kMark, kMostAbout));
  const auto mark = parse_json(text);
  if (!mark || !mark->is_object() || !is_object_name(text_at(*mark, "name"))) return fail(ErrorKind::Invalid, (folder / kMark).string() + " is no mark of a store");
  if (integer_at(*mark, "format") != 1) return fail(ErrorKind::Unsupported, folder.string() + " was made by a newer program");
  return text_at(*mark, "name");
}

// Never asked for the time: nothing is removed.
class NoTime final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return {}; }
};
const NoTime kNoTime;

class ReadFolderStore final : public ObjectStore {
 public:
  ReadFolderStore(fs::path folder, std::string name) : store_(std::move(folder), std::move(name), UniqueFd(), kNoTime) {}
  [[nodiscard]] const std::string& name() const override { return store_.name(); }
  Result<std::string> begin(const std::string&) override { return no(); }
  Result<std::uint64_t> staged(const std::string&) override { return no(); }
  Status append(const std::string&, std::uint64_t, ByteView) override { return no(); }
  Status flush(const std::string&) override { return no(); }
  Result<StoredObject> complete(const std::string&, const std::string&, std::optional<WallTime>) override { return no(); }
  Result<StoredObject> replace(const std::string&, const std::string&, std::optional<WallTime>) override { return no(); }
  Status abandon(const std::string&) override { return no(); }
  Result<std::vector<std::string>> uploads() override { return store_.uploads(); }
  Result<StoredObject> head(const std::string& object) override { return store_.head(object); }
  Result<std::unique_ptr<ObjectReader>> open(const std::string& object) override { return store_.open(object); }
  Result<std::unique_ptr<ObjectReader>> open_cold(const std::string& object) override { return store_.open_cold(object); }
  Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit) override { return store_.list(prefix, after, limit); }
  Result<StoredObject> copy(const std::string&, const std::string&, std::optional<WallTime>) override { return no(); }
  Status retain(const std::string&, WallTime) override { return no(); }
  Status remove(const std::string&) override { return no(); }

 private:
  [[nodiscard]] Failure no() const { return fail(ErrorKind::Denied, store_.name() + " was opened for reading"); }
  FolderStore store_;
};

}  // namespace

Result<std::unique_ptr<ObjectStore>> open_folder_store(const fs::path& folder, const Clock& clock) {
  GZ_TRY_ASSIGN(auto name, store_name(folder));
  UniqueFd lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock) return fail_errno("open " + folder.string());
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, "another process holds the store " + folder.string());
  return std::unique_ptr<ObjectStore>(std::make_unique<FolderStore>(folder, std::move(name), std::move(lock), clock));
}

Result<std::unique_ptr<ObjectStore>> read_folder_store(const fs::path& folder) {
  GZ_TRY_ASSIGN(auto name, store_name(folder));
  return std::unique_ptr<ObjectStore>(std::make_unique<ReadFolderStore>(folder, std::move(name)));
}

}  // namespace guzheng
