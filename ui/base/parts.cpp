#include "ui/base/parts.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>

#include "core/desk/secret_text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

Card::Card(const QString& title, QWidget* parent) : QFrame(parent) {
  setProperty("card", true);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(16, 12, 16, 16);
  all->setSpacing(8);
  header_ = new QHBoxLayout;
  header_->setSpacing(8);
  title_ = label(title, "title");
  header_->addWidget(title_);
  header_->addStretch(1);
  all->addLayout(header_);
  body_ = new QVBoxLayout;
  body_->setSpacing(8);
  all->addLayout(body_, 1);
}

QLabel* label(const QString& text, const char* role, QWidget* parent) {
  auto* out = new QLabel(text, parent);
  if (*role) out->setProperty("role", role);
  out->setTextFormat(Qt::PlainText);                 // names and phone strings are never markup
  return out;
}

QLabel* wrapped(const QString& text, const char* role, QWidget* parent) {
  auto* out = label(text, role, parent);
  out->setWordWrap(true);
  out->setMinimumWidth(40);
  return out;
}

void set_role(QWidget* widget, const char* property, const QVariant& value) {
  if (widget->property(property) == value) return;
  widget->setProperty(property, value);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
}

QPushButton* button(const QString& text, const QString& icon_name, QWidget* parent) {
  auto* out = new QPushButton(text, parent);
  if (!icon_name.isEmpty()) out->setIcon(icon(icon_name));
  out->setIconSize({16, 16});
  out->setAccessibleName(text);
  out->setAutoDefault(true);               // Enter presses what has the focus, as Space does
  return out;
}

QPushButton* main_button(const QString& text, const QString& icon_name, QWidget* parent) {
  auto* out = button(text, {}, parent);
  if (!icon_name.isEmpty()) out->setIcon(icon(icon_name, colour::white));
  out->setProperty("main", true);
  return out;
}

QPushButton* link_button(const QString& text, QWidget* parent) {
  auto* out = button(text, {}, parent);
  out->setProperty("link", true);
  out->setCursor(Qt::PointingHandCursor);
  return out;
}

QPushButton* pill(const QString& text, QWidget* parent) {
  auto* out = button(text, {}, parent);
  out->setProperty("pill", true);
  out->setCheckable(true);
  return out;
}

Secret take_secret(QLineEdit* field) {
  QString text = field->text();
  field->setText({});                      // not clear(): that one may be undone, letter by letter
  return taken_from(text);
}

QFrame* line() {
  auto* out = new QFrame;
  out->setProperty("line", true);
  return out;
}

QFrame* note_box(const char* colour, QWidget* parent) {
  auto* out = new QFrame(parent);
  out->setProperty("note", colour);
  auto* layout = new QVBoxLayout(out);
  layout->setContentsMargins(12, 10, 12, 10);
  layout->setSpacing(6);
  return out;
}

QWidget* icon_text(const QString& icon_name, const QColor& colour, QLabel* text) {
  auto* out = new QWidget;
  auto* layout = new QHBoxLayout(out);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(6);
  auto* sign = new QLabel;
  sign->setPixmap(tinted(icon_name, colour, 16, sign->devicePixelRatioF()));
  layout->addWidget(sign, 0, Qt::AlignVCenter);
  layout->addWidget(text, 1);
  return out;
}

QScrollArea* scroller(QWidget* content) {
  content->setObjectName("flow");
  auto* out = new QScrollArea;
  out->setWidget(content);
  out->setWidgetResizable(true);
  out->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  out->setFrameShape(QFrame::NoFrame);
  out->viewport()->setAutoFillBackground(false);
  out->setFocusPolicy(Qt::NoFocus);
  return out;
}

void clear_layout(QLayout* layout) {
  while (auto* item = layout->takeAt(0)) {
    if (auto* inner = item->layout()) clear_layout(inner);
    if (auto* widget = item->widget()) {
      widget->hide();
      widget->deleteLater();
    }
    delete item;
  }
}

void ElidedLabel::set_full_text(const QString& text) {
  full_ = text;
  setText(text);
  setTextFormat(Qt::PlainText);
  setToolTip(text);
}

QSize ElidedLabel::sizeHint() const { return QLabel::sizeHint(); }

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOption option;
  option.initFrom(this);
  const auto inner = contentsRect();
  style()->drawItemText(&painter, inner, static_cast<int>(alignment()) | Qt::TextSingleLine, option.palette, isEnabled(),
                        fontMetrics().elidedText(full_, Qt::ElideRight, inner.width()), foregroundRole());
}

}  // namespace guzheng::ui
