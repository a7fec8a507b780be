// ui. 仍要取证: one compulsory item of the environment check that fails, why it matters, and the reason for which the officer goes on all the same. The
// same box in the single session's check and before a parallel capture.
#pragma once

#include <QFrame>

#include "core/desk/check_desk.h"

namespace guzheng::ui {

[[nodiscard]] bool holds_up(const EnvItem& item);        // compulsory, and it fails
// `phone`: whose item it is, in its names for screen readers; empty where there is one phone only.
QFrame* override_box(CheckDesk& desk, const EnvItem& item, const QString& phone = {});

}  // namespace guzheng::ui
