// ui. One person in a list to choose from.
#pragma once

#include <QComboBox>

#include "core/desk/station_desk.h"

namespace guzheng::ui {

// Name and badge; `remark` says why this person cannot be chosen and greys the row, empty: may be chosen.
void add_person(QComboBox& list, const PersonCard& person, const QString& remark);

}  // namespace guzheng::ui
