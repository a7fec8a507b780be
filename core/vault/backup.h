// Room vault. The whole station as one file: vault, catalogue, operation log, keys, policy; encrypted for the archive certificate.
// The desk's databases (subject library, book of tasks) go in as they stand at one moment; the library's index is made again from it.
// The file is a row of CMS AuthEnvelopedData messages, 64 MiB of plain bytes each; what they hold, one after the other, is a tar archive
// (desk/…, vault/…) that ends with MANIFEST.sha256 over its files and the station's signature over that.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/identity/bureau.h"
#include "core/identity/policy.h"

namespace guzheng {

struct BackupRequest {
  std::filesystem::path desk, vault;       // vault may lie inside desk
  std::string archive_pem;
  const Signer* station = nullptr;
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;       // bytes; false stops (Cancelled, no half file stays)
  // Files and folders from elsewhere by their path under desk/: a policy and what it names ("policy/policy.toml" → …).
  std::map<std::string, std::filesystem::path> further;
};
struct BackupOutcome {
  std::uint64_t files = 0, bytes = 0;      // bytes of plain files
  std::string sha256;                      // of the backup file, read back from the disk
};
// `file` must not be there (Exists). Sessions may go on meanwhile; what they write after a file was read is in the next backup.
Result<BackupOutcome> write_backup(const BackupRequest& request, const std::filesystem::path& file);

// A policy, the certificates and keys that it names and its people, for BackupRequest::further. What lies in the policy's own folder keeps
// its place beside it, so that relative paths hold after a restore; the rest lies under policy/elsewhere/.
std::map<std::string, std::filesystem::path> policy_files(const Policy& policy);

// Invalid, with the package's name: it is another station's by its number, or another bureau's by the certificate in its seal. Keys and
// evidence that do not belong together are no backup of a station. Returned: packages of this station's number whose certificate cannot be
// read or does not hold, each with why. They go into the backup as they are, and it is to be told: scrub is what may mend them.
Result<std::vector<std::string>> check_same_station(const std::filesystem::path& vault, const Bureau& bureau);

struct RestoreRequest {
  const Opener* archive = nullptr;         // the archive's key
  std::string org_pem;                     // with it, the signer must chain to this root
  WallTime now;                            // when that is asked
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;
};
struct RestoreOutcome {
  std::uint64_t files = 0, bytes = 0;
  std::string signer, signer_sha256;       // who signed the backup: the station's name and its certificate's digest
};
// Into `folder`/desk and `folder`/vault; `folder` is not there or empty. Every file is held against the manifest and the manifest against
// its signature before anything takes its place; what does not fit (Tampered) leaves nothing behind.
Result<RestoreOutcome> restore_backup(const std::filesystem::path& file, const std::filesystem::path& folder, const RestoreRequest& request);

}  // namespace guzheng
