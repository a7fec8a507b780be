// Any bytes as a configuration: problems, or a configuration whose bounds hold.
#include <cstdlib>

#include "core/central/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = guzheng::parse_central_config({reinterpret_cast<const char*>(data), size}, "/etc/guzheng-central");
  if (read.config.has_value() != read.problems.empty()) std::abort();
  if (read.config && (read.config->stores.size() != 2 || read.config->keep.case_months < 36 || read.config->keep.automatic_days < 30 || read.config->http.connections < 1)) std::abort();
  return 0;
}
