#include "ui/tasks/analysis_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <numeric>

#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr int kBarRow = 28, kBarHeight = 16, kLegend = 26, kSumWidth = 56, kGap = 8;

struct PartLook {
  QColor ground, ink;
  Qt::BrushStyle style;
};
const std::array<PartLook, 4>& looks() {
  static const std::array<PartLook, 4> all{{{colour::red, colour::red, Qt::SolidPattern},
                                            {QColor("#ffffff"), colour::green, Qt::NoBrush},
                                            {QColor("#ffffff"), colour::quiet, Qt::Dense6Pattern},
                                            {QColor("#e7effa"), colour::blue, Qt::BDiagPattern}}};
  return all;
}

void draw_part(QPainter& painter, const QRectF& box, const PartLook& look) {
  painter.fillRect(box, look.ground);
  if (look.style != Qt::NoBrush) painter.fillRect(box, QBrush(look.ink, look.style));
  painter.setPen(QPen(look.ink, 1));
  painter.drawRect(box);
}

qint64 sum_of(const AnalysisBar& bar) { return std::accumulate(bar.parts.begin(), bar.parts.end(), qint64{0}); }

}  // namespace

AnalysisChart::AnalysisChart(const QString& accessible_name, QWidget* parent) : QWidget(parent) {
  setAccessibleName(accessible_name);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AnalysisChart::set_bars(std::vector<AnalysisBar> bars) {
  bars_ = std::move(bars);
  chosen_ = -1;
  qint64 all = 0;
  for (const auto& bar : bars_) all += sum_of(bar);
  setAccessibleDescription(tr("%1 行，共 %2 条结果；逐行数字见表").arg(bars_.size()).arg(all));
  updateGeometry();
  update();
}

void AnalysisChart::choose(int index) {
  chosen_ = index;
  update();
}

QSize AnalysisChart::sizeHint() const { return {480, kLegend + std::max(1, static_cast<int>(bars_.size())) * kBarRow + 4}; }

void AnalysisChart::mousePressEvent(QMouseEvent* event) {
  const int at = (static_cast<int>(event->position().y()) - kLegend) / kBarRow;
  if (event->position().y() >= kLegend && at >= 0 && at < static_cast<int>(bars_.size())) emit picked(at);
}

void AnalysisChart::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  auto font = painter.font();
  font.setPixelSize(12);
  painter.setFont(font);
  const QString names[] = {tr("确认违法"), tr("无违法"), tr("并案"), tr("在办")};
  int x = 2;
  for (std::size_t i = 0; i < looks().size(); ++i) {
    draw_part(painter, QRectF(x + 0.5, 6.5, 16, 11), looks()[i]);
    painter.setPen(colour::quiet);
    const int width = painter.fontMetrics().horizontalAdvance(names[i]);
    painter.drawText(QRect(x + 22, 2, width + 2, 20), Qt::AlignVCenter, names[i]);
    x += 22 + width + 16;
  }
  qint64 most = 1;
  for (const auto& bar : bars_) most = std::max(most, sum_of(bar));
  const int label_width = std::clamp(width() * 34 / 100, 90, 260);
  const double room = std::max(40, width() - label_width - kGap - kSumWidth);
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const auto& bar = bars_[i];
    const int top = kLegend + static_cast<int>(i) * kBarRow;
    if (static_cast<int>(i) == chosen_) painter.fillRect(QRect(0, top, width(), kBarRow), colour::selected);
    painter.setPen(colour::text);
    painter.drawText(QRect(2, top, label_width - 2, kBarRow), Qt::AlignVCenter | Qt::AlignRight, painter.fontMetrics().elidedText(bar.label, Qt::ElideRight, label_width - 4));
    double left = label_width + kGap;
    for (std::size_t part = 0; part < bar.parts.size(); ++part) {
      if (bar.parts[part] <= 0) continue;
      const double wide = room * static_cast<double>(bar.parts[part]) / static_cast<double>(most);
      draw_part(painter, QRectF(left + 0.5, top + (kBarRow - kBarHeight) / 2 + 0.5, std::max(1.0, wide - 1), kBarHeight), looks()[part]);
      left += wide;
    }
    painter.setPen(colour::text);
    painter.drawText(QRectF(left + 6, top, kSumWidth, kBarRow), Qt::AlignVCenter | Qt::AlignLeft, QString::number(sum_of(bar)));
  }
}

}  // namespace guzheng::ui
