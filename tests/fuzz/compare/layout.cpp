// A UI hierarchy dump, however wrong: refused, or read into entries that stand on the page.
#include <cstdlib>

#include "core/compare/comparison.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view xml(reinterpret_cast<const char*>(data), size);
  const auto layout = read_layout(xml);
  if (!layout) return 0;
  for (const auto& entry : layout->entries)
    if (entry.box.right > layout->screen.right || entry.box.bottom > layout->screen.bottom) std::abort();
  SeenPage page;
  page.title = "x";
  page.layout = *layout;
  const SeenByMember one{1, "a", "A", "", {page}}, other{2, "b", "B", "", {page}};
  const auto same = compare_members({one, other});
  if (same.pages.size() != 1 || same.differences != 0) std::abort();       // a page does not differ from itself
  return 0;
}
