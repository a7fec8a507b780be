#include "ui/capture/clipboard_note.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr int kShown = 80;                 // characters; the rest is counted

}  // namespace

QString clipboard_line(const QString& text) {
  QString line = text.left(kShown);
  std::replace_if(line.begin(), line.end(), [](QChar c) { return !c.isPrint(); }, QChar(' '));
  return text.size() > kShown ? line + ClipboardNote::tr("…（共 %1 字）").arg(text.size()) : line;
}

ClipboardNote::ClipboardNote(QWidget* parent) : QFrame(parent) {
  set_role(this, "note", "blue");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 8, 6);
  row->setSpacing(8);
  words_ = wrapped({});
  words_->setTextFormat(Qt::PlainText);    // foreign text is never markup
  words_->setAccessibleName(tr("手机剪贴板"));
  row->addWidget(words_, 1);
  auto* copy = button(tr("复制到本机"));
  copy->setAccessibleName(tr("手机剪贴板复制到本机"));
  copy->setToolTip(tr("放到这台计算机的剪贴板上，并写入取证日志"));
  auto* leave = link_button(tr("不要"));
  leave->setAccessibleName(tr("不要手机剪贴板"));
  row->addWidget(copy);
  row->addWidget(leave);
  connect(copy, &QPushButton::clicked, this, &ClipboardNote::take);
  connect(leave, &QPushButton::clicked, this, &QWidget::hide);
  hide();
}

void ClipboardNote::offer(const std::string& text, const QString& whose, bool hidden, std::function<void()> taken) {
  text_ = QString::fromStdString(text);
  taken_ = std::move(taken);
  const QString shown = hidden ? tr("%1 个字，密码输入中不显示").arg(text_.size()) : clipboard_line(text_);
  words_->setText(whose.isEmpty() ? tr("手机剪贴板：%1").arg(shown) : tr("%1 的剪贴板：%2").arg(whose, shown));
  words_->setAccessibleDescription(words_->text());
  setVisible(!text_.isEmpty());
}

void ClipboardNote::take() {
  QGuiApplication::clipboard()->setText(text_);
  hide();
  if (taken_) taken_();
}

}  // namespace guzheng::ui
