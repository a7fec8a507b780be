// Room seal, private. Whose signature counts over a list of parts: the certificate that sealed the package, or a later one of the same
// station (FORMAT.md 11.1). Pure.
#pragma once

#include "core/seal/verify_x509.h"

namespace guzheng {

enum class ListedBy {
  Sealed,                          // the certificate that seal.txt names
  Later,                           // of the same subject, byte by byte, and not valid earlier than it: a renewed one, which needs a time stamp
  Stranger,                        // another station, somebody else, or a certificate that was older than the sealed one
};

// Says nothing about trust: whether `signer` is vouched for at the time of its stamp is asked apart.
ListedBy listed_by(X509* sealed, X509* signer);

}  // namespace guzheng
