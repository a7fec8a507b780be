// Room training. base.apk of 练习商城, made by CMake from resources/training: signed by its maker, or by somebody else.
#pragma once

#include "core/base/bytes.h"

namespace guzheng::training {

ByteView embedded_apk(bool fake);

}  // namespace guzheng::training
