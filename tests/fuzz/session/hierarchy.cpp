// What `uiautomator dump` of a phone may answer, however wrong (A-7.3b). The first line is the text that is looked for, the rest the XML.
#include <cstdlib>

#include "core/session/tap_map.h"
#include "core/session/ui_nodes.h"

namespace {

// What is said of an element under a finger holds for the same dump: it lies on the screen, and a text that is said to lead there is found at all.
void look_under_fingers(std::string_view xml) {
  using namespace guzheng;
  const auto map = TapMap::read(xml);
  if (!map) return;
  for (int i = 0; i < 25; ++i) {
    const auto under = map->at((i % 5 + 0.5) / 5, (i / 5 + 0.5) / 5);
    if (!under) continue;
    const auto& b = under->bounds;
    if (b.right <= b.left || b.bottom <= b.top || b.right > under->screen.right || b.bottom > under->screen.bottom) std::abort();
    if (!under->alone) continue;
    const auto found = find_text(xml, under->text);
    if (under->text.empty() || !found || !*found) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto end = all.find('\n');
  if (end == all.npos) return 0;
  look_under_fingers(all.substr(end + 1));
  const auto found = find_text(all.substr(end + 1), all.substr(0, end));
  if (!found || !*found) return 0;
  const auto& [at, screen] = **found;
  // what is tapped lies inside what was found, and that inside the screen's far corner
  if (at.right <= at.left || at.bottom <= at.top) std::abort();
  if (at.x() < at.left || at.x() >= at.right || at.y() < at.top || at.y() >= at.bottom) std::abort();
  if (at.right > screen.right || at.bottom > screen.bottom) std::abort();
  return 0;
}
