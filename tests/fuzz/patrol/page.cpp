// A page of anybody's: its text is bounded by what came, and has no control characters.
#include <cstdlib>

#include "core/patrol/judge.h"
#include "core/patrol/page_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  for (const char* type : {"text/html", "text/html; charset=gbk", "text/html; charset=utf-8"}) {
    const std::string text = page_text({data, size}, type);
    for (const char c : text)
      if (static_cast<unsigned char>(c) < 0x20) std::abort();
    (void)judge_text(text, shipped_patrol_rules());
  }
  return 0;
}
