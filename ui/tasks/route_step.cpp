#include "ui/tasks/route_step.h"

#include <QPainter>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/tasks/task_words.h"

namespace guzheng::ui {

RouteStepRow::RouteStepRow(std::string look, const QString& title, bool last) : look_(std::move(look)), last_(last) {
  setAccessibleName(tr("流转 步骤 ") + title);
  column_ = new QVBoxLayout(this);
  column_->setContentsMargins(34, 3, 0, 14);
  column_->setSpacing(2);
  column_->addWidget(label(title, look_ == "later" ? "quiet" : "section"));
}

void RouteStepRow::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPointF centre(12, 13);
  const bool done = look_ == "done";
  const QColor ink = done ? colour::green : look_ == "now" ? colour::blue : look_ == "late" ? colour::red : QColor("#a9b4c2");
  if (!last_) {
    painter.setPen(done ? QPen(QColor("#8fc7a4"), 2) : QPen(QColor("#b9c6d6"), 2, Qt::DotLine));
    painter.drawLine(centre + QPointF(0, 12), QPointF(centre.x(), height()));
  }
  painter.setPen(QPen(ink, 2, look_ == "later" ? Qt::DotLine : Qt::SolidLine));
  painter.setBrush(done ? QColor("#e3f4e9") : look_ == "late" ? QColor("#fdecec") : look_ == "now" ? QColor("#e3edfa") : colour::white);
  painter.drawEllipse(centre, 10, 10);
  const auto sign = done ? "check" : look_ == "late" ? "alert" : look_ == "now" ? "pencil" : "";
  if (*sign) painter.drawPixmap(QPointF(centre.x() - 6, centre.y() - 6), tinted(sign, ink, 12, devicePixelRatioF()));
}

QLabel* signed_chip(const MoveRecord& move) {
  auto* out = label(RouteStepRow::tr("✓ 已签名 %1").arg(qs(move.name)));
  out->setProperty("chip", "green");
  out->setToolTip(RouteStepRow::tr("由 %1（执法证号 %2）电子签名").arg(qs(move.name), qs(move.badge)));
  return out;
}

QStringList move_lines(const MoveRecord& move) {
  QStringList out{QString("%1 %2 · %3").arg(qs(move.name), qs(move.badge), day_clock_text(move.at).mid(5, 11).replace(QLatin1Char(' '), QChar::Nbsp).replace(QLatin1Char('-'), QChar(0x2011)))};
  const auto& order = move.order;
  if (!order.unit.empty() && move.order.move != FlowMove::Create) out << QStringLiteral("→ ") + qs(order.unit);
  if (move.order.move == FlowMove::Assign && move.due) out << RouteStepRow::tr("期限 %1").arg(TaskWords::day(*move.due));
  if (order.outcome != ClueOutcome::Open) out << RouteStepRow::tr("结论：%1").arg(TaskWords::word(order.outcome));
  QStringList measures;
  for (const auto one : order.measures) measures << TaskWords::word(one);
  if (!measures.isEmpty()) out << RouteStepRow::tr("措施：%1").arg(measures.join(QStringLiteral("、")));
  if (order.until) out << RouteStepRow::tr("延至 %1").arg(TaskWords::day(*order.until));
  if (order.extension) out << RouteStepRow::tr("原因：%1").arg(TaskWords::word(*order.extension));
  if (order.feedback) out << TaskWords::word(*order.feedback);
  if (!order.basis.empty()) out << RouteStepRow::tr("依据：%1").arg(qs(order.basis));
  if (!order.reason.empty()) out << RouteStepRow::tr("理由：%1").arg(qs(order.reason));
  if (!order.text.empty()) out << qs(order.text);
  return out;
}

DayBar::DayBar(QWidget* parent) : QWidget(parent) {
  setFixedHeight(16);
  setAccessibleName(tr("期限格"));
}

void DayBar::set_days(int granted, const DeadlineStanding& standing) {
  granted_ = granted;
  standing_ = standing;
  setAccessibleDescription(tr("共 %1 个工作日，%2").arg(granted).arg(TaskWords::left(standing)));
  update();
}

void DayBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool late = standing_.standing == DueStanding::Overdue;
  const int over = late ? std::min(standing_.days, 60) : 0;
  const int all = std::max(1, granted_ + over);
  const double step = std::min(16.0, static_cast<double>(width()) / all);
  const int past = late ? granted_ : granted_ - standing_.days;
  for (int i = 0; i < all; ++i) {
    const QRectF box(i * step + 1, 1.5, std::max(2.0, step - 3), 12);
    const bool red = i >= granted_;
    const bool today = !late && i == past;
    painter.setPen(red ? QPen(colour::red, 1) : today ? QPen(colour::blue, 2) : QPen(QColor("#9fb3cc"), 1));
    painter.setBrush(red ? colour::red : i < past ? QColor("#9fb3cc") : colour::white);
    painter.drawRoundedRect(box, 2, 2);
    if (!red || step < 9) continue;
    auto font = painter.font();
    font.setPixelSize(9);
    font.setBold(true);
    painter.setFont(font);
    painter.setPen(colour::white);
    painter.drawText(box, Qt::AlignCenter, "!");
  }
}

}  // namespace guzheng::ui
