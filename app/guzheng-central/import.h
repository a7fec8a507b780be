// Program guzheng-central. import: packages from a medium, while no server runs.
#pragma once

#include <filesystem>

#include "app/guzheng-central/program.h"

namespace guzheng::central {

struct ImportCommand {
  std::filesystem::path config, folder, receipts;  // receipts: a folder for PACKAGE.receipt.json; "": none are written
};
// kDamaged: something was refused; kIncomplete: something could not be decided now.
Status import_packages(const ImportCommand& command, Program& program);

}  // namespace guzheng::central
