#include <algorithm>

#include "core/base/log.h"
#include "core/identity/timestamp.h"
#include "core/seal/stamp_desk.h"

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
    if (answer)
      if (const auto good = accept_stamp(*answer, sha256_imprint, bureau.tsa_root_pem); !good) answer = Failure(Error(good.error()));
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

}  // namespace guzheng
