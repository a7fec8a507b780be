// reseal_tool BUREAU BAG STATE: seals a changed bag anew with the practice keys, as an insider could: digests, manifests,
// signatures, seal and its stamp all fit again. STATE is the new Package-State's reason, or "" for 完整.
#include <cstdio>

#include "core/base/file.h"
#include "core/seal/seal.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {

Status reseal(const fs::path& bureau_folder, const fs::path& bag, const std::string& reason) {
  const SystemClock clock;
  GZ_TRY_ASSIGN(const auto bureau, open_practice_bureau(bureau_folder, clock));
  for (const char* name : {"seal", "bagit.txt", "bag-info.txt", "VERIFY.txt", "verify.sh", "manifest-md5.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"})
    fs::remove_all(bag / name);
  fs::remove_all(folder_beside(bag, "after"));
  std::vector<PayloadFile> payload;
  for (const auto& entry : fs::recursive_directory_iterator(bag / "data")) {
    if (!entry.is_regular_file()) continue;
    GZ_TRY_ASSIGN(auto digests, digest_file(entry.path()));
    payload.push_back({entry.path().lexically_relative(bag).string(), std::move(digests)});
  }
  BagInfo info{bag.filename().string(), bureau.system_owner, bureau.name, bureau.station, "0.1.0", clock.wall(), {}, bureau.practice};
  if (!reason.empty()) info.incomplete_reasons.push_back(reason);
  const SealSigners signers{bureau.station_signer, bureau.officers.at(0), bureau.officers.at(1), ""};
  GZ_TRY_ASSIGN(const auto outcome, seal_bag(bag, info, payload, signers, bureau, clock));
  std::printf("%s\n", outcome.fingerprint.c_str());
  return ok();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 1;
  const auto done = reseal(argv[1], fs::absolute(argv[2]), argv[3]);
  if (!done) std::fprintf(stderr, "%s\n", done.error().what.c_str());
  return done ? 0 : 2;
}
