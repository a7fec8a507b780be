// Room training, screen. The element tree as `uiautomator dump` writes it. Pure.
#pragma once

#include <string>

#include "core/training/screen/element.h"

namespace guzheng::training {

// Nodes wholly outside what is shown are left out and bounds are cut to it, as on Android.
std::string hierarchy_xml(const Element& root, int rotation);

}  // namespace guzheng::training
