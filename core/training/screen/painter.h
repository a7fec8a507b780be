// Room training, screen. Paints an element tree.
#pragma once

#include <QFont>

#include "core/training/screen/element.h"

class QPainter;

namespace guzheng::training {

QFont phone_font(double font_px, bool bold);
// Lines that wrapped text takes; the painter breaks at the same places.
int line_count(const QString& text, double font_px, bool bold, double width_px);

struct PaintHints {
  QString pressed_id;                 // element drawn as pressed: its bounds
  QRectF pressed;
  bool caret = true;
};
void paint(QPainter& painter, const Element& root, const PaintHints& hints);

}  // namespace guzheng::training
