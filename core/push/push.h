// Room push. 推送: a selection of the subject library, packed into one signed file, which another station imports at once and acknowledges.
// The file's form is core/push/FORMAT.md. Sensitive values (phones, identity numbers) never go along: they are encrypted for one station only.
// All of it blocks for the disk; one call at a time per file; not on the GUI thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/json.h"
#include "core/identity/bureau.h"
#include "core/registry/store.h"

namespace guzheng {

struct PushNote {
  std::string to;                                // for whom; may be empty
  std::string note;                              // why, what for
  std::string filter;                            // in words or as its name: what was selected
};

// Who signed a push or an acknowledgement, as the certificate says.
struct PushHand {
  std::string name, badge, unit, certificate_sha256;
  bool operator==(const PushHand&) const = default;
};

struct PushSeen {
  std::string id;                                // 32 hex digits, of this push alone
  WallTime at;
  PushNote note;
  PushHand by;
  std::string sha256;                            // of all lines before the signed one: what an acknowledgement names
  std::int64_t subjects = 0;
};

// Against what a signature is held. `crl_pem` may be empty: then revocation is not known, and nothing else is waived.
struct PushTrust {
  std::string roots_pem, crl_pem;
  WallTime now;
};

using PushProgress = std::function<bool(std::int64_t done, std::int64_t of)>;    // false: stops, Cancelled; `of` 0: not known yet

// Packs what fits `query`, whole or not at all (temporary file, rename). `file` must not exist (Exists). Invalid: nothing fits.
Result<PushSeen> write_push(const SubjectStore& store, const SubjectQuery& query, const PushNote& note, const Signer& signer, const Clock& clock,
                            const std::filesystem::path& file, const PushProgress& progress = {});
// The same of these subjects, which somebody chose one by one.
Result<PushSeen> write_push(const SubjectStore& store, const std::vector<SubjectId>& ids, const PushNote& note, const Signer& signer, const Clock& clock,
                            const std::filesystem::path& file, const PushProgress& progress = {});

// Reads all of it and imports nothing. Invalid: no push, or a line has not its form (says which). Tampered: content or signature was changed.
// Denied: the signer is not one of the roots', has expired or was revoked.
Result<PushSeen> check_push(const std::filesystem::path& file, const PushTrust& trust);

struct PushTaken {
  PushSeen seen;
  std::int64_t batch = 0;                        // SubjectStore::undo() takes all of it back, but for tags that are the station's now
  std::int64_t added = 0, changed = 0, same = 0;
  std::int64_t without_unit = 0;                 // rows whose supervision unit this station does not know: they keep the one they had, or none
};
// A subject that was known here, and the push brings a new record of it, or it is watched: for its unit, in the transaction of the row.
struct PushHit {
  SubjectId subject = 0;
  RecordKind kind = RecordKind::Credit;
  std::string title;                             // "": it brings no record
  std::string watched;                           // then: as what (SubjectStore::watched_as)
  PushHand by;                                   // who pushed
};
using PushNoticeWords = std::function<std::string(const PushHit&)>;              // the sentence of a notice; empty: none are raised
// Checks the file, then imports it as one batch: subjects that are known (match.h: only what is certain) take over what the push says and keep what it
// leaves empty, others are added. The index is brought up before and after, so that what came is found at once. One that was stopped goes on where it was. Exists: it was imported already (and not undone).
Result<PushTaken> take_push(SubjectStore& store, const std::filesystem::path& file, const PushTrust& trust, const Act& act, const PushProgress& progress = {},
                            const PushNoticeWords& words = {});

// The receiver's signed answer, for the sender. Replaces none (Exists).
Status write_acknowledgement(const PushTaken& taken, const Signer& signer, const Clock& clock, const std::filesystem::path& file);
struct PushAcknowledged {
  WallTime at;
  PushHand by;
  std::int64_t added = 0, changed = 0, same = 0;
};
// Does `file` acknowledge that very push? Invalid, Tampered, Denied as above; NotFound: it is about another one.
Result<PushAcknowledged> check_acknowledgement(const std::filesystem::path& file, const PushSeen& push, const PushTrust& trust);

// What the operation log says of it (op.push).
Json push_written_line(const PushSeen& push, const std::filesystem::path& file);
Json push_taken_line(const PushTaken& taken);
Json push_acknowledged_line(const PushSeen& push, const PushAcknowledged& answer);

}  // namespace guzheng
