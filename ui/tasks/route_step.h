// ui. Parts of the route's timeline: a step with its ring and the line to the next one, the words of a move, the deadline's squares.
#pragma once

#include "core/desk/task_desk.h"
#include "ui/base/parts.h"

namespace guzheng::ui {

// `look`: "done", "now", "late" or "later".
class RouteStepRow : public QWidget {
  Q_OBJECT
 public:
  RouteStepRow(std::string look, const QString& title, bool last);
  [[nodiscard]] QVBoxLayout* column() const { return column_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const std::string look_;
  const bool last_;
  QVBoxLayout* column_;
};

QLabel* signed_chip(const MoveRecord& move);
// Whatever the person said with the move; documents and evidence are not in it.
QStringList move_lines(const MoveRecord& move);

// One square a working day: past, today, left, past the due day (with !).
class DayBar : public QWidget {
  Q_OBJECT
 public:
  explicit DayBar(QWidget* parent = nullptr);
  void set_days(int granted, const DeadlineStanding& standing);
  [[nodiscard]] QSize sizeHint() const override { return {100, 16}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int granted_ = 0;
  DeadlineStanding standing_;
};

}  // namespace guzheng::ui
