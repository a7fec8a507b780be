#include "ui/base/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace guzheng::ui {
namespace {

// Draws at the size and scale asked for, so that 150 % screens stay sharp; greys out when disabled.
class TintedEngine final : public QIconEngine {
 public:
  TintedEngine(QString name, QColor colour) : name_(std::move(name)), colour_(std::move(colour)) {}
  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const auto used = mode == QIcon::Disabled ? QColor("#a9b4c2") : colour_;
    painter->drawPixmap(rect, tinted(name_, used, qMin(rect.width(), rect.height()), painter->device()->devicePixelRatioF()));
  }
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override {
    const auto used = mode == QIcon::Disabled ? QColor("#a9b4c2") : colour_;
    QPixmap out = tinted(name_, used, static_cast<int>(qMin(size.width(), size.height()) / scale), scale);
    return out;
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1.0); }
  [[nodiscard]] QIconEngine* clone() const override { return new TintedEngine(*this); }

 private:
  QString name_;
  QColor colour_;
};

}  // namespace

QPixmap tinted(const QString& name, const QColor& colour, int size, qreal ratio) {
  const auto key = QString("%1/%2/%3/%4").arg(name, colour.name()).arg(size).arg(ratio);
  QPixmap out;
  if (QPixmapCache::find(key, &out)) return out;
  const int pixels = qRound(size * ratio);
  out = QPixmap(pixels, pixels);
  out.fill(Qt::transparent);
  QSvgRenderer renderer(":/icons/" + name + ".svg");
  QPainter painter(&out);
  renderer.render(&painter);
  painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
  painter.fillRect(out.rect(), colour);
  painter.end();
  out.setDevicePixelRatio(ratio);
  QPixmapCache::insert(key, out);
  return out;
}

QIcon icon(const QString& name, const QColor& colour) { return QIcon(new TintedEngine(name, colour)); }

}  // namespace guzheng::ui
