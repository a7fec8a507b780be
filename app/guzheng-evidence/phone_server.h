// Program guzheng-evidence. Which scrcpy server file is put onto a phone.
#pragma once

#include <filesystem>
#include <string>

#include "app/guzheng-evidence/desk.h"
#include "core/device/link.h"

namespace guzheng::evidence {

// A real phone takes upstream's, found by its digest: `named` (a file, or a folder of downloads; "": none was named), the policy's folder, or where it is
// installed. The training phone takes its own. NotFound says what was looked at. Sets server_file, version and accepted_server_digests; blocks for the phone.
Status choose_phone_server(DeviceLink& link, const std::string& named, const PolicyDesk& desk, ScreenOptions& options);

}  // namespace guzheng::evidence
