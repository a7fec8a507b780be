#include "core/seal/later_station.h"

namespace guzheng {

// A key of days before the sealed certificate may have been given up by the time the package was sealed: only what came with or after that
// certificate can be its renewal. (One that came between it and the seal passes here too; its stamp and the revocation lists judge it.) Names are compared as they are encoded, so that no reader needs an opinion on spellings.
ListedBy listed_by(X509* sealed, X509* signer) {
  if (certificate_der(sealed) == certificate_der(signer)) return ListedBy::Sealed;
  const auto name = subject_der(sealed);
  const WallTime from = valid_from(signer), sealed_from = valid_from(sealed);
  const bool later = !name.empty() && subject_der(signer) == name && from.ms != 0 && sealed_from.ms != 0 && from >= sealed_from;
  return later ? ListedBy::Later : ListedBy::Stranger;
}

}  // namespace guzheng
