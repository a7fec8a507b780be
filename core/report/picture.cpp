#include "core/report/picture.h"

#include <QBuffer>
#include <QFont>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QString>
#include <algorithm>

#include "core/base/file.h"

namespace guzheng {
namespace {

constexpr int most_pixels_megabytes = 256;       // a screenshot of 4320 × 7680 has 133

QImage read_picture(ByteView bytes, int width) {
  const QImage image = decode_picture(bytes);
  if (image.isNull()) return {};
  const QImage small = image.width() > width ? image.scaledToWidth(width, Qt::SmoothTransformation) : image;
  QImage opaque(small.size(), QImage::Format_RGB32);
  opaque.fill(Qt::white);
  QPainter(&opaque).drawImage(0, 0, small);
  return opaque;
}

QImage unreadable_picture(int width) {
  QImage image(width, width * 16 / 9, QImage::Format_RGB32);
  image.fill(QColor(0xdd, 0xdd, 0xdd));
  QPainter painter(&image);
  painter.setPen(QPen(QColor(0x99, 0x33, 0x33), 3));
  painter.drawLine(0, 0, image.width(), image.height());
  painter.drawLine(image.width(), 0, 0, image.height());
  return image;
}

}  // namespace

QImage decode_picture(ByteView bytes) {
  const bool jpeg = bytes.size() > 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff;
  QByteArray data = QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()));
  QBuffer buffer(&data);
  QImageReader reader(&buffer, jpeg ? "jpeg" : "png");
  QImageReader::setAllocationLimit(most_pixels_megabytes);
  reader.setAutoTransform(true);           // a camera's turned photo is printed upright
  return reader.read();
}

void paint_mark(QImage& image, const QString& mark) {
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font("Noto Sans CJK SC");
  font.setPixelSize(std::max(12, image.width() / 14));
  painter.setFont(font);
  painter.setPen(QColor(200, 30, 30, 105));
  for (const double at : {0.28, 0.72}) {
    painter.save();
    painter.translate(image.width() / 2.0, image.height() * at);
    painter.rotate(-30);
    painter.drawText(QRectF(-image.width(), -font.pixelSize(), 2.0 * image.width(), 2.0 * font.pixelSize()), Qt::AlignCenter,
                     mark);
    painter.restore();
  }
}

QByteArray print_picture(const std::filesystem::path& file, int width, const std::string& practice_mark) {
  const auto png = file.empty() ? Result<Bytes>(Bytes()) : read_file(file);
  return print_picture(png ? ByteView(*png) : ByteView(), width, practice_mark);
}

QByteArray print_picture(ByteView png, int width, const std::string& practice_mark) {
  QImage image = png.empty() ? QImage() : read_picture(png, width);
  if (image.isNull()) image = unreadable_picture(width);
  if (!practice_mark.empty()) paint_mark(image, QString::fromStdString(practice_mark));
  QByteArray out;
  QBuffer buffer(&out);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "jpg", 90);
  return out;
}

}  // namespace guzheng
