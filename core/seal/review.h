// Room seal. Editions beside a package (FORMAT.md 9.1, 9.5) and the review 复核 of an automatic capture: 行政处罚法 41 lets what
// equipment recorded by itself be evidence only after somebody has looked at it. Blocks; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/identity/bureau.h"
#include "core/seal/package_reader.h"
#include "core/seal/verify.h"

namespace guzheng {

// The type in order.json of captures that need a review, and of packages of things made elsewhere.
inline constexpr std::string_view kAutomaticOrder = "自动取证", kImportOrder = "导入";
// The two results of a review, as review.json spells them.
inline constexpr std::string_view kReviewConfirmed = "确认", kReviewRefused = "不予确认";

// ID.PART/NNN of the next edition of `part` ("report", "review") beside `bag`: the first number from 001 whose folder is not
// there or is empty. Makes nothing: an empty folder beside a package would be a fault of the package. NoSpace: 999 are used up.
Result<std::filesystem::path> next_edition(const std::filesystem::path& bag, std::string_view part);

struct ReviewRecord {
  bool confirmed = false;
  std::string reason;                // what was looked at and found; never empty
};
// Writes ID.review/NNN/review.json with the officer's signature and, where an authority answers, a time stamp over it; whole
// or not at all. An older review is never replaced: the newest counts. Returns the record's path. Invalid: no reason, not
// sealed, or the signer has no 执法证号.
Result<std::filesystem::path> write_review(const ReviewRecord& record, const std::filesystem::path& bag, const Signer& signer,
                                           const Bureau& bureau, const Clock& clock);

// The newest review beside a package, as it stands there: whether its signature holds is for the verification to say.
struct SeenReview {
  int editions = 0;                  // 0: none, and the rest is empty
  bool confirmed = false;
  Json by;                           // badge, name, unit
  std::string at, reason;            // at: the 29-character form
};
Result<SeenReview> newest_review(const PackageReader& files);

struct WrittenReview {
  std::filesystem::path record;
  bool stamped = false;              // false: no authority answered
};
// What an officer does: verifies first, then writes. Tampered: a damaged package has nothing that could be confirmed. Invalid: it
// cannot be told whether it is what the bureau of `options.roots` sealed.
Result<WrittenReview> review_package(const ReviewRecord& record, const std::filesystem::path& bag, const Signer& signer, const Bureau& bureau,
                                     const VerifyOptions& options);

}  // namespace guzheng
