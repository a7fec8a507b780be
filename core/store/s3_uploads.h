// Room store, inside. Uploads under way in an S3 bucket (store/s3_store.h). What the bucket has counts: another process may have gone on with an upload
// meanwhile, so that staged() asks it anew each time. Thread-safe; one caller at a time for one upload.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/store/s3_objects.h"

namespace guzheng {

// Bytes of one upload that do not fill a part: a plain file, so that a killed process loses none.
class S3Spool {
 public:
  // Goes on with the file, or makes it. It holds the upload's bytes from `from` on.
  static Result<S3Spool> open(const std::filesystem::path& folder, const std::string& upload, std::uint64_t from);
  static void remove_all(const std::filesystem::path& folder, const std::string& upload);      // of that upload, from wherever

  Status write(ByteView bytes);
  Status clear();
  [[nodiscard]] std::uint64_t from() const { return from_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  Result<Bytes> bytes() const;
  Result<S3File> payload();                        // what is there now, with its digests

 private:
  S3Spool() = default;
  std::string name_;
  UniqueFd fd_;
  std::uint64_t from_ = 0, size_ = 0;
};

class S3Uploads {
 public:
  S3Uploads(S3Client& client, S3Objects& objects, std::filesystem::path spool, std::uint64_t part_bytes)
      : client_(client), objects_(objects), spool_(std::move(spool)), part_bytes_(part_bytes) {}

  Result<std::string> begin(const std::string& object);
  Result<std::uint64_t> staged(const std::string& id);
  Status append(const std::string& id, std::uint64_t offset, ByteView bytes);
  Status flush(const std::string& id);
  Result<StoredObject> complete(const std::string& id, const std::string& expected, std::optional<WallTime> retain_until, bool anew = false);      // anew: as ObjectStore::replace
  Status abandon(const std::string& id);
  Result<std::vector<std::string>> uploads();

 private:
  struct Upload;
  Result<std::shared_ptr<Upload>> synced(const std::string& id);           // as the bucket has it now
  Result<std::shared_ptr<Upload>> known(const std::string& id);            // as it was left here, or synced()
  Status sync(Upload& upload);
  Status find_parts(Upload& upload);
  Status take_tail(Upload& upload, std::uint64_t size);
  Status send_part(Upload& upload);
  Status put_tail(Upload& upload);
  Status make_whole(Upload& upload);
  struct Wanted {                                  // of an object: its digest, "" for whatever it has, and whether it takes the place of one that is damaged
    const std::string& sha256;
    bool anew;
  };
  Result<StoredObject> complete_small(Upload& upload, StoredObject object, const Wanted& wanted);
  Result<StoredObject> complete_whole(Upload& upload, StoredObject object, const Wanted& wanted, bool whole);
  Result<std::string> object_of(const std::string& id);

  S3Client& client_;
  S3Objects& objects_;
  const std::filesystem::path spool_;
  const std::uint64_t part_bytes_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Upload>> open_;                    // under mutex_
};

}  // namespace guzheng
