// Room training, screen. The counter scene: a 16-bit frame number as blocks that a program can read off a screen.
//
// With W×H the picture's size in pixels (or the size it is shown at: everything scales), and u = W / 10 (integer):
//   background   grey 0x80, whole picture
//   ring         green (0,192,0), the rectangle x = u/2 … W - u/2, y = H/4 - u/2 … H/4 + 5u, its line u/4 wide (to find it)
//   blocks       u×u each, 8 in a row from x0 = (W - 8u) / 2; white (255) = 1, black (0) = 0
//     row 0      y = H/4              bits 15 … 8 of the counter, left to right
//     row 1      y = H/4 + u          bits 7 … 0
//     row 2      y = H/4 + 2u + u/2   row 0 inverted
//     row 3      y = H/4 + 3u + u/2   row 1 inverted
// A reading counts only when rows 2 and 3 are the inverse of rows 0 and 1: that rejects pictures torn in half.
// The counter grows by one with each painted frame and wraps at 65536. Sample each block at its centre.
#pragma once

#include <QPoint>
#include <QSize>
#include <cstdint>

class QImage;
class QPainter;

namespace guzheng::training {

QPoint counter_block_centre(QSize picture, int row, int column);      // row 0…3, column 0…7
void paint_counter(QPainter& painter, QSize picture, std::uint16_t value);
// −1: the two copies disagree, or a block is neither black nor white.
int read_counter(const QImage& picture);

}  // namespace guzheng::training
