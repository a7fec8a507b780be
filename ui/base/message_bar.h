// ui. Where a page says what went wrong, without stopping anybody: nothing modal while recording.
#pragma once

#include <QFrame>

#include "ui/base/errors.h"

class QLabel;

namespace guzheng::ui {

class MessageBar : public QFrame {
  Q_OBJECT
 public:
  explicit MessageBar(const QString& accessible_name, QWidget* parent = nullptr);
  void show_error(Doing doing, const Error& error);
  void show_text(const char* colour, const QString& text);       // "green", "amber", "blue", "red"
  void clear();

 private:
  QLabel *text_, *detail_, *sign_;
};

}  // namespace guzheng::ui
