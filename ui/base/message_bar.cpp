#include "ui/base/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/base/parts.h"
#include "ui/base/theme.h"

namespace guzheng::ui {

MessageBar::MessageBar(const QString& accessible_name, QWidget* parent) : QFrame(parent) {
  setAccessibleName(accessible_name);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 8, 8, 8);
  row->setSpacing(10);
  sign_ = new QLabel;
  row->addWidget(sign_, 0, Qt::AlignTop);
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  text_ = wrapped({});
  detail_ = wrapped({}, "small");
  detail_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  words->addWidget(text_);
  words->addWidget(detail_);
  row->addLayout(words, 1);
  auto* close = link_button(tr("知道了"));
  close->setAccessibleName(accessible_name + tr("：知道了"));
  connect(close, &QPushButton::clicked, this, &MessageBar::clear);
  row->addWidget(close, 0, Qt::AlignTop);
  hide();
}

void MessageBar::show_error(Doing doing, const Error& error) {
  const auto words = sentence(doing, error);
  show_text(error.kind == ErrorKind::Cancelled ? "blue" : "red", words.text());
  detail_->setText(words.detail);
  detail_->setVisible(!words.detail.isEmpty() && error.kind != ErrorKind::Cancelled);
}

void MessageBar::show_text(const char* colour_name, const QString& text) {
  set_role(this, "note", colour_name);
  const QString name = colour_name;
  sign_->setPixmap(name == "green"   ? tinted("check-circle", colour::green, 18, devicePixelRatioF())
                   : name == "amber" ? tinted("alert", colour::amber, 18, devicePixelRatioF())
                   : name == "blue"  ? tinted("question", colour::blue, 18, devicePixelRatioF())
                                     : tinted("alert", colour::red, 18, devicePixelRatioF()));
  text_->setText(text);
  text_->setAccessibleName(accessibleName() + tr("内容"));
  text_->setAccessibleDescription(text);
  detail_->hide();
  show();
}

void MessageBar::clear() { hide(); }

}  // namespace guzheng::ui
