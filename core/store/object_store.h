// Room store. Seam: where the central server keeps objects for years (A-7.4c, A-8.1, issue 7). An object is written once, never changed, and may be
// under retention: until then nobody removes it and nobody shortens that time. Two real sides: a folder here (folder_store.h), S3 with Object Lock (s3_store.h).
// tests/store/contract.h is what every implementation passes.
//
// An object is made in steps that a killed process, and a client that comes back days later, can go on with: begin, append at an offset, complete.
// (S3: a multipart upload; what does not fill a part of 5 MiB waits in the implementation's own spool. Every request carries the digest of its payload.)
//
// All calls block for disk or network: worker threads only. Thread-safe; one caller at a time for one upload.
// Errors: Invalid (a name, an offset, a digest of wrong form), NotFound, Exists, Denied (retention, permission), NoSpace, Io, Network,
// Tampered (the medium does not give back what was written), Timeout. Network and Timeout: the same may succeed later, and nothing was lost.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

struct StoredObject {
  std::string name;
  std::uint64_t size = 0;                          // bytes
  std::string sha256;                              // hex, as it was when the object was completed
  std::optional<WallTime> retain_until;            // nothing: may be removed at any time
  bool operator==(const StoredObject&) const = default;
};

// One object opened for reading. Used by one thread at a time. When the object is removed meanwhile it goes on reading the same bytes, or fails with NotFound.
class ObjectReader {
 public:
  virtual ~ObjectReader() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fills `into` whole. Invalid: it would end behind the object. What came back is the caller's to hold against a digest.
  virtual Status read_at(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
};

class ObjectStore {
 public:
  virtual ~ObjectStore() = default;
  // What a receipt calls this store: "folder-a".
  [[nodiscard]] virtual const std::string& name() const = 0;

  // An upload for an object of that name; several may run for one name, the first that is completed is the object. Answers the upload's id.
  virtual Result<std::string> begin(const std::string& object) = 0;
  // How many bytes of it are kept, also after a power cut: where a client that comes back goes on. NotFound. Exists, here and below: it was being
  // completed when an earlier process ended; only complete() and abandon() are left.
  virtual Result<std::uint64_t> staged(const std::string& upload) = 0;
  // Invalid: `offset` is not where it stands. On return the bytes are handed to the system: a killed process loses none. After Network or Timeout it
  // stands where staged() says. After an error other than these, Invalid, NotFound or Exists the upload is gone, or may be: what it holds is not proven.
  virtual Status append(const std::string& upload, std::uint64_t offset, ByteView bytes) = 0;
  // What was appended survives a power cut, and in a service also the end of this machine.
  virtual Status flush(const std::string& upload) = 0;
  // The upload becomes the object, durable and read back from the medium. Tampered: what the medium gives back has another digest than
  // `expected_sha256` (hex; "" for whatever it has); the upload stays. Exists: an object of that name with other bytes; with the same bytes the call
  // succeeds and retention becomes the later of both.
  virtual Result<StoredObject> complete(const std::string& upload, const std::string& expected_sha256, std::optional<WallTime> retain_until) = 0;
  // For repairs: as complete(), where the object is gone or is no longer what `expected_sha256` says. What lies there is put aside within the store, where no name of an
  // object leads (in a bucket: as a version behind the new one), and stays; retention becomes the later of both, also that of a damaged object whose record can be read.
  // Exists: the object is there and whole, nothing is done.
  virtual Result<StoredObject> replace(const std::string& upload, const std::string& expected_sha256, std::optional<WallTime> retain_until) = 0;
  virtual Status abandon(const std::string& upload) = 0;      // of an upload that is gone already: ok
  virtual Result<std::vector<std::string>> uploads() = 0;     // ids, those of earlier processes too, sorted

  virtual Result<StoredObject> head(const std::string& object) = 0;
  virtual Result<std::unique_ptr<ObjectReader>> open(const std::string& object) = 0;
  // As open(), for who asks whether the bytes are still there: from the medium and not from the system's memory, as far as the store can bring that about.
  virtual Result<std::unique_ptr<ObjectReader>> open_cold(const std::string& object) { return open(object); }
  // For repairs: the bytes that have that digest by the store's own record, though something was put over them (in a bucket: a delete marker, another version). NotFound. Where a store
  // has no such thing, always.
  virtual Result<std::unique_ptr<ObjectReader>> open_hidden(const std::string& object, const std::string& sha256);
  // Names that begin with `prefix` and come after `after`, in byte order, at most `limit`.
  virtual Result<std::vector<std::string>> list(const std::string& prefix, const std::string& after, std::size_t limit) = 0;
  // The same bytes under another name, without sending them again. As complete() when the name is taken.
  virtual Result<StoredObject> copy(const std::string& from, const std::string& to, std::optional<WallTime> retain_until) = 0;
  // Only ever later (S3: COMPLIANCE mode). Denied: it would be earlier.
  virtual Status retain(const std::string& object, WallTime until) = 0;
  // Denied: under retention.
  virtual Status remove(const std::string& object) = 0;
};

// Parts of "[A-Za-z0-9][A-Za-z0-9._-]*" joined by "/", each of at most 100 bytes, 400 together: nothing that could climb out of a folder.
bool is_object_name(std::string_view name);

// Every byte of the object in pieces of at most 1 MiB, in order; stops at the first error of `use`.
Status read_object(const ObjectReader& object, const std::function<Status(ByteView)>& use);

// SHA-256 (hex) of what is stored now.
Result<std::string> stored_sha256(ObjectStore& store, const std::string& object);

// From one store into another, byte for byte as `from` says it is: the digest is proven there.
Result<StoredObject> copy_between(ObjectStore& from, ObjectStore& to, const std::string& object, std::optional<WallTime> retain_until);

}  // namespace guzheng
