// Room device, private to the room: a screen session over adb (scrcpy server started, two sockets opened).
#pragma once

#include <memory>
#include <string>

#include "core/device/link.h"

namespace guzheng {

Result<std::unique_ptr<ScreenStream>> start_adb_screen(AdbServer& server, const std::string& serial,
                                                       const ScreenOptions& options);

}  // namespace guzheng
