#include "core/identity/envelope.h"

#include "core/seal/seal.h"

namespace guzheng {

Result<Bytes> envelope_for(const std::vector<std::string>& recipient_pems, ByteView content) {
  return seal_envelope(recipient_pems, content);
}

}  // namespace guzheng
