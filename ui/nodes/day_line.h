// ui. A value over the last 24 hours as a line, with the limit it is to keep under. Where nothing was told the line is open.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

namespace guzheng::ui {

struct DayPoint {
  double hour = 0;                         // 0: 24 hours ago, 24: now
  std::optional<double> value;             // empty: not known then
};

class DayLine : public QWidget {
  Q_OBJECT
 public:
  explicit DayLine(const QString& accessible_name, QWidget* parent = nullptr);
  void set_points(std::vector<DayPoint> points, double limit, const QString& limit_text, const QString& spoken);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  std::vector<DayPoint> points_;
  double limit_ = 0;
  QString limit_text_;
};

}  // namespace guzheng::ui
