// Room vault. 移交: sealed packages laid out in one folder, ready to be given away on a medium or burnt to a disc (B-5.4.4, A-7.4).
//   FOLDER/VERIFY.txt, verify.sh     how whoever receives it checks it without our programs
//   FOLDER/ID.zip                    each package with what lies beside it
//   FOLDER/ID.handover/              its hand-over record: who, when, to whom, on what, the ZIP's digest, signed and stamped
//   FOLDER/SHA256SUMS                of all of these, as `sha256sum -c` reads it
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/identity/bureau.h"

namespace guzheng {

struct HandOver {
  std::vector<std::filesystem::path> packages;       // bags; each once
  std::string to, medium;                            // who receives them, on what; both must be said
};
struct HandedPackage {
  std::string id, zip_sha256;
  bool stamped = false;                              // an authority answered for its record
};
struct HandedOver {
  std::filesystem::path folder;
  std::vector<HandedPackage> packages;
  std::string image_sha256;                          // of hand_over_disc
};

// `folder` must be empty or not there (Exists otherwise). Not there: it appears whole. Empty, as a medium's mount point is: SHA256SUMS
// comes last. What was begun is taken away again (what cannot be, is named in the error) on an error or when `progress` (bytes done, total
// of the package at hand) stops it.
// Each package is verified first (Tampered: it is damaged), what was written is read again from the medium, past the memory that still
// holds it. Blocks; worker threads only.
Result<HandedOver> hand_over(const HandOver& what, const std::filesystem::path& folder, const Signer& signer, const Bureau& bureau,
                             const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});
// The same as an image for an optical disc (disc_image.h); HandedOver::folder is the image then. The folder stands beside it while the
// image is made, so twice the room is needed.
Result<HandedOver> hand_over_disc(const HandOver& what, const std::filesystem::path& image, const std::string& volume, const Signer& signer,
                                  const Bureau& bureau, const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});
inline constexpr const char* kDiscName = "EVIDENCE";

}  // namespace guzheng
