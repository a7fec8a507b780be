// The counter scene: what is painted can be read back at its documented places, also scaled, and torn pictures are refused.
#include <gtest/gtest.h>

#include <QImage>
#include <QPainter>

#include "core/training/screen/counter.h"

namespace guzheng::training {
namespace {

QImage painted(QSize size, std::uint16_t value) {
  QImage image(size, QImage::Format_RGB32);
  QPainter painter(&image);
  paint_counter(painter, size, value);
  return image;
}

TEST(Counter, ReadsWhatItPaints) {
  for (const int value : {0, 1, 0x8000, 0x1234, 0xffff, 0xa55a}) {
    EXPECT_EQ(read_counter(painted({720, 1280}, static_cast<std::uint16_t>(value))), value);
    EXPECT_EQ(read_counter(painted({1080, 2400}, static_cast<std::uint16_t>(value))), value);
    const auto small = painted({720, 1280}, static_cast<std::uint16_t>(value)).scaled(360, 640, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    EXPECT_EQ(read_counter(small), value);
  }
}

TEST(Counter, RefusesATornPicture) {
  auto upper = painted({720, 1280}, 0x00ff);
  const auto lower = painted({720, 1280}, 0xff00);
  QPainter painter(&upper);
  painter.drawImage(0, 470, lower, 0, 470);
  painter.end();
  EXPECT_EQ(read_counter(upper), -1);
  EXPECT_EQ(read_counter(QImage(QSize(720, 1280), QImage::Format_RGB32)), -1);
}

}  // namespace
}  // namespace guzheng::training
