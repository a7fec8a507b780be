// Room seal, private. Signed lists of parts on disk, ID.enc/NNN/ (FORMAT.md 11). Blocks.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/seal/later_station.h"

namespace guzheng {

std::filesystem::path parts_lists_folder(const std::filesystem::path& bag);          // …/ID.enc
// The newest edition that is whole (list and signature); 0: none.
unsigned newest_parts_edition(const std::filesystem::path& bag);
// Text of that edition's list, when its signature fits and is by the package's station (FORMAT.md 11.1): by the certificate that the seal
// names, or by a later one of the same name under the sealed root, with the time stamp beside it. The stamp's authority is not asked about:
// who has no key of such a certificate gains nothing by a token of his own.
// Tampered: it is not, and nothing may be moved, replaced or removed on its word. NotFound: nothing but the stamp of a later certificate's
// signature is missing (or the list itself); that holds then as well.
Result<std::string> signed_parts_list(const std::filesystem::path& bag, unsigned edition);
// The same of a list that is not in its place yet. `tsr`: the time stamp over `signature`, where there is one.
Status parts_list_holds(const std::filesystem::path& bag, std::string_view text, ByteView signature, const std::optional<Bytes>& tsr);

// May the holder of this certificate list the package's parts? Later: with a time stamp only. Denied: no; a list by him would make the package
// damaged.
Result<ListedBy> may_list_parts(const std::filesystem::path& bag, const std::string& certificate_pem);

}  // namespace guzheng
