// Room seal, private. Renewals: archive time stamps that carry older ones over the end of their authorities (FORMAT.md 9.3).
#pragma once

#include <map>
#include <string>

#include "core/seal/check_trust.h"

namespace guzheng {

using PathDigests = std::map<std::string, std::string>;      // "ID/data/…" → SHA-512, as sha512_of() gives them

inline constexpr std::string_view kRenewIndex = "index-sha512.txt";

bool has_renewals(const Bag& bag);
// Every ID.renew/NNN/: numbered without a hole, its index as the files are, its stamp in order. Fills roots.renewed before the
// tokens are judged, so that a later renewal vouches for an earlier one's token. `sealed`: the seal's stamp, where it can be read.
// The number of renewals whose stamps fit.
std::uint64_t check_renewals(const Bag& bag, const PathDigests& digests, RootsGiven& roots, VerifyReport& report);

}  // namespace guzheng
