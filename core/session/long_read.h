// Room session. Long pages of a sealed package, drawn from its screenshots (FORMAT.md 6.3). Any thread; reading is not judging: whoever shows
// them has had the package verified.
#pragma once

#include "core/media/long_page.h"
#include "core/seal/package_reader.h"

namespace guzheng {

struct LongPageSaid {
  int number = 0;
  std::string title;
  std::vector<std::string> paths, sha256;      // of the screenshots, in order
  std::vector<Overlap> overlaps;
};

// In order of their numbers; none: empty. Protocol: one is not in its form.
Result<std::vector<LongPageSaid>> long_pages(const PackageReader& package);
// The whole page. Tampered: a screenshot has not the digest that is said, or two do not overlap as is said.
Result<Frame> draw_long_page(const PackageReader& package, const LongPageSaid& page);

}  // namespace guzheng
