// ui. F1: the keys of every page, in a window of its own.
#pragma once

#include <QWidget>

namespace guzheng::ui {

class HelpWindow : public QWidget {
  Q_OBJECT
 public:
  explicit HelpWindow(QWidget* parent = nullptr);
};

}  // namespace guzheng::ui
