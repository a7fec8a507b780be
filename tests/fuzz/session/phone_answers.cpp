// What a phone's shell may answer to the environment check and while it is used, however wrong (A-7.3a). The first byte says which parser.
#include <cstdlib>

#include "core/session/environment.h"
#include "core/session/phone_state.h"

namespace {
using namespace guzheng;

// Every probe of the check gets the same text, so that each row's reader meets it.
void whole_check(std::string_view text) {
  static constexpr const char* kIds[] = {"getprop", "date", "id", "su", "battery", "connectivity", "telephony", "proxy", "ip", "df", "size", "hosts", "cacerts",
                                         "developer", "auto-time", "location", "apps", "packages"};
  Probes probes;
  for (const char* id : kIds) probes[id] = {id, std::string(text), true, {}, {}};
  for (const auto& row : check_phone(probes)) {
    const auto& verdict = row.item.verdict;
    if (verdict != "pass" && verdict != "note" && verdict != "fail" && verdict != "unknown") std::abort();
  }
  (void)device_marks(probes);
  (void)root_signs(probes);
  (void)network_facts(probes);
}

void files(std::string_view text) {
  if (app_paths(text).size() > 64) std::abort();
  for (const auto& file : app_digests(text))
    if (file.sha256.size() != 64) std::abort();
  (void)app_version(text);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0: whole_check(text); break;
    case 1: files(text); break;
    case 2: (void)parse_editor(text); break;
    case 3: (void)parse_locked(text); break;
    case 4: if (const auto front = parse_foreground(text); front && front->package.empty()) std::abort(); break;
    default: (void)parse_getprop(text); (void)parse_phone_ms(text); break;
  }
  return 0;
}
