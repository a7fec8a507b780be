// ui. One phone of a group: its newest frame, and on the leading phone a click, which the others follow by element. Painted with QPainter alone.
#pragma once

#include <QWidget>

#include "core/desk/group_desk.h"

namespace guzheng::ui {

class GroupPane : public QWidget {
  Q_OBJECT
 public:
  GroupPane(GroupDesk& desk, int member, QWidget* parent = nullptr);
  void take_frame();
  void refresh();                          // leading or following, stopped
  [[nodiscard]] QSize sizeHint() const override { return {220, 390}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {90, 150}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] QRect picture() const;
  [[nodiscard]] bool leads() const { return desk_.leader() == member_; }

  GroupDesk& desk_;
  const int member_;
  std::shared_ptr<const Frame> frame_;
  bool stopped_ = false, pressed_ = false;
};

}  // namespace guzheng::ui
