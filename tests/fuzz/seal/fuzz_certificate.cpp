// Any bytes as certificates, as revocation lists, and each as judge of the other.
#include "core/seal/verify_x509.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text = as_text({data, size});
  const auto crls = crls_from_pem(text);
  auto certificates = certificates_from_pem(text);
  if (auto one = certificate_from_der({data, size})) {
    if (certificate_der(one.get()).empty()) __builtin_trap();
    certificates.push_back(std::move(one));
  }
  if (certificates.size() > 4) certificates.resize(4);
  for (const auto& one : certificates) {
    (void)certificate_sha256(one.get());
    (void)subject_text(one.get(), NID_commonName);
    (void)subject_text(one.get(), NID_serialNumber);
    (void)has_practice_mark(one.get());
    (void)may_sign_evidence(one.get());
    (void)may_stamp(one.get());
    (void)check_trust(one.get(), certificates, certificates, &crls, {1'800'000'000'000});
    (void)check_signature(one.get(), "1.2.840.113549.1.1.11", "2.16.840.1.101.3.4.2.1", {data, size}, {data, std::min<std::size_t>(size, 64)});
  }
  return 0;
}
