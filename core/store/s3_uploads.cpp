#include "core/store/s3_uploads.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "core/base/json.h"
#include "core/base/random.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostUploads = 100'000, kMostSmall = 64u << 20;
constexpr std::uint64_t kMiB = 1u << 20;

bool is_upload_id(std::string_view id) {
  return id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
std::string prefix_of(const std::string& id) { return "staging/" + id + "/"; }
std::string about_key(const std::string& id) { return prefix_of(id) + "about"; }
std::string whole_key(const std::string& id) { return prefix_of(id) + "whole"; }

std::string tail_key(const std::string& id, std::uint64_t from, std::uint64_t size) { return prefix_of(id) + "tail-" + std::to_string(from) + "-" + std::to_string(size); }

// The smallest part but the last that is sent: 5 MiB by the protocol, more later, so that 10,000 parts are enough for a terabyte.
std::uint64_t least_part(std::size_t parts) { return parts < 1000 ? 5 * kMiB : parts < 5000 ? 16 * kMiB : 256 * kMiB; }

// "tail-AT-N"
bool read_tail(std::string_view name, std::uint64_t& from, std::uint64_t& size) {
  if (!name.starts_with("tail-")) return false;
  const char *at = name.data() + 5, *end = name.data() + name.size();
  const auto first = std::from_chars(at, end, from);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return false;
  const auto second = std::from_chars(first.ptr + 1, end, size);
  return second.ec == std::errc() && second.ptr == end;
}

Failure elsewhere(std::uint64_t stands, std::uint64_t offset) {
  return fail(ErrorKind::Invalid, "the upload stands at byte " + std::to_string(stands) + ", not at " + std::to_string(offset));
}
Failure otherwise(const StoredObject& object, const std::string& digest, const std::string& expected) {
  return fail(ErrorKind::Tampered, object.name + ": what came has the digest " + digest + ", not " + expected);
}

}  // namespace

Result<S3Spool> S3Spool::open(const fs::path& folder, const std::string& upload, std::uint64_t from) {
  S3Spool out;
  out.name_ = (folder / (upload + "," + std::to_string(from))).string();
  out.from_ = from;
  out.fd_.reset(::open(out.name_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat st {};
  if (!out.fd_ || ::fstat(out.fd_.get(), &st) != 0) return fail_errno("open " + out.name_);
  out.size_ = static_cast<std::uint64_t>(st.st_size);
  return out;
}

void S3Spool::remove_all(const fs::path& folder, const std::string& upload) {
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    std::error_code ignored;
    if (it->path().filename().string().starts_with(upload + ",")) fs::remove(it->path(), ignored);
  }
}

Status S3Spool::write(ByteView bytes) {
  const auto written = write_all(fd_.get(), bytes, name_);
  if (written) size_ += bytes.size();
  else (void)::ftruncate(fd_.get(), static_cast<off_t>(size_));          // what came in part counts as nothing
  return written;
}

Status S3Spool::clear() {
  size_ = 0;
  return ::ftruncate(fd_.get(), 0) == 0 ? ok() : Status(fail_errno("empty " + name_));
}

Result<Bytes> S3Spool::bytes() const {
  if (size_ > kMostSmall) return fail(ErrorKind::Bug, name_ + " is larger than a part");
  Bytes out(static_cast<std::size_t>(size_));
  for (std::size_t at = 0; at < out.size();) {
    const ssize_t n = ::pread(fd_.get(), out.data() + at, out.size() - at, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read " + name_);
    if (n == 0) return fail(ErrorKind::Io, name_ + " became shorter");
    at += static_cast<std::size_t>(n);
  }
  return out;
}

Result<S3File> S3Spool::payload() {
  Digester sha(DigestKind::Sha256), md5(DigestKind::Md5);
  Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(kMiB, size_)));
  for (std::uint64_t at = 0; at < size_;) {
    const ssize_t n = ::pread(fd_.get(), buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size_ - at)), static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read " + name_);
    if (n == 0) return fail(ErrorKind::Io, name_ + " became shorter");
    const ByteView piece(buffer.data(), static_cast<std::size_t>(n));
    sha.update(piece);
    md5.update(piece);
    at += piece.size();
  }
  return S3File{fd_.get(), size_, to_hex(sha.finish()), to_base64(md5.finish())};
}

struct S3Uploads::Upload {
  std::string id, service_id;                      // the service's own, of the multipart upload; empty: none begun
  std::vector<S3Part> parts;
  std::uint64_t sent = 0;                          // bytes of the parts
  std::optional<S3Spool> spool;
  std::uint64_t tail = 0;                          // bytes that the bucket has of the spool
  std::optional<Digester> digester;                // of all that came, while it came through this process
  std::uint64_t digested = 0;
  [[nodiscard]] std::uint64_t stands() const { return sent + (spool ? spool->size() : 0); }
};

Result<std::string> S3Uploads::begin(const std::string& object) {
  auto upload = std::make_shared<Upload>();
  upload->id = random_hex(16);
  GZ_TRY_ASSIGN(const auto text, canonical_json({{"object", object}}));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto done, client_.ask({"PUT", about_key(upload->id), {}, objects_.encryption(), as_bytes(text), {}, {}}));
  GZ_TRY_ASSIGN(upload->spool, S3Spool::open(spool_, upload->id, 0));
  upload->digester.emplace(DigestKind::Sha256);
  const std::lock_guard lock(mutex_);
  open_[upload->id] = upload;
  return upload->id;
}

Result<std::string> S3Uploads::object_of(const std::string& id) {
  GZ_TRY_ASSIGN(const auto answer, client_.ask({"GET", about_key(id), {}, {}, {}, {}, {}}));
  const auto about = parse_json(answer.body);
  std::string object = about && about->is_object() ? text_at(*about, "object") : "";
  if (!is_object_name(object)) return fail(ErrorKind::Tampered, "the record of the upload " + id + " is not what this store wrote");
  return object;
}

Result<std::shared_ptr<S3Uploads::Upload>> S3Uploads::known(const std::string& id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = open_.find(id); it != open_.end() && it->second->spool) return it->second;
  }
  return synced(id);
}

Result<std::shared_ptr<S3Uploads::Upload>> S3Uploads::synced(const std::string& id) {
  if (!is_upload_id(id)) return fail(ErrorKind::Invalid, "no id of an upload");
  std::shared_ptr<Upload> upload;
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = open_.find(id); it != open_.end()) upload = it->second;
  }
  if (!upload) upload = std::make_shared<Upload>(), upload->id = id;
  GZ_TRY(sync(*upload));
  const std::lock_guard lock(mutex_);
  open_[id] = upload;
  return upload;
}

Status S3Uploads::sync(Upload& upload) {
  const std::string prefix = prefix_of(upload.id);
  GZ_TRY_ASSIGN(const auto entries, objects_.entries(prefix, "", 10'000));
  const auto has = [&](const std::string& key) { return std::any_of(entries.begin(), entries.end(), [&](const auto& entry) { return entry.key == key; }); };
  if (!has(about_key(upload.id))) return fail(ErrorKind::NotFound, "no upload " + upload.id);
  if (has(whole_key(upload.id))) return fail(ErrorKind::Exists, "the upload " + upload.id + " takes no more bytes: it is to be completed");
  GZ_TRY(find_parts(upload));
  if (!upload.spool || upload.spool->from() != upload.sent) {            // another process sent parts: what lies here is of before
    GZ_TRY_ASSIGN(auto spool, S3Spool::open(spool_, upload.id, upload.sent));
    upload.spool.emplace(std::move(spool));
  }
  upload.tail = 0;
  for (const auto& entry : entries) {
    std::uint64_t from = 0, size = 0;
    if (read_tail(std::string_view(entry.key).substr(prefix.size()), from, size) && from == upload.sent && size == entry.size) upload.tail = std::max(upload.tail, size);
  }
  if (upload.tail > upload.spool->size()) GZ_TRY(take_tail(upload, upload.tail));
  if (upload.digested != upload.stands()) upload.digester.reset();
  if (upload.stands() == 0) upload.digester.emplace(DigestKind::Sha256), upload.digested = 0;
  return ok();
}

Status S3Uploads::find_parts(Upload& upload) {
  upload.parts.clear();
  upload.sent = 0;
  const std::string key = whole_key(upload.id);
  if (upload.service_id.empty()) {
    GZ_TRY_ASSIGN(const auto answer, client_.ask({"GET", "", {{"uploads", ""}, {"prefix", key}}, {}, {}, {}, {}}));
    GZ_TRY_ASSIGN(const auto uploads, parse_s3_uploads(answer.body));
    for (const auto& one : uploads)
      if (one.key == key && (upload.service_id.empty() || one.id < upload.service_id)) upload.service_id = one.id;
  }
  if (upload.service_id.empty()) return ok();
  for (int after = 0;;) {
    const auto answer = client_.ask({"GET", key, {{"uploadId", upload.service_id}, {"part-number-marker", std::to_string(after)}}, {}, {}, {}, {}});
    if (!answer && answer.error().kind == ErrorKind::NotFound) {         // ended by another process, which the next listing shows
      upload.service_id.clear();
      return upload.parts.empty() ? ok() : Status(fail(ErrorKind::Timeout, "the upload " + upload.id + " changed while it was looked at"));
    }
    if (!answer) return fail(answer.error());
    GZ_TRY_ASSIGN(const auto page, parse_s3_parts(answer->body));
    for (const auto& part : page.parts) {
      if (part.number != static_cast<int>(upload.parts.size()) + 1) return fail(ErrorKind::Protocol, "the upload " + upload.id + " has a gap in its parts");
      upload.parts.push_back(part);
      upload.sent += part.size;
    }
    if (!page.more) return ok();
    after = page.next;
  }
}

Status S3Uploads::take_tail(Upload& upload, std::uint64_t size) {
  Bytes bytes(static_cast<std::size_t>(size));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto got, client_.ask({"GET", tail_key(upload.id, upload.sent, size), {}, {}, {}, {}, bytes}));
  GZ_TRY(upload.spool->clear());
  return upload.spool->write(bytes);
}

Result<std::uint64_t> S3Uploads::staged(const std::string& id) {
  GZ_TRY_ASSIGN(const auto upload, synced(id));
  return upload->stands();
}

Status S3Uploads::append(const std::string& id, std::uint64_t offset, ByteView bytes) {
  GZ_TRY_ASSIGN(const auto upload, known(id));
  if (offset != upload->stands()) return elsewhere(upload->stands(), offset);
  const auto full = [&] { return upload->spool->size() >= std::max(part_bytes_, least_part(upload->parts.size())); };
  if (full()) GZ_TRY(send_part(*upload));          // a service that was away: nothing more is taken until it takes what lies here
  GZ_TRY(upload->spool->write(bytes));
  if (upload->digester) upload->digester->update(bytes), upload->digested += bytes.size();
  return full() ? send_part(*upload) : ok();
}

Status S3Uploads::send_part(Upload& upload) {
  const std::string key = whole_key(upload.id);
  if (upload.service_id.empty()) {
    GZ_TRY_ASSIGN(const auto begun, client_.ask({"POST", key, {{"uploads", ""}}, objects_.encryption(), {}, {}, {}}));
    GZ_TRY_ASSIGN(upload.service_id, parse_s3_upload_id(begun.body));
  }
  const int number = static_cast<int>(upload.parts.size()) + 1;
  GZ_TRY_ASSIGN(const auto payload, upload.spool->payload());
  GZ_TRY_ASSIGN(const auto answer, client_.ask({"PUT", key, {{"partNumber", std::to_string(number)}, {"uploadId", upload.service_id}}, {}, {}, payload, {}}));
  const std::string etag = answer.header("etag");
  if (etag.empty()) return fail(ErrorKind::Protocol, "the object store took a part and gave no ETag");
  upload.parts.push_back({number, payload.size, etag});
  upload.sent += payload.size;
  upload.tail = 0;
  // the file of before is of no use any more; killed in between it is passed over
  GZ_TRY_ASSIGN(auto next, S3Spool::open(spool_, upload.id, upload.sent));
  GZ_TRY(next.clear());
  GZ_TRY(upload.spool->clear());
  std::error_code ec;
  fs::remove(spool_ / (upload.id + "," + std::to_string(upload.spool->from())), ec);
  upload.spool.emplace(std::move(next));
  return ok();
}

Status S3Uploads::put_tail(Upload& upload) {
  const std::uint64_t size = upload.spool->size();
  GZ_TRY_ASSIGN(const auto payload, upload.spool->payload());
  GZ_TRY_ASSIGN([[maybe_unused]] const auto done, client_.ask({"PUT", tail_key(upload.id, upload.sent, size), {}, objects_.encryption(), {}, payload, {}}));
  upload.tail = size;
  return ok();
}

Status S3Uploads::flush(const std::string& id) {
  GZ_TRY_ASSIGN(const auto upload, known(id));
  if (upload->spool->size() == upload->tail) return ok();
  return upload->spool->size() >= least_part(upload->parts.size()) ? send_part(*upload) : put_tail(*upload);
}

Result<StoredObject> S3Uploads::complete(const std::string& id, const std::string& expected, std::optional<WallTime> retain_until, bool anew) {
  const auto now = synced(id);
  if (!now && now.error().kind != ErrorKind::Exists) return fail(now.error());
  Upload unknown;                                  // whole already: nothing else is to be known of it
  unknown.id = id;
  Upload& upload = now ? **now : unknown;
  GZ_TRY_ASSIGN(const auto name, object_of(id));
  StoredObject object{name, upload.stands(), "", retain_until};
  const bool small = now && upload.parts.empty() && upload.spool->size() <= kMostSmall;
  GZ_TRY_ASSIGN(auto made, small ? complete_small(upload, std::move(object), {expected, anew}) : complete_whole(upload, std::move(object), {expected, anew}, !now));
  GZ_TRY(abandon(id));
  return made;
}

Result<StoredObject> S3Uploads::complete_small(Upload& upload, StoredObject object, const Wanted& wanted) {
  GZ_TRY_ASSIGN(const auto bytes, upload.spool->bytes());
  object.sha256 = sha256_hex(bytes);
  if (!wanted.sha256.empty() && object.sha256 != wanted.sha256) return otherwise(object, object.sha256, wanted.sha256);
  return objects_.put(object, bytes, wanted.anew);
}

Result<StoredObject> S3Uploads::complete_whole(Upload& upload, StoredObject object, const Wanted& wanted, bool whole) {
  if (!whole) {
    if (upload.digester) {
      object.sha256 = to_hex(upload.digester->finish());
      upload.digester.reset();
      if (!wanted.sha256.empty() && object.sha256 != wanted.sha256) return otherwise(object, object.sha256, wanted.sha256);
    }
    GZ_TRY(make_whole(upload));
  }
  GZ_TRY_ASSIGN(const auto head, client_.ask({"HEAD", whole_key(upload.id), {}, {}, {}, {}, {}}));
  const std::string length = head.header("content-length");
  if (std::from_chars(length.data(), length.data() + length.size(), object.size).ec != std::errc())
    return fail(ErrorKind::Protocol, "the object store does not say how large an upload became");
  if (object.sha256.empty()) { GZ_TRY_ASSIGN(object.sha256, objects_.digest(whole_key(upload.id), object.size, head.header("x-amz-version-id"))); }
  if (!wanted.sha256.empty() && object.sha256 != wanted.sha256) return otherwise(object, object.sha256, wanted.sha256);
  return objects_.copy(object, whole_key(upload.id), wanted.anew);
}

Status S3Uploads::make_whole(Upload& upload) {
  if (upload.spool->size() > 0) GZ_TRY(send_part(upload));
  const std::string xml = s3_complete_xml(upload.parts);
  const auto done = client_.ask({"POST", whole_key(upload.id), {{"uploadId", upload.service_id}}, {}, as_bytes(xml), {}, {}});
  // gone: it was completed by a request whose answer was lost
  return done || is_s3_code(done.error(), "NoSuchUpload") ? ok() : Status(fail(done.error()));
}

Status S3Uploads::abandon(const std::string& id) {
  if (!is_upload_id(id)) return fail(ErrorKind::Invalid, "no id of an upload");
  {
    const std::lock_guard lock(mutex_);
    open_.erase(id);
  }
  S3Spool::remove_all(spool_, id);
  GZ_TRY_ASSIGN(const auto answer, client_.ask({"GET", "", {{"uploads", ""}, {"prefix", whole_key(id)}}, {}, {}, {}, {}}));
  GZ_TRY_ASSIGN(const auto uploads, parse_s3_uploads(answer.body));
  for (const auto& one : uploads) {
    if (one.key != whole_key(id)) continue;
    const auto gone = client_.ask({"DELETE", one.key, {{"uploadId", one.id}}, {}, {}, {}, {}});
    if (!gone && gone.error().kind != ErrorKind::NotFound) return fail(gone.error());
  }
  return objects_.remove_all_versions(prefix_of(id), about_key(id));
}

Result<std::vector<std::string>> S3Uploads::uploads() {
  GZ_TRY_ASSIGN(const auto entries, objects_.entries("staging/", "", kMostUploads));
  std::vector<std::string> out;
  for (const auto& entry : entries) {
    std::string id = entry.key.substr(8, 32);
    if (is_upload_id(id) && entry.key == about_key(id)) out.push_back(std::move(id));
  }
  return out;
}

}  // namespace guzheng
