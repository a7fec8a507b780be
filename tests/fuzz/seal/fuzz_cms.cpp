// Any bytes as a signature and as a time-stamp response.
#include "core/seal/verify_cms.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)guzheng::read_signed_message({data, size});
  (void)guzheng::read_stamp_response({data, size});
  return 0;
}
