#include "core/vault/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "core/base/cold_read.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/identity/envelope.h"
#include "core/seal/manifest.h"
#include "core/seal/verify_cms.h"
#include "core/sql/connection.h"
#include "core/vault/log_stamps.h"
#include "core/vault/tar.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kPiece = 64u << 20;
constexpr std::uint64_t kMostEnvelope = kPiece + (1u << 20);
constexpr const char* kManifest = "MANIFEST.sha256";
constexpr const char* kSignature = "MANIFEST.sha256.p7s";

struct Item {
  fs::path file;
  TarMember member;
};

// What is only being made, and what a running session holds for itself, is no part of a backup.
bool is_passing(const std::string& path) {
  // ID.enc-making/, ID.report-making/, ID.review-making/ and what else is made beside a package
  const auto making = path.find("-making/");
  const bool beside = making != path.npos && path.substr(0, making).find('.', path.rfind('/', making) + 1) != path.npos;
  return beside || path.ends_with(".ballast") || path.ends_with(".log.anew") || path.ends_with(".tmp") ||
         path.find("/.probe-") != path.npos || path.find("/.snapshots-") != path.npos || path.ends_with(".sqlite-journal");
}

// Databases of the desk: the subject library, the book of tasks. What SQLite keeps beside them, and the library's index, which is made from it anew, stay out.
bool is_desk_database(const std::string& path) { return path.starts_with("desk/") && path.ends_with(".sqlite"); }
bool is_made_again(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return path.starts_with("desk/") && (name.ends_with(".sqlite-wal") || name.ends_with(".sqlite-shm") || name == "registry.lock" || name.starts_with("registry-index-"));
}

// Databases are in use while they are saved: a copy of one moment is taken of each, beside them on the desk's own disk, and goes with this object.
class DatabaseCopies {
 public:
  explicit DatabaseCopies(const fs::path& desk) : pattern_((desk / ".snapshots-XXXXXX").string()) {}
  ~DatabaseCopies() {
    std::error_code ec;
    if (!folder_.empty()) fs::remove_all(folder_, ec);
  }
  DatabaseCopies(const DatabaseCopies&) = delete;
  DatabaseCopies& operator=(const DatabaseCopies&) = delete;

  Status take(std::vector<Item>& items) {
    std::erase_if(items, [](const Item& item) { return is_made_again(item.member.path); });
    for (auto& item : items) {
      if (!is_desk_database(item.member.path)) continue;
      if (folder_.empty()) {
        if (::mkdtemp(pattern_.data()) == nullptr) return fail_errno("make a folder for copies of the databases");
        folder_ = pattern_;
      }
      const fs::path copy = folder_ / std::to_string(number_++);
      std::error_code ec;
      if (const auto copied = copy_database(item.file, copy); !copied) {
        if (copied.error().kind != ErrorKind::Tampered) return copied;
        log_warn("vault", "backed up as it lies, for it is damaged: " + copied.error().what);        // what can be saved of it is
        fs::remove(copy, ec);
        continue;
      }
      item.member.size = fs::file_size(copy, ec);
      if (ec) return fail(error_from_errno(ec.value(), "look at " + copy.string()));
      item.file = copy;
    }
    return ok();
  }

 private:
  std::string pattern_;
  fs::path folder_;
  int number_ = 0;
};

Status collect(const fs::path& folder, const std::string& prefix, const fs::path& without, std::vector<Item>& out) {
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    if (it->is_directory(ec) && !without.empty() && fs::equivalent(it->path(), without, ec)) {
      it.disable_recursion_pending();
      continue;
    }
    struct stat st {};
    const std::string path = prefix + it->path().lexically_relative(folder).string();
    if (is_passing(path) || ::lstat(it->path().c_str(), &st) != 0 || !S_ISREG(st.st_mode)) continue;
    out.push_back({it->path(), {path, static_cast<std::uint64_t>(st.st_size), static_cast<std::uint32_t>(st.st_mode & 0777)}});
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + folder.string()));
  return ok();
}

// A file, or a folder with all that is in it. One that is not there is an error: a station without its key is no station.
Status collect_further(const fs::path& from, const std::string& path, std::vector<Item>& out) {
  std::error_code ec;
  if (fs::is_directory(from, ec)) return collect(from, path + "/", {}, out);
  struct stat st {};
  if (::stat(from.c_str(), &st) != 0) return fail_errno("look at " + from.string());
  if (!S_ISREG(st.st_mode)) return fail(ErrorKind::Invalid, from.string() + " is no plain file");
  out.push_back({fs::canonical(from, ec), {path, static_cast<std::uint64_t>(st.st_size), static_cast<std::uint32_t>(st.st_mode & 0777)}});
  return ok();
}

// Plain bytes in, envelopes out.
class EnvelopeStream {
 public:
  EnvelopeStream(AppendFile& file, const std::string& recipient) : file_(file), recipients_{recipient} {}
  Status put(ByteView bytes) {
    while (!bytes.empty()) {
      const auto some = std::min<std::size_t>(bytes.size(), kPiece - plain_.size());
      append(plain_, bytes.first(some));
      bytes = bytes.subspan(some);
      if (plain_.size() == kPiece) GZ_TRY(flush());
    }
    return ok();
  }
  Status flush() {
    if (plain_.empty()) return ok();
    GZ_TRY(seal_envelope_into(sealed_, recipients_, plain_));
    digester_.update(sealed_);
    plain_.clear();
    return file_.write(sealed_);
  }
  std::string digest() { return to_hex(digester_.finish()); }

 private:
  AppendFile& file_;
  const std::vector<std::string> recipients_;
  Bytes plain_, sealed_;
  Digester digester_{DigestKind::Sha256};
};

class BackupWriter {
 public:
  BackupWriter(const BackupRequest& request, AppendFile& file) : request_(request), out_(file, request.archive_pem) {}

  Result<BackupOutcome> run(const std::vector<Item>& items) {
    for (const auto& item : items) total_ += item.member.size;
    for (const auto& item : items) GZ_TRY(put_file(item));
    GZ_TRY_ASSIGN(const Bytes signature, request_.station->sign_detached(as_bytes(manifest_)));
    GZ_TRY(put_bytes(kManifest, as_bytes(manifest_)));
    GZ_TRY(put_bytes(kSignature, signature));
    GZ_TRY(out_.put(tar_end()));
    GZ_TRY(out_.flush());
    done_.sha256 = out_.digest();
    return done_;
  }

 private:
  Status put_bytes(const std::string& path, ByteView bytes) {
    GZ_TRY_ASSIGN(const Bytes header, tar_header({path, bytes.size(), 0400}));
    GZ_TRY(out_.put(header));
    GZ_TRY(out_.put(bytes));
    return out_.put(Bytes(tar_padding(bytes.size())));
  }

  // A file that grows meanwhile (the operation log) is taken up to where it stood.
  Status put_file(const Item& item) {
    GZ_TRY_ASSIGN(const Bytes header, tar_header(item.member));
    GZ_TRY(out_.put(header));
    Digester digester(DigestKind::Sha256);
    std::uint64_t left = item.member.size;
    const Status read = read_in_pieces(item.file, [&](ByteView piece) -> Status {
      piece = piece.first(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
      left -= piece.size();
      digester.update(piece);
      done_.bytes += piece.size();
      GZ_TRY(out_.put(piece));
      if (request_.progress && !request_.progress(done_.bytes, total_)) return fail(ErrorKind::Cancelled, "the backup was stopped");
      return ok();
    });
    if (!read) return read;
    if (left != 0) return fail(ErrorKind::Io, item.file.string() + " became shorter while it was read");
    manifest_ += to_hex(digester.finish()) + "  " + item.member.path + "\n";
    ++done_.files;
    return out_.put(Bytes(tar_padding(item.member.size)));
  }

  const BackupRequest& request_;
  EnvelopeStream out_;
  std::string manifest_;
  std::uint64_t total_ = 0;
  BackupOutcome done_;
};

// Length of the DER value that begins with `head`; 0: none.
std::uint64_t der_length(ByteView head) {
  if (head.size() < 6 || head[0] != 0x30) return 0;
  if (head[1] < 0x80) return 2ull + head[1];
  const std::size_t digits = head[1] & 0x7F;
  if (digits == 0 || digits > 4) return 0;
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < digits; ++i) length = length << 8 | head[2 + i];
  return 2 + digits + length;
}

Status read_at(int fd, std::uint64_t at, std::span<std::uint8_t> into, const std::string& name) {
  for (std::size_t got = 0; got < into.size();) {
    const ssize_t n = ::pread(fd, into.data() + got, into.size() - got, static_cast<off_t>(at + got));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read " + name);
    if (n == 0) return fail(ErrorKind::Tampered, name + " ends before its end");
    got += static_cast<std::size_t>(n);
  }
  return ok();
}

// Puts a tar stream's files under a folder, and keeps what is needed to check them.
class Unpacker {
 public:
  explicit Unpacker(fs::path folder) : folder_(std::move(folder)) {}

  TarReader::Handler handler() {
    return {[this](const TarMember& m) { return begin(m); }, [this](ByteView b) { return bytes(b); }, [this] { return end(); }};
  }

  // Every file is what the manifest says, none is missing, none more.
  Status check() const {
    std::map<std::string, std::string> listed;
    for (auto& file : listed_files(manifest_)) listed[file.path] = std::move(file.digest);
    if (listed != digests_) return fail(ErrorKind::Tampered, "the backup's files are not those of its manifest");
    return ok();
  }

  [[nodiscard]] const std::string& manifest() const { return manifest_; }
  [[nodiscard]] const Bytes& signature() const { return signature_; }
  RestoreOutcome outcome;

 private:
  Status begin(const TarMember& member) {
    member_ = member;
    if (member.path == kManifest || member.path == kSignature) {
      if (member.size > (256u << 20)) return fail(ErrorKind::Tampered, "the backup's manifest is too large");
      kept_.clear();
      return ok();
    }
    if (!member.path.starts_with("desk/") && !member.path.starts_with("vault/")) return fail(ErrorKind::Tampered, "the backup holds " + member.path + ", which no backup holds");
    const fs::path path = folder_ / member.path;
    GZ_TRY(make_private_folder(path.parent_path()));
    GZ_TRY_ASSIGN(auto file, AppendFile::create(path));
    file_ = std::make_unique<AppendFile>(std::move(file));
    digester_ = Digester(DigestKind::Sha256);
    return ok();
  }
  Status bytes(ByteView piece) {
    if (!file_) {
      append(kept_, piece);
      return ok();
    }
    digester_.update(piece);
    outcome.bytes += piece.size();
    return file_->write(piece);
  }
  Status end() {
    if (!file_) {
      if (member_.path == kManifest) manifest_ = std::string(as_text(kept_));
      else signature_ = kept_;
      return ok();
    }
    GZ_TRY(file_->close());
    file_.reset();
    if (!digests_.emplace(member_.path, to_hex(digester_.finish())).second) return fail(ErrorKind::Tampered, "the backup holds " + member_.path + " twice");
    if (::chmod((folder_ / member_.path).c_str(), member_.mode & 0700) != 0) return fail_errno("chmod " + member_.path);
    ++outcome.files;
    return ok();
  }

  const fs::path folder_;
  TarMember member_;
  std::unique_ptr<AppendFile> file_;
  Digester digester_{DigestKind::Sha256};
  Bytes kept_, signature_;
  std::string manifest_;
  std::map<std::string, std::string> digests_;
};

Status check_signer(const Unpacker& unpacked, const RestoreRequest& request, RestoreOutcome& out) {
  auto message = read_signed_message(unpacked.signature());
  if (!message) return fail(ErrorKind::Tampered, "the backup's signature: " + message.error().what);
  if (message->message_digest != digest_by_oid(message->digest_oid, as_bytes(unpacked.manifest())))
    return fail(ErrorKind::Tampered, "the backup's signature is over another manifest");
  out.signer = subject_text(message->signer.get(), NID_commonName);
  out.signer_sha256 = certificate_sha256(message->signer.get());
  if (request.org_pem.empty()) return ok();
  const auto roots = certificates_from_pem(request.org_pem);
  const auto trust = check_trust(message->signer.get(), roots, message->others, nullptr, request.now);
  if (trust.problem != TrustProblem::None) return fail(ErrorKind::Tampered, "the backup was signed by somebody the root does not vouch for: " + trust.text);
  return ok();
}

Status unpack(const fs::path& file, const RestoreRequest& request, Unpacker& into) {
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno("open " + file.string());
  const auto total = static_cast<std::uint64_t>(::lseek(fd.get(), 0, SEEK_END));
  TarReader tar(into.handler());
  Bytes envelope;
  for (std::uint64_t at = 0; at < total;) {
    std::array<std::uint8_t, 6> head{};
    GZ_TRY(read_at(fd.get(), at, head, file.string()));
    const std::uint64_t length = der_length(head);
    if (length < head.size() || length > kMostEnvelope) return fail(at == 0 ? ErrorKind::Invalid : ErrorKind::Tampered, file.string() + (at == 0 ? " is no backup" : " is damaged"));
    envelope.resize(static_cast<std::size_t>(length));
    GZ_TRY(read_at(fd.get(), at, envelope, file.string()));
    GZ_TRY_ASSIGN(const Bytes plain, request.archive->open(envelope));
    GZ_TRY(tar.feed(plain));
    at += length;
    if (request.progress && !request.progress(at, total)) return fail(ErrorKind::Cancelled, "restoring was stopped");
  }
  return tar.finish();
}

}  // namespace

Result<BackupOutcome> write_backup(const BackupRequest& request, const fs::path& file) {
  if (request.station == nullptr || request.archive_pem.empty()) return fail(ErrorKind::Invalid, "a backup needs the archive's certificate and the station's signer");
  std::error_code ec;
  const fs::path target = fs::absolute(file, ec).lexically_normal();
  if (fs::exists(fs::symlink_status(target, ec))) return fail(ErrorKind::Exists, target.string() + " is there already");
  for (const auto& inside : {request.desk, request.vault})
    if (!target.lexically_relative(fs::absolute(inside, ec).lexically_normal()).string().starts_with(".."))
      return fail(ErrorKind::Invalid, "a backup must not lie inside what it backs up: " + target.string());
  std::vector<Item> items;
  {
    const LogStampsHeld held(request.desk / "operations.log");       // the log as long as its stamps say, each stamp that it names
    GZ_TRY(collect(request.desk, "desk/", request.vault, items));
  }
  GZ_TRY(collect(request.vault, "vault/", {}, items));
  for (const auto& [path, from] : request.further) GZ_TRY(collect_further(from, "desk/" + path, items));
  DatabaseCopies copies(request.desk);
  GZ_TRY(copies.take(items));
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.member.path < b.member.path; });
  items.erase(std::unique(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.member.path == b.member.path; }), items.end());
  const fs::path temporary = target.parent_path() / ("." + target.filename().string() + "." + std::to_string(::getpid()) + ".tmp");
  fs::remove(temporary, ec);
  GZ_TRY_ASSIGN(auto out, AppendFile::create(temporary));
  auto done = BackupWriter(request, out).run(items);
  if (done) {
    const Status closed = out.close();
    if (!closed) done = fail(closed.error());
  }
  if (done) {                                // what was written is what the disk gives back
    const auto back = cold_sha256(temporary);
    if (!back) done = fail(back.error());
    else if (*back != done->sha256) done = fail(ErrorKind::Io, target.string() + " reads back otherwise than it was written");
  }
  if (done && ::rename(temporary.c_str(), target.c_str()) != 0) done = fail_errno("rename to " + target.string());
  if (!done) {
    fs::remove(temporary, ec);
    return done;
  }
  GZ_TRY(sync_folder(target.parent_path()));
  return done;
}

Result<RestoreOutcome> restore_backup(const fs::path& file, const fs::path& folder, const RestoreRequest& request) {
  if (request.archive == nullptr) return fail(ErrorKind::Denied, "a backup is opened with the archive's key only");
  std::error_code ec;
  const fs::path target = fs::absolute(folder, ec).lexically_normal();
  if (fs::exists(target, ec) && !(fs::is_directory(target, ec) && fs::is_empty(target, ec))) return fail(ErrorKind::Exists, target.string() + " is not empty");
  std::string made = target.string() + ".restoring-XXXXXX";         // a name that nobody has
  if (::mkdtemp(made.data()) == nullptr) return fail_errno("make a folder beside " + target.string());
  const fs::path making = made;
  Unpacker unpacked(making);
  Status done = unpack(file, request, unpacked);
  if (done) done = unpacked.check();
  if (done) done = check_signer(unpacked, request, unpacked.outcome);
  if (done) {
    fs::remove(target, ec);                  // an empty folder
    if (::rename(making.c_str(), target.c_str()) != 0) done = fail_errno("put the restored station into " + target.string());
  }
  if (!done) {
    fs::remove_all(making, ec);
    return fail(done.error());
  }
  GZ_TRY(sync_folder(target.parent_path()));
  return unpacked.outcome;
}

}  // namespace guzheng
