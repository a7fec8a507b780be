// Room seal. The vault form of a sealed package (FORMAT.md 11): its payload and reports in encrypted parts, what anybody may see
// in clear. Blocks; one thread a package (the vault holds the package's lock).
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/identity/bureau.h"
#include "core/seal/stamp_desk.h"

namespace guzheng {

// Whom evidence is encrypted for: the archive always, the ingest where the bureau has one, the officers. Without doubles.
// Invalid when the bureau has no archive certificate: what nobody can open after the officers have left must not be made.
Result<std::vector<std::string>> vault_recipients(const Bureau& bureau, const std::vector<std::string>& officer_pems);
inline Result<std::vector<std::string>> vault_recipients(const Bureau& bureau) { return vault_recipients(bureau, bureau.officer_encryption_pems); }

struct Encryption {
  std::vector<std::string> recipients;             // PEM
  const Signer* station = nullptr;                 // signs the list of parts
  // Plain bytes done and to do; false stops (Cancelled). What is done is used when it is begun again.
  std::function<bool(std::uint64_t, std::uint64_t)> progress;
  // Asked for a time stamp over the list's signature: once all is in place, and before anything takes its place where the station's certificate
  // is a later one than the package was sealed with (FORMAT.md 11.1). Null: nobody is.
  StampDesk* stamps = nullptr;
  // `stamps` is closed so long after the list of the sealed certificate is in place: what does not come in that time comes late. 0: it is
  // not. The stamp that a later certificate needs is waited for.
  std::chrono::milliseconds late_after{0};
};
struct Encrypted {
  std::uint64_t files = 0, parts = 0, bytes = 0;   // taken into parts by this call; bytes of plain text
  std::vector<std::string> left_out;               // badges of the package's officers who cannot open it: no good certificate is known here
  std::string people_unread;                       // by Vault::encrypt: why the package's officers are not known, and only archive and ingest open it; "" when they are
  bool list_stamped = false;                       // false: no authority answered; the stamp comes late (late_stamps.h)
  std::optional<Error> copy_behind;                // by Vault::encrypt: there is a second copy, and why it does not have this yet
};

// Encrypts what of `bag` (…/ID, sealed) and its reports still lies there in plain bytes, 64 MiB at a time. Nothing is lost wherever
// it is stopped or killed: parts are written and synced apart, read back, listed and signed; then the list takes its place, then the
// parts, and last the plain files go. Begun again it goes on. Tampered: a plain file is not what was sealed; it stays as it is.
// NoSpace: the parts would not fit beside the plain bytes. Denied: the station may not list this package's parts. What the authorities
// answered, when the list needs a stamp and none gave one: nothing has taken its place, the parts that were made wait for the next call.
Result<Encrypted> encrypt_package(const std::filesystem::path& bag, const Encryption& request);

// After a kill: brings an encryption whose list stands to its end. Needs no key. Does nothing where nothing was begun.
Status finish_encryption(const std::filesystem::path& bag);

// Time stamp over the signature of the newest list of parts, ID.enc/NNN/parts-sha256.txt.p7s.tsr: when the station signed it, whatever becomes
// of its certificate later. ok when it stands already. NotFound: there is no list; Denied: the signer's certificate is not valid now, and a
// stamp of today would be evidence against the list; else what the authorities answered.
Status stamp_parts_list(const std::filesystem::path& bag, StampDesk& desk);

// Does payload or a report lie in plain bytes?
bool has_plain_files(const std::filesystem::path& bag);
// Is there a signed list of parts?
bool is_encrypted(const std::filesystem::path& bag);

// Every stored part against the newest list, in the order of the list; needs no key. `damaged` gets the paths (relative to the
// vault's folder of packages) that miss or differ.
struct PartsCheck {
  std::uint64_t parts = 0, bytes = 0;
  std::vector<std::string> damaged;
  std::string list_sha256;                         // of the list that was checked
};
Result<PartsCheck> check_parts(const std::filesystem::path& bag, const std::function<bool(std::uint64_t bytes)>& progress = {});

}  // namespace guzheng
