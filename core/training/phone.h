// Room training. The phone as its shell and services see it: one place that holds its parts. Parts are thread-safe.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/training/file_tree.h"
#include "core/training/local_sockets.h"
#include "core/training/phone_clock.h"
#include "core/training/screen/screen.h"
#include "core/training/switches.h"

namespace guzheng::training {

using Properties = std::vector<std::pair<std::string, std::string>>;      // sorted by key
Properties make_properties(const Switches& switches);
std::string make_banner(const Switches& switches);                       // CNXN's text

std::string app_folder(const Switches& switches);                        // where 练习商城's base.apk lies

struct Phone {
  Phone(Switches given, const Clock& truth);
  const Switches switches;
  const PhoneClock clock;
  const Properties properties;
  const std::int64_t booted_us;                                          // monotonic
  FileTree files;
  LocalSockets sockets;
  PhoneScreen screen;
};

}  // namespace guzheng::training
