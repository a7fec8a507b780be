#include "core/training/screen/counter.h"

#include <QImage>
#include <QPainter>

namespace guzheng::training {

namespace {
struct Geometry {
  int u, x0, y0;
  explicit Geometry(QSize picture) : u(picture.width() / 10), x0((picture.width() - 8 * u) / 2), y0(picture.height() / 4) {}
  [[nodiscard]] QRect block(int row, int column) const {
    return {x0 + column * u, y0 + row * u + (row >= 2 ? u / 2 : 0), u, u};
  }
};

bool bit_at(std::uint16_t value, int row, int column) {
  const bool bit = (value >> (15 - 8 * (row % 2) - column)) & 1;
  return row < 2 ? bit : !bit;
}
}  // namespace

QPoint counter_block_centre(QSize picture, int row, int column) { return Geometry(picture).block(row, column).center(); }

void paint_counter(QPainter& painter, QSize picture, std::uint16_t value) {
  const Geometry g(picture);
  painter.fillRect(QRect(QPoint(0, 0), picture), QColor(0x80, 0x80, 0x80));
  painter.setRenderHint(QPainter::Antialiasing, false);
  const int line = std::max(1, g.u / 4);
  const QRect ring(g.u / 2, g.y0 - g.u / 2, picture.width() - 2 * (g.u / 2), 5 * g.u + g.u / 2);
  const QColor green(0, 192, 0);
  painter.fillRect(QRect(ring.left(), ring.top(), ring.width(), line), green);
  painter.fillRect(QRect(ring.left(), ring.bottom() + 1 - line, ring.width(), line), green);
  painter.fillRect(QRect(ring.left(), ring.top(), line, ring.height()), green);
  painter.fillRect(QRect(ring.right() + 1 - line, ring.top(), line, ring.height()), green);
  for (int row = 0; row < 4; ++row)
    for (int column = 0; column < 8; ++column)
      painter.fillRect(g.block(row, column), bit_at(value, row, column) ? Qt::white : Qt::black);
}

int read_counter(const QImage& picture) {
  std::uint16_t value = 0;
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 8; ++column) {
      const int level = qGray(picture.pixel(counter_block_centre(picture.size(), row, column)));
      if (level > 80 && level < 176) return -1;
      const bool bit = level >= 176;
      if (row < 2) value = static_cast<std::uint16_t>(value | (bit << (15 - 8 * row - column)));
      else if (bit != bit_at(value, row, column)) return -1;
    }
  }
  return value;
}

}  // namespace guzheng::training
