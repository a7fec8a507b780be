// ui. Bars of the analysis: one a row, its parts beside each other, each with its own pattern as well as colour. What it shows stands in the table
// beside it; a screen reader hears its sum.
#pragma once

#include <QWidget>
#include <array>
#include <vector>

namespace guzheng::ui {

struct AnalysisBar {
  QString label;
  std::array<qint64, 4> parts{};           // confirmed, none, merged, open
};

class AnalysisChart : public QWidget {
  Q_OBJECT
 public:
  explicit AnalysisChart(const QString& accessible_name, QWidget* parent = nullptr);
  void set_bars(std::vector<AnalysisBar> bars);
  void choose(int index);                  // shown as the chosen one; −1: none
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return {260, sizeHint().height()}; }

 signals:
  void picked(int index);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  std::vector<AnalysisBar> bars_;
  int chosen_ = -1;
};

}  // namespace guzheng::ui
