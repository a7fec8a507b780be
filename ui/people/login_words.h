// ui. What came of a login, in words: what is wrong, what it means, what to do. Pure.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "core/desk/officer_desk.h"

namespace guzheng::ui {

struct LoginWords {
  Q_DECLARE_TR_FUNCTIONS(login)
 public:
  static QString problem(const LoginAnswer& answer, const QString& badge);      // "" when it went well
  static QString warning(const LoginAnswer& answer, int days_left);             // "" when there is none
  static QString standing(Standing standing);
};

}  // namespace guzheng::ui
