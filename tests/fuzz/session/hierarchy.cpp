// What `uiautomator dump` of a phone may answer, however wrong (A-7.3b). The first line is the text that is looked for, the rest the XML.
#include <cstdlib>

#include "core/session/ui_nodes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto end = all.find('\n');
  if (end == all.npos) return 0;
  const auto found = find_text(all.substr(end + 1), all.substr(0, end));
  if (!found || !*found) return 0;
  const auto& [at, screen] = **found;
  // what is tapped lies inside what was found, and that inside the screen's far corner
  if (at.right <= at.left || at.bottom <= at.top) std::abort();
  if (at.x() < at.left || at.x() >= at.right || at.y() < at.top || at.y() >= at.bottom) std::abort();
  if (at.right > screen.right || at.bottom > screen.bottom) std::abort();
  return 0;
}
