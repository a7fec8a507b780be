// Room desk. What the practice desk proposes in an order form: the subject that the training phone's mall shows.
#pragma once

#include "core/session/session.h"

namespace guzheng {

// Pure. All of an order but its number, task and what is to be taken, which the form knows.
CaptureOrder practice_order();

}  // namespace guzheng
