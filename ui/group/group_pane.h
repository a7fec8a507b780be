// ui. One phone of a group: its newest frame, what differs framed on it, and on the leading phone clicks, drags and pinches (Ctrl), which the others follow. Painted with
// QPainter alone.
#pragma once

#include <QElapsedTimer>
#include <QWidget>

#include "core/desk/group_desk.h"

namespace guzheng::ui {

class GroupPane : public QWidget {
  Q_OBJECT
 public:
  GroupPane(GroupDesk& desk, int member, QWidget* parent = nullptr);
  void take_frame();
  void refresh();                          // leading or following, stopped
  // Places on the page that was captured, in pixels of `screen`; none: the page may be another by now.
  void set_marks(std::vector<PageBox> marks, const PageBox& screen);
  [[nodiscard]] QSize sizeHint() const override { return {220, 390}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {90, 150}; }

 signals:
  void text_refused(const QString& text);  // another act was under way

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void inputMethodEvent(QInputMethodEvent* event) override;
  [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

 private:
  [[nodiscard]] QRect picture() const;
  [[nodiscard]] bool leads() const { return desk_.leader() == member_; }
  void paint_marks(QPainter& painter, const QRect& at) const;
  void paint_path(QPainter& painter, const QRect& at) const;
  void add_point(const QPointF& place);
  void type(const QString& text);

  GroupDesk& desk_;
  const int member_;
  std::shared_ptr<const Frame> frame_;
  bool stopped_ = false, pressed_ = false, pinching_ = false;
  std::vector<PageBox> marks_;
  PageBox screen_;
  std::vector<PathPoint> path_;            // of the finger that is down, in video pixels
  QElapsedTimer since_;
};

// Pure: whether a finger that went this way dragged something, or tapped; pixels of a picture this wide.
bool is_drag(const std::vector<PathPoint>& path, std::uint32_t width);

}  // namespace guzheng::ui
