// ui. The film's bar: pins for captures, amber blocks for gaps. A slider to keyboard and screen reader; milliseconds.
#pragma once

#include <QSlider>
#include <vector>

#include "core/desk/package_view.h"

namespace guzheng::ui {

class SeekBar : public QSlider {
  Q_OBJECT
 public:
  explicit SeekBar(QWidget* parent = nullptr);
  void set_film(std::int64_t duration_ms, const std::vector<ShotView>& shots, const std::vector<FilmGap>& gaps);
  [[nodiscard]] QSize sizeHint() const override { return {200, 34}; }

 signals:
  void sought(qint64 position_ms);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] double x_of(std::int64_t position_ms) const;
  void seek_to(double x);
  std::vector<ShotView> shots_;
  std::vector<FilmGap> gaps_;
};

}  // namespace guzheng::ui
