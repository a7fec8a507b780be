#include "core/store/s3_objects.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/base/digest.h"

namespace guzheng {

namespace {

constexpr const char* kDigestHeader = "x-amz-meta-guzheng-sha256";
constexpr std::uint64_t kSmallRead = 256u << 10, kLargeRead = 8u << 20;
constexpr int kMostListings = 100;

// Reads ahead: who reads on gets larger pieces, who jumps small ones. Bound to one version, so that it never gives another object's bytes.
class S3Reader final : public ObjectReader {
 public:
  S3Reader(S3Client& client, std::string key, std::string version, std::uint64_t size) : client_(client), key_(std::move(key)), version_(std::move(version)), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }

  Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
    if (offset > size_ || into.size() > size_ - offset) return fail(ErrorKind::Invalid, "a range behind the end of " + key_);
    while (!into.empty()) {
      if (offset < at_ || offset >= at_ + piece_.size()) GZ_TRY(fetch(offset, into.size()));
      const auto here = std::min<std::uint64_t>(into.size(), at_ + piece_.size() - offset);
      std::memcpy(into.data(), piece_.data() + (offset - at_), static_cast<std::size_t>(here));
      into = into.subspan(static_cast<std::size_t>(here));
      offset += here;
    }
    return ok();
  }

 private:
  Status fetch(std::uint64_t offset, std::uint64_t wanted) const {
    ahead_ = offset == at_ + piece_.size() && offset > 0 ? std::min(kLargeRead, ahead_ * 2) : kSmallRead;
    const std::uint64_t count = std::min(size_ - offset, std::max(ahead_, std::min(wanted, kLargeRead)));
    piece_.resize(static_cast<std::size_t>(count));
    at_ = offset;
    S3Ask ask{"GET", key_, {}, {{"Range", "bytes=" + std::to_string(offset) + "-" + std::to_string(offset + count - 1)}}, {}, {}, piece_};
    if (!version_.empty()) ask.query.emplace_back("versionId", version_);
    const auto got = client_.ask(ask);
    if (!got || got->status != 206) piece_.clear();                      // what is half there is nothing
    if (!got) return fail(got.error());
    return got->status == 206 ? ok() : Status(fail(ErrorKind::Protocol, "the object store gave no part of " + key_));
  }

  S3Client& client_;
  const std::string key_, version_;
  const std::uint64_t size_;
  mutable Bytes piece_;
  mutable std::uint64_t at_ = 0, ahead_ = kSmallRead;
};

bool read_count(const std::string& text, std::uint64_t& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

}  // namespace

std::string s3_time(WallTime time) { return format_time({(time.ms + 999) / 1000 * 1000}, 0).substr(0, 19) + "Z"; }

std::optional<WallTime> parse_s3_time(std::string_view text) {
  if (text.size() < 20 || text.size() > 40 || !text.ends_with('Z')) return std::nullopt;
  std::string fraction(text.substr(19, text.size() - 20));
  if (!fraction.empty() && (fraction[0] != '.' || fraction.size() < 2 || fraction.find_first_not_of("0123456789", 1) != fraction.npos)) return std::nullopt;
  fraction = (fraction.empty() ? std::string(".") : fraction) + "000";
  return parse_time(std::string(text.substr(0, 19)) + fraction.substr(0, 4) + "+00:00");
}

S3Pairs S3Objects::headers_of(const StoredObject& object) const {
  S3Pairs out = encryption_;
  out.emplace_back(kDigestHeader, object.sha256);
  return out;
}

Result<S3Objects::Head> S3Objects::head(const std::string& object) { return head_version(object, ""); }

// `version` "": the current one.
Result<S3Objects::Head> S3Objects::head_version(const std::string& object, const std::string& version) {
  S3Ask ask{"HEAD", key_of(object), {}, {}, {}, {}, {}};
  if (!version.empty()) ask.query.emplace_back("versionId", version);
  auto answer = client_.ask(ask);
  if (!answer && answer.error().kind == ErrorKind::NotFound && version.empty()) return absent(object);
  if (!answer) return fail(answer.error());
  Head out{{object, 0, answer->header(kDigestHeader), std::nullopt}, answer->header("x-amz-version-id")};
  Bytes digest;
  if (!read_count(answer->header("content-length"), out.object.size) || !from_hex(out.object.sha256, digest) || digest.size() != 32)
    return fail(ErrorKind::Tampered, object + " is not what this store wrote");
  if (answer->header("x-amz-object-lock-mode") == "COMPLIANCE") {        // GOVERNANCE is none: privileged users go around it
    out.object.retain_until = parse_s3_time(answer->header("x-amz-object-lock-retain-until-date"));
    if (!out.object.retain_until) return fail(ErrorKind::Protocol, "the object store does not say until when " + object + " is locked");
  }
  return out;
}

// Not there, or hidden? A service says the same to both.
Failure S3Objects::absent(const std::string& object) {
  const auto answer = client_.ask({"GET", "", {{"versions", ""}, {"prefix", key_of(object)}, {"max-keys", "2"}}, {}, {}, {}, {}});
  if (!answer) return fail(answer.error());
  const auto versions = parse_s3_versions(answer->body);
  if (!versions) return fail(versions.error());
  const bool hidden = std::any_of(versions->entries.begin(), versions->entries.end(), [&](const auto& entry) { return entry.key == key_of(object); });
  if (hidden)
    return fail(ErrorKind::Tampered, object + " is hidden by a delete marker that somebody put over it; while it is under retention its version is still in the bucket");
  return fail(ErrorKind::NotFound, "no object " + object);
}

Result<std::unique_ptr<ObjectReader>> S3Objects::open(const std::string& object) {
  GZ_TRY_ASSIGN(const auto known, head(object));
  return std::unique_ptr<ObjectReader>(std::make_unique<S3Reader>(client_, key_of(object), known.version, known.object.size));
}

// The oldest of that digest: what the system itself put there first.
Result<std::unique_ptr<ObjectReader>> S3Objects::open_hidden(const std::string& object, const std::string& sha256) {
  GZ_TRY_ASSIGN(const auto all, versions(object));
  std::optional<Head> found;
  for (const auto& one : all) {
    if (one.marker) continue;
    auto head = head_version(object, one.version);
    if (head && head->object.sha256 == sha256) found = std::move(*head);
  }
  if (!found) return fail(ErrorKind::NotFound, "no version of " + object + " has the digest " + sha256);
  return std::unique_ptr<ObjectReader>(std::make_unique<S3Reader>(client_, key_of(object), found->version, found->object.size));
}

Result<std::vector<S3Entry>> S3Objects::entries(const std::string& prefix, const std::string& after, std::size_t most) {
  std::vector<S3Entry> out;
  for (std::string from = after; out.size() < most;) {
    S3Ask ask{"GET", "", {{"list-type", "2"}, {"prefix", prefix}, {"max-keys", std::to_string(std::min<std::size_t>(1000, most - out.size()))}}, {}, {}, {}, {}};
    if (!from.empty()) ask.query.emplace_back("start-after", from);
    GZ_TRY_ASSIGN(const auto answer, client_.ask(ask));
    GZ_TRY_ASSIGN(auto page, parse_s3_listing(answer.body));
    for (auto& entry : page.entries) {
      if (!entry.key.starts_with(prefix) || entry.key <= from) return fail(ErrorKind::Protocol, "the object store lists other keys than it was asked for");
      from = entry.key;
      out.push_back(std::move(entry));
    }
    if (!page.more) break;
  }
  return out;
}

Result<std::vector<std::string>> S3Objects::list(const std::string& prefix, const std::string& after, std::size_t limit) {
  std::vector<std::string> out;
  std::string from = after.empty() ? "" : key_of(after);
  while (out.size() < limit) {
    const std::size_t wanted = std::min<std::size_t>(1000, limit - out.size());
    GZ_TRY_ASSIGN(auto page, entries(key_of(prefix), from, wanted));
    for (auto& entry : page) {
      from = entry.key;
      std::string name = entry.key.substr(key_of("").size());
      if (is_object_name(name)) out.push_back(std::move(name));          // somebody else's key is none of ours
    }
    if (page.size() < wanted) break;
  }
  return out;
}

Status S3Objects::retain_version(const std::string& object, const std::string& version, WallTime until) {
  const std::string xml = s3_retention_xml(s3_time(until));
  S3Ask ask{"PUT", key_of(object), {{"retention", ""}}, {}, as_bytes(xml), {}, {}};
  if (!version.empty()) ask.query.emplace_back("versionId", version);
  GZ_TRY_ASSIGN([[maybe_unused]] const auto done, client_.ask(ask));
  return ok();
}

Status S3Objects::retain(const std::string& object, WallTime until) {
  GZ_TRY_ASSIGN(const auto known, head(object));
  if (known.object.retain_until && until < *known.object.retain_until)
    return fail(ErrorKind::Denied, object + " is kept until " + format_time(*known.object.retain_until) + ", which nobody shortens");
  return retain_version(object, known.version, until);
}

Status S3Objects::remove_version(const std::string& key, const std::string& version) {
  S3Ask ask{"DELETE", key, {}, {}, {}, {}, {}};
  if (!version.empty()) ask.query.emplace_back("versionId", version);
  const auto done = client_.ask(ask);
  return done || done.error().kind == ErrorKind::NotFound ? ok() : Status(fail(done.error()));
}

// The version itself: without its id the service would only hide it, under retention too. Then what a repair left behind it, or that would be the object again.
Status S3Objects::remove(const std::string& object) {
  GZ_TRY_ASSIGN(const auto known, head(object));
  const auto gone = remove_version(key_of(object), known.version);
  if (!gone && gone.error().kind == ErrorKind::Denied && known.object.retain_until)
    return fail(ErrorKind::Denied, object + " is kept until " + format_time(*known.object.retain_until) + ": " + gone.error().what);
  GZ_TRY(gone);
  for (int listing = 0; listing < kMostListings; ++listing) {
    GZ_TRY_ASSIGN(const auto left, versions(object));
    if (left.empty()) return ok();
    for (const auto& one : left) GZ_TRY(remove_version(one.key, one.version));
  }
  return fail(ErrorKind::Io, "the object store still lists versions of " + object + " that it removed");
}

// Versions and delete markers of it, the newest thousand.
Result<std::vector<S3Entry>> S3Objects::versions(const std::string& object) {
  GZ_TRY_ASSIGN(const auto answer, client_.ask({"GET", "", {{"versions", ""}, {"prefix", key_of(object)}}, {}, {}, {}, {}}));
  GZ_TRY_ASSIGN(auto page, parse_s3_versions(answer.body));
  std::erase_if(page.entries, [&](const auto& one) { return one.key != key_of(object); });
  return std::move(page.entries);
}

Status S3Objects::remove_all_versions(const std::string& prefix, const std::string& last) {
  std::vector<std::string> of_last;
  S3Pairs from;
  while (true) {
    S3Ask ask{"GET", "", {{"versions", ""}, {"prefix", prefix}}, {}, {}, {}, {}};
    ask.query.insert(ask.query.end(), from.begin(), from.end());
    GZ_TRY_ASSIGN(const auto answer, client_.ask(ask));
    GZ_TRY_ASSIGN(const auto page, parse_s3_versions(answer.body));
    for (const auto& one : page.entries) {
      if (!one.key.starts_with(prefix)) return fail(ErrorKind::Protocol, "the object store lists other keys than it was asked for");
      if (one.key == last) of_last.push_back(one.version);
      else GZ_TRY(remove_version(one.key, one.version));
    }
    if (!page.more) break;
    from = {{"key-marker", page.next_key}};
    if (!page.next_version.empty()) from.emplace_back("version-id-marker", page.next_version);
  }
  for (const auto& version : of_last) GZ_TRY(remove_version(last, version));
  return ok();
}

Result<std::string> S3Objects::digest(const std::string& key, std::uint64_t size, const std::string& version) {
  const S3Reader reader(client_, key, version, size);
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_object(reader, [&](ByteView piece) -> Status { return digester.update(piece), ok(); }));
  return to_hex(digester.finish());
}

Result<StoredObject> S3Objects::put(const StoredObject& object, ByteView bytes, bool anew) {
  return place(object, anew, [&]() -> Status {
    GZ_TRY_ASSIGN([[maybe_unused]] const auto done, client_.ask({"PUT", key_of(object.name), {}, headers_of(object), bytes, {}, {}}));
    return ok();
  });
}

Result<StoredObject> S3Objects::copy(const StoredObject& object, const std::string& from_key, bool anew) {
  const std::string source = s3_encoded("/" + client_.bucket() + "/" + from_key, true);
  return place(object, anew, [&]() -> Status {
    // Ceph RGW copies what is encrypted only as parts
    if (object.size > copy_bytes_ || (object.size > 0 && !encryption_.empty())) return copy_in_pieces(object, source);
    auto headers = headers_of(object);
    headers.emplace_back("x-amz-copy-source", source);
    headers.emplace_back("x-amz-metadata-directive", "REPLACE");
    const auto done = client_.ask({"PUT", key_of(object.name), {}, headers, {}, {}, {}});
    return done ? ok() : Status(fail(done.error()));
  });
}

Status S3Objects::copy_in_pieces(const StoredObject& object, const std::string& source) {
  const std::string key = key_of(object.name);
  GZ_TRY_ASSIGN(const auto begun, client_.ask({"POST", key, {{"uploads", ""}}, headers_of(object), {}, {}, {}}));
  GZ_TRY_ASSIGN(const std::string upload, parse_s3_upload_id(begun.body));
  const auto all = [&]() -> Status {
    std::vector<S3Part> parts;
    for (std::uint64_t at = 0; at < object.size; at += copy_bytes_) {
      const std::uint64_t last = std::min(object.size, at + copy_bytes_) - 1;
      const int number = static_cast<int>(parts.size()) + 1;
      const S3Pairs which{{"partNumber", std::to_string(number)}, {"uploadId", upload}};
      const S3Pairs from{{"x-amz-copy-source", source}, {"x-amz-copy-source-range", "bytes=" + std::to_string(at) + "-" + std::to_string(last)}};
      GZ_TRY_ASSIGN(const auto copied, client_.ask({"PUT", key, which, from, {}, {}, {}}));
      GZ_TRY_ASSIGN(auto etag, parse_s3_part_copied(copied.body));
      parts.push_back({number, last + 1 - at, std::move(etag)});
    }
    const std::string xml = s3_complete_xml(parts);
    const auto completed = client_.ask({"POST", key, {{"uploadId", upload}}, {}, as_bytes(xml), {}, {}});
    // gone: it was completed by a request whose answer was lost; the object is read back in any case
    return completed || is_s3_code(completed.error(), "NoSuchUpload") ? ok() : Status(fail(completed.error()));
  };
  const auto done = all();
  if (!done) (void)client_.ask({"DELETE", key, {{"uploadId", upload}}, {}, {}, {}, {}});
  return done;
}

// What was put there, read back before it is locked: what was damaged on its way must not stay for years under its name.
Result<S3Objects::Head> S3Objects::made(const StoredObject& object) {
  GZ_TRY_ASSIGN(auto known, head(object.name));
  if (known.object.retain_until) return known;
  GZ_TRY_ASSIGN(const auto back, digest(key_of(object.name), known.object.size, known.version));
  if (back == object.sha256 && known.object.size == object.size) return known;
  (void)remove_version(key_of(object.name), known.version);
  return fail(ErrorKind::Tampered, object.name + ": what the object store gives back has the digest " + back + ", not " + object.sha256);
}

// A new version over a delete marker, over what somebody else put there, over one that is damaged: all of them stay behind it. Locked for as long as any version of these bytes was.
Status S3Objects::make_anew(StoredObject& object, const std::function<Status()>& make) {
  const auto known = head(object.name);
  if (!known && known.error().kind != ErrorKind::NotFound && known.error().kind != ErrorKind::Tampered) return fail(known.error());
  if (known && known->object.sha256 == object.sha256 && known->object.size == object.size) {
    const auto stored = digest(key_of(object.name), known->object.size, known->version);
    if (!stored && (stored.error().kind == ErrorKind::Network || stored.error().kind == ErrorKind::Timeout)) return fail(stored.error());
    if (stored && *stored == object.sha256) return fail(ErrorKind::Exists, object.name + " is there and whole");
  }
  GZ_TRY_ASSIGN(const auto before, versions(object.name));
  for (const auto& one : before) {
    const auto was = one.marker ? Result<Head>(fail(ErrorKind::NotFound, "a delete marker")) : head_version(object.name, one.version);
    if (!was || was->object.sha256 != object.sha256 || !was->object.retain_until) continue;
    object.retain_until = std::max(object.retain_until, was->object.retain_until);
  }
  return make();
}

Result<StoredObject> S3Objects::place(const StoredObject& wanted, bool anew, const std::function<Status()>& make) {
  StoredObject object = wanted;
  if (anew) {
    GZ_TRY(make_anew(object, make));
  } else {
    const auto known = head(object.name);
    if (!known && known.error().kind != ErrorKind::NotFound) return fail(known.error());
    if (known && (known->object.sha256 != object.sha256 || known->object.size != object.size)) return fail(ErrorKind::Exists, object.name + " is there with other bytes");
    if (!known) GZ_TRY(make());
  }
  GZ_TRY_ASSIGN(auto known, made(object));
  if (!object.retain_until || (known.object.retain_until && *object.retain_until <= *known.object.retain_until)) return known.object;
  GZ_TRY(retain_version(object.name, known.version, *object.retain_until));
  GZ_TRY_ASSIGN(known, head(object.name));
  if (!known.object.retain_until || *known.object.retain_until < *object.retain_until)
    return fail(ErrorKind::Io, "the object store took the retention of " + object.name + " and does not keep it");
  return known.object;
}

}  // namespace guzheng
