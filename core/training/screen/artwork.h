// Room training, screen. Pictures drawn by code: goods, icons, the live stage.
#pragma once

#include "core/training/screen/element.h"

class QPainter;

namespace guzheng::training {

void draw_art(QPainter& painter, const Element& element);

}  // namespace guzheng::training
