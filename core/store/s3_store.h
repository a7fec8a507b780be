// Room store. Objects in one bucket of an S3 service with versions and Object Lock (A-7.4c, A-8.1, A-8.5): made for Ceph RGW, AWS and what speaks as they do.
//   objects/NAME            object NAME; its SHA-256 stands in its metadata; under retention in COMPLIANCE mode, which the service itself keeps against everybody
//   staging/ID/about        an upload and which object it will be; staging/ID/whole: its bytes, a multipart upload first;
//   staging/ID/tail-AT-N    N bytes from AT that do not fill a part yet, put there by flush(): another server goes on with them when this one is gone
// An object is put or copied, read back, and only then put under retention: what was damaged on its way can be removed. A version that anybody else puts
// over an object, or a delete marker, hides it and is told (Tampered); the locked version stays in the bucket. A repair (replace) puts a new version over all of that, under
// retention as before: what lay there stays behind it as it is, marker and all, the locked version until its own retention ends. remove() takes all versions with it.
// Another process may use the same bucket at the same time, for other uploads; who may go on with which upload is for the caller to settle.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/store/object_store.h"
#include "core/store/s3_client.h"

namespace guzheng {

struct S3Settings {
  std::string name;                                // what receipts call it
  S3Address address;
  std::filesystem::path spool;                     // a folder of this process alone, mode 0700, made if it is not there; some 16 MiB for each upload under way
  std::string encryption;                          // at rest, by the service: "", "AES256" or "aws:kms"
  std::string encryption_key;                      // of "aws:kms": the key's name at the service
  std::uint64_t part_bytes = 16u << 20;            // as much is sent at once; 5 MiB at least
  std::uint64_t copy_bytes = 4ull << 30;           // a larger object is copied in such pieces; services take 5 GiB at most
};

// Makes the bucket with Object Lock. A bucket of ours that is there already stays as it is.
Status make_s3_bucket(const S3Address& address, const Clock& clock);

// Denied, Network, Timeout: the service. NotFound: no such bucket. Invalid: the bucket was made without Object Lock, or locks by itself whatever is put there (a default
// retention would keep unfinished uploads for years). `clock` is that of the world: the service refuses requests of another time.
Result<std::unique_ptr<ObjectStore>> open_s3_store(S3Settings settings, const Clock& clock);

}  // namespace guzheng
