#include "ui/group/group_pane.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/phone_pane.h"

namespace guzheng::ui {
namespace {

constexpr int kPhoneEdge = 6;                   // the phone's edge and the focus ring
constexpr std::uint32_t kTapSlip = 40;          // a fortieth of the width: less is a hand that trembles
constexpr std::int64_t kPressMs = 500;          // from here on a press is long
constexpr std::size_t kMostPoints = 2000;

}  // namespace

bool is_drag(const std::vector<PathPoint>& path, std::uint32_t width) {
  const int slip = static_cast<int>(width / kTapSlip);
  return std::any_of(path.begin(), path.end(), [&](const auto& point) {
    return std::abs(point.at.x - path.front().at.x) > slip || std::abs(point.at.y - path.front().at.y) > slip;
  });
}

GroupPane::GroupPane(GroupDesk& desk, int member, QWidget* parent) : QWidget(parent), desk_(desk), member_(member) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_InputMethodEnabled);
  setAccessibleName(tr("手机 %1 画面").arg(member));
  refresh();
}

void GroupPane::take_frame() {
  if (auto fresh = desk_.take_frame(member_)) {
    frame_ = std::move(fresh);
    update();
  }
}

void GroupPane::set_marks(std::vector<PageBox> marks, const PageBox& screen) {
  marks_ = screen.right > 0 && screen.bottom > 0 ? std::move(marks) : std::vector<PageBox>{};
  screen_ = screen;
  refresh();
}

void GroupPane::refresh() {
  const auto& card = desk_.cards()[static_cast<std::size_t>(member_ - 1)];
  stopped_ = !card.stopped.empty();
  QString words = stopped_  ? tr("已停止：%1").arg(qs(card.stopped))
                  : leads() ? tr("主控：点按由各手机各自按界面元素跟随，拖动按元素或屏幕比例跟随，Ctrl+拖动为双指缩放，滚轮滚动全部手机，Esc 全部返回")
                            : tr("跟随主控；点按改由它主控");
  if (!marks_.empty()) words += tr("；画面上框出 %1 处不同").arg(marks_.size());
  setAccessibleDescription(words);
  update();
}

QRect GroupPane::picture() const { return frame_ ? picture_rect(size(), frame_->width, frame_->height, kPhoneEdge) : QRect(); }

// Amber with a white edge: seen on any page.
void GroupPane::paint_marks(QPainter& painter, const QRect& at) const {
  painter.setBrush(Qt::NoBrush);
  for (const auto& mark : marks_) {
    const double across = static_cast<double>(at.width()) / screen_.right, down = static_cast<double>(at.height()) / screen_.bottom;
    const QRectF box = QRectF(QPointF(at.left() + mark.left * across, at.top() + mark.top * down), QPointF(at.left() + mark.right * across, at.top() + mark.bottom * down))
                           .adjusted(-2, -2, 2, 2)
                           .intersected(at);
    for (const auto& [ink, width] : {std::pair{colour::white, 4.0}, std::pair{QColor("#c46a00"), 2.0}}) {
      painter.setPen(QPen(ink, width));
      painter.drawRoundedRect(box, 3, 3);
    }
  }
}

void GroupPane::paint_path(QPainter& painter, const QRect& at) const {
  if (!is_drag(path_, frame_->width)) return;
  QPolygonF line, other;
  for (const auto& point : path_) {
    line << QPointF(at.left() + (point.at.x + 0.5) * at.width() / frame_->width, at.top() + (point.at.y + 0.5) * at.height() / frame_->height);
    if (pinching_) other << QPointF(at.left() + at.right(), at.top() + at.bottom()) - line.back();
  }
  for (const auto& [ink, width] : {std::pair{colour::white, 5.0}, std::pair{colour::blue, 3.0}}) {
    painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.drawPolyline(other);
  }
}

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
  paint_marks(painter, at);
  paint_path(painter, at);
  if (stopped_) {
    painter.fillRect(at, QColor(255, 255, 255, 170));
    painter.setPen(colour::red);
    painter.drawText(at, Qt::AlignCenter | Qt::TextWordWrap, tr("已停止"));
  }
}

void GroupPane::add_point(const QPointF& place) {
  const auto at = picture_point(place, picture(), frame_->width, frame_->height, !path_.empty());
  if (!at || path_.size() >= kMostPoints) return;
  path_.push_back({path_.empty() ? 0 : since_.elapsed(), {at->x(), at->y()}});
}

void GroupPane::mousePressEvent(QMouseEvent* event) {
  pressed_ = event->button() == Qt::LeftButton;
  path_.clear();
  if (!pressed_ || !leads() || !frame_) return;
  pinching_ = event->modifiers() & Qt::ControlModifier;
  since_.start();
  add_point(event->position());
}

void GroupPane::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_ || path_.empty() || !frame_) return;
  add_point(event->position());
  update();
}

// The leading phone's click is a tap, its drag a drag; another's click makes it lead, and does nothing else.
void GroupPane::mouseReleaseEvent(QMouseEvent* event) {
  if (!std::exchange(pressed_, false) || event->button() != Qt::LeftButton) return;
  if (!leads()) return desk_.lead(member_);
  if (path_.empty() || !frame_) return;
  add_point(event->position());
  const auto path = std::exchange(path_, {});
  update();
  if (is_drag(path, frame_->width)) return desk_.drag(path, pinching_ ? Fingers::Pinch : Fingers::One);
  if (pinching_) return;                         // two fingers put down and lifted at one place tap nothing
  const auto held = path.back().ms;
  desk_.tap(path.front().at.x, path.front().at.y, held >= kPressMs ? held : 60);
}

void GroupPane::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (leads() && event->angleDelta().y() != 0) desk_.scroll(event->angleDelta().y() < 0);
}

void GroupPane::keyPressEvent(QKeyEvent* event) {
  if (!leads()) return QWidget::keyPressEvent(event);
  if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp) return desk_.scroll(event->key() == Qt::Key_PageDown);
  const bool held = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
  if (const auto code = android_key(event->key()); code != 0) return desk_.press(code);
  if (const auto text = event->text(); !held && !text.isEmpty() && text.at(0).isPrint()) return type(text);
  QWidget::keyPressEvent(event);
}

// What the desk's input method commits goes to all phones; a follower's pane is no place to type into.
void GroupPane::inputMethodEvent(QInputMethodEvent* event) {
  if (leads() && !event->commitString().isEmpty()) type(event->commitString());
  event->accept();
}

QVariant GroupPane::inputMethodQuery(Qt::InputMethodQuery query) const {
  if (query == Qt::ImEnabled) return leads();
  if (query == Qt::ImCursorRectangle) return input_place(picture());
  return QWidget::inputMethodQuery(query);
}

void GroupPane::type(const QString& text) {
  if (!desk_.type(ss(text))) emit text_refused(text);
}

}  // namespace guzheng::ui
