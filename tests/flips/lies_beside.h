// Test support. Everything that can lie beside a sealed package, each signed and stamped.
#pragma once

#include <filesystem>

#include "core/identity/bureau.h"
#include "core/seal/verify.h"

namespace guzheng::test {

// Beside `bag`, whose second signature is still to come: that signature, a report, a review, a receipt that names them, and last a
// renewal over all of it. Blocks while authorities answer.
Status put_all_beside(const std::filesystem::path& bag, const Bureau& bureau, const VerifyOptions& options);

}  // namespace guzheng::test
