#include "core/store/s3_store.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/store/s3_uploads.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kLeastPart = 5u << 20, kMostPart = 64u << 20;

Status check_name(const std::string& object) {
  return is_object_name(object) ? ok() : Status(fail(ErrorKind::Invalid, "'" + object.substr(0, 100) + "' is no name of an object"));
}

class S3Store final : public ObjectStore {
 public:
  S3Store(S3Settings settings, std::unique_ptr<S3Client> client, S3Pairs encryption)
      : name_(std::move(settings.name)), client_(std::move(client)), objects_(*client_, std::move(encryption), settings.copy_bytes),
        uploads_(*client_, objects_, std::move(settings.spool), settings.part_bytes) {}

  [[nodiscard]] const std::string& name() const override { return name_; }
  Result<std::string> begin(const std::string& object) override {
    GZ_TRY(check_name(object));
    return uploads_.begin(object);
  }
  Result<std::uint64_t> staged(const std::string& upload) override { return uploads_.staged(upload); }
  Status append(const std::string& upload, std::uint64_t offset, ByteView bytes) override { return uploads_.append(upload, offset, bytes); }
  Status flush(const std::string& upload) override { return uploads_.flush(upload); }
  Result<StoredObject> complete(const std::string& upload, const std::string& expected, std::optional<WallTime> retain_until) override {
    return uploads_.complete(upload, expected, retain_until);
  }
  Result<StoredObject> replace(const std::string& upload, const std::string& expected, std::optional<WallTime> retain_until) override {
    if (expected.empty()) return fail(ErrorKind::Invalid, "nothing is replaced without a digest to hold it to");
    return uploads_.complete(upload, expected, retain_until, true);
  }
  Status abandon(const std::string& upload) override { return uploads_.abandon(upload); }
  Result<std::vector<std::string>> uploads() override { return uploads_.uploads(); }
  Result<StoredObject> head(const std::string& object) override {
    GZ_TRY(check_name(object));
    GZ_TRY_ASSIGN(auto known, objects_.head(object));
    return std::move(known.object);
  }
  Result<std::unique_ptr<ObjectReader>> open(const std::string& object) override {
    GZ_TRY(check_name(object));
    return objects_.open(object);
  }
  Result<std::unique_ptr<ObjectReader>> open_hidden(const std::string& object, const std::string& sha256) override {
    GZ_TRY(check_name(object));
    return objects_.open_hidden(object, sha256);
  }
  Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit) override { return objects_.list(prefix, after, limit); }
  Result<StoredObject> copy(const std::string& from, const std::string& to, std::optional<WallTime> retain_until) override {
    GZ_TRY(check_name(to));
    GZ_TRY_ASSIGN(auto known, head(from));
    known.name = to;
    known.retain_until = retain_until;
    return objects_.copy(known, S3Objects::key_of(from));
  }
  Status retain(const std::string& object, WallTime until) override {
    GZ_TRY(check_name(object));
    return objects_.retain(object, until);
  }
  Status remove(const std::string& object) override {
    GZ_TRY(check_name(object));
    return objects_.remove(object);
  }

 private:
  const std::string name_;
  const std::unique_ptr<S3Client> client_;
  S3Objects objects_;
  S3Uploads uploads_;
};

Status check_lock(S3Client& client) {
  const auto answer = client.ask({"GET", "", {{"object-lock", ""}}, {}, {}, {}, {}});
  const std::string bucket = "the bucket " + client.bucket();
  const char* advice = ": make another by guzheng-central init, or with Object Lock and without a default retention";
  if (!answer && is_s3_code(answer.error(), "NoSuchBucket")) return fail(ErrorKind::NotFound, "there is no bucket " + client.bucket() + " (" + answer.error().what + ")");
  if (!answer && answer.error().kind != ErrorKind::NotFound && answer.error().kind != ErrorKind::Invalid) return fail(answer.error().in(bucket));
  const auto lock = answer ? parse_s3_lock(answer->body) : Result<S3Lock>(S3Lock{});
  if (!lock) return fail(lock.error());
  if (!lock->enabled) return fail(ErrorKind::Invalid, bucket + " has no Object Lock, so that nothing would keep evidence in it" + advice);
  if (lock->has_default) return fail(ErrorKind::Invalid, bucket + " has a default retention, which would keep unfinished uploads too" + advice);
  return ok();
}

Result<S3Pairs> encryption_headers(const S3Settings& settings) {
  if (settings.encryption.empty()) return S3Pairs{};
  S3Pairs out{{"x-amz-server-side-encryption", settings.encryption}};
  if (settings.encryption == "aws:kms" && !settings.encryption_key.empty()) out.emplace_back("x-amz-server-side-encryption-aws-kms-key-id", settings.encryption_key);
  else if (settings.encryption != "AES256") return fail(ErrorKind::Invalid, "encryption is AES256, or aws:kms with a key's name");
  return out;
}

S3Address copy_of(const S3Address& address) {
  return {address.endpoint, address.region, address.bucket, address.access_key, address.secret_key.clone(), address.roots_pem};
}

}  // namespace

Status make_s3_bucket(const S3Address& address, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto client, S3Client::open(copy_of(address), clock));
  constexpr const char* kBegin = "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>";
  const std::string where = address.region == "us-east-1" ? "" : kBegin + address.region + "</LocationConstraint></CreateBucketConfiguration>";
  const auto made = client->ask({"PUT", "", {}, {{"x-amz-bucket-object-lock-enabled", "true"}}, as_bytes(where), {}, {}});
  if (!made && made.error().kind != ErrorKind::Exists) return fail(made.error().in("make bucket " + address.bucket));
  return check_lock(*client);
}

Result<std::unique_ptr<ObjectStore>> open_s3_store(S3Settings settings, const Clock& clock) {
  if (!is_object_name(settings.name) || settings.name.find('/') != std::string::npos) return fail(ErrorKind::Invalid, "'" + settings.name + "' is no name of a store");
  settings.part_bytes = std::clamp(settings.part_bytes, kLeastPart, kMostPart);
  GZ_TRY_ASSIGN(auto encryption, encryption_headers(settings));
  GZ_TRY_ASSIGN(auto client, S3Client::open(copy_of(settings.address), clock));
  GZ_TRY(check_lock(*client));
  GZ_TRY(make_private_folder(settings.spool));
  return std::unique_ptr<ObjectStore>(std::make_unique<S3Store>(std::move(settings), std::move(client), std::move(encryption)));
}

}  // namespace guzheng
