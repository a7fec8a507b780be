// ui. One shot to draw on (标注副本): frames, arrows and short text, by mouse or by keyboard. What is drawn is the copy; the shot is only shown.
// Keyboard: arrows move the cross (Shift: one pixel), Enter begins and ends a frame or an arrow and puts a text, Esc gives up what was begun.
#pragma once

#include <QImage>
#include <QWidget>
#include <optional>

#include "core/desk/copy_desk.h"

namespace guzheng::ui {

class CopyCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit CopyCanvas(QWidget* parent = nullptr);
  void show_picture(const QImage& picture, std::vector<CopyMark> marks);
  void clear();                            // nothing to draw on
  void set_tool(CopyMark::Shape tool);     // Frame, Arrow or Text
  void set_words(const QString& words);    // what a text mark says
  void undo();                             // what was begun, else the newest mark
  [[nodiscard]] const std::vector<CopyMark>& marks() const { return marks_; }
  [[nodiscard]] QSize sizeHint() const override { return {460, 620}; }

 signals:
  void marks_changed();
  void words_wanted();                     // a text was to be put, and there is none

 protected:
  bool event(QEvent* event) override;      // Esc is the canvas's own while something is begun
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] QRectF place() const;      // of the picture in the widget
  [[nodiscard]] QPoint to_picture(const QPointF& at) const;
  [[nodiscard]] std::optional<CopyMark> mark_to(const QPoint& end) const;      // from begun_; nothing when it is too small
  void act();                              // Enter, or the mouse's button
  void finish();
  void take(CopyMark mark);
  void moved();
  void tell();                             // state in words, for screen readers and tests

  QImage picture_, drawn_;                 // drawn_: with marks_
  std::vector<CopyMark> marks_;
  CopyMark::Shape tool_ = CopyMark::Shape::Frame;
  QString words_;
  QPoint cross_;                           // pixels of the picture
  std::optional<QPoint> begun_;
};

}  // namespace guzheng::ui
