// Room vault, private. Two copies of one package that do not agree: which lists count. Nothing decides but what the station signed: neither
// the newer file nor the place it lies in, nor the catalogue, which is made from the folders. Blocks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/seal/verify.h"
#include "core/vault/lists.h"

namespace guzheng {

struct TwoCopies {
  std::filesystem::path here, there;         // folders of packages; `there` empty: no copy to be compared
  std::string id;
};

// The copy whose seal.txt counts. Null: they differ, and not exactly one of them bears the station's signature and the seal's stamp under
// the roots of `options`; then neither may be changed on the word of the other.
const std::filesystem::path* sealed_side(const TwoCopies& copies, const VerifyOptions& options);
// What seal.txt of that side and the tagmanifest that fits it say.
Wanted sealed_files(const TwoCopies& copies, const std::filesystem::path& side);

struct PartsJudged {
  std::optional<std::string> edition;        // none: no list, or none of the newest that the station signed
  const std::filesystem::path* side = nullptr;      // where it stands
  bool other_holds = false;                  // the same list, signed, stands on the other side too
  std::vector<std::string> damaged;          // lists that hold on neither side
};
PartsJudged judge_parts(const TwoCopies& copies);

}  // namespace guzheng
