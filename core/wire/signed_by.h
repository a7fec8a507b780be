// Room wire, inside. Who may sign for the central system.
#pragma once

#include <optional>

#include "core/wire/receipt.h"

namespace guzheng {

// The bureau gave this very certificate to its stations as the system's, it stands now, and it made the signature. With `said_at`, for what is looked at years later: it stood
// then in place of now, and no revocation list that is given names it, however old the list is; none need be given.
Status signed_by_central(ByteView signature, std::string_view content, const ReceiptTrust& trust, std::optional<WallTime> said_at = std::nullopt);

}  // namespace guzheng
