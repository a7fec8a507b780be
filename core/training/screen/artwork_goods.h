// Room training, screen. Pictures of the goods and of the live room's stage.
#pragma once

#include "core/training/screen/element.h"

class QPainter;

namespace guzheng::training {

void draw_goods(QPainter& painter, const Element& element);
void draw_live_stage(QPainter& painter, const QRectF& place, double seconds);

}  // namespace guzheng::training
