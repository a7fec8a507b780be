// Room store, inside. Objects of one bucket as store/s3_store.h has them: without uploads under way. Thread-safe; blocks for the network.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/object_store.h"
#include "core/store/s3_answers.h"
#include "core/store/s3_client.h"

namespace guzheng {

class S3Objects {
 public:
  S3Objects(S3Client& client, S3Pairs encryption, std::uint64_t copy_bytes) : client_(client), encryption_(std::move(encryption)), copy_bytes_(copy_bytes) {}

  struct Head {
    StoredObject object;
    std::string version;
  };
  static std::string key_of(const std::string& object) { return "objects/" + object; }
  Result<Head> head(const std::string& object);
  Result<std::unique_ptr<ObjectReader>> open(const std::string& object);
  Result<std::unique_ptr<ObjectReader>> open_hidden(const std::string& object, const std::string& sha256);
  Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit);
  Status retain(const std::string& object, WallTime until);
  Status remove(const std::string& object);

  // From one piece of memory, or from another key of the bucket. As ObjectStore::complete says it; anew: as ObjectStore::replace does.
  Result<StoredObject> put(const StoredObject& object, ByteView bytes, bool anew = false);
  Result<StoredObject> copy(const StoredObject& object, const std::string& from_key, bool anew = false);

  // Keys as they are, without the names of objects.
  Result<std::vector<S3Entry>> entries(const std::string& prefix, const std::string& after, std::size_t most);
  Status remove_all_versions(const std::string& prefix, const std::string& last);      // the key `last` comes last
  Result<std::string> digest(const std::string& key, std::uint64_t size, const std::string& version);
  [[nodiscard]] const S3Pairs& encryption() const { return encryption_; }

 private:
  Failure absent(const std::string& object);
  Result<StoredObject> place(const StoredObject& object, bool anew, const std::function<Status()>& make);
  Result<Head> made(const StoredObject& object);
  Status make_anew(StoredObject& object, const std::function<Status()>& make);
  Result<std::vector<S3Entry>> versions(const std::string& object);
  Result<Head> head_version(const std::string& object, const std::string& version);
  Status copy_in_pieces(const StoredObject& object, const std::string& source);
  Status retain_version(const std::string& object, const std::string& version, WallTime until);
  Status remove_version(const std::string& key, const std::string& version);
  [[nodiscard]] S3Pairs headers_of(const StoredObject& object) const;

  S3Client& client_;
  const S3Pairs encryption_;
  const std::uint64_t copy_bytes_;
};

// "2026-12-18T09:46:40Z", rounded up: never shorter than `time`.
std::string s3_time(WallTime time);
// With or without a fraction of a second.
std::optional<WallTime> parse_s3_time(std::string_view text);

}  // namespace guzheng
