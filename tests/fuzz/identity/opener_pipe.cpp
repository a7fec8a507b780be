// What a helper may say on the key pipe: frames or an error for good; never more kept than one frame and what came.
#include <algorithm>
#include <cstdlib>

#include "core/identity/opener_pipe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  PipeReader reader;
  std::size_t taken = 0;
  for (std::size_t at = 0; at < size;) {
    const std::size_t piece = std::min<std::size_t>(size - at, 1 + data[at] % 64);
    reader.add({data + at, piece});
    at += piece;
    while (true) {
      const auto frame = reader.next();
      if (!frame) {
        if (reader.next()) std::abort();     // for good
        return 0;
      }
      if (!*frame) break;
      taken += 5 + (**frame).body.size();
      if (taken > at) std::abort();
      PipeReader other;
      other.add(answer_frame(**frame, nullptr));
      const auto answer = other.next();
      if (!answer || !*answer || (**answer).kind != 'R') std::abort();
    }
  }
  return 0;
}
