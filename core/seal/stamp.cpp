#include <algorithm>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/identity/timestamp.h"
#include "core/seal/seal.h"

namespace guzheng {

namespace fs = std::filesystem;

Result<StampInfo> read_stamp(ByteView tsr, ByteView sha256_imprint) {
  GZ_TRY_ASSIGN(auto token, read_timestamp_response(tsr, sha256_imprint));
  return StampInfo{token.time, std::move(token.authority), std::move(token.serial)};
}

Result<std::vector<Bytes>> stamp_by_all(ByteView sha256_imprint, const Bureau& bureau) {
  std::vector<Bytes> answers;
  Error last{ErrorKind::NotFound, "the bureau has no time-stamp authority"};
  for (const auto& authority : bureau.authorities) {
    auto answer = authority->stamp(sha256_imprint);
    if (answer) answers.push_back(std::move(*answer));
    else {
      last = answer.error();
      log_warn("seal", authority->name() + ": " + last.what);
    }
  }
  if (answers.empty()) return fail(last);
  return answers;
}

fs::path folder_beside(const fs::path& bag, std::string_view part) {
  return bag.parent_path() / (bag.filename().string() + "." + std::string(part));
}

Status stamp_seal(const fs::path& bag, const Bureau& bureau) {
  GZ_TRY_ASSIGN(const auto seal, read_file(bag / "seal/seal.txt", 1u << 20));
  const fs::path after = folder_beside(bag, "after");
  std::error_code ec;
  if (fs::exists(after / "seal.txt.tsr", ec)) return ok();
  GZ_TRY_ASSIGN(const auto answers, stamp_by_all(sha256(seal), bureau));
  GZ_TRY(make_private_folder(after));
  // the second authority's first: once .tsr stands, nobody tries again
  if (answers.size() > 1) GZ_TRY(write_atomically(after / "seal.txt.2.tsr", answers[1], true));
  return write_atomically(after / "seal.txt.tsr", answers[0], true);
}

}  // namespace guzheng
