#include "ui/capture/full_pane.h"

#include <QCloseEvent>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/base/parts.h"
#include "ui/capture/phone_pane.h"

namespace guzheng::ui {

FullPane::FullPane(PhonePane* pane, Acts acts, QWidget* owner) : QWidget(owner, Qt::Window) {
  setObjectName("page");
  setWindowTitle(tr("手机画面"));
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(8, 8, 8, 8);
  all->setSpacing(6);
  all->addWidget(pane, 1);
  words_ = label({}, "small");
  words_->setAlignment(Qt::AlignCenter);
  words_->setAccessibleName(tr("全屏说明"));
  all->addWidget(words_);
  const auto key = [this](const QKeySequence& keys, const std::function<void()>& act) { connect(new QShortcut(keys, this), &QShortcut::activated, this, act); };
  key(QKeySequence(Qt::Key_Escape), [this] { close(); });
  key(QKeySequence(Qt::Key_F11), [this] { close(); });
  key(QKeySequence(Qt::Key_F8), acts.capture);
  key(QKeySequence(Qt::SHIFT | Qt::Key_F8), acts.capture_long);
}

void FullPane::set_words(const QString& words) {
  words_->setText(words);
  words_->setAccessibleDescription(words);
}

// However it is closed, the pane goes back first.
void FullPane::closeEvent(QCloseEvent* event) {
  emit leaving();
  event->accept();
}

}  // namespace guzheng::ui
