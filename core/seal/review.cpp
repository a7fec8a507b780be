#include "core/seal/review.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/seal/parts.h"
#include "core/seal/seal.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

bool is_blank(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

// `edition`: where it will lie; each review names the one before it, so that none is taken away from under a later one.
Result<std::string> review_text(const ReviewRecord& record, const fs::path& bag, const fs::path& edition, const CertificateInfo& who,
                                const Clock& clock) {
  GZ_TRY_ASSIGN(const auto seal, read_file(bag / "seal/seal.txt", 1u << 20));
  Json json{{"at", format_time(clock.wall(), clock.zone_minutes())},
                  {"by", {{"badge", who.badge}, {"certificate_sha256", who.sha256}, {"name", who.subject_cn}, {"unit", who.unit}}},
                  {"fingerprint", sha256_hex(seal)},
                  {"package", bag.filename().string()},
                  {"reason", record.reason},
                  {"result", std::string(record.confirmed ? kReviewConfirmed : kReviewRefused)}};
  if (const int number = std::stoi(edition.filename().string()); number > 1) {
    GZ_TRY_ASSIGN(const auto before, read_file(edition.parent_path() / edition_name(static_cast<unsigned>(number) - 1) / "review.json", 1u << 20));
    json["previous"] = sha256_hex(before);
  }
  GZ_TRY_ASSIGN(std::string text, canonical_json(json));
  return text + "\n";
}

}  // namespace

Result<fs::path> next_edition(const fs::path& bag, std::string_view part) {
  const fs::path all = folder_beside(bag, part);
  std::error_code unreadable;
  for (int number = 1; number < 1000; ++number) {
    const std::string name = edition_name(static_cast<unsigned>(number));
    if (!fs::exists(all / name, unreadable) || fs::is_empty(all / name, unreadable)) return all / name;
  }
  return fail(ErrorKind::NoSpace, "999 editions in " + all.string() + " are used up");
}

Result<fs::path> write_review(const ReviewRecord& record, const fs::path& package, const Signer& signer, const Bureau& bureau,
                              const Clock& clock) {
  std::error_code ec;
  const fs::path bag = fs::canonical(package, ec);
  if (ec || !fs::is_regular_file(bag / "seal/seal.txt", ec)) return fail(ErrorKind::Invalid, package.string() + " is no sealed package's folder");
  const CertificateInfo who = signer.info();
  if (is_blank(record.reason) || !is_utf8(record.reason)) return fail(ErrorKind::Invalid, "a review needs its reason: what was looked at and found");
  if (who.badge.empty()) return fail(ErrorKind::Invalid, "only an officer with a badge (执法证号) can review");
  GZ_TRY_ASSIGN(const fs::path edition, next_edition(bag, "review"));
  GZ_TRY_ASSIGN(const std::string text, review_text(record, bag, edition, who, clock));
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(as_bytes(text)));
  // made apart and moved: a program that dies meanwhile leaves no half review beside the package
  const fs::path making = folder_beside(bag, "review-making") / edition.filename();
  fs::remove_all(making, ec);
  GZ_TRY(make_private_folder(making));
  GZ_TRY(write_atomically(making / "review.json", as_bytes(text)));
  GZ_TRY(write_atomically(making / "review.json.p7s", signature));
  if (const auto answers = stamp_by_all(sha256(signature), bureau))
    GZ_TRY(write_atomically(making / "review.json.p7s.tsr", answers->front()));
  GZ_TRY(make_private_folder(edition.parent_path()));
  fs::rename(making, edition, ec);           // takes the place of an empty folder, never of another review
  if (ec) return fail(error_from_errno(ec.value(), "put the review into " + edition.string()));
  fs::remove(making.parent_path(), ec);
  GZ_TRY(sync_folder(edition.parent_path()));
  return edition / "review.json";
}

Result<SeenReview> newest_review(const PackageReader& files) {
  const auto path = [](int edition) { return ".review/" + edition_name(static_cast<unsigned>(edition)) + "/review.json"; };
  SeenReview out;
  while (files.has(path(out.editions + 1))) ++out.editions;
  if (out.editions == 0) return out;
  GZ_TRY_ASSIGN(const auto text, files.text(path(out.editions), 1u << 20));
  GZ_TRY_ASSIGN(const auto json, parse_json(text.ends_with('\n') ? std::string_view(text).substr(0, text.size() - 1) : text));
  if (!json.is_object()) return fail(ErrorKind::Tampered, "review.json is no record of a review");
  out.confirmed = text_at(json, "result") == kReviewConfirmed;
  out.by = json.value("by", Json::object());
  out.at = text_at(json, "at");
  out.reason = text_at(json, "reason");
  return out;
}

Result<WrittenReview> review_package(const ReviewRecord& record, const fs::path& bag, const Signer& signer, const Bureau& bureau,
                                     const VerifyOptions& options) {
  GZ_TRY_ASSIGN(const auto verification, verify_package(bag, options));
  if (verification.verdict == Verdict::Damaged) return fail(ErrorKind::Tampered, "the package is not what was sealed: see its verification");
  if (verification.verdict == Verdict::CannotTell)
    return fail(ErrorKind::Invalid, "it cannot be told whether the bureau of this desk sealed this package: see its verification");
  GZ_TRY_ASSIGN(auto written, write_review(record, bag, signer, bureau, *options.clock));
  std::error_code ec;
  const bool stamped = fs::exists(written.string() + ".p7s.tsr", ec);
  return WrittenReview{std::move(written), stamped};
}

}  // namespace guzheng
