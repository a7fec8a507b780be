#include "ui/nodes/passphrase_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

#include "ui/base/parts.h"
#include "ui/base/text.h"

namespace guzheng::ui {

PassphraseBox::PassphraseBox(NodeDesk& desk, QWidget* parent) : QFrame(parent), desk_(desk) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  what_ = wrapped({});
  passphrase_ = new QLineEdit;
  passphrase_->setEchoMode(QLineEdit::Password);
  passphrase_->setMaxLength(1000);
  passphrase_->setAccessibleName(tr("SSH 密钥口令"));
  passphrase_->setPlaceholderText(tr("口令，只留在内存里"));
  give_ = button(tr("解锁密钥"), "key");
  answer_ = wrapped({}, "bad");
  answer_->setAccessibleName(tr("口令结果"));
  answer_->hide();
  auto* row = new QHBoxLayout;
  row->addWidget(passphrase_, 1);
  row->addWidget(give_);
  column->addWidget(what_);
  column->addLayout(row);
  column->addWidget(answer_);
  connect(give_, &QPushButton::clicked, this, &PassphraseBox::give);
  connect(passphrase_, &QLineEdit::returnPressed, this, &PassphraseBox::give);
  connect(passphrase_, &QLineEdit::textChanged, this, &PassphraseBox::refresh);
  connect(&desk_, &NodeDesk::unlocked, this, [this] {
    trying_ = false;
    answer_->hide();
    refresh();
  });
  connect(&desk_, &NodeDesk::refused, this, [this](const Error& error) {
    if (!std::exchange(trying_, false)) return;
    answer_->setText(error.kind == ErrorKind::Denied ? tr("口令不对，没有解锁。请再输入一次。") : tr("密钥文件读不出，请检查“设置 → 节点”里的密钥文件。"));
    answer_->setAccessibleDescription(answer_->text());
    answer_->show();
    refresh();
    passphrase_->setFocus();
  });
  hide();
}

void PassphraseBox::show_for(const NodeCard* card) {
  const bool wanted = card && std::find(card->troubles.begin(), card->troubles.end(), NodeTrouble::KeyLocked) != card->troubles.end();
  if (!wanted || card->node.name != node_) {
    (void)take_secret(passphrase_);          // what was typed was for another
    answer_->hide();
    trying_ = false;
  }
  node_ = wanted ? card->node.name : std::string();
  if (wanted) what_->setText(tr("“%1”用的密钥 %2 有口令，请输入一次：").arg(qs(node_), qs(card->node.key.string())));
  setVisible(wanted);
  refresh();
}

void PassphraseBox::give() {
  if (node_.empty() || trying_ || passphrase_->text().isEmpty() || !desk_.may_change()) return;
  trying_ = true;
  answer_->hide();
  desk_.unlock(node_, take_secret(passphrase_));
  refresh();
}

void PassphraseBox::refresh() {
  passphrase_->setEnabled(!trying_ && desk_.may_change());
  give_->setEnabled(!trying_ && desk_.may_change() && !passphrase_->text().isEmpty());
}

}  // namespace guzheng::ui
