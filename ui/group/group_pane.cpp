#include "ui/group/group_pane.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/phone_pane.h"

namespace guzheng::ui {
namespace {

constexpr int kPhoneEdge = 6;                   // the phone's edge and the focus ring

}  // namespace

GroupPane::GroupPane(GroupDesk& desk, int member, QWidget* parent) : QWidget(parent), desk_(desk), member_(member) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("手机 %1 画面").arg(member));
  refresh();
}

void GroupPane::take_frame() {
  if (auto fresh = desk_.take_frame(member_)) {
    frame_ = std::move(fresh);
    update();
  }
}

void GroupPane::refresh() {
  const auto& card = desk_.cards()[static_cast<std::size_t>(member_ - 1)];
  stopped_ = !card.stopped.empty();
  setAccessibleDescription(stopped_  ? tr("已停止：%1").arg(qs(card.stopped))
                           : leads() ? tr("主控：点按由各手机各自按界面元素跟随，滚轮滚动全部手机，Esc 全部返回")
                                     : tr("跟随主控；点按改由它主控"));
  update();
}

QRect GroupPane::picture() const { return frame_ ? picture_rect(size(), frame_->width, frame_->height, kPhoneEdge) : QRect(); }

void GroupPane::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QRect at = picture();
  if (at.isEmpty()) {
    painter.setPen(colour::quiet);
    painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap, stopped_ ? tr("没有画面") : tr("等待画面…"));
    return;
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  if (hasFocus()) {
    painter.setBrush(colour::blue);
    painter.drawRoundedRect(at.adjusted(-6, -6, 6, 6), 9, 9);
  }
  painter.setBrush(QColor("#10151d"));
  painter.drawRoundedRect(at.adjusted(-4, -4, 4, 4), 7, 7);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(at, QImage(frame_->pixels->data(), static_cast<int>(frame_->width), static_cast<int>(frame_->height), static_cast<qsizetype>(frame_->stride), QImage::Format_RGB32));
  if (stopped_) {
    painter.fillRect(at, QColor(255, 255, 255, 170));
    painter.setPen(colour::red);
    painter.drawText(at, Qt::AlignCenter | Qt::TextWordWrap, tr("已停止"));
  }
}

void GroupPane::mousePressEvent(QMouseEvent* event) { pressed_ = event->button() == Qt::LeftButton; }

// The leading phone's click is a tap; another's makes it lead, and taps nothing.
void GroupPane::mouseReleaseEvent(QMouseEvent* event) {
  if (!std::exchange(pressed_, false) || event->button() != Qt::LeftButton) return;
  if (!leads()) return desk_.lead(member_);
  if (!frame_) return;
  if (const auto at = picture_point(event->position(), picture(), frame_->width, frame_->height, false)) desk_.tap(at->x(), at->y());
}

void GroupPane::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (leads() && event->angleDelta().y() != 0) desk_.scroll(event->angleDelta().y() < 0);
}

void GroupPane::keyPressEvent(QKeyEvent* event) {
  if (!leads()) return QWidget::keyPressEvent(event);
  if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp) return desk_.scroll(event->key() == Qt::Key_PageDown);
  const auto code = android_key(event->key());
  if (code == 0) return QWidget::keyPressEvent(event);
  desk_.press(code);
}

}  // namespace guzheng::ui
