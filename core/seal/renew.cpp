#include "core/seal/renew.h"

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/check_renew.h"
#include "core/seal/parts_source.h"
#include "core/seal/seal.h"
#include "core/seal/sha512.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Result<std::string> next_number(const fs::path& renewals) {
  std::error_code ec;
  for (int number = 1; number <= 999; ++number) {
    const auto name = fmt::format("{:03}", number);
    if (!fs::exists(renewals / name, ec)) return name;
  }
  return fail(ErrorKind::Invalid, renewals.string() + " holds 999 renewals");
}

// Whole or not at all: made under another name beside the package, then renamed.
Status publish(const fs::path& folder, const std::string& index, const std::vector<Bytes>& answers) {
  const fs::path making = folder.parent_path().string() + ".making-" + std::to_string(::getpid());
  std::error_code ec;
  fs::remove_all(making, ec);
  GZ_TRY(make_private_folder(making));
  const auto file = making / kRenewIndex;
  Status done = write_atomically(file, as_bytes(index), true);
  if (done && answers.size() > 1) done = write_atomically(file.string() + ".2.tsr", answers[1], true);
  if (done) done = write_atomically(file.string() + ".tsr", answers[0], true);
  if (done) done = make_private_folder(folder.parent_path());
  if (done && ::rename(making.c_str(), folder.c_str()) != 0) done = fail_errno("rename to " + folder.string());
  if (done) done = sync_folder(folder.parent_path());
  fs::remove_all(making, ec);
  return done;
}

}  // namespace

Result<RenewOutcome> renew_package(const fs::path& given, const Bureau& bureau, const VerifyOptions& options) {
  std::error_code ec;
  fs::path bag = fs::absolute(given, ec).lexically_normal();
  if (!bag.has_filename()) bag = bag.parent_path();
  if (!fs::is_directory(bag, ec)) return fail(ErrorKind::Invalid, bag.string() + " is no package folder: unpack an export first");
  RenewOutcome outcome;
  GZ_TRY_ASSIGN(outcome.before, verify_package(bag, options));
  if (outcome.before.verdict == Verdict::Damaged)
    return fail(ErrorKind::Tampered, "the package is damaged: a renewal would stamp what was not sealed; verify it to see where");
  if (!fs::is_regular_file(folder_beside(bag, "after") / "seal.txt.tsr", ec))
    return fail(ErrorKind::Invalid, "the seal has no time stamp yet: there is nothing to renew");
  // the index is over plain bytes, whatever stores them: a list of parts would be worth nothing once they are encrypted anew
  GZ_TRY_ASSIGN(auto source, open_folder_source(bag));
  if (VerifyReport unused; has_vault_form(*source)) { GZ_TRY_ASSIGN(source, open_parts_source(std::move(source), options.opener, unused)); }
  GZ_TRY_ASSIGN(const auto digests, sha512_of(*source, options.progress));
  std::string index;
  for (const auto& [path, digest] : digests) index += digest + "  " + path + "\n";
  GZ_TRY_ASSIGN(const auto answers, stamp_by_all(sha256(as_bytes(index)), bureau));
  GZ_TRY_ASSIGN(const auto number, next_number(folder_beside(bag, "renew")));
  outcome.folder = folder_beside(bag, "renew") / number;
  outcome.files = digests.size();
  outcome.stamps = std::min<std::size_t>(answers.size(), 2);
  GZ_TRY(publish(outcome.folder, index, answers));
  return outcome;
}

}  // namespace guzheng
