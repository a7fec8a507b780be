// Any bytes as a time-stamp response, and as what a token says (TSTInfo), which random bytes never reach behind a signature.
#include "core/seal/check_trust.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  StampToken token;
  if (const auto done = read_tst_info({data, size}, token); done && token.imprint.size() != 32) __builtin_trap();
  VerifyReport report;
  (void)check_stamp(as_text({data, size}), "x.tsr", "", {}, report);
  return 0;
}
